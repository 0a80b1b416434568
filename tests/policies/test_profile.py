"""A county's page: what is missing, what if, who is around, and what is said in any case."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from policies.rubric import FACTORS
from policies.views import nation
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    OptionFactory,
    PowerFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

ON = "as_of=2019-12-01"
TRAVIS, BERNALILLO = "/counties/tx/travis/", "/counties/nm/bernalillo/"
LARGEST = 40_000


def county_with(answers: str, **values):
    """`answers`: a letter a factor: y(es), n(o), f (none found), u(nknown)."""
    county = CountyFactory(**values)
    words = {"y": "yes", "n": "no", "f": "none_found"}
    for factor, letter in zip(FACTORS, answers, strict=True):
        if letter in words:
            published(
                LocalPolicyFactory,
                county=county,
                factor=factor.value,
                answer=words[letter],
                title=f"Policy of {county.short_name}" if letter == "y" else "",
            )
    return county


@pytest.fixture
def texas():
    """As SB 4 left it: holds mandated, policies against general help forbidden."""
    travis = county_with(
        "yyyuuuu", usps="TX", fips="48453", short_name="Travis", slug="travis", population=1_000_000
    )
    published_provision(
        state=travis.state,
        title="Texas SB 4",
        claims=[
            {"effect": "mandates", "effective_from": date(2017, 9, 25)},
            {
                "effect": "forbids",
                "factor": "no_general_assistance",
                "effective_from": date(2017, 9, 25),
            },
        ],
    )
    return travis


@pytest.fixture
def new_mexico():
    return county_with(
        "yyffuuu",
        usps="NM",
        fips="35001",
        short_name="Bernalillo",
        slug="bernalillo",
        population=600_000,
    )


def read(client, address: str, query: str = ON) -> str:
    response = client.get(f"{address}?{query}" if query else address)
    assert response.status_code == 200
    return response.content.decode()


def part(html: str, begin: str, end: str = "</section>") -> str:
    start = html.index(begin)
    return html[start : html.index(end, start)]


def gap(html: str, code: str) -> str:
    item = part(html, f'id="gap-{code}"')
    return item.partition('<li class="gap"')[0]


def switch(html: str, code: str) -> str:
    return part(part(html, '<ul class="switches">', "</ul>"), f'value="{code}"', "</li>")


def shown(html: str) -> str:
    return part(html, "data-shown", "</div></div>")


# --- What is missing ---------------------------------------------------------------------------


def test_what_is_missing_brings_wording_who_adopts_it_and_counties_to_follow(client, new_mexico):
    OptionFactory()
    county_with("uuyuuuu", usps="CA", fips="06001", short_name="Alameda", population=600_000)
    near = county_with("uuyuuuu", usps="NM", fips="35049", short_name="Santa Fe", population=9)
    near.local_policies.get().citations.update(page="12", quote="no holds at all")

    found = gap(read(client, BERNALILLO), "limits_holds")

    assert "Nobody shall be held." in found
    assert "The sheriff." in found
    assert "No law of Place" not in found
    assert "on record requires or forbids it" in found
    assert found.index("Santa Fe County, NM") < found.index("Alameda County, CA")
    assert "“no holds at all”" in found
    assert "page 12" in found
    assert "Policy of Santa Fe" in found


def test_a_county_whose_policy_is_the_states_is_not_followed(client, new_mexico):
    OptionFactory()
    bound = CountyFactory(usps="CA", fips="06001", short_name="Alameda")
    published_provision(state=bound.state, claims=[{"effect": "requires"}])

    found = gap(read(client, BERNALILLO), "limits_holds")

    assert "No other county has it on record by its own policy." in found


def test_what_state_law_blocks_is_named_and_has_no_wording(client, texas):
    OptionFactory()
    OptionFactory(factor="no_general_assistance", model_wording="Nobody helps.")
    html = part(read(client, TRAVIS), '<h2 id="missing">')

    assert "State law (Texas SB 4) mandates this; the county cannot change it alone." in html
    assert "State law (Texas SB 4) forbids local policies of this kind." in html
    assert "Nobody shall be held." not in html
    assert "Nobody helps." not in html


@pytest.mark.parametrize(("on", "blocked"), [("2017-09-24", False), ("2017-09-25", True)])
def test_it_is_blocked_from_the_first_day_of_the_law(client, texas, on, blocked):
    assert ("forbids local policies" in read(client, TRAVIS, f"as_of={on}")) is blocked


def test_a_law_that_the_county_acts_against_is_said_to_require_it_already(client, new_mexico):
    published_provision(
        state=new_mexico.state,
        title="Act of 2018",
        claims=[{"effect": "requires", "factor": "no_287g"}],
    )
    published(AgreementFactory, state=new_mexico.state, counties=[new_mexico])

    html = read(client, BERNALILLO)

    assert "State law (Act of 2018) requires it already" in part(html, 'id="gap-no_287g"', "</li>")
    assert "Place County Sheriff&#x27;s Office could end the agreement." in switch(html, "no_287g")


def test_where_the_state_runs_the_jails_it_decides(client):
    county_with("ffffffn", usps="VT", fips="50001", short_name="Addison", slug="addison")
    html = read(client, "/counties/vt/addison/")

    assert "Vermont Department of Corrections runs every jail" in gap(html, "limits_holds")
    assert "the state runs the jail" in switch(html, "limits_holds")
    assert "disabled" not in switch(html, "no_general_assistance")


def test_what_is_known_of_who_decides_in_one_place_is_said(client, new_mexico):
    PowerFactory(powers="There is no county government here.", state=new_mexico.state)

    assert "There is no county government here." in read(client, BERNALILLO)


def test_in_an_independent_city_its_own_offices_are_named(client):
    OptionFactory(factor="no_status_inquiry")
    county_with("yyyyyfy", usps="MD", fips="24510", kind="independent_city", slug="baltimore-city")
    found = gap(read(client, "/counties/md/baltimore-city/"), "no_status_inquiry")

    assert "board of aldermen" in found
    assert "The sheriff." not in found


def test_the_text_to_propose_is_in_the_language_of_the_page(client, new_mexico):
    OptionFactory()

    assert "No se retendrá a nadie." in gap(read(client, f"/es{BERNALILLO}"), "limits_holds")


def test_with_all_seven_in_force_nothing_is_missing(client):
    county_with("yyyyyyy", fips="06075", slug="san-francisco")
    html = read(client, "/counties/ca/san-francisco/")

    assert 'id="missing"' not in html
    assert 'id="what-if"' not in html


# --- What if -----------------------------------------------------------------------------------


def test_texas_blocks_holds_and_general_assistance(client, texas):
    html = read(client, TRAVIS)

    for code, words in (
        ("limits_holds", "Blocked: state law (Texas SB 4) mandates the cooperation."),
        ("no_general_assistance", "Blocked: state law (Texas SB 4) forbids it."),
    ):
        assert " disabled" in switch(html, code)
        assert words in switch(html, code)
    assert "disabled" not in switch(html, "no_status_inquiry")


def test_what_is_blocked_is_not_counted_and_said_so(client, texas):
    html = read(client, TRAVIS, f"{ON}&if=limits_holds")

    assert "Limits holds: Blocked: state law (Texas SB 4)" in html
    assert "Switch something on" in shown(html)
    assert "With a “what if”" not in html


def test_new_mexico_allows_them(client, new_mexico):
    html = read(client, BERNALILLO, f"{ON}&if=limits_holds&if=no_general_assistance")

    assert "<span>4+</span>" in shown(html)
    assert "of 7, two factors unknown" in shown(html)
    assert "No rank: two answers are unknown." in shown(html)
    assert " checked" in switch(html, "limits_holds")
    assert 'class="qif" data-square="limits_holds"' in html


def test_a_complete_what_if_has_ranks_among_complete_counties(client, new_mexico):
    for number, answers in enumerate(("yyyyyyy", "yyyyyyf", "yyyyyff")):
        county_with(answers, usps="CA", fips=f"0600{2 * number + 1}")
    county_with("yyyyyyn", usps="NM", fips="35049")
    every = "&".join(f"if={factor}" for factor in FACTORS[2:6])

    found = shown(read(client, BERNALILLO, f"{ON}&{every}&if=no_general_assistance"))
    assert "<span>7</span>" in found
    assert "<dd>1 of 5, with 1 other</dd>" in found
    assert "<dd>1 of 2</dd>" in found

    published(
        LocalPolicyFactory, county=new_mexico, factor="no_general_assistance", answer="none_found"
    )
    assert "<dd>2 of 5, with 2 others</dd>" in shown(read(client, BERNALILLO, f"{ON}&{every}"))


@pytest.mark.parametrize(
    "query", ["if=limits_hold", "if=", "if=limits_holds&if=7", "if=LIMITS_HOLDS"]
)
def test_an_if_that_is_no_factor_is_a_400_that_names_the_seven(client, new_mexico, query):
    response = client.get(f"{BERNALILLO}?{query}")

    assert response.status_code == 400
    assert "no_general_assistance" in response.content.decode()


def test_the_hypothetical_is_in_no_link_and_no_citation(client, new_mexico):
    html = read(client, BERNALILLO, f"{ON}&if=limits_holds")
    outside = html.replace(part(html, '<section class="what-if'), "")

    assert '<meta name="robots" content="noindex">' in html
    assert '<span id="score">2+</span>' in html
    assert "if=limits_holds" not in part(html, 'id="cite"', "</p>")
    links = re.findall(r'href="([^"]*if=[^"]*)"', outside)
    assert all(link.startswith("/es/") for link in links)  # the same page in the other language
    assert '<meta name="robots"' not in read(client, BERNALILLO)


def test_every_outcome_comes_with_the_page(client, new_mexico):
    templates = re.findall(r'<template data-for="(\d-\d)"', read(client, BERNALILLO))

    assert templates == [f"{known}-{unknown}" for known in range(3) for unknown in range(4)]


# --- Around ------------------------------------------------------------------------------------


def test_neighbours_stand_beside_the_county_and_only_complete_ones_in_the_figures(client, texas):
    county_with("yyffuuu", usps="TX", fips="48491", short_name="Williamson")
    county_with("yyyyyyf", usps="TX", fips="48001", short_name="Anderson")
    html = part(read(client, TRAVIS), '<h2 id="around">')

    assert "Williamson County" in html
    assert "Anderson County" not in part(html, "<tbody>", "</tbody>")
    assert "1 of 254 counties fully known" in html
    assert "1 of 3,143 counties fully known" in html
    assert "place=48453&amp;place=48491" in html


def test_an_island_is_set_beside_the_nearest_of_its_state(client):
    for number, latitude in ((1, 20.0), (3, 21.3), (7, 22.0)):
        CountyFactory(usps="HI", fips=f"1500{number}", latitude=latitude, longitude=-157.0)
    html = part(read(client, "/counties/hi/place-15003/"), '<h2 id="around">')

    assert "It touches no other county" in html
    assert html.index("Place 15007") < html.index("Place 15001")


def test_twins_are_counted_and_the_most_alike_named(client, new_mexico):
    county_with("yyffuuu", usps="NM", fips="35049", short_name="Santa Fe")
    for number in range(8):
        county_with("yyffuuu", usps="CA", fips=f"060{2 * number + 11}")
    county_with("yynfuuu", usps="NM", fips="35061", short_name="Valencia")
    html = part(read(client, BERNALILLO), 'id="twins"')

    assert (
        "9 other counties have the same answers, as far as they are known (four of seven)" in html
    )
    assert "Santa Fe County, NM" in html
    assert "Valencia" not in html
    assert html.count("<a ") == 7  # six of them, and all of them


def test_of_complete_counties_the_twins_have_all_seven_answers(client):
    for number in (1, 3):
        county_with("yyyyyyf", fips=f"0600{number}", slug=f"place-{number}")

    assert "1 other county has exactly the same seven answers." in read(
        client, "/counties/ca/place-1/"
    )


# --- What is unknown, and what is always said ----------------------------------------------------


def test_unknown_factors_stand_together_and_their_squares_lead_there(client, new_mexico):
    html = read(client, BERNALILLO)
    together = part(html, 'class="unknown-factors', "</section>")

    assert "Of three we have no record" in together
    for factor in FACTORS[4:]:
        assert f'<li id="{factor}"' in together
        assert f'href="#{factor}"' in html
    assert together.count("That is not a zero") == 0


def test_a_county_of_which_nothing_is_known_says_so_once(client):
    CountyFactory(usps="NM", fips="35003", slug="catron")
    html = read(client, "/counties/nm/catron/")

    assert "Of none of the seven we have a record" in html
    assert 'class="factors' not in html


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "this is not legal advice"), ("/es", "esto no es asesoría legal")],
)
def test_practice_advice_and_help_are_always_spoken_of(client, new_mexico, prefix, said):
    html = read(client, f"{prefix}{BERNALILLO}")

    assert said in html
    assert 'href="https://www.immigrationlawhelp.org/"' in html
    assert f"{prefix}/report-an-error/?page=%2F" in html


def test_what_decides_and_what_the_score_means_is_on_top(client):
    county_with("yyyffff", fips="06041", slug="marin")
    head = part(read(client, "/counties/ca/marin/"), 'class="page-head', '<nav class="on-page')

    assert "A score of 3 usually means: usually declines to hold people for ICE" in head
    assert "What decides it: the county’s own record on 287(g) agreements" in head


def test_it_can_be_downloaded_and_shared(client, new_mexico):
    html = read(client, BERNALILLO, f"{ON}&palette=safe")

    links = re.findall(r'href="(/api/v1/counties/[^"]*)"', html)
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200
    assert len(links) == 2
    rows = b"".join(answer.streaming_content).decode().strip().splitlines()
    assert [row.partition(",")[0] for row in rows] == ["fips", "35001"]
    assert 'data-share="http://testserver/counties/nm/bernalillo/?as_of=2019-12-01' in html


# --- Size and queries --------------------------------------------------------------------------


def test_the_page_with_its_styles_and_scripts_is_small(client, texas):
    for factor in FACTORS:
        OptionFactory(factor=factor.value, model_wording="A sentence of the model. " * 12)
    for number in range(3):
        county_with("yyyyyyy", usps="CA", fips=f"060{2 * number + 11}")
    sent = client.get(TRAVIS, headers={"accept-encoding": "br"})
    html = brotli.decompress(sent.content).decode()
    files = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', html)
    extra = sum(
        len(brotli.compress(Path(finders.find(name)).read_bytes(), quality=11)) for name in files
    )

    assert {name.rpartition(".")[2] for name in files} >= {"css", "js"}
    assert len(sent.content) + extra <= LARGEST


def test_from_nothing_it_takes_as_many_queries_for_many_counties_as_for_few(
    client, new_mexico, django_assert_num_queries
):
    county_with("uuyyyyy", usps="NM", fips="35049")
    for begin in (101, 121):
        client.get(BERNALILLO)  # reads the texts of this revision
        nation.forget()
        with django_assert_num_queries(25):
            client.get(BERNALILLO)
        for fips in range(begin, begin + 20, 2):
            county_with("yyyyyyy", usps="CA", fips=f"06{fips}")

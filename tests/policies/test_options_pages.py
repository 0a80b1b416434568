"""The pages of local options: what they say, count, refuse, and how often they ask."""

from __future__ import annotations

import re

import pytest

from policies import actions
from policies.models import WinFactor
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    LocalPolicyFactory,
    OptionFactory,
    PowerFactory,
    StateRecordFactory,
    UserFactory,
    WinFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def holds():
    return OptionFactory(key="holds")


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def adopt(number: int, usps="CA", **values):
    county = CountyFactory(
        usps=usps, fips=f"{number:03d}", short_name=f"Place {number}", slug=f"place-{number}"
    )
    return published(LocalPolicyFactory, county=county, **values)


def win(**values):
    draft = WinFactory(state=CountyFactory().state, **values)
    WinFactor.objects.create(win=draft, factor="limits_holds")
    return actions.publish(record=draft, by=UserFactory(), at=PUBLISHED_AT)


# --- The catalogue -----------------------------------------------------------------------------


def test_options_stand_under_whoever_holds_the_power(client, holds):
    OptionFactory(key="id", place="other", factor="", title="A card")
    OptionFactory(key="police", place="city", title="Police")
    html = text_of(client.get("/options/"))
    places = re.findall(r'<section class="option-group" id="(\w+)"', html)
    assert places == ["county_jail", "city", "other"]
    assert html.index("No holds") < html.index("Police") < html.index("A card")


def test_an_option_of_a_county_says_how_many_have_it(client, holds):
    assert "no county&#x27;s own policy on record" in text_of(client.get("/options/"))
    adopt(1)
    adopt(3)
    adopt(5, answer="none_found")
    assert "2 counties with a policy of their own" in text_of(client.get("/options/"))
    assert "with a policy" not in text_of(client.get("/options/?as_of=2017-01-31"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("place=city", {"Police"}),
        ("factor=limits_holds", {"No holds", "Police"}),
        ("factor=limits_notifications", {"Police"}),
        ("factor=none", {"A card"}),
        ("place=city&factor=none", set()),
        ("place=&factor=", {"No holds", "Police", "A card"}),
    ],
)
def test_filters(client, holds, query, shown):
    OptionFactory(key="id", place="other", factor="", title="A card")
    OptionFactory(key="police", place="city", title="Police", also_factors=["limits_notifications"])
    html = text_of(client.get(f"/options/?{query}"))
    found = set(re.findall(r'<h3><a href="/options/[\w-]+/">([^<]+)</a>', html))
    assert found == shown
    assert ("No option fits" in html) == (not shown)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/options/?place=moon", "place"),
        ("/options/?factor=8", "factor"),
        ("/options/?q=holds", "q"),
        ("/options/?place=city&place=other", "place"),
        ("/options/holds/?state=ZZ", "state"),
        ("/options/holds/?state=TX", "state"),
        ("/options/holds/?page=0", "page"),
        ("/options/holds/?page=9999999999999", "page"),
        ("/options/holds/?place=city", "place"),
        ("/options/police/?page=2", "page"),
    ],
)
def test_what_means_nothing_is_a_400_that_names_it(client, holds, path, name):
    OptionFactory(key="police", place="city")
    adopt(1)
    response = client.get(path)
    assert response.status_code == 400
    assert name in response.content.decode()


def test_the_charts_are_tables_of_offices_and_powers(client):
    PowerFactory(key="county-sheriff", office="The sheriff")
    html = text_of(client.get("/options/"))
    county = re.search(r'<table class="authorities">.*?</table>', html, re.S)[0]
    assert re.findall(r'<th scope="col">(\w+)</th>', county) == ["Sheriff", "Executive", "Board"]
    law = re.search(r"Makes local law by ordinance</th>(.*?)</tr>", county, re.S)[1]
    assert re.findall(r">(\w+)</td>", law) == ["No", "No", "Usually"]
    assert "The sheriff" in html


def test_where_others_decide_is_said_for_kinds_and_for_single_places(client):
    PowerFactory(state=CountyFactory(usps="RI").state, powers="The state runs the jail.")
    html = text_of(client.get("/options/"))
    assert "Independent cities of Virginia" in html
    assert "Rhode Island</dt>" in html


# --- One option --------------------------------------------------------------------------------


def test_an_option_has_its_wording_its_ways_and_its_source(client, holds):
    html = text_of(client.get("/options/holds/"))
    assert "Nobody shall be held." in html
    assert "Our wording" in html
    assert "written policy or general order" in html
    assert holds.document.title in html
    assert "Boroughs of Alaska" in html


def test_a_wording_is_markdown_that_does_no_harm(client):
    OptionFactory(key="holds", model_wording="First.\n\n<script>alert(1)</script> *Then.*")
    html = text_of(client.get("/options/holds/"))
    assert "<em>Then.</em>" in html
    assert "<script>alert" not in html


def test_counties_are_listed_under_the_words_that_carry_their_policy(client, holds):
    alike = {"cited__quote": "no holds here"}
    first = adopt(1, **alike)
    document = first.citations.get().document
    adopt(3, cited__document=document, **alike)
    adopt(5, cited__quote="other words")
    html = text_of(client.get("/options/holds/"))
    assert html.count("no holds here") == 1
    assert html.count("other words") == 1
    assert '<a href="/counties/ca/place-3/#limits_holds">Place 3 County</a>' in html
    assert "3 counties with a policy of their own" in html.replace("\n", " ").lower()


def test_the_list_is_of_the_day_and_its_links_keep_it(client, holds):
    adopt(1, effective_until="2019-01-01")
    before = text_of(client.get("/options/holds/?as_of=2018-12-31"))
    assert "/counties/ca/place-1/?as_of=2018-12-31#limits_holds" in before
    assert "Place 1 County" not in text_of(client.get("/options/holds/?as_of=2019-01-01"))


def test_of_what_was_known_on_a_day(client, holds):
    adopt(1)
    assert "Place 1 County" not in text_of(client.get("/options/holds/?known_on=2019-12-31"))
    assert "Place 1 County" in text_of(client.get("/options/holds/?known_on=2020-01-01"))


def test_the_number_with_the_point_is_that_of_the_directory(client, holds):
    adopt(1)
    published_provision(claims=[{"factor": "limits_holds"}], state=CountyFactory(usps="MD").state)
    html = text_of(client.get("/options/holds/"))
    assert re.search(r"<b>2</b>\s+counties had the point", html)
    assert "<b>1</b> by a policy of the county" in html
    assert "<b>1</b> by state law" in html
    link = re.search(r'href="(/counties/\?[^"]+)"', html)[1].replace("&amp;", "&")
    assert "<b>2</b>" in text_of(client.get(link))


def test_a_policy_that_state_law_overrides_is_listed_and_marked(client, holds):
    policy = adopt(1)
    published_provision(
        claims=[{"factor": "limits_holds", "effect": "mandates"}], state=policy.county.state
    )
    assert "preempted by state law: no point" in text_of(client.get("/options/holds/"))


def test_a_state_that_runs_the_jails_is_listed_once_for_all(client, holds):
    county = CountyFactory(usps="VT")
    published(StateRecordFactory, state=county.state)
    html = text_of(client.get("/options/holds/"))
    assert "for every county, since the state runs the jails" in html
    assert "Vermont (1)" in html


def test_one_state_alone(client, holds):
    adopt(1)
    adopt(1, usps="TX")
    html = text_of(client.get("/options/holds/?state=TX"))
    assert "/counties/tx/place-1/" in html
    assert "/counties/ca/place-1/" not in html


def test_a_long_list_has_pages_that_keep_the_state(client, holds):
    for number in range(1, 206, 2):
        adopt(number)
    first = text_of(client.get("/options/holds/?state=CA"))
    assert "Page 1 of 2" in first
    assert 'href="?state=CA&amp;page=2#adopted"' in first
    assert text_of(client.get("/options/holds/?state=CA&page=2")).count("#limits_holds") == 3


def test_a_city_s_option_names_wins_of_cities_and_no_counties(client):
    OptionFactory(key="police", place="city")
    adopt(1)
    win(title="Won in a city", place="Oakland")
    win(title="Won in a county")
    html = text_of(client.get("/options/police/"))
    assert "Won in a city" in html
    assert "Won in a county" not in html
    assert "Place 1 County" not in html


def test_an_option_that_earns_nothing_says_so(client):
    OptionFactory(key="id", place="other", factor="")
    html = text_of(client.get("/options/id/"))
    assert "Earns none of the seven points" in html
    assert "this is none of them" in html


def test_an_unknown_option_is_not_found(client, holds):
    assert client.get("/options/nothing/").status_code == 404


def test_in_spanish_all_of_it_is(client, holds):
    PowerFactory()
    for path in ("/es/options/", "/es/options/holds/"):
        html = text_of(client.get(path))
        assert "Sin retenciones" in html
        assert "No holds" not in html
        assert "(en inglés)" not in html


def test_what_has_no_spanish_is_marked_as_english(client):
    OptionFactory(key="holds", spanish={})
    html = text_of(client.get("/es/options/holds/"))
    assert '<h1 lang="en">No holds</h1>' in html
    assert "(en inglés)" in html


# --- Queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/options/", 4),
        ("/options/holds/", 11),
        ("/options/police/", 6),
    ],
)
def test_as_many_queries_for_many_as_for_few(client, holds, django_assert_num_queries, path, most):
    OptionFactory(key="police", place="city")

    def fill(numbers):
        for number in numbers:
            adopt(number)
            adopt(number, usps="TX", cited__quote=f"words {number}")
            win(counties=[CountyFactory()], place="Oakland")
            PowerFactory(state=CountyFactory(usps="RI").state)

    fill((1, 3))
    client.get(path)  # texts of this revision are read
    with django_assert_num_queries(most):
        client.get(path)
    fill(range(5, 21, 2))
    client.get(path)
    with django_assert_num_queries(most):
        client.get(path)

"""Agreements: a map of each kind, ICE's lists one by one, and the list with its filters."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from policies.assessments import When
from policies.presenters.agreement_kinds import css_of_model
from policies.presenters.agreement_lists import ListDay, Spell, list_rows
from policies.presenters.agreement_map import InForce, counties_drawn
from policies.presenters.agreement_page import age_of_list
from policies.presenters.choice import Choice
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    StateFactory,
    published,
    withdraw,
)

pytestmark = pytest.mark.django_db


def words(client, query="") -> str:
    response = client.get(f"/agreements/{query}")
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def on(day: date) -> Choice:
    return Choice(When(day), day)


@pytest.fixture
def marin():
    return CountyFactory(fips="06041", short_name="Marin", slug="marin")


# --- The map ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "model", "css"),
    [
        ("287g", "Task Force Model", "task"),
        ("287g", "Jail Enforcement Model", "jail"),
        ("287g", "Warrant Service Officer", "warrant"),
        ("287g", "", "other"),
        ("detention", "USMS IGA", "task"),
        ("detention", "DIGSA", "jail"),
        ("detention", "IGSA (family)", "warrant"),
        ("detention", "CDF", "other"),
    ],
)
def test_models_are_drawn_by_what_their_names_say(kind, model, css):
    assert css_of_model(kind, model) == css


def test_deciding_agencies_colour_a_county_and_others_mark_it():
    def one(model, decides, *counties):
        return InForce("CA", model, decides, counties)

    drawn = counties_drawn(
        "287g",
        [
            one("Task Force Model", True, "06001", "06003"),
            one("Warrant Service Officer", True, "06003"),
            one("Warrant Service Officer", False, "06001", "06005"),
        ],
    )
    assert drawn == {"06001": "task", "06003": "several", "06005": "dot"}


def test_a_unified_jail_states_department_colours_every_county(client):
    state = StateFactory(usps="RI", unified_jail=True, jail_authority="Corrections")
    for number in ("001", "003"):
        CountyFactory(fips=f"44{number}", state=state, slug=f"c{number}")
    published(
        AgreementFactory, state=state, agency_type="state_corrections", model="Task Force Model"
    )
    assert "In 2 counties of the United States" in words(client)


def test_corrections_of_another_state_decide_no_county(client, marin):
    published(AgreementFactory, state=marin.state, agency_type="state_corrections")
    html = words(client)
    assert "In 0 counties of the United States" in html
    assert "shown, decides no county" in html
    assert "1 more of an agency without a county of its own" in html


def test_the_map_of_a_state_links_its_counties(client, marin):
    published(AgreementFactory, state=marin.state, counties=[marin])
    html = words(client, "?state=CA")
    assert "<title>Marin County: Jail Enforcement</title>" in html
    assert "In 1 county of California" in html


def test_each_kind_has_a_map_of_its_own(client, marin):
    published(
        AgreementFactory,
        state=marin.state,
        counties=[marin],
        kind="detention",
        model="IGSA",
        agency_name="Marin jail",
    )
    assert "Marin jail" not in words(client)
    html = words(client, "?kind=detention")
    assert "Marin jail" in html
    assert "In 1 county of the United States" in html


def test_the_map_is_of_the_day(client, marin):
    published(AgreementFactory, state=marin.state, counties=[marin])  # since 2019
    assert "In 0 counties" in words(client, "?as_of=2018-12-31")
    assert "In 1 county" in words(client, "?as_of=2019-01-01")


# --- Lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "as_of", "stale", "says"),
    [
        ("287g", date(2020, 3, 31), False, "90 days old"),
        ("287g", date(2020, 4, 1), True, "91 days old"),
        ("287g", date(2020, 1, 1), False, "this very day"),
        ("detention", date(2021, 12, 31), False, "730 days old"),
        ("detention", date(2022, 1, 2), True, "more than 2 years old"),
    ],
)
def test_the_age_of_the_newest_list_is_said(kind, as_of, stale, says):
    age = age_of_list(kind, [ListDay(date(2020, 1, 1), 1, None)], on(as_of))
    assert (age.is_stale, says in age.text) == (stale, True), age.text


def test_without_a_list_that_is_said():
    assert "No list of ICE" in age_of_list("287g", [], on(date(2020, 1, 1))).text


def test_list_by_list_what_was_in_force_and_what_was_gone():
    first, second = date(2020, 1, 1), date(2020, 7, 1)
    spells = [
        Spell(date(2019, 1, 1), None, dropped=False),
        Spell(date(2019, 1, 1), second, dropped=True),
        Spell(date(2019, 1, 1), second, dropped=False),
        Spell(second, None, dropped=False),
    ]
    days = [ListDay(first, 3, 7), ListDay(second, 2, None)]
    rows = list_rows("287g", days, spells, on(date(2020, 8, 1)))
    assert [(row.iso, row.in_force, row.gone) for row in rows] == [
        ("2020-07-01", "2", "1"),
        ("2020-01-01", "3", "0"),
    ]
    assert (rows[0].document_url, rows[1].document_url) == ("", "/documents/7/")


def test_no_longer_listed_says_on_which_list_last_and_from_which_missing(client, marin):
    published(
        AgreementFactory,
        state=marin.state,
        counties=[marin],
        last_listed_on=date(2019, 7, 18),
        effective_until=date(2020, 5, 18),
        ended_as="not_listed",
    )
    says = "last on ICE&#x27;s list of July 18, 2019, first missing from that of May 18, 2020"
    assert says in words(client, "?standing=ended")
    assert "Place County Sheriff" not in words(client)
    assert "Place County Sheriff" in words(client, "?as_of=2020-05-17")
    assert "Place County Sheriff" not in words(client, "?as_of=2020-05-18")


def test_a_list_not_known_yet_gives_no_age(client):
    published(IceListFactory)
    assert "No list of ICE" in words(client, "?known_on=2019-06-01")
    assert "newest list on record is of Jan. 1, 2020" in words(client)


# --- The list of agreements ---------------------------------------------------------------------


@pytest.fixture
def three(marin):
    other = StateFactory(usps="TX")
    one = published(AgreementFactory, state=marin.state, counties=[marin], agency_name="Alpha")
    published(AgreementFactory, state=other, agency_name="Beta", model="Task Force Model")
    published(AgreementFactory, state=other, agency_name="Gamma", agency_type="constable")
    return one


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?state=TX", ["Beta", "Gamma"]),
        ("?model=Task+Force+Model", ["Beta"]),
        ("?agency_type=constable", ["Gamma"]),
        ("?q=alp", ["Alpha"]),
        ("?standing=ended", []),
        ("?standing=all&ordering=-agency", ["Gamma", "Beta", "Alpha"]),
        ("?ordering=agency", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_the_list_is_filtered_and_sorted_and_its_csv_holds_the_same(client, three, query, names):
    response = client.get(f"/agreements/{query}")
    assert [item.agency for item in response.context["agreements"]] == names
    if "ended" not in query:
        got = client.get(response.context["csv_url"])
        lines = (b"".join(got.streaming_content) if got.streaming else got.content).decode(
            "utf-8-sig"
        )
        table = csv.DictReader(line for line in lines.splitlines() if not line.startswith("#"))
        assert sorted(row["agency_name"] for row in table) == sorted(names)


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "state=ZZ",
        "model=x",
        "agency_type=x",
        "standing=x",
        "ordering=x",
        "page=x",
        "x=1",
        "q=" + "a" * 101,
    ],
)
def test_what_makes_no_sense_is_refused_by_name(client, three, query):
    response = client.get(f"/agreements/?{query}")
    assert response.status_code == 400
    assert f"<code>{query.split('=')[0]}</code>" in response.content.decode()


def test_a_document_leads_to_the_agreement_even_when_it_ended(client, three):
    document = three.citations.get().document_id
    html = client.get(f"/documents/{document}/").content.decode()
    assert "/agreements/?kind=287g&amp;state=CA&amp;standing=all&amp;q=Alpha" in html


def test_a_withdrawn_agreement_is_known_only_then(client, three):
    withdraw(three, on="2021-01-01")
    assert "Alpha" not in words(client)
    assert "Alpha" in words(client, "?known_on=2020-06-01")


@pytest.mark.parametrize(
    ("query", "queries"), [("", 11), ("?state=CA", 12), ("?known_on=2020-06-01", 11)]
)
def test_the_number_of_queries_does_not_grow(
    client, three, django_assert_num_queries, query, queries
):
    words(client, query)
    with django_assert_num_queries(queries):
        words(client, query)
    for number in range(5):
        county = CountyFactory(fips=f"0610{number}", state=three.state, slug=f"c{number}")
        published(
            AgreementFactory, state=three.state, counties=[county], agency_name=f"Agency {number}"
        )
        published(IceListFactory, list_date=date(2019, 1, 1 + number), listed_counties=[county])
    words(client, query)
    with django_assert_num_queries(queries):
        words(client, query)

"""The pages of states: what law does, how counties and people stand, what changed."""

from __future__ import annotations

from datetime import date

import pytest

from counties.models import State
from policies.presenters.people import percent
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    StateRecordFactory,
    WinFactory,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db
CA = "/states/ca/"


@pytest.fixture
def marin():
    return CountyFactory(fips="06041", short_name="Marin", slug="marin", population=900)


@pytest.fixture
def napa():
    return CountyFactory(fips="06055", short_name="Napa", slug="napa", population=100)


@pytest.fixture
def california(marin):
    State.objects.filter(pk="CA").update(law_coded_through=date(2019, 12, 17))
    return State.objects.get(pk="CA")


def answers(county, yes, **values):
    for factor in FACTORS:
        published(
            LocalPolicyFactory,
            county=county,
            factor=factor.value,
            answer="yes" if factor.value in yes else "none_found",
            **values,
        )


def shown(client, path=CA, **query):
    page = client.get(path, query)
    assert page.status_code == 200, page.content
    return page.context


# --- Law ---------------------------------------------------------------------------------------


def test_a_law_is_drawn_from_the_day_it_decides(client, california):
    published_provision(
        state=california,
        title="Values Act",
        enacted_on=date(2017, 10, 5),
        claims=[
            {"factor": "limits_holds", "effective_from": date(2018, 1, 1)},
            {"factor": "limits_notifications", "effective_from": date(2018, 1, 1)},
        ],
    )
    timeline = shown(client, as_of="2019-06-01")["timeline"]
    (lane,) = timeline.lanes
    (line,) = lane.lines
    assert line.text == "limits help on holds and notice of releases"
    assert [piece.css for piece in line.stretches] == ["waiting", "requires"]
    assert [(e.iso, e.what) for e in timeline.events] == [
        ("2017-10-05", "enacted"),
        ("2018-01-01", "takes effect"),
    ]


def test_a_law_is_in_force_from_its_first_day_until_before_its_last(client, california):
    published_provision(
        state=california,
        claims=[
            {"effective_from": date(2018, 1, 1), "effective_until": date(2019, 1, 1)},
        ],
    )
    for day, holds in (
        ("2018-01-01", True),
        ("2018-12-31", True),
        ("2019-01-01", False),
    ):
        (lane,) = shown(client, as_of=day)["timeline"].lanes
        assert lane.lines[0].in_force == holds, day
    assert shown(client, as_of="2017-12-31")["timeline"] is None


def test_a_mandate_waits_for_its_day_of_compliance(client, california):
    published_provision(
        state=california,
        claims=[
            {
                "effect": "mandates",
                "effective_from": date(2018, 1, 1),
                "compliance_date": date(2018, 7, 1),
            }
        ],
    )
    before, after = shown(client, as_of="2018-06-30"), shown(client, as_of="2018-07-01")
    assert [f.laws[0].in_force for f in (before["factors"][2], after["factors"][2])] == [
        False,
        True,
    ]
    assert before["state"].posture.css == "none"
    assert after["state"].posture.css == "mandates"


def test_a_law_that_does_not_bind_counties_decides_none_and_is_drawn_as_such(client, california):
    published_provision(state=california, binds_county_agencies=False, claims=[{}])
    context = shown(client)
    assert not context["timeline"].lanes[0].binds_counties
    assert context["factors"][2].laws == ()
    assert context["state"].posture.css == "none"


def test_law_that_nobody_read_is_not_silent(client, marin):
    assert shown(client)["state"].posture.css == "uncoded"
    assert shown(client, "/states/")["rows"][0].posture.css == "uncoded"


def test_law_that_was_read_without_finding_any_is_silent(client, california):
    assert shown(client)["state"].posture.label == "silent"


def test_the_deciders_of_a_factor_are_counted(client, california, marin, napa):
    published_provision(
        state=california, claims=[{}], exceptions=[{"county": napa, "reason": "An injunction."}]
    )
    published(LocalPolicyFactory, county=napa, factor="limits_holds")
    row = shown(client)["factors"][2]
    assert row.deciders == (("state law", 1), ("the county's own record", 1))
    assert [(c.css, c.count) for c in row.counts if c.count] == [("yes", 2)]


# --- People ------------------------------------------------------------------------------------


def test_people_are_counted_by_the_score_of_their_county(client, marin, napa):
    answers(marin, {f.value for f in FACTORS[:5]})
    people = shown(client)["people"]
    bands = {band.label: band for band in people.bands}
    assert (bands["5"].people, bands["5"].people_share) == ("900", "90 %")
    assert (bands["no record"].counties, bands["no record"].people_share) == (1, "10 %")
    assert people.sentence.startswith("90 % of the people of California")
    assert "1 July 2023" in people.source


def test_partial_counties_are_no_score(client, marin, napa):
    published(LocalPolicyFactory, county=marin, factor="limits_holds")
    bands = {band.label: band for band in shown(client)["people"].bands}
    assert bands["partly known"].counties == 1
    assert [bands[str(n)].counties for n in range(8)] == [0] * 8


def test_counties_without_an_estimate_are_said(client, marin, napa):
    type(napa).objects.filter(pk=napa.pk).update(population=None, population_year=None)
    assert "1 county without an estimate is left out." in shown(client)["people"].source


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 10, "0 %"),
        (0, 0, "0 %"),
        (1, 3000, "<0.1 %"),
        (1, 1000, "0.1 %"),
        (1, 20, "5 %"),
        (1, 3, "33 %"),
        (999, 1000, "99.9 %"),
        (10, 10, "100 %"),
    ],
)
def test_a_share_has_the_digits_it_needs(part, whole, words):
    assert percent(part, whole) == words


# --- Changes, agreements, wins -----------------------------------------------------------------


def test_counties_that_changed_alike_are_told_together(client, marin, napa):
    for county in (marin, napa):
        answers(county, set(), effective_from=date(2017, 1, 1), effective_until=date(2019, 1, 1))
        answers(county, {"limits_holds"}, effective_from=date(2019, 1, 1))
    changes = shown(client, as_of="2019-06-01")["changes"]
    (group,) = changes.groups
    assert (changes.changed, group.verb) == (2, "raised")
    assert [c.name for c in group.counties] == ["Marin County", "Napa County"]
    assert [(m.name, m.before, m.after) for m in group.moved] == [
        ("Limits holds", "None found", "In force")
    ]
    assert client.get(changes.url).context["shown"].total == changes.changed
    assert shown(client, as_of="2020-01-01")["changes"].changed == 0


def test_a_year_before_the_first_day_is_the_first_day(client, marin):
    assert "changed_since=1776-01-01" in shown(client, as_of="1776-05-01")["changes"].url


def test_agreements_in_force_are_counted_by_kind_and_by_who_signed(client, marin):
    for kind in ("sheriff", "sheriff", "city_police"):
        published(AgreementFactory, state=marin.state, counties=[marin], agency_type=kind)
    published(
        AgreementFactory,
        state=marin.state,
        counties=[marin],
        model="Task Force Model",
        effective_until=date(2019, 6, 1),
        ended_as="terminated",
    )
    (kind,) = shown(client, as_of="2019-06-01")["agreements"]
    assert (kind.model, kind.deciding, kind.others) == ("Jail Enforcement Model", 2, 1)
    assert len(shown(client, as_of="2019-05-31")["agreements"]) == 2


def test_one_department_for_all_jails_is_explained(client):
    state = StateFactory(usps="RI")
    CountyFactory(usps="RI", fips="007")
    published(StateRecordFactory, state=state, factor="limits_holds")
    published(
        AgreementFactory,
        state=state,
        agency_name="Department of Corrections",
        agency_type="state_corrections",
    )
    page = client.get("/states/ri/")
    assert "One department runs every jail here" in page.content.decode()
    assert page.context["factors"][2].deciders == (("the record of the state's jails", 1),)
    assert page.context["agreements"][0].deciding == 1


# --- Tables and maps ---------------------------------------------------------------------------


def test_counties_are_sorted_by_their_headings(client, marin, napa):
    for asked, first in (
        ("name", "Marin County"),
        ("-name", "Napa County"),
        ("population", "Napa County"),
        ("-population", "Marin County"),
    ):
        assert shown(client, ordering=asked)["counties"][0].name == first
    column = shown(client, ordering="-population")["columns"][1]
    assert (column.sorted, column.url) == ("descending", "?ordering=population#counties-title")


def test_states_are_sorted_and_unknown_comes_last(client, marin):
    answers(marin, {f.value for f in FACTORS[:5]})
    CountyFactory(usps="TX", fips="48453", population=5)
    for asked, first in (("name", "CA"), ("-name", "TX"), ("population", "TX"), ("people", "CA")):
        assert shown(client, "/states/", ordering=asked)["rows"][0].row.usps == first


@pytest.mark.parametrize("path", [CA, "/states/"])
@pytest.mark.parametrize(
    "query", ["ordering=colour", "ordering=-", "page=2", "ordering=name&ordering=name", "as_of=x"]
)
def test_what_means_nothing_is_refused(client, marin, path, query):
    assert client.get(f"{path}?{query}").status_code == 400


def test_the_map_draws_each_county_as_a_link_out_of_the_way_of_the_keyboard(client, marin):
    html = client.get(CA).content.decode()
    drawn = '<a href="/counties/ca/marin/" tabindex="-1"><title>Marin County: no record</title>'
    assert drawn in html


def test_the_map_of_states_colours_each_by_its_law_on_the_day(client, california):
    published_provision(state=california, claims=[{"effective_from": date(2018, 1, 1)}])
    for day, css in (("2017-12-31", "none"), ("2018-01-01", "limits")):
        (drawn,) = shown(client, "/states/", as_of=day)["shown"].map.states
        assert drawn.posture.css == css, day


def more_of_everything(state, first: int) -> None:
    for number in range(first, first + 2):
        county = CountyFactory(fips=f"06{2 * number + 61:03d}", short_name=f"Place {number}")
        answers(county, {"limits_holds"})
        published(AgreementFactory, state=county.state, counties=[county])
        published(WinFactory, counties=[county], at=noon("2020-01-02"))
        published_provision(state=state, claims=[{}], exceptions=[{"county": county}])


@pytest.mark.parametrize(("path", "queries"), [(CA, 18), ("/states/", 6)])
def test_the_number_of_queries_does_not_grow(
    client, california, marin, django_assert_num_queries, path, queries
):
    for first in (0, 10):
        more_of_everything(california, first)
        client.get(path)  # reads the texts of the new revision
        with django_assert_num_queries(queries):
            client.get(path)

"""Every rule that can decide, as one county's factors give it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from policies.models import AgencyType, AgreementKind
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return CountyFactory(fips="001")


@pytest.fixture
def factor(ask, county):
    """One factor of the county, by its position among the seven."""

    def get(position: int, as_of: str, **query) -> dict:
        return ask(f"counties/{county.pk}/", as_of=as_of, **query)["factors"][position - 1]

    return get


def test_an_agreement_decides_even_against_state_law(county, factor):
    published_provision(
        state=county.state, claims=[{"factor": "no_287g", "effective_from": date(2018, 1, 1)}]
    )
    published(
        AgreementFactory, counties=[county], state=county.state, last_listed_on=date(2019, 6, 1)
    )

    law, agreement = factor(1, "2018-12-31"), factor(1, "2019-01-01")
    assert (law["answer"], law["decided_by"]) == ("yes", "state_provision")
    assert law["contrary_to_law"] is False
    assert law["last_verified"] == "2019-12-17"
    assert (agreement["answer"], agreement["decided_by"]) == ("no", "agreement")
    assert agreement["contrary_to_law"] is True
    assert agreement["points"] == 0
    assert agreement["effective_from"] == "2019-01-01"
    assert agreement["last_verified"] == agreement["evidence_on"] == "2019-06-01"
    assert agreement["citations"]


def test_absence_counts_from_the_first_list_and_is_as_fresh_as_the_last(county, factor):
    for day in (date(2019, 1, 1), date(2019, 2, 1), date(2019, 3, 1)):
        published(IceListFactory, list_date=day)

    assert factor(1, "2018-12-31")["decided_by"] == "none"
    absent = factor(1, "2019-02-15")
    assert (absent["answer"], absent["decided_by"]) == ("yes", "absent_from_list")
    assert absent["local_answer"] == "yes"
    assert absent["effective_from"] == absent["since"] == "2019-01-01"
    assert absent["in_force_by"] is True
    assert absent["observed_on"] == absent["last_verified"] == "2019-02-01"
    assert "2019" in absent["explanation"]
    assert factor(1, "2019-05-30")["stale"] is False
    assert factor(1, "2019-05-31")["stale"] is True


def test_a_law_that_forbids_puts_a_policy_at_risk(county, factor):
    published(LocalPolicyFactory, county=county, qualification="Except felonies.")
    published_provision(
        state=county.state, claims=[{"effect": "forbids", "effective_from": date(2018, 1, 1)}]
    )

    assert factor(3, "2017-12-31")["at_risk"] is False
    risky = factor(3, "2018-01-01")
    assert (risky["answer"], risky["at_risk"], risky["preempted"]) == ("yes", True, False)
    assert risky["qualification"] == "Except felonies."


def test_a_mandate_with_a_compliance_date(county, factor):
    published(LocalPolicyFactory, county=county)
    published_provision(
        state=county.state,
        claims=[
            {
                "effect": "mandates",
                "effective_from": date(2018, 1, 1),
                "compliance_date": date(2018, 7, 1),
                "qualification": "Unless a judge says otherwise.",
            }
        ],
    )

    pending, mandated = factor(3, "2018-06-30"), factor(3, "2018-07-01")
    assert (pending["answer"], pending["required_by"]) == ("yes", "2018-07-01")
    assert (mandated["answer"], mandated["required_by"]) == ("no", None)
    assert mandated["preempted"] is True
    assert mandated["qualification"] == "Unless a judge says otherwise."
    assert mandated["since"] == "2018-07-01"


def test_conflicting_provisions_are_listed(county, factor):
    published_provision(
        state=county.state, level="directive", title="Weak", claims=[{"effect": "mandates"}]
    )
    published_provision(state=county.state, level="statute", claims=[{"effect": "requires"}])

    conflict = factor(3, "2018-06-30")
    assert conflict["answer"] == "yes"
    assert [(c["title"], c["effect"]) for c in conflict["conflicts"]] == [("Weak", "mandates")]
    assert conflict["conflicts"][0]["provision"]


def test_a_state_record_answers_in_a_unified_jail_state(ask):
    county = CountyFactory(fips="007", usps="RI")
    published(StateRecordFactory)

    holds = ask(f"counties/{county.pk}/", as_of="2018-01-01")["factors"][2]
    assert (holds["answer"], holds["decided_by"]) == ("yes", "state_record")


def test_periods_end_and_begin_again(ask, county):
    for start, end in ((date(2017, 1, 1), date(2018, 1, 1)), (date(2019, 1, 1), None)):
        published(LocalPolicyFactory, county=county, effective_from=start, effective_until=end)

    periods = ask(f"counties/{county.pk}/history/")["periods"]
    assert [(p["effective_from"], p["effective_until"]) for p in periods] == [
        ("2017-01-01", "2018-01-01"),
        ("2019-01-01", None),
    ]
    assert [c["from"] for p in periods for c in p["changes"]] == ["unknown", "unknown"]
    assert {p["score"] for p in periods} == {None}
    assert {p["at_least"] for p in periods} == {1}


def test_lists_of_agreements(ask, ask_csv, county):
    ended = published(
        AgreementFactory,
        counties=[county],
        state=county.state,
        effective_until=date(2020, 1, 1),
        ended_as="not_listed",
    )
    shown = published(
        AgreementFactory,
        counties=[county],
        state=county.state,
        agency_name="Precinct 1 Constable",
        agency_type=AgencyType.CONSTABLE,
        kind=AgreementKind.DETENTION,
    )

    found = {row["id"]: row for row in ask("agreements/", county=county.pk)["results"]}
    assert found[ended.pk]["decides"] is True
    assert found[ended.pk]["ended_as"] == "not_listed"
    assert found[ended.pk]["counties"] == [county.pk]
    assert found[shown.pk]["decides"] is False
    assert ask("agreements/", as_of="2019-12-31")["count"] == 2
    assert ask("agreements/", as_of="2020-01-01")["count"] == 1
    assert ask("agreements/", kind="287g")["count"] == 1
    assert ask("agreements/", agency_type="constable")["count"] == 1
    assert ask("agreements/", q="precinct")["count"] == 1
    assert ask("agreements/", known_on="2019-12-31")["count"] == 0
    assert ask_csv("agreements/", q="precinct")[0]["counties"] == county.pk


def test_known_on_reads_the_record_as_it_stood(ask, county):
    published(LocalPolicyFactory, county=county, at=datetime(2021, 3, 4, 12, tzinfo=UTC))

    assert ask(f"counties/{county.pk}/", known_on="2021-03-03")["factors_known"] == 0
    assert ask(f"counties/{county.pk}/", known_on="2021-03-04")["factors_known"] == 1

"""What a request compares, what it may not ask, and how our record came to say something else."""

from __future__ import annotations

from datetime import date

import pytest

from policies import compared
from policies.comparison import Cause, Direction, chosen
from policies.models import ChangeKind
from policies.parameters import BadParameter
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    succeed,
    withdraw,
)

TODAY = date(2024, 6, 1)


def asked(**query):
    return compared.asked(
        {name.rstrip("_"): value for name, value in query.items()}, TODAY, until=TODAY, since=None
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"from"}),
        ({"from_": "2017-13-01"}, {"from"}),
        ({"from_": "2018-01-01", "to": "2017-01-01"}, {"from"}),
        ({"from_": "2017-01-01", "to": "soon"}, {"to"}),
        ({"from_": "x", "to": "y", "known_on": "z"}, {"from", "to", "known_on"}),
        ({"from_": "2017-01-01", "known_on": "2099-01-01"}, {"known_on"}),
        ({"from_": "2017-01-01", "known_from": "2099-01-01"}, {"known_from"}),
        (
            {"from_": "2017-01-01", "known_from": "2021-01-01", "known_on": "2020-01-01"},
            {"known_from"},
        ),
        ({"from_": "2017-01-01", "cause": "weather", "state": "XX"}, {"cause", "state"}),
        ({"from_": "2017-01-01", "direction": "up"}, {"direction"}),
        ({"from_": "2017-01-01", "factor": "holds"}, {"factor"}),
        ({"from_": "2017-01-01", "move": "away"}, {"move"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(query, names):
    with pytest.raises(BadParameter) as refused:
        asked(**query)
    assert refused.value.errors.keys() == names


def test_the_same_day_is_said():
    assert asked(from_="2024-06-01").is_same
    assert not asked(from_="2024-06-01", known_from="2020-01-01").is_same


def test_known_today_is_known_now():
    assert asked(from_="2020-01-01", known_from="2024-06-01").known_alike


# --- Causes from the record --------------------------------------------------------------------


pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    """Complete since 2015, with no policy in force but one."""
    made = CountyFactory(fips="001")
    made.policies = {
        factor.value: published(
            LocalPolicyFactory,
            county=made,
            factor=factor.value,
            answer="yes" if factor == "limits_holds" else "none_found",
            effective_from=date(2015, 1, 1),
        )
        for factor in FACTORS
    }
    return made


def only(**query):
    (row,) = chosen(compared.rows(asked(**query)), asked(**query).wanted)
    return row


def test_a_county_that_changed_its_policy(county):
    change(county.policies["limits_holds"], answer="no", effective_from=date(2018, 1, 1))
    row = only(from_="2017-12-31", to="2018-01-01")
    assert (row.direction, row.causes) == (Direction.LOWERED, (Cause.LOCAL,))


@pytest.mark.parametrize("until", ["2017-12-31", "2018-01-01"])
def test_a_law_changes_the_answer_on_its_first_day(county, until):
    claims = [{"factor": "no_status_inquiry", "effective_from": date(2018, 1, 1)}]
    published_provision(state=county.state, claims=claims)
    found = compared.rows(asked(from_="2017-06-01", to=until))
    causes = {cause for row in found for cause in row.causes}
    assert causes == ({Cause.STATE_LAW} if until == "2018-01-01" else set())


def test_an_agreement_lowers(county):
    agreement = {"counties": [county], "state": county.state, "kind": "287g"}
    published(AgreementFactory, effective_from=date(2018, 1, 1), **agreement)
    row = only(from_="2017-12-31", to="2018-01-01", factor="no_287g")
    assert row.causes == (Cause.AGREEMENT,)


SAME_DAY = {"from_": "2019-06-01", "to": "2019-06-01", "known_from": "2020-03-01"}


def test_the_same_day_known_later_is_a_correction(county):
    correct(county.policies["limits_holds"], on="2020-06-01", answer="none_found")
    row = only(**SAME_DAY)
    assert (row.direction, row.causes) == (Direction.LOWERED, (Cause.CORRECTION,))


def test_before_the_correction_nothing_differs(county):
    correct(county.policies["limits_holds"], on="2020-06-01", answer="none_found")
    assert not chosen(
        compared.rows(asked(**SAME_DAY, known_on="2020-05-31")), asked(**SAME_DAY).wanted
    )
    assert only(**SAME_DAY, known_on="2020-06-01").causes == (Cause.CORRECTION,)


def test_a_withdrawal_is_a_correction(county):
    withdraw(county.policies["limits_holds"], on="2020-06-01")
    row = only(**SAME_DAY)
    assert (row.direction, row.causes) == (Direction.LEARNED, (Cause.CORRECTION,))


@pytest.mark.parametrize(
    ("kind", "cause"), [(ChangeKind.METHOD, Cause.METHOD), (ChangeKind.UNDO, Cause.UNDO)]
)
def test_other_kinds_of_change_are_told_apart(county, kind, cause):
    succeed(county.policies["limits_holds"], kind, on="2020-06-01", answer="none_found")
    assert only(**SAME_DAY).causes == (cause,)


def test_a_change_of_policy_that_we_learned_of_later(county):
    change(
        county.policies["limits_holds"],
        on="2020-06-01",
        answer="no",
        effective_from=date(2019, 1, 1),
    )
    assert only(**SAME_DAY).causes == (Cause.RECORDED_LATER,)


def test_what_was_recorded_afterwards_is_no_correction(county):
    other = CountyFactory(fips="003")
    published(
        LocalPolicyFactory, at=noon("2020-06-01"), county=other, effective_from=date(2015, 1, 1)
    )
    row = only(**SAME_DAY)
    assert (row.fips, row.causes) == ("06003", (Cause.RECORDED_LATER,))


def test_laws_agreements_and_lists_recorded_afterwards(county):
    at = noon("2020-06-01")
    claims = [{"factor": "no_status_inquiry", "effective_from": date(2018, 1, 1)}]
    published_provision(at=at, state=county.state, claims=claims)
    agreement = {"counties": [county], "state": county.state, "kind": "287g"}
    published(AgreementFactory, at=at, effective_from=date(2018, 1, 1), **agreement)
    published(IceListFactory, at=at, kind="detention", list_date=date(2018, 1, 1))
    row = only(**SAME_DAY)
    assert {one.code: one.causes for one in row.factors} == dict.fromkeys(
        ("no_287g", "no_detention_contract", "no_status_inquiry"), (Cause.RECORDED_LATER,)
    )


def test_a_correction_and_a_change_of_the_world_stand_side_by_side(county):
    correct(county.policies["limits_holds"], on="2020-06-01", answer="none_found")
    claims = [{"factor": "no_status_inquiry", "effective_from": date(2019, 7, 1)}]
    published_provision(state=county.state, claims=claims)
    row = only(**{**SAME_DAY, "to": "2019-07-01"})
    assert (row.direction, row.causes) == (
        Direction.EXCHANGED,
        (Cause.STATE_LAW, Cause.CORRECTION),
    )


def test_one_state_only(county):
    for fips, usps in (("48003", "TX"), ("06005", "CA")):
        other = CountyFactory(usps=usps, fips=fips)
        published(LocalPolicyFactory, county=other, effective_from=date(2018, 1, 1))
    query = {"from_": "2017-01-01", "to": "2018-06-01"}
    found = {row.fips for row in compared.rows(asked(**query, state="TX"))}
    assert found == {"48003"}
    assert len(compared.rows(asked(**query))) == 3

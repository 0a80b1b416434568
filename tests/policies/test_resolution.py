"""The order of the five steps, agreements, records, and the boundary days of every period."""

import pytest

from policies.resolution import UNKNOWN, Rule
from policies.rubric import Answer
from policies.timeline import change_days, history
from tests.policies.plain import (
    agreement,
    claim,
    day,
    decision,
    evidence,
    excepted,
    ice_list,
    record,
    said,
)

UNKNOWN_ANSWER = ("unknown", "none")

# One period, 2018-03-01 until before 2018-09-01, for every kind of evidence that has one.
PERIOD = {"start": "2018-03-01", "until": "2018-09-01"}
BOUNDARY_DAYS = [
    ("2018-02-28", False),  # the day before
    ("2018-03-01", True),  # the first day
    ("2018-08-31", True),  # the last day
    ("2018-09-01", False),  # the first day after
]


def at_the_boundaries(test):
    return pytest.mark.parametrize(("on", "covered"), BOUNDARY_DAYS)(test)


# --- Boundary days -----------------------------------------------------------------------------


@at_the_boundaries
def test_an_agreement_decides_from_its_first_day_until_before_its_end(on, covered):
    expected = ("no", "agreement") if covered else UNKNOWN_ANSWER
    assert said(on, agreements=agreement(**PERIOD)) == expected


@at_the_boundaries
@pytest.mark.parametrize(("effect", "answer"), [("requires", "yes"), ("mandates", "no")])
def test_a_claim_decides_from_its_first_day_until_before_its_end(on, covered, effect, answer):
    expected = (answer, "state_provision") if covered else UNKNOWN_ANSWER
    assert said(on, claims=claim(effect, **PERIOD)) == expected


@at_the_boundaries
def test_a_forbidding_claim_puts_a_local_yes_at_risk_only_in_its_period(on, covered):
    found = decision(on, claims=claim("forbids", **PERIOD), county_records=record())
    assert (found.answer, found.at_risk) == (Answer.YES, covered)


@at_the_boundaries
@pytest.mark.parametrize("answer", ["yes", "no", "none_found"])
def test_a_county_record_answers_in_its_period(on, covered, answer):
    expected = (answer, "county_record") if covered else UNKNOWN_ANSWER
    assert said(on, county_records=record(answer, **PERIOD)) == expected


@at_the_boundaries
def test_a_state_record_answers_in_its_period(on, covered):
    expected = ("yes", "state_record") if covered else UNKNOWN_ANSWER
    assert said(on, state_records=record("yes", **PERIOD)) == expected


@at_the_boundaries
def test_an_exception_lifts_a_claim_only_in_its_period(on, covered):
    expected = UNKNOWN_ANSWER if covered else ("yes", "state_provision")
    found = said(on, claims=claim(start="2017-01-01"), exceptions=excepted(1, **PERIOD))
    assert found == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2018-05-31", UNKNOWN_ANSWER),
        ("2018-06-01", ("yes", "absent_from_list")),
        ("2030-01-01", ("yes", "absent_from_list")),
    ],
)
def test_a_list_counts_from_its_own_day(on, expected):
    assert said(on, lists=ice_list("2018-06-01")) == expected


def test_a_period_without_an_end_is_still_in_force():
    assert said("2099-12-31", county_records=record()) == ("yes", "county_record")


def test_a_period_of_one_day_holds_on_that_day_only():
    one = record("no", "2018-02-28", "2018-03-01")
    answers = [said(d, county_records=one)[0] for d in ("2018-02-27", "2018-02-28", "2018-03-01")]
    assert answers == ["unknown", "no", "unknown"]


def test_neighbouring_periods_leave_no_day_between_them_and_share_none():
    both = [record("yes", "2017-01-01", "2018-01-01"), record("no", "2018-01-01", number=2)]
    assert said("2017-12-31", county_records=both)[0] == "yes"
    assert said("2018-01-01", county_records=both)[0] == "no"


def test_adopted_rescinded_and_adopted_again_is_three_periods():
    records = [
        record("yes", "2014-05-01", "2016-01-01"),
        record("no", "2016-01-01", "2018-01-01", number=2),
        record("yes", "2018-01-01", number=3),
    ]
    stretches = [(d.isoformat(), x.answer) for d, x in history(evidence(county_records=records))]
    assert stretches == [("2014-05-01", "yes"), ("2016-01-01", "no"), ("2018-01-01", "yes")]


# --- The order of the steps --------------------------------------------------------------------

EVERYTHING = {
    "agreements": agreement(),
    "claims": claim(),
    "county_records": record("none_found", evidence="2018-01-01"),
    "lists": ice_list(),
}


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), ("no", "agreement")),
        (("agreements",), ("yes", "state_provision")),
        (("agreements", "claims"), ("yes", "absent_from_list")),
        (("agreements", "claims", "lists"), ("none_found", "county_record")),
        (("agreements", "claims", "county_records"), ("yes", "absent_from_list")),
        (("agreements", "claims", "lists", "county_records"), UNKNOWN_ANSWER),
    ],
)
def test_the_first_step_that_applies_decides(without, expected):
    kinds = {kind: value for kind, value in EVERYTHING.items() if kind not in without}
    assert said("2020-01-01", **kinds) == expected


def test_without_evidence_nothing_is_known():
    assert decision("2020-01-01") == UNKNOWN


def test_unknown_has_no_day_of_evidence():
    assert UNKNOWN.evidence_on is None


# --- Step 1: agreements ------------------------------------------------------------------------


def test_an_agreement_where_the_law_requires_otherwise_is_contrary_to_law():
    found = decision("2020-01-01", agreements=agreement(), claims=claim("requires"))
    assert (found.answer, found.contrary_to_law) == (Answer.NO, True)


@pytest.mark.parametrize("effect", ["mandates", "forbids"])
def test_an_agreement_that_the_law_wants_is_not_contrary_to_it(effect):
    found = decision("2020-01-01", agreements=agreement(), claims=claim(effect))
    assert not found.contrary_to_law


def test_an_agreement_of_an_excepted_county_is_not_contrary_to_law():
    found = decision("2020-01-01", agreements=agreement(), claims=claim(), exceptions=excepted(1))
    assert (found.rule, found.contrary_to_law) == (Rule.AGREEMENT, False)


@pytest.mark.parametrize(("on", "contrary"), [("2020-05-31", False), ("2020-06-01", True)])
def test_an_agreement_is_contrary_to_law_only_from_the_compliance_date(on, contrary):
    law = claim(start="2020-01-01", compliance="2020-06-01")
    found = decision(on, agreements=agreement(), claims=law)
    assert found.contrary_to_law is contrary


def test_an_agreement_keeps_the_raw_local_answer():
    found = decision("2020-01-01", agreements=agreement(), county_records=record("yes", number=9))
    assert (found.answer, found.local_answer, found.local.id) == (Answer.NO, Answer.YES, 9)


def test_the_answer_stays_no_while_any_agreement_is_active():
    both = [agreement("2019-01-01", "2019-06-01"), agreement("2019-03-01", "2019-09-01", number=2)]
    days = ("2018-12-31", "2019-02-01", "2019-06-01", "2019-08-31", "2019-09-01")
    answers = [said(on, agreements=both)[0] for on in days]
    assert answers == ["unknown", "no", "no", "no", "unknown"]


def test_of_several_agreements_the_one_with_the_newest_evidence_is_named():
    several = [
        agreement("2019-01-01", evidence="2020-03-01", number=1),
        agreement("2019-05-01", evidence="2019-05-01", number=2),
    ]
    assert decision("2021-01-01", agreements=several).basis.id == 1


def test_agreements_of_the_same_days_are_named_in_a_fixed_order():
    several = [agreement(number=1), agreement(number=2)]
    forwards = decision("2020-01-01", agreements=several)
    backwards = decision("2020-01-01", agreements=several[::-1])
    assert forwards == backwards


# --- Step 3: records in a unified-jail state ---------------------------------------------------


def test_a_state_record_comes_first_for_the_factors_about_the_jail():
    kinds = {"county_records": record("yes"), "state_records": record("no", number=2)}
    assert said("2018-01-01", **kinds, state_record_first=True) == ("no", "state_record")


def test_a_state_record_comes_last_for_the_other_factors():
    kinds = {"county_records": record("yes"), "state_records": record("no", number=2)}
    assert said("2018-01-01", **kinds) == ("yes", "county_record")


@pytest.mark.parametrize("first", [True, False])
def test_a_state_record_answers_where_the_county_has_none(first):
    found = said("2018-01-01", state_records=record("yes"), state_record_first=first)
    assert found == ("yes", "state_record")


def test_the_county_record_answers_before_the_state_record_begins():
    kinds = {
        "county_records": record("yes", "2017-01-01"),
        "state_records": record("no", "2018-01-01", number=2),
        "state_record_first": True,
    }
    assert said("2017-12-31", **kinds) == ("yes", "county_record")
    assert said("2018-01-01", **kinds) == ("no", "state_record")


def test_a_state_record_is_set_aside_by_state_law_and_agreements_too():
    kinds = {"state_records": record("yes"), "state_record_first": True}
    assert said("2020-01-01", **kinds, claims=claim("mandates"))[1] == "state_provision"
    assert said("2020-01-01", **kinds, agreements=agreement())[1] == "agreement"


# --- The days on which something changes -------------------------------------------------------


def test_every_first_day_and_end_is_a_day_of_change():
    found = change_days(
        evidence(
            agreements=agreement("2019-01-01", "2019-02-01"),
            claims=claim(start="2018-01-01", until="2018-02-01", compliance="2018-01-15"),
            exceptions=excepted(1, "2018-01-20", "2018-01-25"),
            county_records=record(start="2017-01-01", until="2017-02-01"),
            state_records=record(start="2016-01-01", until="2016-02-01"),
            lists=ice_list("2018-06-01"),
        )
    )
    expected = (
        "2016-01-01 2016-02-01 2017-01-01 2017-02-01 2018-01-01 2018-01-15 2018-01-20 "
        "2018-01-25 2018-02-01 2018-06-01 2019-01-01 2019-02-01"
    )
    assert found == [day(text) for text in expected.split()]


def test_a_later_list_that_says_the_same_is_a_new_stretch_with_the_newer_list():
    lists = [ice_list("2018-06-01"), ice_list("2018-07-01", number=2)]
    stretches = history(evidence(lists=lists))
    assert [(d.isoformat(), x.basis.id) for d, x in stretches] == [
        ("2018-06-01", 1),
        ("2018-07-01", 2),
    ]

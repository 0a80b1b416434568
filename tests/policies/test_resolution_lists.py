"""Step 4: absence from ICE's complete lists, against the county's own record."""

from datetime import date

import pytest

from policies.resolution import (
    ClaimEvidence,
    Effect,
    FactorEvidence,
    Level,
    ListEvidence,
    Rule,
    resolve,
)
from policies.rubric import Answer
from tests.policies.plain import agreement, claim, day, decision, ice_list, record, said

ABSENT = ("yes", "absent_from_list")


@pytest.mark.parametrize(
    ("verified", "expected"),
    [
        ("2018-05-31", ABSENT),  # the list is newer
        ("2018-06-01", ("none_found", "county_record")),  # the same day: the record
        ("2018-06-02", ("none_found", "county_record")),
    ],
)
def test_between_record_and_list_the_newer_evidence_wins(verified, expected):
    own = record("none_found", evidence=verified)
    assert said("2018-07-01", county_records=own, lists=ice_list("2018-06-01")) == expected


def test_a_documented_no_older_than_the_list_gives_way_to_it():
    own = record("no", evidence="2018-01-01")
    assert said("2018-07-01", county_records=own, lists=ice_list("2018-06-01")) == ABSENT


def test_the_same_rule_holds_for_a_state_record():
    own = record("no", evidence="2018-06-01")
    assert said("2018-06-01", state_records=own, lists=ice_list())[1] == "state_record"
    assert said("2018-07-01", state_records=own, lists=ice_list("2018-06-02")) == ABSENT


def test_before_the_day_of_the_list_the_record_answers():
    own = record("no", evidence="2018-01-01")
    assert said("2018-05-31", county_records=own, lists=ice_list()) == ("no", "county_record")


def test_a_listed_county_is_not_absent():
    assert said("2018-06-01", lists=ice_list(listed=True)) == ("unknown", "none")


def test_a_listed_county_keeps_its_record():
    own = record("none_found")
    found = said("2018-06-01", county_records=own, lists=ice_list(listed=True))
    assert found == ("none_found", "county_record")


@pytest.mark.parametrize(
    ("on", "answer"),
    [("2018-05-31", "unknown"), ("2018-06-01", "yes"), ("2018-07-01", "unknown")],
)
def test_only_the_newest_list_by_that_day_counts_when_a_county_appears(on, answer):
    lists = [ice_list("2018-06-01"), ice_list("2018-07-01", listed=True, number=2)]
    assert said(on, lists=lists)[0] == answer


@pytest.mark.parametrize(
    ("on", "answer"),
    [("2018-06-01", "unknown"), ("2018-06-30", "unknown"), ("2018-07-01", "yes")],
)
def test_only_the_newest_list_by_that_day_counts_when_a_county_drops_out(on, answer):
    lists = [ice_list("2018-06-01", listed=True), ice_list("2018-07-01", number=2)]
    assert said(on, lists=lists)[0] == answer


def test_the_newest_list_is_the_one_that_decided():
    lists = [ice_list("2018-06-01"), ice_list("2018-07-01", number=2)]
    for order in (lists, lists[::-1]):
        found = decision("2018-08-01", lists=order)
        assert (found.basis.id, found.evidence_on) == (2, day("2018-07-01"))


def test_a_county_on_any_list_of_the_day_is_not_absent():
    lists = [ice_list(), ice_list(listed=True, number=2)]
    for order in (lists, lists[::-1]):
        assert said("2018-06-01", lists=order)[0] == "unknown"


def test_an_agreement_that_drops_off_a_list_ends_on_the_day_of_the_first_list_without_it():
    kinds = {
        "agreements": agreement("2018-01-01", "2018-07-01", evidence="2018-06-01"),
        "lists": [ice_list("2018-06-01", listed=True), ice_list("2018-07-01", number=2)],
    }
    assert said("2018-06-30", **kinds) == ("no", "agreement")
    assert said("2018-07-01", **kinds) == ABSENT


def test_an_active_agreement_decides_against_a_list_that_lacks_it():
    found = said("2019-06-01", agreements=agreement(), lists=ice_list("2019-05-01"))
    assert found == ("no", "agreement")


def test_state_law_comes_before_absence_from_a_list():
    found = decision("2018-06-01", claims=claim("requires"), lists=ice_list())
    assert found.rule == Rule.STATE_PROVISION


def test_a_county_absent_from_a_list_keeps_the_list_as_its_raw_answer():
    found = decision("2018-06-01", claims=claim("requires"), lists=ice_list(number=4))
    assert (found.local_answer, found.local.id) == (Answer.YES, 4)


def test_after_its_record_ends_a_county_absent_from_an_older_list_is_yes():
    own = record("none_found", until="2018-12-01", evidence="2018-11-01")
    kinds = {"county_records": own, "lists": ice_list()}
    assert said("2018-11-30", **kinds) == ("none_found", "county_record")
    assert said("2018-12-01", **kinds) == ABSENT


def test_absence_from_a_list_is_no_policy_that_a_mandate_preempts():
    on = date(2020, 1, 1)
    mandate = ClaimEvidence(1, Effect.MANDATES, Level.STATUTE, on, None, None, on)
    absent = ListEvidence(1, on, listed=False)
    decided = resolve(FactorEvidence(claims=(mandate,), lists=(absent,)), on)
    assert (decided.answer, decided.local_answer) == (Answer.NO, Answer.YES)
    assert not decided.preempted

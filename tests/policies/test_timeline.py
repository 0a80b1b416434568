from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.resolution import FactorEvidence, ListEvidence, Rule, resolve
from policies.rubric import FACTORS, Answer, Factor
from policies.timeline import (
    RULE_LETTERS,
    RULES_BY_LETTER,
    content,
    history,
    is_stale,
    periods,
)
from tests.policies.plain import agreement, claim, evidence, ice_list, record
from tests.policies.strategies import ALL_DAYS, evidences

HOLDS, NOTIFY, F287 = Factor.LIMITS_HOLDS, Factor.LIMITS_NOTIFICATIONS, Factor.NO_287G


def county_periods(found):
    """All periods of a county from its evidence by factor."""
    return periods([history(found[factor]) if factor in found else [] for factor in FACTORS])


def cut(**by_factor):
    """(first day, end, answers to the factors named) of every period."""
    found = county_periods({Factor[name]: item for name, item in by_factor.items()})
    positions = [FACTORS.index(Factor[name]) for name in by_factor]
    return [
        (
            str(period.effective_from),
            period.effective_until and str(period.effective_until),
            *(period.answers[position].value for position in positions),
        )
        for period in found
    ]


# --- Periods -----------------------------------------------------------------------------------


def test_a_county_without_evidence_has_no_periods():
    assert county_periods({}) == []


def test_a_factor_whose_evidence_is_empty_has_no_periods():
    assert cut(LIMITS_HOLDS=FactorEvidence()) == []


def test_factors_that_are_not_named_are_unknown():
    [period] = county_periods({HOLDS: evidence(county_records=record("yes"))})
    assert [answer.value for answer in period.answers] == ["unknown"] * 2 + ["yes"] + [
        "unknown"
    ] * 4
    assert (period.score.value, period.score.at_least, period.score.known) == (None, 1, 1)


def test_two_factors_are_cut_where_either_changes():
    found = cut(
        LIMITS_HOLDS=evidence(county_records=record("yes", "2017-01-01", "2019-01-01")),
        LIMITS_NOTIFICATIONS=evidence(county_records=record("no", "2018-01-01")),
    )
    assert found == [
        ("2017-01-01", "2018-01-01", "yes", "unknown"),
        ("2018-01-01", "2019-01-01", "yes", "no"),
        ("2019-01-01", None, "unknown", "no"),
    ]


def test_two_factors_that_change_on_one_day_are_cut_once():
    found = cut(
        LIMITS_HOLDS=evidence(county_records=record("yes")),
        LIMITS_NOTIFICATIONS=evidence(county_records=record("no")),
    )
    assert found == [("2017-02-01", None, "yes", "no")]


def test_a_time_of_which_nothing_is_known_is_left_out():
    records = [record("yes", "2017-01-01", "2017-06-01"), record("yes", "2018-01-01", number=2)]
    assert cut(LIMITS_HOLDS=evidence(county_records=records)) == [
        ("2017-01-01", "2017-06-01", "yes"),
        ("2018-01-01", None, "yes"),
    ]


def test_the_last_period_is_closed_when_the_last_record_ends():
    found = cut(LIMITS_HOLDS=evidence(county_records=record("yes", "2017-01-01", "2018-01-01")))
    assert found == [("2017-01-01", "2018-01-01", "yes")]


def test_neighbours_with_the_same_content_are_one_period():
    records = [
        record("yes", "2017-01-01", "2018-01-01", evidence="2018-06-01"),
        record("yes", "2018-01-01", evidence="2018-06-01", number=2),
    ]
    assert cut(LIMITS_HOLDS=evidence(county_records=records)) == [("2017-01-01", None, "yes")]


def test_neighbours_that_another_rule_decides_are_two_periods():
    found = cut(
        LIMITS_HOLDS=evidence(
            county_records=record("yes", evidence="2018-01-01"), claims=claim("requires")
        )
    )
    assert found == [("2017-02-01", "2018-01-01", "yes"), ("2018-01-01", None, "yes")]


def test_a_newer_list_that_says_the_same_does_not_cut():
    lists = [ice_list("2018-06-01"), ice_list("2018-07-01", number=2)]
    assert cut(NO_287G=evidence(lists=lists)) == [("2018-06-01", None, "yes")]


def test_flags_stand_at_the_position_of_their_factor():
    found = county_periods(
        {
            HOLDS: evidence(county_records=record("yes"), claims=claim("mandates")),
            NOTIFY: evidence(county_records=record("yes"), claims=claim("forbids")),
        }
    )
    assert (found[0].preempted, found[0].at_risk) == ("0000000", "0000000")
    assert (found[1].preempted, found[1].at_risk) == ("0010000", "0001000")
    assert found[1].rules == "--pc---"


def test_every_rule_has_a_letter_of_its_own():
    assert set(RULE_LETTERS) == set(Rule)
    assert {RULE_LETTERS[rule]: rule for rule in Rule} == RULES_BY_LETTER
    assert all(len(letter) == 1 for letter in RULES_BY_LETTER)


# --- Until when a period is fresh --------------------------------------------------------------


def test_a_period_is_fresh_until_its_oldest_evidence_ages():
    [*_, last] = county_periods(
        {
            HOLDS: evidence(county_records=record("yes", evidence="2018-05-01")),
            NOTIFY: evidence(county_records=record("yes", evidence="2017-05-01")),
        }
    )
    assert last.fresh_until == date(2019, 5, 1)


def test_a_period_known_only_from_lists_keeps_no_age_because_newer_lists_renew_it():
    [period] = county_periods({F287: evidence(lists=ice_list())})
    assert period.fresh_until is None


def test_a_287g_agreement_ages_from_the_newest_list_that_has_it():
    item = agreement("2019-01-01", evidence="2020-01-01", listed=True)
    [period] = county_periods({F287: evidence(agreements=item)})
    assert period.fresh_until == date(2020, 3, 31)


# --- Properties --------------------------------------------------------------------------------

#: Evidence for some of the seven factors.
by_factor = st.dictionaries(st.sampled_from(FACTORS), evidences(), max_size=3)


def resolved(found, on):
    return [resolve(found.get(factor, FactorEvidence()), on) for factor in FACTORS]


def covering(cut_periods, on):
    return [
        period
        for period in cut_periods
        if period.effective_from <= on
        and (period.effective_until is None or on < period.effective_until)
    ]


@settings(max_examples=60)
@given(by_factor)
def test_on_every_day_the_one_period_says_what_resolving_says(found):
    cut_periods = county_periods(found)
    for on in ALL_DAYS:
        decisions = resolved(found, on)
        known = any(decision.answer != Answer.UNKNOWN for decision in decisions)
        here = covering(cut_periods, on)
        assert len(here) == (1 if known else 0)
        for period in here:
            stored = (
                period.answers,
                period.rules,
                period.fresh_until,
                period.preempted,
                period.at_risk,
            )
            assert stored == content(decisions)


@settings(max_examples=60)
@given(by_factor)
def test_periods_are_in_order_not_empty_and_do_not_overlap(found):
    cut_periods = county_periods(found)
    for period in cut_periods:
        assert period.effective_until is None or period.effective_from < period.effective_until
    for one, following in pairwise(cut_periods):
        assert one.effective_until is not None
        assert one.effective_until <= following.effective_from


@settings(max_examples=60)
@given(by_factor)
def test_periods_that_touch_differ(found):
    def what(period):
        return (
            period.answers,
            period.rules,
            period.fresh_until,
            period.preempted,
            period.at_risk,
        )

    cut_periods = county_periods(found)
    for one, following in pairwise(cut_periods):
        if one.effective_until == following.effective_from:
            assert what(one) != what(following)


@settings(max_examples=60)
@given(by_factor)
def test_whether_an_answer_is_stale_can_be_told_from_the_period_and_the_list(found):
    cut_periods = county_periods(found)
    for on in (*ALL_DAYS, date(2018, 5, 1), date(2019, 12, 31), date(2020, 1, 10)):
        decisions = resolved(found, on)
        listed = [
            is_stale(factor, decision, on)
            for factor, decision in zip(FACTORS, decisions, strict=True)
            if isinstance(decision.basis, ListEvidence)
        ]
        stale = any(
            is_stale(factor, decision, on)
            for factor, decision in zip(FACTORS, decisions, strict=True)
        )
        for period in covering(cut_periods, on):
            aged = period.fresh_until is not None and on > period.fresh_until
            assert stale == (aged or any(listed))


def test_periods_take_histories_in_the_order_of_the_factors():
    histories = [[] for _ in FACTORS]
    histories[6] = history(evidence(county_records=record("no")))
    [period] = periods(histories)
    assert period.rules == "------c"

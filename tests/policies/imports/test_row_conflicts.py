"""Rows of one file about the same place and factor: repetitions, contradictions, overlaps."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from policies.imports.planned_policies import Act, Outcome, StoredPolicy
from policies.imports.policy_plan import plan
from policies.imports.row_conflicts import MOST_NAMED, compare_rows
from policies.rubric import Answer, Factor
from tests.policies.imports.test_policy_plan import KEY, NONE, SEEN, YES, day, fact, stored


def compared(*facts):
    return compare_rows(dict(enumerate(facts)), SEEN)


def codes(*facts) -> dict[int, str]:
    """Row -> code of its error."""
    found = compared(*facts)
    return {facts[position].row: code for position, (code, _words) in found.refused.items()}


def test_both_rows_of_an_overlap_are_refused_and_name_each_other():
    found = compared(
        fact(YES, "2014-01-01", "2016-01-01", row=2), fact(NONE, "2015-01-01", "2017-01-01", row=9)
    )
    (one, words), (other, other_words) = found.refused[0], found.refused[1]
    assert (one, other, found.in_order) == ("overlap", "overlap", [])
    assert "row 9 of sheet “Sheet1” (none_found, from 2015-01-01 to 2017-01-01)" in words
    assert "row 2 of sheet “Sheet1” (yes, from 2014-01-01 to 2016-01-01)" in other_words
    assert "Let the earlier end where the later begins" in words


def test_both_rows_of_a_contradiction_are_refused_and_name_each_other():
    found = compared(fact(YES, "2014-01-01", row=2), fact(NONE, "2014-01-01", row=9))
    (code, words), (_code, other_words) = found.refused[0], found.refused[1]
    assert code == "contradictory_rows"
    assert "row 9 of sheet “Sheet1” (none_found)" in words
    assert "row 2 of sheet “Sheet1” (yes)" in other_words
    assert "Keep one of them" in words


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_row_that_ends_where_the_next_begins_overlaps_with_nothing(order):
    rows = [fact(YES, "2014-01-01", "2016-01-01", row=2), fact(NONE, "2016-01-01", row=3)]
    assert codes(*(rows[number] for number in order)) == {}


def test_one_day_more_is_an_overlap():
    rows = fact(YES, "2014-01-01", "2016-01-02", row=2), fact(NONE, "2016-01-01", row=3)
    assert codes(*rows) == {2: "overlap", 3: "overlap"}


@pytest.mark.parametrize("answer", [YES, NONE])
def test_a_row_without_an_end_overlaps_with_every_later_one(answer):
    rows = fact(YES, "2014-01-01", row=2), fact(answer, "2015-01-01", "2016-01-01", row=3)
    assert codes(*rows) == {2: "overlap", 3: "overlap"}


def test_the_same_start_with_another_end_is_an_overlap():
    rows = fact(YES, "2014-01-01", "2015-01-01", row=2), fact(YES, "2014-01-01", row=3)
    assert codes(*rows) == {2: "overlap", 3: "overlap"}


def test_a_row_between_two_that_it_overlaps_with_names_both():
    rows = [
        fact(YES, "2014-01-01", "2015-01-01", row=2),
        fact(NONE, "2014-06-01", "2016-01-01", row=3),
        fact(YES, "2015-06-01", row=4),
    ]
    found = compared(*rows)
    assert set(found.refused) == {0, 1, 2}
    assert "row 2" in found.refused[1][1]
    assert "row 4" in found.refused[1][1]
    assert "row 4" not in found.refused[0][1]


def test_rows_that_overlap_with_none_stay():
    rows = [
        fact(YES, "2014-01-01", "2016-01-01", row=2),
        fact(NONE, "2015-01-01", "2016-01-01", row=3),
        fact(YES, "2016-01-01", row=4),
    ]
    assert compared(*rows).in_order == [2]


def test_what_repeats_a_refused_row_is_refused_with_it():
    rows = fact(YES, row=2), fact(YES, row=3), fact(NONE, row=4)
    assert codes(*rows) == dict.fromkeys((2, 3, 4), "contradictory_rows")


def test_an_answer_that_is_seen_within_another_row_of_the_same_only_repeats_it():
    found = compared(fact(YES, "2014-01-01", "2019-01-01", row=2), fact(YES, row=3))
    assert found.in_order == [0]
    assert found.repeated == {1: ("duplicate_row", "Row 2 says the same for that day.")}


def test_another_answer_that_is_seen_within_a_row_overlaps_with_it():
    assert set(codes(fact(YES, "2014-01-01", row=2), fact(NONE, row=3))) == {2, 3}


def test_an_observation_outlives_a_refused_row_if_it_can_stand_beside_the_other():
    rows = [
        fact(YES, "2014-01-01", row=2),
        fact(NONE, "2014-06-01", "2015-01-01", row=3),
        fact(YES, row=4),
    ]
    planned = plan(rows, {}, SEEN)
    assert [one.outcome for one in planned] == [Outcome.ERROR, Outcome.ERROR, Outcome.NEW]


def test_many_rows_at_once_cost_a_message_each_not_one_for_every_other():
    first = date(1950, 1, 1)
    rows = [fact(YES, str(first + timedelta(days=n)), row=n + 2) for n in range(20_000)]
    began = time.process_time()
    found = compared(*rows)
    assert time.process_time() - began < 5  # each with each would take minutes
    assert len(found.refused) == len(rows)
    assert found.refused[0][1].count("row ") <= MOST_NAMED + 1


# --- Rows that answer several factors ----------------------------------------------------------


def elsewhere(answer, row, **more):
    """A fact of the same row about another factor."""
    made = fact(answer, row=row, **more)
    return type(made)(**{**{n: getattr(made, n) for n in made.__slots__}, "factor": OTHER})


OTHER = Factor.NO_STATUS_INQUIRY


def outcomes(rows, periods=None):
    return [one.outcome for one in plan(rows, periods or {}, SEEN)]


def test_a_row_that_contradicts_another_is_left_out_with_all_its_answers():
    rows = [fact(YES, row=2), elsewhere(YES, row=2), fact(NONE, row=3)]
    planned = plan(rows, {}, SEEN)
    assert [one.outcome for one in planned] == [Outcome.ERROR] * 3
    assert [one.act for one in planned] == [None] * 3
    assert planned[1].problem is None


def test_what_a_row_left_out_would_have_said_another_row_may_say():
    rows = [fact(YES, row=2), elsewhere(YES, row=2), fact(NONE, row=3), elsewhere(YES, row=4)]
    assert outcomes(rows)[-1] == Outcome.NEW


def test_a_row_refused_by_the_record_is_not_what_later_rows_are_planned_after():
    periods = {KEY: [stored(YES, pk=1)], ("06001", OTHER): [stored(NONE, pk=2, seen="2019-01-01")]}
    rows = [
        fact(NONE, "2017-06-01", "2018-01-01", row=2),
        elsewhere(YES, row=2),  # the record was seen to say otherwise later: the row is refused
        fact(NONE, "2018-01-01", row=3),
    ]
    planned = plan(rows, periods, SEEN)
    assert [one.outcome for one in planned] == [Outcome.ERROR, Outcome.ERROR, Outcome.CHANGED]
    assert (planned[2].act, planned[2].succeeds) == (Act.POLICY_CHANGE, 1)
    assert planned[2].keeps_until == day("2018-01-01")


def test_what_a_file_says_of_itself_does_not_depend_on_the_record():
    rows = [fact(YES, "2014-01-01", row=2), fact(NONE, "2015-01-01", row=3)]
    record = {KEY: [StoredPolicy(7, Answer.YES, day("2014-01-01"), None, False, SEEN)]}
    empty, full = plan(rows, {}, SEEN), plan(rows, record, SEEN)
    assert [one.problem for one in empty] == [one.problem for one in full]
    assert [one.outcome for one in full] == [Outcome.ERROR] * 2

"""What one answer of a file does to the record, by what is published already."""

from __future__ import annotations

from datetime import date

import pytest

from policies.imports.facts import Place, PolicyFact
from policies.imports.planned_policies import Act, Outcome, StoredPolicy
from policies.imports.policy_plan import plan
from policies.rubric import Answer, Factor

SEEN = date(2018, 6, 1)
PLACE = Place("CA", "06001")
KEY = ("06001", Factor.LIMITS_HOLDS)
YES, NONE = Answer.YES, Answer.NONE_FOUND


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def fact(answer=YES, start=None, end=None, row=2, **more) -> PolicyFact:
    return PolicyFact(
        sheet="Sheet1",
        row=row,
        cell=f"E{row}",
        place=PLACE,
        factor=Factor.LIMITS_HOLDS,
        answer=answer,
        effective_from=day(start),
        effective_until=day(end),
        **more,
    )


def stored(answer=YES, start="2017-02-01", end=None, *, pk=1, by=False, seen=None, **more):
    return StoredPolicy(pk, answer, day(start), day(end), by, day(seen) or day(start), **more)


def one(what: PolicyFact, *periods: StoredPolicy, as_of: date = SEEN):
    (planned,) = plan([what], {KEY: periods}, as_of)
    return planned


def test_an_answer_without_a_date_counts_from_the_day_of_the_file():
    made = one(fact())
    assert (made.outcome, made.act, made.starts, made.ends) == (Outcome.NEW, Act.NEW, SEEN, None)
    assert made.in_force_by


def test_an_answer_with_a_date_counts_from_it():
    made = one(fact(start="2014-05-29", end="2016-01-01"))
    assert (made.starts, made.ends) == (date(2014, 5, 29), date(2016, 1, 1))
    assert not made.in_force_by


def test_an_older_observation_runs_until_the_next_period():
    later = stored(NONE, "2019-01-01", from_precision="month")
    made = one(fact(), later)
    assert (made.outcome, made.ends, made.ends_precision) == (
        Outcome.NEW,
        date(2019, 1, 1),
        "month",
    )


def test_an_observation_after_a_period_that_ended_is_new():
    made = one(fact(), stored(YES, "2015-01-01", "2016-01-01"))
    assert (made.outcome, made.starts) == (Outcome.NEW, SEEN)


# --- The same answer ---------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["2018-06-01", "2018-06-02"])
def test_what_was_seen_as_late_is_unchanged(seen):
    made = one(fact(), stored(seen=seen))
    assert (made.outcome, made.act) == (Outcome.UNCHANGED, None)


def test_what_was_seen_earlier_is_confirmed_and_keeps_its_dates():
    before = stored(start="2014-05-29", end="2019-01-01", seen="2018-05-31", until_precision="year")
    made = one(fact(), before)
    assert (made.outcome, made.act, made.succeeds) == (Outcome.CONFIRMED, Act.CONFIRMED, 1)
    assert (made.starts, made.ends) == (before.effective_from, before.effective_until)
    assert not made.in_force_by


def test_a_qualification_that_differs_corrects_the_record():
    made = one(fact(qualification="Except felonies"), stored(qualification="Except warrants"))
    assert (made.outcome, made.act, made.succeeds) == (Outcome.CHANGED, Act.CORRECTION, 1)
    assert made.starts == date(2017, 2, 1)


@pytest.mark.parametrize("said", ["", "Except felonies"])
def test_a_qualification_left_blank_says_nothing(said):
    before = stored(qualification="Except felonies", seen="2018-06-01")
    assert one(fact(qualification=said), before).outcome == Outcome.UNCHANGED


def test_a_start_that_the_record_did_not_know_corrects_it():
    before = stored(by=True)
    made = one(fact(start="2014-05-29"), before)
    assert (made.act, made.starts, made.succeeds) == (Act.CORRECTION, date(2014, 5, 29), 1)
    assert not made.in_force_by


def test_another_start_of_the_same_answer_is_a_question():
    made = one(fact(start="2017-05-01"), stored(start="2014-05-29"))
    assert made.outcome == Outcome.ERROR
    assert made.problem[0] == "other_start"
    assert "2014-05-29" in made.problem[1]


def test_an_end_that_the_record_does_not_know_is_a_change_of_policy():
    made = one(fact(start="2017-02-01", end="2018-01-01"), stored())
    assert (made.act, made.starts, made.ends) == (
        Act.POLICY_CHANGE,
        date(2017, 2, 1),
        date(2018, 1, 1),
    )
    assert made.keeps_until is None


def test_another_end_corrects_the_record():
    made = one(fact(start="2017-02-01", end="2018-01-01"), stored(end="2018-03-01"))
    assert (made.act, made.ends) == (Act.CORRECTION, date(2018, 1, 1))


def test_a_period_that_ended_and_is_said_to_go_on_is_a_question():
    made = one(fact(start="2017-02-01"), stored(end="2018-01-01"))
    assert made.problem[0] == "ended_before"


def test_a_period_that_ended_after_the_file_was_written_is_unchanged():
    made = one(fact(start="2017-02-01"), stored(end="2018-06-02", seen="2018-06-02"))
    assert made.outcome == Outcome.UNCHANGED


def test_a_period_that_the_next_one_ended_and_is_said_to_go_on_is_a_question():
    ended = stored(end="2018-01-01")
    made = one(fact(start="2017-02-01"), ended, stored(NONE, "2018-01-01", pk=2))
    assert made.problem[0] == "ended_before"


def test_a_period_that_the_next_one_ended_after_the_file_was_written_is_unchanged():
    ended = stored(end="2018-06-02", seen="2018-06-01")
    made = one(fact(start="2017-02-01"), ended, stored(NONE, "2018-06-02", pk=2))
    assert made.outcome == Outcome.UNCHANGED


# --- Another answer ----------------------------------------------------------------------------


def test_another_answer_on_a_later_day_is_a_change_of_policy():
    made = one(fact(NONE), stored())
    assert (made.outcome, made.act, made.succeeds) == (Outcome.CHANGED, Act.POLICY_CHANGE, 1)
    assert (made.keeps_until, made.starts, made.ends) == (SEEN, SEEN, None)
    assert made.in_force_by


def test_another_answer_from_a_day_of_its_own_is_a_change_from_that_day():
    made = one(fact(NONE, "2018-03-01"), stored(seen="2018-05-01"))
    assert (made.keeps_until, made.starts) == (date(2018, 3, 1), date(2018, 3, 1))


@pytest.mark.parametrize("start", [None, "2018-06-01"])
def test_another_answer_from_the_same_day_is_a_correction(start):
    made = one(fact(NONE, start), stored(start="2018-06-01", by=start is None))
    assert (made.act, made.starts, made.keeps_until) == (Act.CORRECTION, SEEN, None)


def test_another_answer_older_than_what_was_seen_is_a_question():
    made = one(fact(NONE), stored(seen="2018-06-02"))
    assert made.problem[0] == "contradicts_newer"
    assert made.before.pk == 1


def test_a_change_runs_until_the_next_period():
    made = one(fact(NONE), stored(end="2019-01-01"), stored(YES, "2019-01-01", pk=2))
    assert (made.succeeds, made.keeps_until, made.ends) == (1, SEEN, date(2019, 1, 1))


def test_a_period_that_reaches_into_another_is_refused_by_its_number():
    made = one(fact(NONE, "2016-01-01", "2017-02-02"), stored(pk=41))
    assert made.problem[0] == "overlap"
    assert "41" in made.problem[1]


def test_a_period_that_ends_where_the_next_begins_is_new():
    assert one(fact(NONE, "2016-01-01", "2017-02-01"), stored()).outcome == Outcome.NEW


# --- Several answers in one file ---------------------------------------------------------------


def outcomes(facts, periods=()):
    return [made.outcome for made in plan(facts, {KEY: periods}, SEEN)]


def test_adopted_rescinded_and_adopted_again_are_three_periods():
    spells = [
        fact(YES, "2018-01-01", row=4),
        fact(YES, "2014-01-01", "2016-01-01", row=2),
        fact(NONE, "2016-01-01", "2018-01-01", row=3),
    ]
    assert outcomes(spells) == [Outcome.NEW] * 3


def test_three_periods_go_into_a_record_that_knew_one():
    spells = [
        fact(YES, "2017-02-01", "2017-06-01", row=2),
        fact(NONE, "2017-06-01", "2018-01-01", row=3),
        fact(YES, "2018-01-01", row=4),
    ]
    assert outcomes(spells, [stored()]) == [Outcome.CHANGED, Outcome.NEW, Outcome.NEW]


def test_the_same_row_twice_counts_once():
    planned = plan([fact(row=2), fact(row=3)], {}, SEEN)
    assert [made.outcome for made in planned] == [Outcome.NEW, Outcome.SKIPPED]
    assert "row 2" in planned[1].problem[1]


def test_rows_that_contradict_each_other_are_both_refused_and_name_each_other():
    planned = plan([fact(YES, row=2), fact(NONE, row=7)], {}, SEEN)
    assert [made.outcome for made in planned] == [Outcome.ERROR] * 2
    assert "7" in planned[0].problem[1]
    assert "2" in planned[1].problem[1]


def test_periods_of_one_file_that_overlap_are_refused():
    planned = plan([fact(YES, "2014-01-01", row=2), fact(NONE, "2015-01-01", row=3)], {}, SEEN)
    assert [made.outcome for made in planned] == [Outcome.ERROR] * 2


def test_each_place_and_factor_is_planned_by_itself():
    other = PolicyFact("S", 3, "E3", Place("RI"), Factor.LIMITS_HOLDS, NONE)
    assert outcomes([fact(), other], [stored(seen="2018-06-01")]) == [
        Outcome.UNCHANGED,
        Outcome.NEW,
    ]


def test_a_row_that_says_when_it_was_seen_speaks_for_that_day_not_the_files():
    made = one(fact(seen_on=date(2017, 5, 1)))
    assert (made.starts, made.in_force_by) == (date(2017, 5, 1), True)


def test_what_was_seen_no_later_than_the_record_knows_confirms_nothing():
    seen_again = fact(start="2017-02-01", seen_on=date(2018, 1, 1))
    made = one(seen_again, stored(seen="2018-01-01"), as_of=date(2026, 1, 1))
    assert (made.outcome, made.act) == (Outcome.UNCHANGED, None)


def test_a_start_that_is_only_the_day_of_observation_says_no_more_than_the_record():
    made = one(fact(start="2017-02-01", in_force_by=True), stored(by=True), as_of=date(2017, 2, 1))
    assert made.outcome == Outcome.UNCHANGED


def test_a_true_start_corrects_one_that_was_only_seen():
    made = one(fact(start="2017-02-01"), stored(by=True))
    assert (made.act, made.in_force_by) == (Act.CORRECTION, False)


def test_an_observation_within_a_period_is_not_another_start():
    made = one(fact(start="2018-01-01", in_force_by=True, seen_on=date(2018, 1, 1)), stored())
    assert (made.outcome, made.starts) == (Outcome.CONFIRMED, date(2017, 2, 1))


def test_an_observation_before_a_period_that_was_only_seen_moves_it_back():
    seen = fact(start="2016-01-01", in_force_by=True)
    made = one(seen, stored(by=True))
    assert (made.act, made.starts, made.in_force_by) == (Act.CORRECTION, date(2016, 1, 1), True)


def test_line_ends_and_invisible_characters_are_no_other_words():
    kept = stored(qualification="Except felonies.\r\nAnd\u00a0warrants.\u200b", seen="2018-06-01")
    made = one(fact(qualification="Except felonies.\nAnd warrants."), kept)
    assert made.outcome == Outcome.UNCHANGED

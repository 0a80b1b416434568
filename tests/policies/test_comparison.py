"""Two days compared: where each county goes, and why. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.comparison import (
    COMPARED,
    Cause,
    Direction,
    Move,
    Wanted,
    cause,
    chosen,
    compare,
)
from policies.resolution import Rule
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, score

YES, NO, NONE_FOUND, UNKNOWN = Answer.YES, Answer.NO, Answer.NONE_FOUND, Answer.UNKNOWN
RECORD, LAW, LIST = Rule.COUNTY_RECORD, Rule.STATE_PROVISION, Rule.ABSENT_FROM_LIST


@dataclass(frozen=True)
class County:
    """Seven answers; those not given are NONE_FOUND. `rules`: what decides, if not the record."""

    answers: tuple[Answer, ...]
    rules: tuple[Rule, ...] = ()

    @property
    def score(self) -> Score:
        return score(self.answers)

    def rule(self, factor: Factor) -> Rule:
        position = FACTORS.index(factor)
        return self.rules[position] if position < len(self.rules) else RECORD


def county(*answers: Answer, rules: tuple[Rule, ...] = ()) -> County:
    return County(answers + (NONE_FOUND,) * (MAX_SCORE - len(answers)), rules)


def compared(before: County | None, after: County | None, **more):
    sides = [{"06001": side} if side else {} for side in (before, after)]
    (row,) = compare(["06001"], *sides, **more)
    return row


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (county(YES), county(YES, YES), Direction.RAISED),
        (county(YES, YES), county(YES), Direction.LOWERED),
        (county(YES, NO), county(NO, YES), Direction.EXCHANGED),
        (county(NO), county(NONE_FOUND), Direction.EXCHANGED),
        (county(YES), county(YES), Direction.UNCHANGED),
        (county(UNKNOWN, NO), county(UNKNOWN, YES), Direction.SHIFTED),
        (county(UNKNOWN, NO), county(YES, NO), Direction.LEARNED),
        (county(YES), county(UNKNOWN), Direction.LEARNED),
        (None, county(YES), Direction.LEARNED),
        (county(YES), None, Direction.LEARNED),
        (county(UNKNOWN), county(UNKNOWN), Direction.UNCOMPARED),
        (None, None, Direction.UNCOMPARED),
    ],
)
def test_where_a_county_goes(before, after, direction):
    assert compared(before, after).direction == direction


def test_becoming_known_is_no_rise():
    row = compared(None, county(*[YES] * 7))
    assert (row.from_score, row.to_score, row.direction) == (None, 7, Direction.LEARNED)
    assert {change.move for change in row.factors} == {Move.LEARNED}


def test_only_answers_that_differ_are_told():
    row = compared(county(YES, NO), county(NO, NO))
    assert [(c.code, c.before, c.after, c.move) for c in row.factors] == [
        (Factor.NO_287G, YES, NO, Move.LOST)
    ]


@pytest.mark.parametrize(
    ("before", "after", "rules", "expected"),
    [
        (YES, NO, (LIST, Rule.AGREEMENT), Cause.AGREEMENT),  # signed
        (NO, YES, (Rule.AGREEMENT, LIST), Cause.AGREEMENT),  # no longer listed
        (NO, YES, (Rule.AGREEMENT, LAW), Cause.AGREEMENT),  # ended; law had to wait for that
        (UNKNOWN, NO, (Rule.NONE, Rule.AGREEMENT), Cause.AGREEMENT),
        (YES, NO, (RECORD, LAW), Cause.STATE_LAW),  # preempted
        (YES, NONE_FOUND, (LAW, RECORD), Cause.STATE_LAW),  # repealed
        (UNKNOWN, YES, (Rule.NONE, LAW), Cause.STATE_LAW),
        (NONE_FOUND, YES, (RECORD, RECORD), Cause.LOCAL),
        (NO, YES, (Rule.STATE_RECORD, Rule.STATE_RECORD), Cause.LOCAL),
        (YES, NO, (LIST, RECORD), Cause.LOCAL),  # the record is newer than the list
        (NO, YES, (RECORD, LIST), Cause.ICE_LIST),  # the list is newer than the record
        (UNKNOWN, YES, (Rule.NONE, LIST), Cause.ICE_LIST),
        (UNKNOWN, YES, (Rule.NONE, RECORD), Cause.FIRST_RECORD),
        (YES, UNKNOWN, (RECORD, Rule.NONE), Cause.FIRST_RECORD),
    ],
)
def test_what_decides_on_either_day_tells_the_cause(before, after, rules, expected):
    assert cause(before, after, *rules) == expected


def test_between_two_days_of_knowledge_only_our_record_moved():
    asked = []

    def learning(*about):
        asked.append(about)
        return Cause.CORRECTION

    old, new = county(YES), county(NO)
    row = compared(old, new, between={"06001": new}, learning=learning)

    assert [change.causes for change in row.factors] == [(Cause.CORRECTION,)]
    assert asked == [("06001", Factor.NO_287G, RECORD, RECORD)]


def test_a_correction_and_a_change_of_policy_are_both_told():
    old, middle = county(NONE_FOUND, YES), county(NO, YES)
    new = county(YES, NO, rules=(RECORD, Rule.AGREEMENT))
    row = compared(old, new, between={"06001": middle}, learning=lambda *about: Cause.CORRECTION)

    first, second = row.factors
    assert first.causes == (Cause.CORRECTION, Cause.LOCAL)
    assert second.causes == (Cause.AGREEMENT,)
    assert row.causes == (Cause.LOCAL, Cause.AGREEMENT, Cause.CORRECTION)


ROWS = compare(
    ["1", "2", "3"],
    {"1": county(YES, NO), "2": county(YES), "3": county(NO)},
    {
        "1": county(NO, YES, rules=(Rule.AGREEMENT, LAW)),
        "2": county(YES),
        "3": county(YES, rules=(LAW,)),
    },
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["1", "3"]),
        (Wanted(direction=Direction.UNCHANGED), ["2"]),
        (Wanted(direction=Direction.RAISED), ["3"]),
        (Wanted(cause=Cause.STATE_LAW), ["1", "3"]),
        (Wanted(factor=Factor.NO_287G, move=Move.GAINED), ["3"]),
        (Wanted(cause=Cause.AGREEMENT, move=Move.LOST), ["1"]),
        (Wanted(cause=Cause.AGREEMENT, move=Move.GAINED), []),  # not of one and the same answer
        (Wanted(direction=Direction.RAISED, cause=Cause.AGREEMENT), []),
    ],
)
def test_rows_that_are_asked_for(wanted, found):
    assert [row.fips for row in chosen(ROWS, wanted)] == found


_ANSWERS = st.lists(st.sampled_from(Answer), min_size=7, max_size=7).map(tuple)


@given(st.lists(st.tuples(_ANSWERS, _ANSWERS), max_size=20))
def test_every_county_goes_one_way_and_the_compared_have_two_scores(pairs):
    sides = [{f"{n:05d}": County(pair[i]) for n, pair in enumerate(pairs)} for i in (0, 1)]
    rows = compare(sides[0], *sides)

    assert Counter(row.direction for row in rows).total() == len(pairs)
    for row in rows:
        both = row.from_score is not None and row.to_score is not None
        assert both == (row.direction in COMPARED)
        assert all(change.causes for change in row.factors)


@given(_ANSWERS, _ANSWERS)
def test_the_other_way_round_is_the_opposite(one, other):
    there, back = compared(County(one), County(other)), compared(County(other), County(one))
    opposite = {Direction.RAISED: Direction.LOWERED, Direction.LOWERED: Direction.RAISED}
    assert back.direction == opposite.get(there.direction, there.direction)

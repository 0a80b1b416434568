"""What differs between two days, county by county, and why. Pure: no ORM, no clock.

Each side of a comparison is an edition: the counties on one day, as known on one day. Where both
sides are known alike, a difference is a change in the world, and what decides on either side tells
its cause. Where they are not, the first day as known on the second day stands between them: from
the first edition to that one, only our knowledge changed; from there on, only the world did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from policies.resolution import Rule
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, score


class Direction(StrEnum):
    """Where a county goes. The first four have a score on both days, the others have not."""

    RAISED = "raised"
    LOWERED = "lowered"
    EXCHANGED = "exchanged"  # the same score by other answers
    UNCHANGED = "unchanged"
    SHIFTED = "shifted"  # not scored on both days, but an answer known on both is another
    LEARNED = "learned"  # answers only became known, or ceased to be
    UNCOMPARED = "uncompared"  # not scored on both days, and no answer differs


COMPARED = (Direction.RAISED, Direction.LOWERED, Direction.EXCHANGED, Direction.UNCHANGED)
NOT_COMPARED = (Direction.SHIFTED, Direction.LEARNED, Direction.UNCOMPARED)
DIFFERING = tuple(
    one for one in Direction if one not in (Direction.UNCHANGED, Direction.UNCOMPARED)
)


class Cause(StrEnum):
    """Why an answer differs. What each means to a reader is in docs/reports.md.

    The first five are of the world, the others of our record of it.
    """

    LOCAL = "local"
    STATE_LAW = "state_law"
    AGREEMENT = "agreement"
    ICE_LIST = "ice_list"
    FIRST_RECORD = "first_record"
    CORRECTION = "correction"
    METHOD = "method"
    UNDO = "undo"
    RECORDED_LATER = "recorded_later"


class Move(StrEnum):
    """What happened to one answer."""

    GAINED = "gained"  # now in force; known on both days
    LOST = "lost"  # no longer in force; known on both days
    OTHER = "other"  # none found before, the opposite now, or the reverse
    LEARNED = "learned"  # unknown on one of the days


class Assessed(Protocol):
    """What a comparison reads of a county on one side."""

    @property
    def answers(self) -> tuple[Answer, ...]: ...
    @property
    def score(self) -> Score: ...
    def rule(self, factor: Factor) -> Rule: ...


@dataclass(frozen=True, slots=True)
class FactorChange:
    code: Factor
    before: Answer
    after: Answer
    causes: tuple[Cause, ...]

    @property
    def move(self) -> Move:
        if Answer.UNKNOWN in (self.before, self.after):
            return Move.LEARNED
        if self.after == Answer.YES:
            return Move.GAINED
        return Move.LOST if self.before == Answer.YES else Move.OTHER


@dataclass(frozen=True, slots=True)
class CountyChange:
    """A county on both days, with the answers that differ. A score is None unless all are known."""

    fips: str
    from_score: int | None
    to_score: int | None
    direction: Direction
    factors: tuple[FactorChange, ...] = ()

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Each once, in the order of Cause."""
        found = {cause for change in self.factors for cause in change.causes}
        return tuple(cause for cause in Cause if cause in found)


#: How our record of a factor of a county came to say something else, from what decided before
#: and what decides after.
Learning = Callable[[str, Factor, Rule, Rule], Cause]


class _Nothing:
    """A county of which nothing is known."""

    answers = (Answer.UNKNOWN,) * MAX_SCORE
    score = score(answers)

    def rule(self, factor: Factor) -> Rule:
        return Rule.NONE


_NOTHING = _Nothing()


def compare(
    counties: Iterable[str],
    before: Mapping[str, Assessed],
    after: Mapping[str, Assessed],
    between: Mapping[str, Assessed] | None = None,
    learning: Learning | None = None,
) -> tuple[CountyChange, ...]:
    """Every one of the counties (FIPS codes), in order, with what differs.

    A county missing from a side is one of which nothing is known there. `between`: the first day
    as known on the second day of knowledge, with `learning`, if the sides are not known alike.
    """
    rows = []
    for fips in sorted(counties):
        old, new = before.get(fips, _NOTHING), after.get(fips, _NOTHING)
        if old.answers == new.answers:
            factors: tuple[FactorChange, ...] = ()
        else:
            middle = old if between is None else between.get(fips, _NOTHING)
            factors = tuple(_changes(fips, old, middle, new, learning))
        direction = _direction(old.score.value, new.score.value, factors)
        rows.append(CountyChange(fips, old.score.value, new.score.value, direction, factors))
    return tuple(rows)


def _changes(
    fips: str, old: Assessed, middle: Assessed, new: Assessed, learning: Learning | None
) -> Iterable[FactorChange]:
    for position, factor in enumerate(FACTORS):
        was, now = old.answers[position], new.answers[position]
        if was == now:
            continue
        through, causes = middle.answers[position], []
        if through != was and learning:
            causes.append(learning(fips, factor, old.rule(factor), middle.rule(factor)))
        if through != now:
            causes.append(cause(through, now, middle.rule(factor), new.rule(factor)))
        yield FactorChange(factor, was, now, tuple(causes))


def _direction(old: int | None, new: int | None, factors: tuple[FactorChange, ...]) -> Direction:
    if old is not None and new is not None:
        if new != old:
            return Direction.RAISED if new > old else Direction.LOWERED
        return Direction.EXCHANGED if factors else Direction.UNCHANGED
    if not factors:
        return Direction.UNCOMPARED
    only_learned = all(change.move == Move.LEARNED for change in factors)
    return Direction.LEARNED if only_learned else Direction.SHIFTED


def cause(before: Answer, after: Answer, rule_before: Rule, rule_after: Rule) -> Cause:
    """Why the world's answer differs between two days, from what decides on either.

    An agreement goes before the law, and the law before what the county does itself. So if one
    of these decides on one of the days, that it came or went is what moved the answer.
    """
    rules = {rule_before, rule_after}
    if Rule.AGREEMENT in rules:
        return Cause.AGREEMENT
    if Rule.STATE_PROVISION in rules:
        return Cause.STATE_LAW
    if Answer.UNKNOWN in (before, after):
        return Cause.ICE_LIST if Rule.ABSENT_FROM_LIST in rules else Cause.FIRST_RECORD
    # Between the county's record and ICE's list the newer decides, so the later day tells.
    return Cause.ICE_LIST if rule_after == Rule.ABSENT_FROM_LIST else Cause.LOCAL


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; None: all.

    Cause, factor and move must be true of one and the same answer.
    """

    direction: Direction | None = None
    cause: Cause | None = None
    factor: Factor | None = None
    move: Move | None = None

    def fits(self, row: CountyChange) -> bool:
        if self.direction:
            if row.direction != self.direction:
                return False
        elif row.direction not in DIFFERING:
            return False
        if not (self.cause or self.factor or self.move):
            return True
        return any(self._fits(change) for change in row.factors)

    def _fits(self, change: FactorChange) -> bool:
        return (
            (not self.cause or self.cause in change.causes)
            and (not self.factor or self.factor == change.code)
            and (not self.move or self.move == change.move)
        )


def chosen(rows: Iterable[CountyChange], wanted: Wanted) -> list[CountyChange]:
    """The rows that fit. Without a direction, those of which an answer differs."""
    return [row for row in rows if wanted.fits(row)]

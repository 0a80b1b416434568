"""What the national map shows of each county: the score, the answer to one factor, whether several
policies are in force together, or what changed since a day. Pure: no ORM, no clock.

The map's script repeats `shown` while a date is being chosen (policies/static/policies/lens.js);
a browser test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, score

#: CSS classes of a county on the map: one letter each, because there are 3,143 of them.
SCORE_CLASSES = "abcdefgh"
PARTIAL_CLASSES = "stvwxyz"
PARTIAL_NEUTRAL = "p"
PLAIN = "n"  # known, and nothing to point out
OUTSIDE = "o"  # left out by a filter
OTHER = "r"  # of another step of the legend than the one chosen

Answers = Sequence[Answer]
NOTHING_KNOWN: tuple[Answer, ...] = (Answer.UNKNOWN,) * MAX_SCORE
#: From this many on, more factors gained or lost are not told apart.
MOST_CHANGES = 3


class Kind(StrEnum):
    SCORE = "score"
    FACTOR = "factor"
    TOGETHER = "together"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Lens:
    """`in_force` and `not_in_force`: what a county must and must not have, all of it.

    `since`: the earlier of two days that are compared; the later one is the map's own.
    """

    factor: Factor | None = None
    in_force: tuple[Factor, ...] = ()
    not_in_force: tuple[Factor, ...] = ()
    since: date | None = None

    @property
    def kind(self) -> Kind:
        if self.since:
            return Kind.CHANGE
        if self.in_force or self.not_in_force:
            return Kind.TOGETHER
        return Kind.FACTOR if self.factor else Kind.SCORE

    @property
    def compared(self) -> tuple[int, ...]:
        """Positions of the factors that a comparison of two days looks at."""
        return (FACTORS.index(self.factor),) if self.factor else tuple(range(MAX_SCORE))

    def shown(self, now: Answers, before: Answers = NOTHING_KNOWN) -> Shown:
        """How a county with these answers is drawn. `before`: its answers on the day `since`."""
        match self.kind:
            case Kind.CHANGE:
                return _change(now, before, self.compared)
            case Kind.TOGETHER:
                return _together(now, self.in_force, self.not_in_force)
            case Kind.FACTOR:
                return _FACTOR_SHOWN[now[self.compared[0]]]
        return _score(now)


@dataclass(frozen=True, slots=True)
class Shown:
    """`step`: its place in the legend, as written in an address; `css`: its class, or empty."""

    step: str
    css: str


UNKNOWN = Shown("unknown", "")
PARTIAL_STEP = "partial"
SCORE_STEPS = (*(str(n) for n in range(MAX_SCORE + 1)), PARTIAL_STEP, UNKNOWN.step)
_FACTOR_SHOWN = {
    Answer.YES: Shown("yes", "g"),
    Answer.NONE_FOUND: Shown("none_found", "k"),
    Answer.NO: Shown("no", "a"),
    Answer.UNKNOWN: UNKNOWN,
}
_ALL_OF_IT, _NOT_ALL = Shown("yes", "g"), Shown("no", PLAIN)
_RAISED = [Shown(f"raised{n}", css) for n, css in zip((1, 2, 3), "fgh", strict=True)]
_LOWERED = [Shown(f"lowered{n}", css) for n, css in zip((1, 2, 3), "cba", strict=True)]
_BOTH, _SAME, _ONE_DAY = Shown("both", "d"), Shown("same", PLAIN), Shown("one_day", PARTIAL_NEUTRAL)

#: The steps of the legend of each kind, in order.
STEPS: dict[Kind, tuple[Shown, ...]] = {
    Kind.FACTOR: tuple(_FACTOR_SHOWN.values()),
    Kind.TOGETHER: (_ALL_OF_IT, _NOT_ALL, UNKNOWN),
    Kind.CHANGE: (*reversed(_LOWERED), _BOTH, _SAME, *_RAISED, _ONE_DAY, UNKNOWN),
}


def steps(lens: Lens) -> tuple[str, ...]:
    """The steps of the legend, as written in an address."""
    if lens.kind == Kind.SCORE:
        return SCORE_STEPS
    return tuple(shown.step for shown in steps_of(lens))


def steps_of(lens: Lens) -> tuple[Shown, ...]:
    """The steps of a legend other than the score's. One factor is gained or lost once."""
    found = STEPS[lens.kind]
    if lens.kind == Kind.CHANGE and lens.factor:
        return tuple(s for s in found if s not in (*_RAISED[1:], *_LOWERED[1:], _BOTH))
    return found


def map_class(counted: Score) -> str:
    """The class of a county on the map; empty for one of which nothing is known."""
    if counted.value is not None:
        return SCORE_CLASSES[counted.value]
    if counted.band is not None:
        return PARTIAL_CLASSES[counted.band]
    return PARTIAL_NEUTRAL if counted.known else ""


def _score(answers: Answers) -> Shown:
    counted = score(answers)
    if counted.value is not None:
        return Shown(str(counted.value), map_class(counted))
    return Shown(PARTIAL_STEP, map_class(counted)) if counted.known else UNKNOWN


def _together(answers: Answers, wanted: Sequence[Factor], unwanted: Sequence[Factor]) -> Shown:
    """Whether all is as asked. One answer that is not decides it; unknown ones leave it open."""
    here = [(answers[FACTORS.index(factor)], True) for factor in wanted]
    here += [(answers[FACTORS.index(factor)], False) for factor in unwanted]
    known = [(answer == Answer.YES) == must for answer, must in here if answer != Answer.UNKNOWN]
    if not all(known):
        return _NOT_ALL
    return _ALL_OF_IT if len(known) == len(here) else UNKNOWN


def _change(now: Answers, before: Answers, compared: Sequence[int]) -> Shown:
    """What came into force less what ended, of the factors known on both days.

    A factor known on one of the days only has not changed: we learnt of it.
    """
    both = [
        (now[at] == Answer.YES) - (before[at] == Answer.YES)
        for at in compared
        if Answer.UNKNOWN not in (now[at], before[at])
    ]
    if not both:
        known = any(answers[at] != Answer.UNKNOWN for answers in (now, before) for at in compared)
        return _ONE_DAY if known else UNKNOWN
    net = sum(both)
    if net:
        return (_RAISED if net > 0 else _LOWERED)[min(abs(net), MOST_CHANGES) - 1]
    return _BOTH if any(both) else _SAME

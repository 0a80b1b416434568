"""Seven answers as seven letters: what counties of one score have in common, and what not. Pure.

A pattern is written in the order of the factors: `y` yes, `n` no, `f` none found, `u` unknown, and
`x` for no point either way (no or none found). One without `u` fits complete counties only, and one
with `u` only such as are not, so that these are never mixed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, log
from typing import Protocol

from policies.rubric import FACTORS, Answer, Factor

REGEX = "^[ynfux]{7}$"
EXACT = {Answer.YES: "y", Answer.NO: "n", Answer.NONE_FOUND: "f", Answer.UNKNOWN: "u"}
_FITS = {
    "y": {Answer.YES},
    "n": {Answer.NO},
    "f": {Answer.NONE_FOUND},
    "u": {Answer.UNKNOWN},
    "x": {Answer.NO, Answer.NONE_FOUND},
}
#: Letters for which policies are in force, whatever is known of the others.
_IN_FORCE = {**EXACT, Answer.NO: "x", Answer.NONE_FOUND: "x"}


class Answered(Protocol):
    """What is read of a county."""

    @property
    def fips(self) -> str: ...
    @property
    def answers(self) -> tuple[Answer, ...]: ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """A set of policies, the counties that have exactly this set, and their answers in detail:
    (letters, how many), commonest first."""

    letters: str
    fips: tuple[str, ...]
    variants: tuple[tuple[str, int], ...]

    @property
    def in_force(self) -> tuple[Factor, ...]:
        return _at(self.letters, "y")

    @property
    def unknown(self) -> tuple[Factor, ...]:
        return _at(self.letters, "u")


def exact(answers: Sequence[Answer]) -> str:
    """Seven answers as they are."""
    return "".join(EXACT[answer] for answer in answers)


def in_force(answers: Sequence[Answer]) -> str:
    """Seven answers as the set of policies in force: `y`, `x` or `u` each."""
    return "".join(_IN_FORCE[answer] for answer in answers)


def fits(pattern: str, answers: Sequence[Answer]) -> bool:
    return all(answer in _FITS[letter] for letter, answer in zip(pattern, answers, strict=True))


def patterns(counties: Iterable[Answered]) -> tuple[Pattern, ...]:
    """The sets of policies among these counties: the commonest first, then by their letters."""
    codes: dict[str, list[str]] = defaultdict(list)
    details: dict[str, Counter[str]] = defaultdict(Counter)
    for one in counties:
        letters = in_force(one.answers)
        codes[letters].append(one.fips)
        details[letters][exact(one.answers)] += 1
    # "y" after "x": of equally common sets the one whose first policies are in force comes first.
    order = sorted(codes, reverse=True)
    return tuple(
        Pattern(letters, tuple(codes[letters]), tuple(details[letters].most_common()))
        for letters in sorted(order, key=lambda letters: -len(codes[letters]))
    )


def twins(one: Answered, others: Iterable[Answered]) -> tuple[str, ...]:
    """Codes of the other counties with the same seven answers, unknown ones included; none if
    nothing is known."""
    if set(one.answers) == {Answer.UNKNOWN}:
        return ()
    return tuple(o.fips for o in others if o.answers == one.answers and o.fips != one.fips)


def distance(population: int | None, other: int | None) -> float:
    """How unlike in size: twice as large is as far as half as large; unknown is farthest."""
    if not population or not other:
        return inf
    return abs(log(other / population))


def _at(letters: str, letter: str) -> tuple[Factor, ...]:
    return tuple(f for f, found in zip(FACTORS, letters, strict=True) if found == letter)

"""How far two coders agree. Pure. What cannot be computed is said to be undefined: never a zero.

Cohen (1960): kappa = (po - pe) / (1 - pe), where po is the share of cases in which both gave the
same answer, and pe the share to be expected if each had given their answers by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Pair = tuple[str, str]


class Undefined(StrEnum):
    """Why there is no figure."""

    NO_CASES = "no_cases"
    #: Both gave one and the same answer throughout: nothing was there to be told apart.
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`percent` (0 to 100) and `kappa` (at most 1) are None where `undefined` says why.

    With NO_VARIATION there is a percentage (100), and only kappa is undefined.
    """

    cases: int
    same: int
    percent: float | None
    kappa: float | None
    undefined: Undefined | None


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """How far the first and second answers of these cases agree."""
    cases = list(pairs)
    if not cases:
        return Agreement(0, 0, None, None, Undefined.NO_CASES)
    same = sum(first == second for first, second in cases)
    observed, expected = Fraction(same, len(cases)), _expected(cases)
    percent = float(observed * 100)
    if expected == 1:
        return Agreement(len(cases), same, percent, None, Undefined.NO_VARIATION)
    kappa = float((observed - expected) / (1 - expected))
    return Agreement(len(cases), same, percent, kappa, None)


def _expected(cases: Sequence[Pair]) -> Fraction:
    firsts, seconds = (Counter(pair[side] for pair in cases) for side in (0, 1))
    products = sum(firsts[answer] * seconds[answer] for answer in firsts)
    return Fraction(products, len(cases) ** 2)

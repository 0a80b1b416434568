"""Totals and shares of scored counties. Pure: no ORM, no clock.

Both tables of a summary are counted from the same complete counties in one pass, so that the
points of the one always equal the points of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, Status


class Assessed(Protocol):
    """What a report reads of a county."""

    @property
    def fips(self) -> str: ...
    @property
    def answers(self) -> tuple[Answer, ...]: ...
    @property
    def score(self) -> Score: ...


@dataclass(frozen=True, slots=True)
class FactorCount:
    """How some counties answer one factor. `percent`: of them, how many `yes`."""

    code: Factor
    yes: int
    no: int
    none_found: int
    unknown: int
    percent: float


@dataclass(frozen=True, slots=True)
class ScoreCount:
    score: int
    counties: int
    percent: float


@dataclass(frozen=True, slots=True)
class Summary:
    """`counties_analysed` are those with all seven answers; both tables cover these only.

    `partial_by_factor`: what is known of the partly known counties, which are in neither table.
    """

    counties_total: int
    counties_analysed: int
    counties_partial: int
    by_factor: tuple[FactorCount, ...]
    by_score: tuple[ScoreCount, ...]
    points: int
    partial_by_factor: tuple[FactorCount, ...]

    @property
    def counties_unknown(self) -> int:
        return self.counties_total - self.counties_analysed - self.counties_partial

    def counties_with(self, least: int) -> int:
        """How many analysed counties score `least` or more."""
        return sum(row.counties for row in self.by_score if row.score >= least)


def percent(part: int, whole: int) -> float:
    """Share in percent with one decimal; 0 of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def summary(assessments: Iterable[Assessed], total: int) -> Summary:
    """Count assessed counties. `total`: of how many counties in all, known or not."""
    complete: list[Counter[Answer]] = [Counter() for _ in FACTORS]
    partly: list[Counter[Answer]] = [Counter() for _ in FACTORS]
    scores: Counter[int] = Counter()
    partial = 0
    for assessment in assessments:
        value = assessment.score.value
        if value is not None:
            scores[value] += 1
        elif assessment.score.status == Status.PARTIAL:
            partial += 1
        else:
            continue
        counters = partly if value is None else complete
        for counter, answer in zip(counters, assessment.answers, strict=True):
            counter[answer] += 1
    analysed = scores.total()
    return Summary(
        counties_total=total,
        counties_analysed=analysed,
        counties_partial=partial,
        by_factor=_by_factor(complete, analysed),
        by_score=tuple(
            ScoreCount(n, scores[n], percent(scores[n], analysed)) for n in range(MAX_SCORE + 1)
        ),
        points=sum(n * counties for n, counties in scores.items()),
        partial_by_factor=_by_factor(partly, partial),
    )


def _by_factor(counters: Sequence[Counter[Answer]], counties: int) -> tuple[FactorCount, ...]:
    return tuple(
        FactorCount(
            factor,
            yes=counter[Answer.YES],
            no=counter[Answer.NO],
            none_found=counter[Answer.NONE_FOUND],
            unknown=counter[Answer.UNKNOWN],
            percent=percent(counter[Answer.YES], counties),
        )
        for factor, counter in zip(FACTORS, counters, strict=True)
    )

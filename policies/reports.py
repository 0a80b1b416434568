"""Totals, shares and changes of scored counties. Pure: no ORM, no clock.

Both tables of a summary are counted from the same complete counties in one pass, so that the
points of the one always equal the points of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, Status, score


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
    """How the complete counties answer one factor. `percent`: of them, how many `yes`."""

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
    """`counties_analysed` are those with all seven answers; both tables cover these only."""

    counties_total: int
    counties_analysed: int
    counties_partial: int
    by_factor: tuple[FactorCount, ...]
    by_score: tuple[ScoreCount, ...]
    points: int

    @property
    def counties_unknown(self) -> int:
        return self.counties_total - self.counties_analysed - self.counties_partial

    def counties_with(self, least: int) -> int:
        """How many analysed counties score `least` or more."""
        return sum(row.counties for row in self.by_score if row.score >= least)


@dataclass(frozen=True, slots=True)
class FactorChange:
    code: Factor
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class CountyChange:
    """A county whose answers differ between two days. A score is None unless all are known."""

    fips: str
    from_score: int | None
    to_score: int | None
    factors: tuple[FactorChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """`increased` and `decreased` compare scores; `changed` counts any different answer."""

    increased: int
    decreased: int
    changed: int
    results: tuple[CountyChange, ...]


def percent(part: int, whole: int) -> float:
    """Share in percent with one decimal; 0 of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def summary(assessments: Iterable[Assessed], total: int) -> Summary:
    """Count assessed counties. `total`: of how many counties in all, known or not."""
    answers: list[Counter[Answer]] = [Counter() for _ in FACTORS]
    scores: Counter[int] = Counter()
    partial = 0
    for assessment in assessments:
        value = assessment.score.value
        if value is None:
            partial += assessment.score.status == Status.PARTIAL
            continue
        scores[value] += 1
        for counter, answer in zip(answers, assessment.answers, strict=True):
            counter[answer] += 1
    analysed = scores.total()
    return Summary(
        counties_total=total,
        counties_analysed=analysed,
        counties_partial=partial,
        by_factor=tuple(
            FactorCount(
                factor,
                yes=counter[Answer.YES],
                no=counter[Answer.NO],
                none_found=counter[Answer.NONE_FOUND],
                unknown=counter[Answer.UNKNOWN],
                percent=percent(counter[Answer.YES], analysed),
            )
            for factor, counter in zip(FACTORS, answers, strict=True)
        ),
        by_score=tuple(
            ScoreCount(n, scores[n], percent(scores[n], analysed)) for n in range(MAX_SCORE + 1)
        ),
        points=sum(n * counties for n, counties in scores.items()),
    )


_NOTHING = (Answer.UNKNOWN,) * MAX_SCORE


def changes(before: Mapping[str, Assessed], after: Mapping[str, Assessed]) -> Changes:
    """What differs between two days, by county in the order of FIPS codes.

    A county missing from either is one of which nothing is known there.
    """
    results = []
    for fips in sorted({*before, *after}):
        old = before[fips].answers if fips in before else _NOTHING
        new = after[fips].answers if fips in after else _NOTHING
        if old == new:
            continue
        factors = tuple(
            FactorChange(factor, was, now)
            for factor, was, now in zip(FACTORS, old, new, strict=True)
            if was != now
        )
        results.append(CountyChange(fips, score(old).value, score(new).value, factors))
    compared = [
        row.to_score - row.from_score
        for row in results
        if row.from_score is not None and row.to_score is not None
    ]
    return Changes(
        increased=sum(difference > 0 for difference in compared),
        decreased=sum(difference < 0 for difference in compared),
        changed=len(results),
        results=tuple(results),
    )

"""Figures as reports printed them, beside what our records give for the same day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from counties.models import County
from policies import reports
from policies.assessments import Assessment, When, assess
from policies.clock import end_of_day
from policies.models import PublishedFigure
from policies.reports import Summary
from policies.resolution import Rule
from policies.rubric import MAX_SCORE, Answer, Factor


@dataclass(frozen=True, slots=True)
class Ours:
    """Our number for a published one.

    `known`: of how many counties we know what was counted. `complete`: the same number among
    fully known counties. `possible`: how many partly known counties may be among them, by what is
    known. `rules`: what decides for those we count. `query`: how the directory is asked for
    exactly these counties.
    """

    counties: int
    known: int
    complete: int
    query: Mapping[str, object]
    rules: Mapping[Rule, int] = field(default_factory=dict)
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """`ours` is None where our records cannot say."""

    figure: PublishedFigure
    ours: Ours | None


@dataclass(frozen=True, slots=True)
class Edition:
    """What one document printed for one day."""

    document: object
    as_of: date
    precision: str
    summary: Summary
    rows: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """Our record on one day."""

    assessments: Mapping[str, Assessment]
    state_of: Mapping[str, str]
    summary: Summary


def figures(known_on: date | None) -> QuerySet[PublishedFigure]:
    """The figures of reports on record, or on record by the end of a day."""
    found = PublishedFigure.objects.select_related("document").order_by("as_of", "table", "pk")
    return found.filter(document__created_at__lt=end_of_day(known_on)) if known_on else found


def compare(figures: Iterable[PublishedFigure], known_on: date | None) -> tuple[Edition, ...]:
    """By document and day, in the order given. Our side as known on `known_on` (None: now).

    The number of queries grows with the days, of which reports have few.
    """
    state_of = dict(County.objects.order_by().values_list("pk", "state_id"))
    groups: dict[tuple, list[PublishedFigure]] = {}
    for figure in figures:
        groups.setdefault((figure.document, figure.as_of), []).append(figure)
    days = {day: _day(When(day, known_on), state_of) for day in {day for _, day in groups}}
    return tuple(
        Edition(
            document,
            as_of,
            rows[0].as_of_precision,
            days[as_of].summary,
            tuple(Compared(figure, _ours(figure, days[as_of])) for figure in rows),
        )
        for (document, as_of), rows in groups.items()
    )


def _day(when: When, state_of: Mapping[str, str]) -> _Day:
    assessments = assess(when)
    return _Day(assessments, state_of, reports.summary(assessments.values(), len(state_of)))


def _ours(figure: PublishedFigure, day: _Day) -> Ours | None:
    if figure.table == PublishedFigure.Table.BY_FACTOR:
        return _answered(day, Factor(figure.code), Answer.YES)
    if figure.table == PublishedFigure.Table.BY_SCORE:
        return _scored(day, int(figure.code))
    count = _HEADLINES.get(figure.code)
    return count(day) if count else None


def _answered(day: _Day, factor: Factor, answer: Answer) -> Ours:
    known = [a for a in day.assessments.values() if a.answer(factor) != Answer.UNKNOWN]
    counted = [a for a in known if a.answer(factor) == answer]
    return Ours(
        len(counted),
        len(known),
        sum(a.score.value is not None for a in counted),
        {"factor": factor.value, "answer": answer.value},
        Counter(a.rule(factor) for a in counted),
    )


def _scored(day: _Day, score: int, state: str = "") -> Ours:
    here = [a.score for a in day.assessments.values() if not state or day.state_of[a.fips] == state]
    complete = [one.value for one in here if one.value is not None]
    counties = complete.count(score)
    possible = sum(
        one.value is None and one.at_least <= score <= one.at_least + MAX_SCORE - one.known
        for one in here
    )
    query = {"state": state, "score": score}
    return Ours(counties, len(complete), counties, query, possible=possible)


def _with_least(day: _Day, least: int) -> Ours:
    counties = day.summary.counties_with(least)
    return Ours(counties, day.summary.counties_analysed, counties, {"score_min": least})


def _analysed(day: _Day) -> Ours:
    counted = day.summary
    known = counted.counties_analysed + counted.counties_partial
    return Ours(counted.counties_analysed, known, counted.counties_analysed, {"status": "complete"})


def _without(day: _Day) -> Ours:
    counted = day.summary
    return Ours(counted.counties_unknown, counted.counties_total, 0, {"status": "unknown"})


def _in_all(day: _Day) -> Ours:
    counted = day.summary
    return Ours(counted.counties_total, counted.counties_total, counted.counties_analysed, {})


#: The 2017 article's counties of California and Oregon are those of its group of five policies.
_FIVE = 5
_HEADLINES: dict[str, Callable[[_Day], Ours]] = {
    "counties_examined": _analysed,
    "counties_analysed": _analysed,
    "counties_without_information": _without,
    "counties_total": _in_all,
    "five_or_more": lambda day: _with_least(day, _FIVE),
    "california_in_sentence": lambda day: _scored(day, _FIVE, "CA"),
    "california_in_list": lambda day: _scored(day, _FIVE, "CA"),
    "oregon_in_sentence": lambda day: _scored(day, _FIVE, "OR"),
    "oregon_in_list": lambda day: _scored(day, _FIVE, "OR"),
    "with_287g": lambda day: _answered(day, Factor.NO_287G, Answer.NO),
    "with_detention_contract": lambda day: _answered(day, Factor.NO_DETENTION_CONTRACT, Answer.NO),
}

"""The map page: the class of each county, the legend, and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties import shapes
from policies.assessments import Assessment
from policies.explanations import long_date
from policies.presenters.choice import Choice
from policies.presenters.drawing import Drawing, draw
from policies.presenters.marks import (
    PARTIAL_CLASSES,
    SCORE_CLASSES,
    SQUARE,
    map_class,
)
from policies.reports import Summary
from policies.rubric import Answer, Factor, Status
from policies.texts import ANSWER_WORDS, BAND_TEXTS, FACTOR_TEXTS

ANSWER_CLASSES = {Answer.YES: "g", Answer.NO: "a", Answer.NONE_FOUND: "k", Answer.UNKNOWN: ""}
_ANSWERS_IN_ORDER = (Answer.YES, Answer.NONE_FOUND, Answer.NO, Answer.UNKNOWN)
#: "Most local resources": what a county with this many of the seven is said to protect.
MANY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the legend: a swatch, a count, and a link to exactly those counties."""

    css: str
    label: str
    meaning: str
    count: int
    url: str

    @property
    def count_text(self) -> str:
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Figure:
    number: str
    sentence: str
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class Holds:
    """How many counties limit holds: fully known ones, and ones known in part, never mixed."""

    complete: int
    partial: int

    @property
    def total(self) -> int:
        return self.complete + self.partial


@dataclass(frozen=True, slots=True)
class FactorReply:
    """One answer to the factor's question: how it is drawn, its word, and the reply."""

    css: str
    letter: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a map of one factor is about."""

    question: str
    meaning: str
    replies: tuple[FactorReply, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which many stored answers change, and the map of that day."""

    text: str
    iso: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    drawing: Drawing
    borders: str
    hatches: tuple[tuple[str, str], ...]
    legend: tuple[Step, ...]
    description: str
    evidence: str
    subject: Subject | None


def map_page(
    assessments: Mapping[str, Assessment], counted: Summary, choice: Choice, factor: Factor | None
) -> MapPage:
    if factor:
        classes = {
            fips: ANSWER_CLASSES[assessment.answer(factor)]
            for fips, assessment in assessments.items()
        }
        legend = _factor_legend(assessments.values(), counted.counties_total, choice, factor)
    else:
        classes = {fips: map_class(assessment.score) for fips, assessment in assessments.items()}
        legend = score_legend(counted, choice)
    return MapPage(
        drawing=draw(classes),
        borders=shapes.state_borders(),
        hatches=tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        legend=legend,
        description=", ".join(f"{step.label}: {step.count}" for step in legend),
        evidence=_age_of_evidence(assessments.values()),
        subject=_subject(factor) if factor else None,
    )


def _age_of_evidence(assessments: Iterable[Assessment]) -> str:
    """One line on how old the evidence is; empty if nothing is known."""
    known = [assessment.stale for assessment in assessments if assessment.score.known]
    if not known:
        return ""
    if not any(known):
        return _("No evidence is older than 24 months (90 days for ICE's 287(g) lists).")
    return ngettext(
        "For %(old)s of the %(known)s county with a record, some evidence is more than 24 months "
        "old (90 days for ICE's 287(g) lists).",
        "For %(old)s of the %(known)s counties with a record, some evidence is more than 24 "
        "months old (90 days for ICE's 287(g) lists).",
        len(known),
    ) % {"old": f"{sum(known):,}", "known": f"{len(known):,}"}


def _subject(factor: Factor) -> Subject:
    text = FACTOR_TEXTS[factor]
    return Subject(
        str(text.question),
        str(text.meaning),
        tuple(
            FactorReply(
                ANSWER_CLASSES[answer] or "u",
                SQUARE[answer],
                str(ANSWER_WORDS[answer]),
                str(getattr(text, answer.value)),
            )
            for answer in _ANSWERS_IN_ORDER
        ),
    )


def days(rows: Iterable[date], choice: Choice, factor: Factor | None) -> tuple[Day, ...]:
    """Links to the map on these days, newest first."""
    return tuple(
        Day(
            long_date(day),
            day.isoformat(),
            choice.with_query(factor=factor or "", as_of=day.isoformat()),
            day == choice.when.as_of,
        )
        for day in sorted(rows, reverse=True)
    )


def score_legend(counted: Summary, choice: Choice, state: str = "") -> tuple[Step, ...]:
    """Eight scores, partly known, and no record: of the country, or of one state."""
    scores = [
        Step(
            SCORE_CLASSES[row.score],
            str(row.score),
            str(BAND_TEXTS[row.score]),
            row.counties,
            choice.url("directory", state=state, score=row.score),
        )
        for row in counted.by_score
    ]
    partial = Step(
        "p",
        _("partly known"),
        _("Some of the seven factors are known. The colour is the least the score can be."),
        counted.counties_partial,
        choice.url("directory", state=state, status="partial"),
    )
    unknown = Step(
        "u",
        _("no record"),
        _("We have no record. That is not a zero."),
        counted.counties_unknown,
        choice.url("directory", state=state, status="unknown"),
    )
    return (*scores, partial, unknown)


def _factor_legend(
    assessments: Iterable[Assessment], total: int, choice: Choice, factor: Factor
) -> tuple[Step, ...]:
    counts = Counter(assessment.answer(factor) for assessment in assessments)
    counts[Answer.UNKNOWN] = total - sum(n for a, n in counts.items() if a != Answer.UNKNOWN)
    return tuple(
        Step(
            ANSWER_CLASSES[answer] or "u",
            str(ANSWER_WORDS[answer]),
            str(getattr(FACTOR_TEXTS[factor], answer.value)),
            counts[answer],
            choice.url("directory", factor=factor.value, answer=answer.value),
        )
        for answer in _ANSWERS_IN_ORDER
    )


def limiting_holds(assessments: Iterable[Assessment]) -> Holds:
    limiting = Counter(
        assessment.score.status
        for assessment in assessments
        if assessment.answer(Factor.LIMITS_HOLDS) == Answer.YES
    )
    return Holds(limiting[Status.COMPLETE], limiting[Status.PARTIAL])


def figures(
    now: Summary, before: Summary, holds: tuple[Holds, Holds], since: date, choice: Choice
) -> tuple[Figure, ...]:
    """Three numbers, each with its change since the day `since`.

    `holds`: how many counties limit holds, then and now.
    """
    held_before, held = holds
    many = now.counties_with(MANY)
    analysed = _("of %(n)s counties whose seven answers are all known") % {
        "n": f"{now.counties_analysed:,}"
    }
    return (
        Figure(
            f"{many:,}",
            ngettext(
                "county has five or more of the seven policies in force, %(analysed)s.",
                "counties have five or more of the seven policies in force, %(analysed)s.",
                many,
            )
            % {"analysed": analysed},
            _change(before.counties_with(MANY), many, since),
            choice.url("directory", score_min=MANY),
        ),
        Figure(
            f"{held.total:,}",
            ngettext(
                "county limits or refuses to hold people longer in its jail for ICE: "
                "%(complete)s of the %(analysed)s fully known counties, and %(partial)s of the "
                "partly known ones.",
                "counties limit or refuse to hold people longer in their jails for ICE: "
                "%(complete)s of the %(analysed)s fully known counties, and %(partial)s of the "
                "partly known ones.",
                held.total,
            )
            % {
                "complete": f"{held.complete:,}",
                "analysed": f"{now.counties_analysed:,}",
                "partial": f"{held.partial:,}",
            },
            _change(held_before.total, held.total, since),
            choice.url("directory", factor=Factor.LIMITS_HOLDS.value, answer="yes"),
        ),
        Figure(
            f"{now.counties_unknown:,}",
            ngettext(
                "county of %(total)s has no record here yet. It is left blank, never drawn as 0.",
                "counties of %(total)s have no record here yet. They are left blank, never "
                "drawn as 0.",
                now.counties_unknown,
            )
            % {"total": f"{now.counties_total:,}"},
            _change(before.counties_unknown, now.counties_unknown, since),
            choice.url("directory", status="unknown"),
        ),
    )


def _change(before: int, after: int, since: date) -> str:
    day = {"date": long_date(since)}
    if after == before:
        return _("The same as on %(date)s.") % day
    more = {"n": f"{abs(after - before):,}", **day}
    if after > before:
        return _("%(n)s more than on %(date)s.") % more
    return _("%(n)s fewer than on %(date)s.") % more

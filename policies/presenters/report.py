"""The report of one day: both tables, what they add up to, and what is counted apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.presenters.choice import Choice
from policies.presenters.figures import Bar, Linked, bar, share
from policies.presenters.map_figures import MANY
from policies.presenters.marks import SCORE_CLASSES
from policies.reports import FactorCount, Summary, percent
from policies.rubric import MAX_SCORE, Answer, Status
from policies.texts import BAND_TEXTS, FACTOR_TEXTS

#: Below this share of all counties the fully known ones are said to be no sample.
FEW = 50.0


@dataclass(frozen=True, slots=True)
class FactorRow:
    number: int
    code: str
    name: str
    bar: Bar
    yes: Linked
    no: Linked
    none_found: Linked
    unknown: Linked
    percent: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    score: int
    css: str
    meaning: str
    bar: Bar
    counties: Linked
    percent: str
    points: str


@dataclass(frozen=True, slots=True)
class Known:
    """How much of the country, or of the state, is known."""

    label: str
    count: Linked
    css: str
    width: float
    percent: str


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    lede: str
    caution: str
    known: tuple[Known, ...]
    by_factor: tuple[FactorRow, ...]
    factor_message: str
    by_score: tuple[ScoreRow, ...]
    score_message: str
    analysed: Linked
    points: str
    factor_sum: str
    score_sum: str
    partial: tuple[FactorRow, ...]
    partial_count: Linked


def report(counted: Summary, state: str, state_name: str, choice: Choice) -> Report:
    """`state`: postal abbreviation, or empty for the whole country."""
    analysed = counted.counties_analysed
    return Report(
        title=_title(counted, state_name, choice),
        lede=_lede(counted),
        caution=_caution(counted),
        known=tuple(_known(counted, state, choice)),
        by_factor=_factor_rows(counted.by_factor, analysed, Status.COMPLETE, state, choice),
        factor_message=_factor_message(counted),
        by_score=tuple(
            ScoreRow(
                row.score,
                SCORE_CLASSES[row.score],
                str(BAND_TEXTS[row.score]),
                bar(SCORE_CLASSES[row.score], row.counties, analysed),
                Linked(row.counties, choice.url("directory", state=state, score=row.score)),
                share(row.percent),
                f"{row.score * row.counties:,}",
            )
            for row in reversed(counted.by_score)
        ),
        score_message=_score_message(counted),
        analysed=Linked(analysed, choice.url("directory", state=state, status="complete")),
        points=f"{counted.points:,}",
        factor_sum=" + ".join(f"{row.yes:,}" for row in counted.by_factor),
        score_sum=" + ".join(
            f"{row.score} × {row.counties:,}" for row in reversed(counted.by_score)
        ),
        partial=_factor_rows(
            counted.partial_by_factor, counted.counties_partial, Status.PARTIAL, state, choice
        ),
        partial_count=Linked(
            counted.counties_partial, choice.url("directory", state=state, status="partial")
        ),
    )


def _title(counted: Summary, state_name: str, choice: Choice) -> str:
    words = {
        "many": f"{counted.counties_with(MANY):,}",
        "analysed": f"{counted.counties_analysed:,}",
        "day": choice.as_of,
        "state": state_name,
    }
    if not counted.counties_analysed:
        if state_name:
            return _("In %(state)s, no county was fully known on %(day)s") % words
        return _("No county was fully known on %(day)s") % words
    if state_name:
        text = ngettext(
            "In %(state)s, %(many)s of %(analysed)s fully known county has five or more of the "
            "seven policies",
            "In %(state)s, %(many)s of %(analysed)s fully known counties have five or more of the "
            "seven policies",
            counted.counties_analysed,
        )
    else:
        text = ngettext(
            "%(many)s of %(analysed)s fully known county has five or more of the seven policies",
            "%(many)s of %(analysed)s fully known counties have five or more of the seven policies",
            counted.counties_analysed,
        )
    return text % words


def _lede(counted: Summary) -> str:
    words = {
        "analysed": f"{counted.counties_analysed:,}",
        "points": f"{counted.points:,}",
        "most": f"{counted.counties_analysed * MAX_SCORE:,}",
        "partial": f"{counted.counties_partial:,}",
        "unknown": f"{counted.counties_unknown:,}",
    }
    apart = _(
        "Counties known in part (%(partial)s) and counties without a record (%(unknown)s) are "
        "counted apart, and never as zeros."
    )
    if not counted.counties_analysed:
        return apart % words
    both = _(
        "The tables below count the %(analysed)s counties whose seven answers are all known. "
        "They hold %(points)s of %(most)s possible points."
    )
    return f"{both % words} {apart % words}"


def _caution(counted: Summary) -> str:
    known = percent(counted.counties_analysed, counted.counties_total)
    if not counted.counties_analysed or known >= FEW:
        return ""
    text = ngettext(
        "The fully known counties are %(share)s of %(total)s county. They are no sample: what a "
        "county does is often why it is on record. A share of them says nothing about the rest.",
        "The fully known counties are %(share)s of %(total)s counties. They are no sample: what a "
        "county does is often why it is on record. A share of them says nothing about the rest.",
        counted.counties_total,
    )
    return text % {"share": share(known), "total": f"{counted.counties_total:,}"}


def _known(counted: Summary, state: str, choice: Choice) -> Iterable[Known]:
    for label, count, status, css in (
        (_("all seven answers known"), counted.counties_analysed, Status.COMPLETE, "all"),
        (_("known in part"), counted.counties_partial, Status.PARTIAL, "part"),
        (_("no record"), counted.counties_unknown, Status.UNKNOWN, "nothing"),
    ):
        part = percent(count, counted.counties_total)
        url = choice.url("directory", state=state, status=status.value)
        width = bar(css, count, counted.counties_total).width
        yield Known(label, Linked(count, url), css, width, share(part))


def _factor_rows(
    counts: Iterable[FactorCount], whole: int, status: Status, state: str, choice: Choice
) -> tuple[FactorRow, ...]:
    def linked(row: FactorCount, answer: Answer, n: int) -> Linked:
        query = {"factor": row.code.value, "answer": answer.value, "status": status.value}
        return Linked(n, choice.url("directory", state=state, **query))

    return tuple(
        FactorRow(
            FACTOR_TEXTS[row.code].number,
            row.code.value,
            str(FACTOR_TEXTS[row.code].name),
            bar("yes", row.yes, whole),
            linked(row, Answer.YES, row.yes),
            linked(row, Answer.NO, row.no),
            linked(row, Answer.NONE_FOUND, row.none_found),
            linked(row, Answer.UNKNOWN, row.unknown),
            share(row.percent),
        )
        for row in counts
    )


def _factor_message(counted: Summary) -> str:
    if not counted.counties_analysed:
        return _("By policy")
    rarest = min(counted.by_factor, key=lambda row: row.yes)
    text = ngettext(
        "The rarest policy is “%(rarest)s”: %(n)s of %(analysed)s county has it",
        "The rarest policy is “%(rarest)s”: %(n)s of %(analysed)s counties have it",
        counted.counties_analysed,
    )
    return text % {
        "rarest": FACTOR_TEXTS[rarest.code].name,
        "n": f"{rarest.yes:,}",
        "analysed": f"{counted.counties_analysed:,}",
    }


def _score_message(counted: Summary) -> str:
    if not counted.counties_analysed:
        return _("By score")
    commonest = max(counted.by_score, key=lambda row: row.counties)
    text = ngettext(
        "The commonest score is %(score)d: %(n)s of %(analysed)s county has it",
        "The commonest score is %(score)d: %(n)s of %(analysed)s counties have it",
        counted.counties_analysed,
    )
    return text % {
        "score": commonest.score,
        "n": f"{commonest.counties:,}",
        "analysed": f"{counted.counties_analysed:,}",
    }

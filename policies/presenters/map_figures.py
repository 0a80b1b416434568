"""The record in three numbers, each with its change since a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.assessments import Assessment
from policies.explanations import long_date
from policies.presenters.choice import Choice
from policies.reports import Summary
from policies.rubric import Answer, Factor, Status

#: "Most local resources": what a county with this many of the seven is said to protect.
MANY = 5


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

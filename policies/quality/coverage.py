"""Checks of completeness: counties known in part, and totals that others added up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from counties.models import County
from policies.models import IceEngagement, LocalPolicy, ScorePeriod, Submission
from policies.quality.base import Check, Finding, Material, Severity, about
from policies.rubric import FACTORS, MAX_SCORE, Answer

_NUMBER = re.compile(r"\s*(\d+)(?:\.0+)?\s*")


def analysed_in_part(material: Material) -> Iterator[Finding]:
    rows = ScorePeriod.objects.in_force(material.today).filter(factors_known__lt=MAX_SCORE)
    for fips, known, *answers in rows.order_by("county_id").values_list(
        "county_id", "factors_known", *FACTORS
    ):
        missing = [
            factor.value
            for factor, answer in zip(FACTORS, answers, strict=True)
            if answer == Answer.UNKNOWN
        ]
        yield Finding(
            key=fips,
            about=about(County, fips),
            sentence=gettext_noop("%(known)s of seven answers are known. Missing: %(factors)s."),
            values={"known": known, "factors": missing},
            county=fips,
        )


def stated_totals(material: Material) -> Iterator[Finding]:
    """The newest applied sheet that gives a total for a place, against our own count of its `yes`.

    Counted for the day of the sheet, from the place's own records, as the sheet does. Two queries.
    """
    engagements = IceEngagement.objects.filter(
        submission__status=Submission.Status.APPLIED
    ).exclude(stated_total="")
    newest = {
        row["county_id"] or row["state_id"]: row
        for row in engagements.order_by("submission__as_of", "submission_id", "row").values(
            *("county_id", "state_id", "row", "stated_total", "submission_id"),
            *("submission__as_of", "submission__filename"),
        )
    }
    if not newest:
        return
    answers = _yes_periods()
    for place, row in newest.items():
        day = row["submission__as_of"]
        ours = sum(
            start <= day and (until is None or day < until) for start, until in answers[place]
        )
        number = _NUMBER.fullmatch(row["stated_total"])
        if number and int(number[1]) == ours:
            continue
        yield Finding(
            key=place,
            about=about(Submission, row["submission_id"]),
            sentence=gettext_noop(
                "“%(file)s”, row %(row)s, states a total of %(stated)s; its own answers add up to "
                "%(ours)s."
            ),
            values={
                "file": row["submission__filename"],
                "row": row["row"],
                "stated": row["stated_total"],
                "ours": ours,
            },
            county=row["county_id"],
            state=row["state_id"],
        )


def _yes_periods() -> dict[str, list[tuple]]:
    found = defaultdict(list)
    rows = LocalPolicy.objects.published().filter(answer=Answer.YES.value).order_by()
    for county, state, start, until in rows.values_list(
        "county_id", "state_id", "effective_from", "effective_until"
    ):
        found[county or state].append((start, until))
    return found


CHECKS = (
    Check(
        "stated-total",
        _("Stated totals that do not add up"),
        _(
            "A received sheet gives a total for a county that differs from the number of points "
            "its own answers earn: one of the two is a mistake."
        ),
        Severity.WARNING,
        stated_totals,
    ),
    Check(
        "known-in-part",
        _("Counties analysed in part"),
        _(
            "Some of the seven answers are known and some are not, so that the county has no score "
            "and counts in no statistics."
        ),
        Severity.WARNING,
        analysed_in_part,
    ),
)

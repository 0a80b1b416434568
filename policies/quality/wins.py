"""The check that wins are linked to the points they gained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import EffectChoices, PolicyWin
from policies.quality.base import Check, Finding, Material, Severity, about
from policies.rubric import Answer, Factor
from policies.timeline import history
from policies.win_days import last_day

#: A policy that was won may take so long to be in force.
GRACE = timedelta(days=183)


def not_linked(material: Material) -> Iterator[Finding]:
    """Dated wins that name no factor, or whose factors are not `yes` from about their date.

    A city is not scored, so that its wins only have to name a factor. Three queries.
    """
    wins = (
        PolicyWin.objects.published()
        .filter(date_earliest__isnull=False)
        .prefetch_related("win_factors", "counties")
        .order_by("pk")
    )
    for win in wins:
        factors = [Factor(one.factor) for one in win.win_factors.all()]
        counties = [county.pk for county in win.counties.all()]
        place = {"county": counties[0] if len(counties) == 1 else None, "state": win.state_id}
        key = f"{win.state_id}:{win.title}:{win.date_earliest}"[:300]
        if not factors:
            yield Finding(
                key=key,
                about=about(PolicyWin, win.pk),
                sentence=gettext_noop("“%(title)s” names no factor that it gained a point for."),
                values={"title": win.title},
                **place,
            )
            continue
        lacking = (
            [] if win.place else [f for f in factors if not _gained(material, win, counties, f)]
        )
        if lacking:
            yield Finding(
                key=key,
                about=about(PolicyWin, win.pk),
                sentence=gettext_noop(
                    "“%(title)s” (%(day)s): the record has no yes from about that day for "
                    "%(factors)s."
                ),
                values={
                    "title": win.title,
                    "day": win.date_earliest.isoformat(),
                    "factors": [factor.value for factor in lacking],
                },
                **place,
            )


def _gained(material: Material, win: PolicyWin, counties: list[str], factor: Factor) -> bool:
    """Whether every county of the win, or a law of its state, protects from about its date."""
    first, last = win.date_earliest, last_day(win) + GRACE
    if not counties:
        return any(
            (claim.state, claim.factor, claim.effect)
            == (win.state_id, factor, EffectChoices.REQUIRES.value)
            and claim.decides_from <= last
            and (claim.until is None or claim.until > first)
            for claim in material.claims.values()
        )
    return all(_was_yes(material, fips, factor, first, last) for fips in counties)


def _was_yes(material: Material, fips: str, factor: Factor, first: date, last: date) -> bool:
    evidence = material.evidence.of(fips).get(factor)
    if evidence is None:
        return False
    stretches = history(evidence)
    ends = [day for day, _decision in stretches[1:]] + [date.max]
    return any(
        decision.answer == Answer.YES and start <= last and end > first
        for (start, decision), end in zip(stretches, ends, strict=True)
    )


CHECKS = (
    Check(
        "win-not-linked",
        _("Wins not linked to the points they gained"),
        _(
            "A dated win names no factor, or the record has no yes for its factors from about its "
            "date: the policy it won is not recorded, or the win is about something else."
        ),
        Severity.WARNING,
        not_linked,
    ),
)

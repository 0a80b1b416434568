"""One state's page: what its law does, how its counties stand, and a small map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from counties import shapes
from counties.models import State
from policies import reports
from policies.explanations import long_date
from policies.filters import ScoredCounty
from policies.models import EffectChoices
from policies.presenters.choice import Choice
from policies.presenters.map import Step, score_legend
from policies.presenters.marks import PARTIAL_CLASSES, SCORE_CLASSES, map_class
from policies.presenters.states import Posture, Segment, distribution, distribution_label, posture


@dataclass(frozen=True, slots=True)
class StatePage:
    name: str
    usps: str
    posture: Posture
    posture_sentence: str
    coded_through: str
    jail_authority: str
    summary: reports.Summary
    legend: tuple[Step, ...]
    bar: tuple[Segment, ...]
    bar_label: str
    viewbox: str
    width: int
    height: int
    paths: SafeString
    hatches: tuple[tuple[str, str], ...]
    directory_url: str


def state_page(
    state: State, rows: Sequence[ScoredCounty], effects: Collection[str], choice: Choice
) -> StatePage:
    counted = reports.summary((row.assessment for row in rows), len(rows))
    viewbox = shapes.state_viewbox(state.usps)
    return StatePage(
        name=state.name,
        usps=state.usps,
        posture=posture(effects),
        posture_sentence=_posture_sentence(state, effects),
        coded_through=long_date(state.law_coded_through) if state.law_coded_through else "",
        jail_authority=state.jail_authority if state.unified_jail else "",
        summary=counted,
        legend=tuple(s for s in score_legend(counted, choice, state=state.usps) if s.count),
        bar=distribution(counted),
        bar_label=distribution_label(counted),
        viewbox=" ".join(map(str, viewbox)),
        width=viewbox[2],
        height=viewbox[3],
        paths=_paths(rows, choice),
        hatches=tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        directory_url=choice.url("directory", state=state.usps),
    )


def _paths(rows: Sequence[ScoredCounty], choice: Choice) -> SafeString:
    """Every county as a link to its page, in the order in which shapes are to be drawn."""
    drawn = []
    for row in sorted(rows, key=lambda row: row.county.pk):
        county = row.county
        url = choice.url("county", county.state_id.lower(), county.slug)
        drawn.append(
            f'<a href="{escape(url)}" tabindex="-1">'
            f"<title>{escape(county.name)}</title>"
            f'<path class="{map_class(row.assessment.score)}" '
            f'd="{shapes.county_paths()[county.pk]}"/></a>'
        )
    return mark_safe("".join(drawn))  # noqa: S308  names and shapes of the reference data


def _posture_sentence(state: State, effects: Collection[str]) -> str:
    words = {"state": state.name}
    limits = EffectChoices.REQUIRES in effects
    mandates = EffectChoices.MANDATES in effects
    if limits and mandates:
        return (
            _("%(state)s law limits some ways of helping ICE in every county and mandates others.")
            % words
        )
    if limits:
        return _("%(state)s law limits how counties may help ICE, wherever they are.") % words
    if mandates:
        return (
            _("%(state)s law mandates that counties help ICE, whatever they decide themselves.")
            % words
        )
    if EffectChoices.FORBIDS in effects:
        return (
            _("%(state)s law forbids local limits. By itself it orders no particular help.") % words
        )
    return _("No law of %(state)s that decides for its counties is on record for this day.") % words

"""One state's page: what its law does, how its counties stand, and its map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from counties import shapes
from counties.models import State
from policies import reports
from policies.explanations import long_date
from policies.filters import ScoredCounty
from policies.lens import PARTIAL_CLASSES, SCORE_CLASSES, map_class
from policies.models import EffectChoices, StateProvision
from policies.presenters.choice import Choice
from policies.presenters.claims import decides_from
from policies.presenters.law import is_enacted, later_decision
from policies.presenters.marks import score_label
from policies.presenters.states import Posture, not_read, posture
from policies.presenters.topics import topics

#: Pixels of the screen for a tenth of a pixel of the canvas, at most: more shows how coarse it is.
LARGEST_SCALE = 3
#: Lines of hatching along the longer side of the map.
HATCHES = 110


@dataclass(frozen=True, slots=True)
class StateMap:
    """In tenths of a pixel. `border`: towards other states; `edge`: coasts and the country's."""

    viewbox: str
    width: int
    height: int
    paths: SafeString
    border: str
    edge: str
    hatches: tuple[tuple[str, str], ...]
    #: As wide on the screen whatever the size of the state.
    hatch: str
    hatch_line: str


@dataclass(frozen=True, slots=True)
class StatePage:
    name: str
    usps: str
    posture: Posture
    posture_sentence: str
    upcoming: tuple[str, ...]
    coded_through: str
    jail_authority: str
    summary: reports.Summary
    map: StateMap
    directory_url: str


def state_page(
    state: State,
    rows: Sequence[ScoredCounty],
    provisions: Sequence[StateProvision],
    choice: Choice,
) -> StatePage:
    as_of = choice.when.as_of
    effects = effects_on(provisions, as_of)
    read = state.law_coded_through or provisions
    return StatePage(
        name=state.name,
        usps=state.usps,
        posture=posture(effects, _none(provisions)) if read or effects else not_read()[0],
        posture_sentence=" ".join(_posture_sentences(state, effects)),
        upcoming=tuple(_upcoming(provisions, as_of)),
        coded_through=long_date(state.law_coded_through) if state.law_coded_through else "",
        jail_authority=state.jail_authority if state.unified_jail else "",
        summary=reports.summary((row.assessment for row in rows), len(rows)),
        map=state_map(state.usps, rows, choice),
        directory_url=choice.url("directory", state=state.usps),
    )


def state_map(usps: str, rows: Sequence[ScoredCounty], choice: Choice) -> StateMap:
    viewbox = shapes.fine_viewbox(usps)
    hatch = max(viewbox[2:]) / HATCHES
    return StateMap(
        viewbox=" ".join(map(str, viewbox)),
        width=viewbox[2] * LARGEST_SCALE,
        height=viewbox[3] * LARGEST_SCALE,
        paths=_paths(usps, rows, choice),
        border=shapes.fine_border(usps),
        edge=shapes.fine_edge(usps),
        hatches=tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        hatch=f"{hatch:.1f}",
        hatch_line=f"{hatch / 3:.1f}",
    )


def _paths(usps: str, rows: Sequence[ScoredCounty], choice: Choice) -> SafeString:
    """Every county as a link to its page, in the order in which shapes are to be drawn.

    Out of the order of the keyboard: the table below has the same links.
    """
    by_code = {row.county.pk: row for row in rows}
    drawn = []
    for code, path in shapes.fine_paths(usps).items():
        if code not in by_code:
            continue
        county, score = by_code[code].county, by_code[code].assessment.score
        url = choice.url("county", usps.lower(), county.slug)
        drawn.append(
            f'<a href="{escape(url)}" tabindex="-1">'
            f"<title>{escape(county.name)}: {escape(score_label(score))}</title>"
            f'<path class="{map_class(score)}" d="{path}"/></a>'
        )
    return mark_safe("".join(drawn))  # noqa: S308  names and shapes of the reference data


def effects_on(provisions: Iterable[StateProvision], as_of: date) -> dict[str, list[str]]:
    """Factors by effect, of the claims that decide on that day and bind county agencies."""
    factors: dict[str, list[str]] = {}
    for provision in provisions:
        for claim in provision.claims.all() if provision.binds_county_agencies else ():
            ended = claim.effective_until and claim.effective_until <= as_of
            if decides_from(claim) <= as_of and not ended:
                factors.setdefault(claim.effect, []).append(claim.factor)
    return factors


def _none(provisions: Iterable[StateProvision]) -> str:
    """Law that is coded but not in force is not the same as none."""
    coded = any(p.binds_county_agencies and p.claims.all() for p in provisions)
    return _("none in force on this day") if coded else _("silent")


def _upcoming(provisions: Iterable[StateProvision], as_of: date) -> Iterable[str]:
    for provision in provisions:
        later = later_decision(provision, as_of)
        if later and provision.binds_county_agencies and is_enacted(provision, as_of):
            yield _("%(law)s: enacted, decides from %(date)s.") % {
                "law": provision.title,
                "date": long_date(later),
            }


def _posture_sentences(state: State, factors: Mapping[str, Collection[str]]) -> Iterable[str]:
    words = {
        EffectChoices.REQUIRES: _("%(state)s law limits cooperation with ICE on %(topics)s."),
        EffectChoices.MANDATES: _("%(state)s law mandates cooperation with ICE on %(topics)s."),
        EffectChoices.FORBIDS: _(
            "%(state)s law forbids local limits on %(topics)s, but by itself orders nothing."
        ),
    }
    for effect, text in words.items():
        if effect.value in factors:
            yield text % {"state": state.name, "topics": topics(factors[effect.value])}
    if not factors:
        yield _("No law of %(state)s decides for its counties on this day.") % {"state": state.name}

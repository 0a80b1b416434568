"""The map page: how each county is drawn, the legend, and what is asked for in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties import shapes
from counties.state_codes import STATES
from policies.assessments import Assessment
from policies.explanations import long_date
from policies.lens import NOTHING_KNOWN, OTHER, OUTSIDE, PARTIAL_CLASSES, SCORE_CLASSES, Kind, Shown
from policies.lens_query import WHOLE, Query
from policies.presenters.choice import Choice
from policies.presenters.drawing import Drawing, dots, draw
from policies.presenters.map_legend import Step, address, legend
from policies.resolution import Rule
from policies.rubric import FACTORS, Factor
from policies.texts import FACTOR_TEXTS

STATE_NAMES = dict(STATES.values())
#: The factors that agreements with ICE decide, as the layer of agreements draws them.
LAYERS = {"ag": Factor.NO_287G, "ad": Factor.NO_DETENTION_CONTRACT}


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which many stored answers change, and the map of that day."""

    text: str
    iso: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """Dots on the counties with an agreement of one kind. `path`: the `d` attribute of all."""

    css: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """`title` and `lede` say what is shown; `lines`, if any, say it policy by policy."""

    title: str
    lede: str
    lines: tuple[str, ...]
    drawing: Drawing
    borders: str
    hatches: tuple[tuple[str, str], ...]
    viewbox: str
    layers: tuple[Layer, ...]
    lens: str
    legend: tuple[Step, ...]
    chosen_step: Step | None
    description: str
    evidence: str
    table_url: str
    csv_url: str
    svg_url: str
    png_url: str
    whole_url: str


def map_page(
    now: Mapping[str, Assessment],
    before: Mapping[str, Assessment],
    inside: Collection[str] | None,
    query: Query,
    choice: Choice,
) -> MapPage:
    """`before`: on the day `since`, else empty. `inside`: the counties that the filters leave,
    None for all."""
    shown = dict(shown_counties(now, before, inside, query))
    counts = Counter(each.step for each in shown.values())
    steps = legend(counts, query, choice)
    return MapPage(
        title=title(query, choice),
        lede=lede(query, choice, len(shown)),
        lines=tuple(asked_lines(query)),
        drawing=draw(classes(shown, query)),
        borders=shapes.state_borders(),
        hatches=tuple(zip(PARTIAL_CLASSES, SCORE_CLASSES, strict=False)),
        viewbox=query.seen.viewbox,
        layers=tuple(layers(now, shown)) if query.agreements else (),
        lens=lens_as_json(query),
        legend=steps,
        chosen_step=next((step for step in steps if query.only == step.key), None),
        description=", ".join(f"{step.label}: {step.count_text}" for step in steps),
        evidence=_age_of_evidence(now[fips] for fips in shown if fips in now),
        table_url=address("map-table", query.without(view=None), choice),
        csv_url=address("map-csv", query.without(view=None), choice),
        svg_url=address("map-svg", query, choice),
        png_url=address("map-png", query, choice),
        whole_url=address("map", query.without(view=None, state="", only=""), choice)
        if query.seen != WHOLE
        else "",
    )


def shown_counties(
    now: Mapping[str, Assessment],
    before: Mapping[str, Assessment],
    inside: Collection[str] | None,
    query: Query,
) -> Iterator[tuple[str, Shown]]:
    """(FIPS, how it is shown) of every county that the filters leave, in order of FIPS codes."""
    kept: dict[tuple, Shown] = {}  # few differ
    for fips in shapes.county_paths():
        if inside is not None and fips not in inside:
            continue
        key = _answers(now, fips), _answers(before, fips)
        if key not in kept:
            kept[key] = query.lens.shown(*key)
        yield fips, kept[key]


def _answers(assessments: Mapping[str, Assessment], fips: str):
    return assessments[fips].answers if fips in assessments else NOTHING_KNOWN


def classes(shown: Mapping[str, Shown], query: Query) -> dict[str, str]:
    """The class of every county: those left out by a filter, or by the step chosen, have one."""
    kept = {
        fips: each.css if query.only in ("", each.step) else OTHER for fips, each in shown.items()
    }
    return {fips: kept.get(fips, OUTSIDE) for fips in shapes.county_paths()}


def lens_as_json(query: Query) -> str:
    """What the map's script has to know of it."""
    lens = query.lens
    return json.dumps(
        {
            "kind": lens.kind,
            "compared": lens.compared,
            "inForce": [FACTORS.index(factor) for factor in lens.in_force],
            "notInForce": [FACTORS.index(factor) for factor in lens.not_in_force],
            "since": lens.since.isoformat() if lens.since else "",
            "only": query.only,
        }
    )


def layers(now: Mapping[str, Assessment], shown: Collection[str]) -> Iterator[Layer]:
    for (css, factor), label in zip(
        LAYERS.items(), (_("287(g) agreement"), _("detention contract")), strict=True
    ):
        places = [f for f in shown if f in now and now[f].rule(factor) == Rule.AGREEMENT]
        yield Layer(css, dots(places), f"{label}: {len(places):,}")


def title(query: Query, choice: Choice) -> str:
    lens = query.lens
    match lens.kind:
        case Kind.CHANGE:
            return _("What changed between %(since)s and %(day)s?") % {
                "since": long_date(lens.since),
                "day": choice.as_of,
            }
        case Kind.TOGETHER:
            return _("Where are these policies in force together?")
        case Kind.FACTOR:
            return str(FACTOR_TEXTS[lens.factor].question)
    return _("How far do local governments help ICE?")


def lede(query: Query, choice: Choice, number: int) -> str:
    """One or two sentences: what a county's colour says, of how many counties, on which day."""
    lens = query.lens
    says = {
        Kind.CHANGE: _("Policies that came into force less those that ended, by county."),
        Kind.TOGETHER: _("Every policy named below is asked of each county."),
        Kind.SCORE: _(
            "One point for each of seven policies that limit a county's help to immigration "
            "enforcement."
        ),
    }.get(lens.kind) or str(FACTOR_TEXTS[lens.factor].meaning)
    if lens.kind == Kind.CHANGE and lens.factor:
        says = _("Of one policy: %(policy)s.") % {"policy": FACTOR_TEXTS[lens.factor].name}
    return f"{says} {_counties(query, number)} {_when(choice)}"


def _counties(query: Query, number: int) -> str:
    words = {
        "n": f"{number:,}",
        "state": STATE_NAMES.get(query.state, ""),
        "least": f"{query.population_min or 0:,}",
        "most": f"{query.population_max or 0:,}",
    }
    if query.state:
        where = ngettext("%(n)s county of %(state)s", "%(n)s counties of %(state)s", number)
    else:
        where = ngettext("%(n)s county", "%(n)s counties", number)
    if query.population_min is not None and query.population_max is not None:
        where += " " + _("with %(least)s to %(most)s inhabitants")
    elif query.population_min is not None:
        where += " " + _("with at least %(least)s inhabitants")
    elif query.population_max is not None:
        where += " " + _("with at most %(most)s inhabitants")
    return where % words


def _when(choice: Choice) -> str:
    return _("on %(day)s.") % {"day": choice.as_of}


def asked_lines(query: Query) -> Iterator[str]:
    """What several policies together are asked for, one by one."""
    for factor in FACTORS:
        name = {"policy": FACTOR_TEXTS[factor].name}
        if factor in query.lens.in_force:
            yield _("%(policy)s: in force") % name
        elif factor in query.lens.not_in_force:
            yield _("%(policy)s: not in force") % name


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


def days(rows: Iterable[date], choice: Choice, query: Query) -> tuple[Day, ...]:
    """Links to the map on these days, newest first; not on those that are not after `since`."""
    since = query.lens.since or date.min
    return tuple(
        Day(
            long_date(day),
            day.isoformat(),
            address("map", query, choice, as_of=day.isoformat()),
            day == choice.when.as_of,
        )
        for day in sorted(rows, reverse=True)
        if day > since
    )

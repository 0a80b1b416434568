"""States: their rows in a table, and one state's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties import shapes
from counties.state_codes import STATES
from policies import reports
from policies.assessments import Assessment
from policies.lens import SCORE_CLASSES
from policies.models import EffectChoices
from policies.presenters.choice import Choice
from policies.presenters.map_figures import MANY


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar that is 100 wide."""

    css: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Posture:
    css: str
    label: str


@dataclass(frozen=True, slots=True)
class StateRow:
    usps: str
    name: str
    url: str
    counties_url: str
    total: int
    analysed: int
    partial: int
    unknown: int
    many: int
    many_url: str
    bar: tuple[Segment, ...]
    bar_label: str
    posture: Posture


def posture(effects: Collection[str], none: str = "") -> Posture:
    """What the provisions in force that bind county agencies add up to. `none`: if nothing."""
    limits = EffectChoices.REQUIRES in effects
    mandates = EffectChoices.MANDATES in effects
    if limits and mandates:
        return Posture("both", _("limits some help, mandates other help"))
    if limits:
        return Posture("limits", _("limits local help"))
    if mandates:
        return Posture("mandates", _("mandates some local help"))
    if EffectChoices.FORBIDS in effects:
        return Posture("forbids", _("forbids local limits"))
    return Posture("none", none or _("none on record for this day"))


def posture_key() -> tuple[tuple[Posture, str], ...]:
    """Every posture with what it means."""
    meanings = (
        (
            {EffectChoices.REQUIRES},
            _("State law requires at least one of the seven policies of every county."),
        ),
        (
            {EffectChoices.MANDATES},
            _("State law orders counties to help ICE in at least one of the seven ways."),
        ),
        (
            {EffectChoices.REQUIRES, EffectChoices.MANDATES},
            _("State law does both, each for other policies."),
        ),
        (
            {EffectChoices.FORBIDS},
            _(
                "State law forbids counties at least one of the seven policies, but by itself "
                "orders nothing."
            ),
        ),
        (
            set(),
            _("No law that we have read decides for counties: each is left to itself."),
        ),
    )
    return tuple((posture(effects, _("silent")), meaning) for effects, meaning in meanings)


def not_read() -> tuple[Posture, str]:
    """What a state has whose law nobody has read: that is not silence."""
    return Posture("uncoded", _("not read yet")), _("We have not read the law of this state yet.")


def state_rows(
    assessments: Mapping[str, Assessment], effects: Mapping[str, set[str]], choice: Choice
) -> tuple[StateRow, ...]:
    """One row a state, by name. `effects`: of the claims in force, by postal abbreviation."""
    known: dict[str, list[Assessment]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for fips in shapes.county_paths():
        totals[fips[:2]] += 1
        if fips in assessments:
            known[fips[:2]].append(assessments[fips])
    return tuple(
        state_row(code, usps, name, known[code], totals[code], effects.get(usps, set()), choice)
        for code, (usps, name) in sorted(STATES.items(), key=lambda item: item[1][1])
    )


def state_row(
    code: str,
    usps: str,
    name: str,
    known: Iterable[Assessment],
    total: int,
    effects: Collection[str],
    choice: Choice,
) -> StateRow:
    counted = reports.summary(known, total)
    many = counted.counties_with(MANY)
    return StateRow(
        usps=usps,
        name=name,
        url=choice.url("state", usps.lower()),
        counties_url=choice.url("directory", state=usps),
        total=total,
        analysed=counted.counties_analysed,
        partial=counted.counties_partial,
        unknown=counted.counties_unknown,
        many=many,
        many_url=choice.url("directory", state=usps, score_min=MANY),
        bar=distribution(counted),
        bar_label=distribution_label(counted),
        posture=posture(effects),
    )


def distribution(counted: reports.Summary) -> tuple[Segment, ...]:
    """Scores 7 to 0, then partly known, then no record, as pieces of one bar."""
    parts = [(SCORE_CLASSES[row.score], row.counties) for row in reversed(counted.by_score)]
    parts += [("p", counted.counties_partial), ("u", counted.counties_unknown)]
    segments, x = [], 0.0
    for css, counties in parts:
        if counties:
            width = 100 * counties / counted.counties_total
            segments.append(Segment(css, round(x, 2), round(width, 2)))
            x += width
    return tuple(segments)


def distribution_label(counted: reports.Summary) -> str:
    """The bar in words."""
    parts = [
        _("%(n)d score %(score)d") % {"n": row.counties, "score": row.score}
        for row in reversed(counted.by_score)
        if row.counties
    ]
    if counted.counties_partial:
        parts.append(_("%(n)d partly known") % {"n": counted.counties_partial})
    if counted.counties_unknown:
        parts.append(_("%(n)d without a record") % {"n": counted.counties_unknown})
    return ", ".join(parts)

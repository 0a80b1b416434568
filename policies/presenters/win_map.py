"""A small map of where wins reach, and how many people live there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties import shapes
from counties.models import County
from counties.state_codes import STATES
from policies.models import PolicyWin, WinKind
from policies.presenters.choice import Choice
from policies.presenters.drawing import dots

STATE_NAMES = dict(STATES.values())


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """`first`, `last`: the years of the estimates, None if there is none."""

    counties: int
    people: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class DrawnState:
    name: str
    url: str
    path: str
    css: str
    says: str


@dataclass(frozen=True, slots=True)
class WinMap:
    """`counties`: one path of all that local wins name; `dots`: one on each, since many are tiny.

    `lines`: in words what is drawn, and how many people live there.
    """

    states: tuple[DrawnState, ...]
    counties: str
    dots: str
    lines: tuple[str, ...]
    source: str
    viewbox: str = f"0 0 {shapes.WIDTH} {shapes.HEIGHT}"


def win_map(
    wins: Sequence[PolicyWin],
    inhabitants: Mapping[str, Inhabitants],
    choice: Choice,
    **query: object,
) -> WinMap:
    """`query`: what the page's other filters are, kept by the links of the states."""
    by_law = {win.state_id for win in wins if win.kind == WinKind.STATE_LAW}
    own, through_city = local_counties(wins)
    named = own | through_city
    count: dict[str, int] = {}
    for win in wins:
        count[win.state_id] = count.get(win.state_id, 0) + 1
    states = tuple(
        DrawnState(
            STATE_NAMES[usps],
            choice.url("wins", **{**query, "state": usps}),
            path,
            "law" if usps in by_law else "",
            ngettext("%(n)d win", "%(n)d wins", count.get(usps, 0)) % {"n": count.get(usps, 0)},
        )
        for usps, path in shapes.state_paths().items()
    )
    drawn = sorted(set(named) & shapes.county_paths().keys())
    return WinMap(
        states=states,
        counties=shapes.joined(drawn) if drawn else "",
        dots=dots(drawn),
        lines=tuple(_lines(own, through_city, by_law, inhabitants)),
        source=estimates([c.population_year for c in named.values()] or _years(inhabitants)),
    )


def local_counties(
    wins: Sequence[PolicyWin],
) -> tuple[dict[str, County], dict[str, County]]:
    """Counties that won something themselves, and those only a city of which did."""
    own: dict[str, County] = {}
    through_city: dict[str, County] = {}
    for win in wins:
        (through_city if win.place else own).update((c.pk, c) for c in win.counties.all())
    return own, {code: c for code, c in through_city.items() if code not in own}


def _lines(own, through_city, by_law, inhabitants):
    if own:
        people = sum(county.population or 0 for county in own.values())
        yield ngettext(
            "%(n)s county won something itself; %(people)s people live there.",
            "%(n)s counties won something themselves; %(people)s people live there.",
            len(own),
        ) % {"n": f"{len(own):,}", "people": f"{people:,}"}
    if through_city:
        yield ngettext(
            "In %(n)s county more, only a city did. Its people are not counted here: the record "
            "has none of cities.",
            "In %(n)s counties more, only a city did. Their people are not counted here: the "
            "record has none of cities.",
            len(through_city),
        ) % {"n": f"{len(through_city):,}"}
    if by_law:
        people = sum(inhabitants[usps].people for usps in by_law if usps in inhabitants)
        yield ngettext(
            "%(n)s state won a law or order (tinted); %(people)s people live there.",
            "%(n)s states won a law or order (tinted); %(people)s people live there.",
            len(by_law),
        ) % {"n": f"{len(by_law):,}", "people": f"{people:,}"}


def _years(inhabitants: Mapping[str, Inhabitants]) -> list[int | None]:
    return [year for one in inhabitants.values() for year in (one.first, one.last)]


def estimates(years: Sequence[int | None]) -> str:
    """Whence figures of people are, and of which day. Empty if there are none."""
    known = [year for year in years if year]
    if not known:
        return ""
    if min(known) == max(known):
        return _("People: estimates of the Census Bureau for 1 July %(year)s.") % {
            "year": max(known)
        }
    return _(
        "People: estimates of the Census Bureau for 1 July %(last)s, or of %(first)s where there "
        "is none."
    ) % {"first": min(known), "last": max(known)}

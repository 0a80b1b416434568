"""All states: a map of what their law does on a day, and a table that says it too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from counties.models import State
from policies.assessments import Assessment
from policies.explanations import long_date
from policies.presenters.choice import Choice
from policies.presenters.map_figures import MANY
from policies.presenters.people import percent
from policies.presenters.posture_map import PostureMap, posture_map
from policies.presenters.sorting import Heading
from policies.presenters.states import (
    Posture,
    StateRow,
    not_read,
    posture,
    posture_key,
    state_rows,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. `share_many`: of its people, in counties with five or more; None where
    no county is analysed or no population is known."""

    row: StateRow
    posture: Posture
    coded_through: str
    unified_jail: bool
    population: int
    share_many: float | None
    share_text: str

    @property
    def population_text(self) -> str:
        return f"{self.population:,}"


@dataclass(frozen=True, slots=True)
class PostureStep:
    """A line of the legend: a posture, what it means, and how many states have it."""

    posture: Posture
    meaning: str
    states: int


@dataclass(frozen=True, slots=True)
class StatesPage:
    rows: tuple[Line, ...]
    map: PostureMap
    legend: tuple[PostureStep, ...]
    coded: str


#: By which columns the table can be sorted, and how. None comes last.
ORDERINGS = {
    "name": lambda line: line.row.name,
    "law": lambda line: line.posture.label,
    "many": lambda line: line.row.many,
    "people": lambda line: line.share_many,
    "analysed": lambda line: line.row.analysed,
    "counties": lambda line: line.row.total,
    "population": lambda line: line.population,
}


def headings() -> tuple[Heading, ...]:
    return (
        Heading("name", _("State")),
        Heading("law", _("State law")),
        Heading("many", _("%(many)d or more") % {"many": MANY}, "number"),
        Heading("people", _("Their share of people"), "number"),
        Heading("analysed", _("All seven known"), "number"),
        Heading("counties", _("Counties"), "number"),
        Heading("population", _("Population"), "number"),
    )


def states_page(
    states: Iterable[State],
    populations: Iterable[tuple[str, int | None]],
    assessments: Mapping[str, Assessment],
    effects: Mapping[str, set[str]],
    choice: Choice,
) -> StatesPage:
    """`populations`: (FIPS of a county, people). `effects`: as `queries.effects_in_force`."""
    by_usps = {state.usps: state for state in states}
    everybody, many = _people(populations, assessments)
    lines = tuple(
        _line(row, by_usps[row.usps], everybody, many, effects, choice)
        for row in state_rows(assessments, effects, choice)
        if row.usps in by_usps
    )
    counts = Counter(line.posture.css for line in lines)
    return StatesPage(
        rows=lines,
        map=posture_map({line.row.usps: (line.posture, line.row) for line in lines}),
        legend=tuple(
            PostureStep(posture, meaning, counts[posture.css])
            for posture, meaning in (*posture_key(), not_read())
        ),
        coded=_coded([state.law_coded_through for state in by_usps.values()]),
    )


def _coded(days: Sequence[date | None]) -> str:
    """Through which days the law of the states was read."""
    known = [day for day in days if day]
    if not known:
        return _("The law of no state has been read yet.")
    words = {"first": long_date(min(known)), "last": long_date(max(known))}
    if len(known) < len(days):
        return (
            _("State law was read through %(first)s to %(last)s; of some states not yet.") % words
        )
    if min(known) == max(known):
        return _("State law was read through %(last)s: what came later is not on this map.") % words
    return (
        _(
            "State law was read through a day between %(first)s and %(last)s, which each state's "
            "page gives: what came later is not on this map."
        )
        % words
    )


def _people(
    populations: Iterable[tuple[str, int | None]], assessments: Mapping[str, Assessment]
) -> tuple[dict[str, int], dict[str, int]]:
    """By the state's two digits: everybody, and those in counties that score MANY or more."""
    everybody: dict[str, int] = defaultdict(int)
    many: dict[str, int] = defaultdict(int)
    for fips, people in populations:
        everybody[fips[:2]] += people or 0
        score = assessments[fips].score.value if fips in assessments else None
        if score is not None and score >= MANY:
            many[fips[:2]] += people or 0
    return everybody, many


def _line(
    row: StateRow,
    state: State,
    everybody: Mapping[str, int],
    many: Mapping[str, int],
    effects: Mapping[str, set[str]],
    choice: Choice,
) -> Line:
    whole = everybody.get(state.fips, 0)
    part = many.get(state.fips, 0)
    known = bool(whole and row.analysed)
    here = effects.get(row.usps, set())
    return Line(
        row=row,
        posture=posture(here, _("silent")) if here or state.law_coded_through else not_read()[0],
        coded_through=long_date(state.law_coded_through) if state.law_coded_through else "",
        unified_jail=state.unified_jail,
        population=whole,
        share_many=part / whole if known else None,
        share_text=percent(part, whole) if known else "",
    )

"""The map as a table: the same counties, in the same classes, in an order of the reader's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import Assessment, unknown
from policies.lens import Kind, Shown, steps
from policies.lens_query import Query
from policies.presenters.choice import Choice
from policies.presenters.map_legend import Step, address
from policies.presenters.marks import Mark, mark, squares
from policies.presenters.sorting import Column
from policies.rubric import FACTORS


@dataclass(frozen=True, slots=True)
class CountyShown:
    """A county of the map: its record, how it is shown, and its assessments on the day or days."""

    county: County
    shown: Shown
    now: Assessment
    before: Assessment


def rows(
    counties: Iterable[County],
    shown: Mapping[str, Shown],
    now: Mapping[str, Assessment],
    before: Mapping[str, Assessment],
    query: Query,
) -> list[CountyShown]:
    """The counties that the filters and the chosen step of the legend leave, in given order."""
    return [
        CountyShown(
            county,
            shown[county.pk],
            now.get(county.pk) or unknown(county.pk),
            before.get(county.pk) or unknown(county.pk),
        )
        for county in counties
        if county.pk in shown and query.only in ("", shown[county.pk].step)
    ]


def orderings(query: Query) -> dict[str, Callable[[CountyShown], object]]:
    """What a table can be sorted by. Steps in the order of the legend."""
    position = {step: at for at, step in enumerate(steps(query.lens))}
    return {
        "name": lambda row: (row.county.name, row.county.state_id),
        "state": lambda row: (row.county.state_id, row.county.name),
        "population": lambda row: row.county.population or 0,
        "shown": lambda row: (position[row.shown.step], row.now.score.at_least),
    }


def columns(query: Query, choice: Choice, ordering: str) -> tuple[Column, ...]:
    labels = {
        "name": (_("County"), ""),
        "state": (_("State"), ""),
        "population": (_("Population"), "number"),
        "shown": (_("On the map"), ""),
    }
    found = []
    for name, (label, css) in labels.items():
        is_down = ordering == f"-{name}"
        turned = name if is_down or ordering != name else f"-{name}"
        direction = {name: "ascending", f"-{name}": "descending"}.get(ordering, "")
        url = address("map-table", query, choice, order=turned)
        found.append(Column(label, url, direction, css))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: what the map shows of it. `earlier`: the squares of the earlier day, if compared."""

    name: str
    usps: str
    url: str
    population: str
    css: str
    label: str
    mark: Mark
    earlier: tuple


def table_rows(
    found: Iterable[CountyShown], legend: Iterable[Step], query: Query, choice: Choice
) -> tuple[Row, ...]:
    labels = {step.key: step.label for step in legend}
    is_change = query.lens.kind == Kind.CHANGE
    return tuple(
        Row(
            row.county.name,
            row.county.state_id,
            choice.url("county", row.county.state_id.lower(), row.county.slug),
            "" if row.county.population is None else f"{row.county.population:,}",
            row.shown.css or "u",
            labels[row.shown.step],
            mark(row.now),
            squares(row.before) if is_change else (),
        )
        for row in found
    )


def csv_columns(legend: Iterable[Step], query: Query) -> dict[str, Callable[[CountyShown], object]]:
    """The columns of the file, named in English like those of the API, and what stands in each."""
    meanings = {step.key: step.meaning for step in legend}
    found: dict[str, Callable[[CountyShown], object]] = {
        "fips": lambda row: row.county.pk,
        "county": lambda row: row.county.name,
        "state": lambda row: row.county.state_id,
        "population": lambda row: row.county.population,
        "shown": lambda row: row.shown.step,
        "shown_in_words": lambda row: meanings[row.shown.step],
        "score": lambda row: row.now.score.value,
        "at_least": lambda row: row.now.score.at_least,
        "factors_known": lambda row: row.now.score.known,
    }
    for factor in FACTORS:
        found[factor.value] = lambda row, factor=factor: row.now.answer(factor).value
    if query.lens.kind == Kind.CHANGE:
        for factor in FACTORS:
            name = f"{factor.value}_before"
            found[name] = lambda row, factor=factor: row.before.answer(factor).value
    return found

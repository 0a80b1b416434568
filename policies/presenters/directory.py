"""The directory: rows of scored counties, what was asked for, and how to ask for other rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _

from counties.state_codes import STATES
from policies.filters import ANSWERS, SCORES, STATUSES, ScoredCounty
from policies.lens import SCORE_CLASSES
from policies.models import FactorChoices
from policies.presenters.choice import Choice
from policies.presenters.marks import Mark, Square, mark, pattern_squares
from policies.presenters.sorting import Column, Heading, columns, with_query
from policies.rubric import Status

PAGE_SIZE = 50
_STATUS_CLASSES = {Status.COMPLETE: "", Status.PARTIAL: "p", Status.UNKNOWN: "u"}


@dataclass(frozen=True, slots=True)
class CountyRow:
    name: str
    usps: str
    url: str
    state_url: str
    population: str
    mark: Mark
    stale: bool


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool
    css: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The filters as they stand, to be printed as plain controls."""

    q: str
    score_min: str
    score_max: str
    population_min: str
    population_max: str
    changed_since: str
    states: tuple[Option, ...]
    scores: tuple[Option, ...]
    statuses: tuple[Option, ...]
    factors: tuple[Option, ...]
    answers: tuple[Option, ...]
    #: Filters without a control of their own, carried on as they are.
    hidden: tuple[tuple[str, str], ...]
    is_filtered: bool
    #: Seven squares, where counties of one pattern are asked for.
    pattern: tuple[Square, ...]
    without_pattern: str

    @property
    def some_states(self) -> int:
        """How many states are chosen."""
        return sum(option.chosen for option in self.states)


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    total: int
    heading: str
    rows: tuple[CountyRow, ...]
    columns: tuple[Column, ...]
    form: Form
    page: Page
    first_url: str
    previous_url: str
    next_url: str
    csv_url: str

    @property
    def total_text(self) -> str:
        return f"{self.total:,}"


_TEXT_FILTERS = (
    *("q", "score_min", "score_max", "population_min", "population_max", "changed_since"),
)
_CONTROLS = {*_TEXT_FILTERS, "state", "score", "status", "factor", "answer"}


def directory_page(page: Page, total: int, query: QueryDict, choice: Choice) -> DirectoryPage:
    form = _form(query)
    return DirectoryPage(
        total=total,
        heading=_heading(total, form),
        rows=tuple(county_row(row, choice) for row in page.object_list),
        columns=columns(_headings(), query, "state"),
        form=form,
        page=page,
        first_url=with_query(query, page=None),
        previous_url=with_query(query, page=page.previous_page_number())
        if page.has_previous()
        else "",
        next_url=with_query(query, page=page.next_page_number()) if page.has_next() else "",
        csv_url="/api/v1/counties/" + with_query(query, page=None, palette=None, format="csv"),
    )


def county_row(row: ScoredCounty, choice: Choice) -> CountyRow:
    county = row.county
    return CountyRow(
        name=county.name,
        usps=county.state_id,
        url=choice.url("county", county.state_id.lower(), county.slug),
        state_url=choice.url("state", county.state_id.lower()),
        population="" if county.population is None else f"{county.population:,}",
        mark=mark(row.assessment),
        stale=row.assessment.stale,
    )


def _heading(total: int, form: Form) -> str:
    states = [option.label for option in form.states if option.chosen]
    if len(states) == 1:
        return _("Counties of %(state)s") % {"state": states[0]}
    return _("Counties that fit") if form.is_filtered else _("All counties")


def _headings() -> tuple[Heading, ...]:
    return (
        Heading("name", _("County")),
        Heading("state", _("State")),
        Heading("population", _("Population"), "number"),
        Heading("score", _("Score"), "score"),
    )


def _form(query: QueryDict) -> Form:
    def options(name: str, choices: Sequence[tuple[str, object]], css=lambda value: ""):
        chosen = query.getlist(name)
        return tuple(Option(v, str(label), v in chosen, css(v)) for v, label in choices)

    states = sorted(STATES.values(), key=lambda item: item[1])
    hidden = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in _CONTROLS and name not in ("page",) and value
    ]
    return Form(
        **{name: query.get(name, "") for name in _TEXT_FILTERS},
        states=options("state", states),
        scores=options("score", SCORES, lambda value: SCORE_CLASSES[int(value)]),
        statuses=options("status", STATUSES, lambda value: _STATUS_CLASSES[Status(value)]),
        factors=options("factor", FactorChoices.choices),
        answers=options("answer", ANSWERS),
        hidden=tuple(hidden),
        is_filtered=any(query.get(name) for name in (*_CONTROLS, "pattern")),
        pattern=pattern_squares(query.get("pattern", "")),
        without_pattern=with_query(query, pattern=None, page=None),
    )

"""A county with what is known of it on a day, and the orders in which such rows are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counties.models import County
from policies.assessments import Assessment
from policies.rubric import Status


@dataclass(frozen=True, slots=True)
class ScoredCounty:
    """A county with its assessment: a row of the directory and of the API."""

    county: County
    assessment: Assessment


ORDERINGS: dict[str, Callable[[ScoredCounty], object]] = {
    "name": lambda row: (row.county.name, row.county.state_id),
    "state": lambda row: (row.county.state_id, row.county.name),
    "population": lambda row: row.county.population or 0,
    "score": lambda row: row.assessment.score.at_least,
    "fips": lambda row: row.county.pk,
}
#: What is known only in part, or not at all, comes last in both directions: it is no low number.
LAST: dict[str, Callable[[ScoredCounty], int]] = {
    "population": lambda row: row.county.population is None,
    "score": lambda row: list(Status).index(row.assessment.score.status),
}


def in_order(rows: list[ScoredCounty], ordering: str) -> list[ScoredCounty]:
    """Sorted by one of ORDERINGS, descending after a minus sign. Pure."""
    name = ordering.lstrip("-")
    rows = sorted(rows, key=ORDERINGS[name], reverse=ordering.startswith("-"))
    return sorted(rows, key=LAST[name]) if name in LAST else rows

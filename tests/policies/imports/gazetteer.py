"""The counties that we ship, as the pure modules of imports know them, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counties.fips import Change
from counties.names import build_index
from policies.imports.context import Context, Gazetteer
from tests.counties.data import ALIASES, CHANGES, COUNTIES, STATES


def _changes() -> dict[str, list[Change]]:
    changes: dict[str, list[Change]] = {}
    for row in CHANGES:
        changes.setdefault(row["old_fips"], []).append(
            {
                "county": row["fips"],
                "certain": row["certain"] == "1",
                "explanation": row["explanation"],
            }
        )
    return changes


GAZETTEER = Gazetteer(
    names=build_index(
        [(c["fips"], c["state"], c["name"], c["kind"] == "independent_city") for c in COUNTIES],
        [(alias["fips"], alias["name"]) for alias in ALIASES],
    ),
    known=frozenset(county["fips"] for county in COUNTIES),
    changes=_changes(),
    county_names={county["fips"]: county["name"] for county in COUNTIES},
    unified_jails={
        state["usps"]: state["jail_authority"] for state in STATES if state["jail_authority"]
    },
)


def context(
    as_of: str = "2019-09-30",
    today: str = "2026-06-01",
    choices: Mapping[tuple[str, str], str] | None = None,
) -> Context:
    """What a file of that day meets; `choices` are those a person made before."""
    return Context(date.fromisoformat(as_of), date.fromisoformat(today), GAZETTEER, choices or {})

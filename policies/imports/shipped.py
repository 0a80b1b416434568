"""The gazetteer of the reference files that ship, without a database: for scripts and tests. Pure.

The running system reads its gazetteer from the database, where staff may have added names.
"""

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import counties
from counties.fips import Change
from counties.names import build_index
from policies.imports.context import Gazetteer

_DATA = Path(counties.__file__).resolve().parent / "data"


@lru_cache(maxsize=1)
def shipped_gazetteer() -> Gazetteer:
    """All 3,143 counties with their names, other names and changed codes."""
    rows = _rows("counties.csv")
    index = build_index(
        ((r["fips"], r["state"], r["name"], r["kind"] == "independent_city") for r in rows),
        ((row["fips"], row["name"]) for row in _rows("aliases.csv")),
    )
    changes: dict[str, list[Change]] = defaultdict(list)
    for row in _rows("fips_changes.csv"):
        certain = row["certain"] == "1"
        changes[row["old_fips"]].append(
            {"county": row["fips"], "certain": certain, "explanation": row["explanation"]}
        )
    return Gazetteer(
        names=index,
        known=frozenset(row["fips"] for row in rows),
        changes=changes,
        county_names={row["fips"]: row["name"] for row in rows},
        unified_jails={
            row["usps"]: row["jail_authority"]
            for row in _rows("states.csv")
            if row["unified_jail"] == "1"
        },
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))

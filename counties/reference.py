"""Load `counties/data/*.csv` into the database: states, counties, other names, changed codes.

Compares first and writes only differences, so loading again is quick and changes nothing.
States and counties are never deleted, and other names that staff added stay.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from counties.models import County, CountyAlias, FipsChange, State
from counties.names import name_key

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Loaded:
    """What loading did to one table."""

    label: str
    created: int
    updated: int
    unchanged: int
    deleted: int = 0


@transaction.atomic
def load_reference() -> list[Loaded]:
    """Bring the reference tables in line with the shipped files."""
    return [
        _sync(State, list(_states()), key=["usps"]),
        _sync(County, list(_counties()), key=["fips"]),
        _sync(CountyAlias, list(_aliases()), key=["county_id", "key"]),
        # Unlike names, a code must not keep a meaning that was found to be wrong.
        _sync(FipsChange, list(_changes()), key=["old_fips", "county_id"], delete_missing=True),
    ]


def _sync(
    model: type[models.Model], rows: list[dict], *, key: list[str], delete_missing: bool = False
) -> Loaded:
    """Insert new rows and update changed ones; columns not in `rows` are left alone."""
    columns = list(rows[0])
    stored = {tuple(row[name] for name in key): row for row in model.objects.values("pk", *columns)}
    created, updated = [], []
    for row in rows:
        old = stored.pop(tuple(row[name] for name in key), None)
        if old is None:
            created.append(model(**row))
        elif any(old[name] != row[name] for name in columns):
            updated.append(model(pk=old["pk"], **row))
    deleted = [old["pk"] for old in stored.values()] if delete_missing else []
    if deleted:
        model.objects.filter(pk__in=deleted).delete()
    if updated:
        primary = model._meta.pk.attname
        model.objects.bulk_update(updated, [name for name in columns if name != primary])
    if created:
        model.objects.bulk_create(created)
    unchanged = len(rows) - len(created) - len(updated)
    label = str(model._meta.verbose_name_plural)
    return Loaded(label, len(created), len(updated), unchanged, len(deleted))


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _states() -> Iterator[dict]:
    for row in _read("states.csv"):
        yield {**row, "unified_jail": row["unified_jail"] == "1"}


def _counties() -> Iterator[dict]:
    for row in _read("counties.csv"):
        in_2019 = int(row["pop2019"]) if row["pop2019"] else None
        in_2023 = int(row["pop2023"]) if row["pop2023"] else None
        year = 2023 if in_2023 is not None else 2019 if in_2019 is not None else None
        yield {
            "fips": row["fips"],
            "state_id": row["state"],
            "name": row["name"],
            "short_name": row["short_name"],
            "slug": row["slug"],
            "kind": row["kind"],
            "population_2019": in_2019,
            "population_2023": in_2023,
            "population": in_2019 if in_2023 is None else in_2023,
            "population_year": year,
            "latitude": float(row["lat"]),
            "longitude": float(row["lon"]),
        }


def _aliases() -> Iterator[dict]:
    for row in _read("aliases.csv"):
        yield {
            "county_id": row["fips"],
            "name": row["name"],
            "key": name_key(row["name"]),
            "note": row["note"],
        }


def _changes() -> Iterator[dict]:
    for row in _read("fips_changes.csv"):
        yield {
            "old_fips": row["old_fips"],
            "county_id": row["fips"],
            "kind": row["kind"],
            "certain": row["certain"] == "1",
            "changed_on": row["changed_on"],
            "explanation": row["explanation"],
        }

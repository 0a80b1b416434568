#!/usr/bin/env python
"""Compiles `policies/baseline/agreements_287g.csv` from ICE's spreadsheets, with our own reader.

    python scripts/build_ice_lists.py 2025-02-21=FILE 2025-07-18=FILE 2026-05-18=FILE

Each list must be described in `policies/baseline/ice_lists.toml`. Questions that it prints are to
be answered in `policies/baseline/agency_choices.toml`; then run it again. One row of the result is
one agreement as listed: state, agency, what it is and where, model, signing date, and on which row
of which list it stands. A name or date that differs between lists gives a row for each.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from policies.imports import headings, reading  # noqa: E402
from policies.imports.agreement_plan import DatedList, derive, rename_findings  # noqa: E402
from policies.imports.context import Context  # noqa: E402
from policies.imports.facts import Entry, Reading  # noqa: E402
from policies.imports.kinds import ice_287g  # noqa: E402
from policies.imports.shipped import shipped_gazetteer  # noqa: E402
from policies.imports.tables import Severity, Table  # noqa: E402

BASELINE = ROOT / "policies" / "baseline"
FIELDS = (
    *("state", "agency", "agency_type", "fips", "type_as_listed", "model", "signed_on"),
    *("url", "addendum_url"),
)


def main(arguments: list[str]) -> int:
    files = {day: Path(name) for day, name in (argument.split("=", 1) for argument in arguments)}
    described = {one["date"]: one for one in _toml("ice_lists")["list"] if one["kind"] == "287g"}
    if files.keys() != described.keys():
        print(f"Give a file for each of {', '.join(described)}.", file=sys.stderr)
        return 2
    choices, readings = remembered_choices(), {}
    for day, path in sorted(files.items()):
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != described[day]["sha256"]:
            print(f"{path}: another SHA-256 than ice_lists.toml says.", file=sys.stderr)
            return 2
        table = headings.find_table(reading.read_workbook(data, path.name), ice_287g.COLUMNS)
        readings[day] = read(table, day, choices)
    questions = open_questions(readings, choices)
    print("\n".join(questions), file=sys.stderr)
    write(readings)
    return 1 if questions else 0


def read(table: Table, day: str, choices: dict[tuple[str, str], str]) -> Reading:
    """One list, read as the product reads it."""
    on = date.fromisoformat(day)
    return ice_287g.read(table, Context(on, on, shipped_gazetteer(), choices))


def open_questions(readings: dict[str, Reading], choices: dict[tuple[str, str], str]) -> list[str]:
    found = [
        f"{day}, row {one.row}: {one.message} {', '.join(one.suggestions)}"
        for day, read in readings.items()
        for one in read.findings
        if one.severity != Severity.WARNING
    ]
    lists = [DatedList(day, date.fromisoformat(day), r.entries) for day, r in readings.items()]
    renames = derive(lists, choices).renames
    for one in lists:
        newer = [rename for rename in renames if rename.new_on == one.list_date]
        found += [f"{one.id}, row {f.row}: {f.message}" for f in rename_findings(newer, one)]
    return found


def write(readings: dict[str, Reading]) -> None:
    """The table of agreements as listed, in the order of states and agencies."""
    days = sorted(readings)
    listed: dict[tuple[str, ...], dict[str, str]] = {}
    for day in days:
        for entry in readings[day].entries:
            row = listed.setdefault(_identity(entry), {})
            # The newest list that gives an address or a type is the one to go by.
            row |= {name: text for name, text in _values(entry) if text}
            row[f"row {day}"] = str(entry.row)
    columns = [*FIELDS, *(f"row {day}" for day in days)]
    with (BASELINE / "agreements_287g.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed[key] for key in sorted(listed))


def _identity(entry: Entry) -> tuple[str, ...]:
    signed = entry.signed_on.isoformat() if entry.signed_on else ""
    where = " ".join(entry.fips)
    return (entry.usps, entry.agency, entry.model, signed, entry.agency_type, where)


def _values(entry: Entry) -> Iterable[tuple[str, str]]:
    yield "state", entry.usps
    yield "agency", entry.agency
    yield "agency_type", entry.agency_type
    yield "fips", " ".join(entry.fips)
    yield "type_as_listed", entry.type_as_listed
    yield "model", entry.model
    yield "signed_on", entry.signed_on.isoformat() if entry.signed_on else ""
    yield "url", entry.url
    yield "addendum_url", entry.addendum_url


def remembered_choices() -> dict[tuple[str, str], str]:
    file = _toml("agency_choices")
    return {
        (scope, one["key"]): one["value"] for scope in ("agency", "rename") for one in file[scope]
    }


def _toml(name: str) -> dict:
    return tomllib.loads((BASELINE / f"{name}.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Compile policies/baseline/detention_contracts_2017.csv from ICE's facility list, with our import.

    python scripts/build_facility_list.py ICE_Facility_List_11-06-2017-web.xlsx

Writes every active contract, deciding or not, and prints the figures and what is still a question.
The answers to such questions are in policies/baseline/facility_choices.toml, what the list is in
policies/baseline/ice_lists.toml.
"""

import argparse
import csv
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "policies" / "baseline"
sys.path.insert(0, str(ROOT))

from policies.imports.context import Context  # noqa: E402
from policies.imports.facts import Entry  # noqa: E402
from policies.imports.headings import find_table  # noqa: E402
from policies.imports.kinds import ice_detention  # noqa: E402
from policies.imports.reading import read_workbook  # noqa: E402
from policies.imports.shipped import shipped_gazetteer  # noqa: E402
from policies.imports.tables import Severity  # noqa: E402

COLUMNS = ["code", "state", "agency", "city", "zip_code", "agency_type", "fips", "model"]
COLUMNS += ["type_as_listed", "population", "operator", "owner", "county_as_listed", "note"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    data = options.file.read_bytes()
    [described] = [one for one in _toml("ice_lists")["list"] if one["kind"] == "detention"]
    if hashlib.sha256(data).hexdigest() != described["sha256"]:
        sys.exit(f"{options.file} has another SHA-256 than ice_lists.toml says.")
    list_date = date.fromisoformat(described["date"])
    choices = _toml("facility_choices")["facility"]
    remembered = {("facility", one["key"]): one["value"] for one in choices}
    sheets = read_workbook(data, options.file.name)
    table = find_table(sheets, ice_detention.COLUMNS)
    context = Context(list_date, list_date, shipped_gazetteer(), remembered)
    reading = ice_detention.read(table, context)
    questions = [one for one in reading.findings if one.severity is not Severity.WARNING]
    for finding in questions:
        print(f"Row {finding.row}: {finding.message}", file=sys.stderr)
    if questions:
        sys.exit("Nothing written: answer these in facility_choices.toml first.")
    write(reading.entries, list_date)
    print(json.dumps(reading.figures, indent=1))


def write(entries: Iterable[Entry], list_date: date) -> None:
    rows = sorted(entries, key=lambda entry: (entry.usps, entry.agency, entry.code))
    with open(BASELINE / "detention_contracts_2017.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, f"row {list_date}"])
        writer.writerows(_cells(entry) for entry in rows)


def _cells(entry: Entry) -> list[object]:
    return [
        *(entry.code, entry.usps, entry.agency, entry.city, entry.zip_code),
        *(entry.agency_type, " ".join(entry.fips), entry.model, entry.type_as_listed),
        *(round(entry.population or 0, 2), entry.operator, entry.owner, entry.county_as_listed),
        *(entry.note, entry.row),
    ]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((BASELINE / f"{name}.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

"""Compile policies/baseline/detention_contracts_2017.csv from ICE's facility list, with our import.

    python scripts/build_facility_list.py ICE_Facility_List_11-06-2017-web.xlsx

Writes every active contract, deciding or not, and prints the figures and what is still a question.
The answers to such questions are in policies/baseline/facility_choices.toml.
"""

import argparse
import csv
import json
import sys
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

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

COLUMNS = ["code", "facility", "city", "state", "zip", "agency_type", "fips", "contract"]
COLUMNS += ["type_as_listed", "population_fy17", "operator", "owner", "county_as_listed"]
COLUMNS += ["sheet", "row", "note"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    choices = tomllib.loads((BASELINE / "facility_choices.toml").read_text(encoding="utf-8"))
    list_date = date.fromisoformat(choices["list"]["date"])
    remembered = {("facility", one["code"]): ",".join(one["fips"]) for one in choices["choice"]}
    sheets = read_workbook(options.file.read_bytes(), options.file.name)
    table = find_table(sheets, ice_detention.COLUMNS)
    context = Context(list_date, date.today(), shipped_gazetteer(), remembered)  # noqa: DTZ011
    reading = ice_detention.read(table, context)
    questions = [one for one in reading.findings if one.severity is not Severity.WARNING]
    for finding in questions:
        print(f"Row {finding.row}: {finding.message}", file=sys.stderr)
    if questions:
        sys.exit("Nothing written: answer these in facility_choices.toml first.")
    write(entry for entry in reading.entries if entry.active)
    print(json.dumps(reading.figures, indent=1))


def write(entries: Iterable[Entry]) -> None:
    rows = sorted(entries, key=lambda entry: (entry.usps, entry.agency, entry.code))
    with open(BASELINE / "detention_contracts_2017.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(entry) for entry in rows)


def _cells(entry: Entry) -> list[object]:
    return [
        *(entry.code, entry.agency, entry.city, entry.usps, entry.zip_code),
        *(entry.agency_type, " ".join(entry.fips), entry.model, entry.type_as_listed),
        *(round(entry.population or 0, 2), entry.operator, entry.owner, entry.county_as_listed),
        *(entry.sheet, entry.row, entry.note),
    ]


if __name__ == "__main__":
    main()

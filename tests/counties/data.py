"""The shipped files, read plainly, for tests that look at the data itself."""

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "counties" / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATES = rows("states.csv")
COUNTIES = rows("counties.csv")
ALIASES = rows("aliases.csv")
CHANGES = rows("fips_changes.csv")

"""Which counties touch which. Reads our file once; no database. Origin: counties/data/README.md."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent / "data" / "neighbours.csv"


def neighbours_of(fips: str) -> tuple[str, ...]:
    """FIPS codes of the counties that share a border with this one, the longest border first.

    Empty for an island. A border may lie in water.
    """
    return _table().get(fips, ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    with open(_FILE, newline="", encoding="utf-8") as file:
        return {row["fips"]: tuple(row["neighbours"].split()) for row in csv.DictReader(file)}

"""Write counties/static/counties/zips.json and towns.json, the look-ups that a browser does itself,
from counties/data/zips.csv and neighbours.csv:

    python scripts/build_places.py

Counties are positions in the order of their FIPS codes, as in the map's index. Numbers are steps
from the one before, which pack small. counties/data/README.md describes both files.
"""

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "counties" / "data"
OUTPUT = ROOT / "counties" / "static" / "counties"
sys.path.insert(0, str(ROOT))

from counties.neighbours import neighbours_of  # noqa: E402
from counties.shapes import county_paths  # noqa: E402

Rows = list[dict[str, str]]


def main() -> None:
    with open(DATA / "zips.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    write("zips.json", zips(rows))
    write("towns.json", towns(rows))


def zips(rows: Rows) -> dict[str, list]:
    """`zips`: steps between ZIP codes. `counties`: for each, its first county as a step from the
    first of the ZIP before, then the others as steps from the first; a bare number for one county.
    `near`: for each county, its neighbours as steps from itself, the longest border first."""
    at = positions()
    codes = [int(row["zip"]) for row in rows]
    found: list[int | list[int]] = []
    last = 0
    for row in rows:
        first, *others = (at[fips] for fips in row["fips"].split())
        step = first - last
        found.append([step, *(other - first for other in others)] if others else step)
        last = first
    near = [[at[other] - here for other in neighbours_of(fips)] for fips, here in at.items()]
    return {"zips": [b - a for a, b in pairwise([0, *codes])], "counties": found, "near": near}


def towns(rows: Rows) -> list[list]:
    """[name, county, others as steps from it] for each town of a post office in each state, by
    name; a town that reaches into two states is two."""
    at = positions()
    of: dict[tuple[str, str], dict[int, None]] = {}
    for row in rows:
        for fips in row["fips"].split() if row["city"] else ():
            of.setdefault((row["city"], fips[:2]), {})[at[fips]] = None
    found = []
    for (name, _state), places in sorted(of.items()):
        first, *others = places
        found.append([name, first, *(other - first for other in others)])
    return found


def positions() -> dict[str, int]:
    return {fips: at for at, fips in enumerate(county_paths())}


def write(name: str, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (OUTPUT / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

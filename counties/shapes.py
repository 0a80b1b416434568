"""The map's outlines: SVG paths on a canvas of 975 x 610, Alaska and Hawaii inset. Pure.

Coordinates are whole pixels and every command is relative: `m`, pairs that are lines, `z`.
Read once per process from `counties/data/shapes.json`; origin and licence are in the README
beside it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from counties.state_codes import STATES

SHAPES = Path(__file__).resolve().parent / "data" / "shapes.json"
WIDTH, HEIGHT = 975, 610

_MARGIN = 2
_FIPS_OF = {usps: fips for fips, (usps, _name) in STATES.items()}


class Shapes(TypedDict):
    """What the shapes file holds."""

    width: int
    height: int
    counties: dict[str, str]
    state_borders: str


def county_paths() -> dict[str, str]:
    """FIPS code -> `d` attribute of the county's path, in order of FIPS code. Not to be changed.

    Draw them in this order: the boxes that stand for tiny cities lie on top of their neighbours.
    """
    return _shapes()["counties"]


def state_borders() -> str:
    """The `d` attribute of one open path with every line between two states."""
    return _shapes()["state_borders"]


@cache
def state_viewbox(usps: str) -> tuple[int, int, int, int]:
    """(x, y, width, height) of the part of the canvas that holds a state, with a small margin.

    KeyError for a place that is not on the map. Alaska's begins left of the canvas: the whole
    map cuts off its westernmost islands.
    """
    fips = _FIPS_OF[usps]
    points = [
        point
        for county, path in county_paths().items()
        if county.startswith(fips)
        for point in path_points(path)
    ]
    left, top = min(x for x, _y in points) - _MARGIN, min(y for _x, y in points) - _MARGIN
    right, bottom = max(x for x, _y in points) + _MARGIN, max(y for _x, y in points) + _MARGIN
    return left, top, right - left, bottom - top


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


@cache
def _shapes() -> Shapes:
    return cast(Shapes, json.loads(SHAPES.read_text(encoding="utf-8")))

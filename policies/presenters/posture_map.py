"""The map of state law: 51 states with their letters, the small ones again in a column at sea."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counties import shapes
from policies.presenters.states import Posture, StateRow

#: Too small for their letters. In the column from north to south.
SMALL = ("VT", "NH", "MA", "RI", "CT", "NJ", "DE", "MD", "DC")
COLUMN_X, COLUMN_Y, STEP = 918, 236, 21
#: Where the middle of a state is no good place for its letters: how far they are moved.
_MOVED = {
    **{"AK": (-4, -6), "CA": (-8, 0), "FL": (14, 0), "HI": (10, -12), "ID": (-2, 18)},
    **{"KY": (6, 2), "LA": (-10, 2), "MI": (14, 24), "NY": (4, 2), "OK": (10, 0)},
    **{"VA": (6, 4), "WV": (-4, 2), "MN": (-6, 0), "NC": (6, 0), "WA": (4, 0)},
}


@dataclass(frozen=True, slots=True)
class DrawnState:
    usps: str
    name: str
    url: str
    posture: Posture
    path: str
    #: Where its letters stand; for a small state, in the column.
    x: int
    y: int
    is_small: bool


@dataclass(frozen=True, slots=True)
class PostureMap:
    states: tuple[DrawnState, ...]
    width: int = shapes.WIDTH
    height: int = shapes.HEIGHT


def posture_map(states: Mapping[str, tuple[Posture, StateRow]]) -> PostureMap:
    """`states`: posture and row of each, by postal abbreviation."""
    return PostureMap(tuple(_drawn(usps, *states[usps]) for usps in states))


def _drawn(usps: str, posture: Posture, row: StateRow) -> DrawnState:
    path = shapes.state_paths()[usps]
    small = usps in SMALL
    x, y = (COLUMN_X, COLUMN_Y + STEP * SMALL.index(usps)) if small else _middle(usps, path)
    return DrawnState(usps, row.name, row.url, posture, path, x, y, small)


def _middle(usps: str, path: str) -> tuple[int, int]:
    """The centre of gravity of the largest piece, moved by hand where that looks wrong."""
    ring = max(_rings(path), key=lambda points: abs(_area(points)))
    following = [*ring[1:], ring[0]]
    double = 2 * _area(ring)
    x = sum((a[0] + b[0]) * _cross(a, b) for a, b in zip(ring, following, strict=True))
    y = sum((a[1] + b[1]) * _cross(a, b) for a, b in zip(ring, following, strict=True))
    dx, dy = _MOVED.get(usps, (0, 0))
    return round(x / (3 * double)) + dx, round(y / (3 * double)) + dy


def _rings(path: str) -> list[list[tuple[int, int]]]:
    points, rings, start = shapes.path_points(path), [], 0
    for ring in path.split("z")[:-1]:
        length = len(shapes.path_points(ring + "z"))
        rings.append(points[start : start + length])
        start += length
    return rings


def _cross(a: tuple[int, int], b: tuple[int, int]) -> int:
    return a[0] * b[1] - b[0] * a[1]


def _area(ring: list[tuple[int, int]]) -> float:
    return sum(_cross(a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2

"""Reads the map as its script does: which county is drawn how, from the page as it is sent."""

from __future__ import annotations

import re

from counties.shapes import county_paths

_START = re.compile(r"m(-?\d+) ?(-?\d+)")


def counties_drawn(html: str) -> dict[str, tuple[str, str]]:
    """FIPS code -> (class, `d` of a path of its own). Fails unless every shape is some county's."""
    paths = html[html.index('<g id="counties">') : html.index('<path class="borders"')]
    pieces = [
        [(css, d) for d in _cut(joined)]
        for css, joined in re.findall(r'<path(?: class=(\w+))? d="([^"]+)"/>', paths)
    ]
    members = re.findall("..", re.search(r'data-members="(\w+)"', html)[1])
    drawn = {
        fips: pieces[int(path, 36)].pop(0)
        for fips, path in zip(county_paths(), members, strict=True)
    }
    assert not any(pieces)
    return drawn


def _cut(joined: str) -> list[str]:
    x = y = 0
    found = []
    for piece in joined.removesuffix("Z").split("Z"):
        starts = []
        for across, down in _START.findall(piece):
            x, y = x + int(across), y + int(down)
            starts.append((x, y))
        left, top = starts[0]
        rest = piece[_START.match(piece).end() :]
        found.append(f"m{left}{top if top < 0 else f' {top}'}{rest}z")
    return found

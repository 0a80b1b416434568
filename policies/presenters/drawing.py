"""How the map draws 3,143 counties with some eighty paths.

A browser spends longer on the style and layout of 3,143 elements than on the rest of the page. So
the counties of one class in one part of the map are one path, and the page's script cuts these
into a path for each county once the map is there to be seen (policies/static/policies/map.js).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from counties import shapes

_BARE = re.compile(r"class=(\w+)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_CLASS = "~"  # after all classes: the outlines of unknown counties are drawn on their neighbours


@dataclass(frozen=True, slots=True)
class Drawing:
    """`members`: for every county, in order of FIPS codes, which path it is in (base 36, 2 digits).

    Within a path counties keep that order, so that this is enough to find each of them.
    """

    paths: SafeString
    members: str

    @property
    def xml(self) -> SafeString:
        """The paths as a file of their own has to write them: with every value in quotes."""
        return mark_safe(_BARE.sub(r'class="\1"', self.paths))  # noqa: S308


def draw(classes: Mapping[str, str]) -> Drawing:
    """`classes`: FIPS code -> CSS class, empty or missing if nothing is known.

    One path for each class in each strip of the map; last, the tiny counties, which lie on their
    neighbours.
    """
    tiny, strips = shapes.tiny_counties(), shapes.strips()
    groups: dict[tuple[bool, int, str], list[str]] = defaultdict(list)
    for fips in shapes.county_paths():
        strip = 0 if fips in tiny else strips[fips]
        groups[fips in tiny, strip, classes.get(fips) or _NO_CLASS].append(fips)
    paths, path_of = [], {}
    for number, ((_is_tiny, _strip, css), codes) in enumerate(sorted(groups.items())):
        d = shapes.joined(codes)
        paths.append(f'<path d="{d}"/>' if css == _NO_CLASS else f'<path class={css} d="{d}"/>')
        path_of |= dict.fromkeys(codes, _DIGITS[number // 36] + _DIGITS[number % 36])
    members = "".join(path_of[fips] for fips in shapes.county_paths())
    return Drawing(mark_safe("".join(paths)), members)  # noqa: S308  our own shapes and letters


def dots(codes: Iterable[str]) -> str:
    """The `d` attribute of one path with a dot, drawn by its round line ends, on each county."""
    return "".join("M{:g} {:g}h0".format(*shapes.centre(fips)) for fips in codes)

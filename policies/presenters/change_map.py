"""The map of what changed between two days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from counties import shapes
from policies.comparison import CountyChange
from policies.presenters.change_words import MAP_CLASSES
from policies.presenters.drawing import draw


@dataclass(frozen=True, slots=True)
class ChangeMap:
    paths: SafeString
    viewbox: str
    borders: str


def change_map(rows: Iterable[CountyChange], state: str) -> ChangeMap:
    """Of the country, or of the state (postal abbreviation) that the rows are of."""
    classes = {row.fips: MAP_CLASSES.get(row.direction, "") for row in rows}
    if not state:
        viewbox = f"0 0 {shapes.WIDTH} {shapes.HEIGHT}"
        return ChangeMap(draw(classes).paths, viewbox, shapes.state_borders())
    groups: dict[str, list[str]] = defaultdict(list)
    for fips in shapes.county_paths():
        if fips in classes:
            groups[classes[fips]].append(fips)
    paths = "".join(
        f'<path class="{css}" d="{shapes.joined(codes)}"/>' for css, codes in sorted(groups.items())
    )
    viewbox = " ".join(map(str, shapes.state_viewbox(state)))
    return ChangeMap(mark_safe(paths), viewbox, "")  # noqa: S308  our own shapes and letters

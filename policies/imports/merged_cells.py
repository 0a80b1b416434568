"""Cells merged over several rows: their value is that of each of these rows. Pure.

Only downwards: what is merged over several columns is a banner, and its words are no headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from policies.imports.tables import CellValue

#: First and last cell, each as (row, column) from 0.
Range = tuple[tuple[int, int], tuple[int, int]]


def spread_down(
    rows: Iterable[Sequence[CellValue]], merged: Iterable[Range]
) -> Iterable[Sequence[CellValue]]:
    """The rows from row 0 on, with the value of each merged cell in every row that it covers."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if bottom > top:
            starting.setdefault(top, []).append((left, bottom))
    return _spread(rows, starting) if starting else rows


def _spread(
    rows: Iterable[Sequence[CellValue]], starting: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[Sequence[CellValue]]:
    current: dict[int, tuple[int, CellValue]] = {}
    for number, row in enumerate(rows):
        cells = list(row)
        for column, (bottom, value) in list(current.items()):
            if number > bottom:
                del current[column]
            elif column < len(cells) and cells[column] in ("", None):
                cells[column] = value
        for column, bottom in starting.get(number, ()):
            if column < len(cells):
                current[column] = (bottom, cells[column])
        yield cells

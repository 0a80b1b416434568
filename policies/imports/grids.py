"""Rows as a reader yields them -> rows as we keep them: trimmed, harmless, within limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policies.imports.limits import Limits, refuse_area
from policies.imports.tables import CellValue

Cell = tuple[int, int]

#: Control characters, and those that turn the direction of writing: what is shown is then not
#: what is stored. Tabs and line breaks stay.
_UNWANTED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: Floats are exact up to here; a larger one is not a count or a code anyway.
_LARGEST_WHOLE = 1e15


def tidy(
    raw: Iterable[Sequence[CellValue]], sheet: str, limits: Limits
) -> tuple[list[Sequence[CellValue]], list[Cell]]:
    """(rows, cells that were stripped of unwanted characters).

    Empty cells at the end of rows and empty rows at the end are left out; positions stay. Whole
    numbers become int, as the spreadsheet program shows them. A cell is (row from 1, column from
    0).
    """
    rows: list[Sequence[CellValue]] = []
    stripped: list[Cell] = []
    texts: dict[str, str] = {}
    widest = blanks = 0
    for number, given in enumerate(raw, start=1):
        width = _width(given)
        if not width:
            blanks += 1
            continue
        if blanks:
            refuse_area(sheet, number, width, limits)
            rows.extend([()] * blanks)
            blanks = 0
        if width > widest or number > limits.rows:
            widest = max(widest, width)
            refuse_area(sheet, number, widest, limits)
        rows.append(_clean(given, width, number, stripped, texts))
    return rows, stripped


def _width(row: Sequence[CellValue]) -> int:
    """The number of cells up to the last one that holds something."""
    width = len(row)
    while width and (row[width - 1] == "" or row[width - 1] is None):
        width -= 1
    return width


def _clean(
    row: Sequence[CellValue],
    width: int,
    number: int,
    stripped: list[Cell],
    texts: dict[str, str],
) -> list[CellValue]:
    """`texts`: those of the rows before; equal ones are kept once."""
    cells = list(row[:width])
    for index, value in enumerate(cells):
        if type(value) is str:
            cells[index] = texts.setdefault(value, value)
            if not value.isprintable() and _UNWANTED.search(value):
                cells[index] = _UNWANTED.sub("", value)
                stripped.append((number, index))
        elif type(value) is float and value.is_integer() and abs(value) < _LARGEST_WHOLE:
            cells[index] = int(value)
    return cells

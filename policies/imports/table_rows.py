"""The rows under a header: fields by name, blank rows left out, numbers kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from policies.imports.header_rows import has_content, heading_key
from policies.imports.tables import Finding, Row, Severity, Sheet

_NO_LINKS: Mapping[str, str] = {}


def rows_under(
    sheet: Sheet, header_row: int, placed: Mapping[str, int]
) -> tuple[Sequence[Row], list[Finding]]:
    """(rows of data, warnings about the header repeated among them).

    A row's values hold the fields of `placed` (field -> column from 0) whose cells are not empty.
    """
    header = sheet.rows[header_row - 1]
    keys = {index: heading_key(header[index]) for index in placed.values()}
    first = min(placed.values(), default=0)
    first_heading = str(header[first]).strip().casefold()
    numbers: list[int] = []
    repeated: list[Finding] = []
    for number, cells in enumerate(sheet.rows[header_row:], start=header_row + 1):
        if not has_content(cells):
            continue
        start = cells[first] if len(cells) > first else ""
        if (
            type(start) is str
            and start.strip().casefold() == first_heading
            and all(len(cells) > i and heading_key(cells[i]) == text for i, text in keys.items())
        ):
            repeated.append(_repeated(sheet, number))
            continue
        numbers.append(number)
    return _DataRows(sheet, numbers, placed), repeated


class _DataRows(Sequence[Row]):
    """The rows of these numbers, each made when it is asked for: all of them, beside the sheet's
    cells, would be the most memory that reading a file takes."""

    def __init__(self, sheet: Sheet, numbers: Sequence[int], placed: Mapping[str, int]):
        self._cells = sheet.rows
        self._numbers = numbers
        self._fields = list(placed.items())
        self._width = max(placed.values(), default=-1) + 1
        self._links = _links_by_row(sheet, placed)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._numbers)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(number) for number in self._numbers[index]]
        return self._row(self._numbers[index])

    def _row(self, number: int) -> Row:
        cells = self._cells[number - 1]
        if len(cells) >= self._width:
            values = {name: value for name, index in self._fields if (value := cells[index]) != ""}
        else:
            values = {
                name: value
                for name, index in self._fields
                if index < len(cells) and (value := cells[index]) != ""
            }
        return Row(number, values, self._links.get(number, _NO_LINKS))


def _links_by_row(sheet: Sheet, placed: Mapping[str, int]) -> dict[int, dict[str, str]]:
    names = {index: name for name, index in placed.items()}
    found: dict[int, dict[str, str]] = {}
    for (row, column), address in sheet.links.items():
        if column in names:
            found.setdefault(row, {})[names[column]] = address
    return found


def _repeated(sheet: Sheet, row: int) -> Finding:
    message = "The headings are repeated in this row; it was left out."
    return Finding(Severity.WARNING, "repeated_header", message, sheet.name, row)

"""The bad rows of a file, as a workbook to be mended and sent again through the same door."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from policies.import_plans import Received
from policies.imports import cells, headings, reading
from policies.imports.header_rows import heading_text
from policies.imports.neutral import neutral
from policies.imports.tables import ROW_HEADING, WRONG_HEADING, CellValue, Column, Sheet
from policies.spreadsheet_formats import fitting

TEXT = "@"  # Excel's format for text: it neither drops zeros nor guesses dates
BOLD = Font(bold=True)
WRONG = PatternFill("solid", fgColor="F6C9C4")
#: Excel is slow with more notes, and nobody reads them; the last column says all the same.
MOST_COMMENTS = 2_000
_NOT_IN_SHEET_NAMES = re.compile(r"[\\*?:/\[\]]")
_SIGNED_NUMBER = re.compile(r"[+-]\d+(\.\d+)?", re.ASCII)


def bad_rows(
    received: Received, columns: Sequence[Column], chosen: Mapping[str, str], report: Mapping
) -> bytes:
    """The rows of a file that have errors, as a workbook (XLSX).

    `columns` and `chosen`: as `find_table` takes them. The cell at fault is coloured, with what is
    wrong as its comment; the first column is the row's number in the file that was sent, the last
    says what is wrong. Raises FileError if the file cannot be read as it was.
    """
    sheets = reading.read_workbook(received.data, received.filename)
    table = headings.find_table(sheets, columns, sheet=received.sheet, chosen=chosen)
    source = next(one for one in sheets if one.name == table.sheet)
    titles, kept = _without_ours(source.rows[table.header_row - 1])
    by_row: dict[int, list[Mapping]] = defaultdict(list)
    for error in report["errors"]:
        if error["row"] is not None and error["sheet"] == table.sheet:
            by_row[error["row"]].append(error)
    book = Workbook(write_only=True)
    out = book.create_sheet(_sheet_name(table.sheet))
    out.freeze_panes = "B2"
    out.append([_bold(out, title) for title in (ROW_HEADING, *titles, WRONG_HEADING)])
    writer = _Writer(out, source, titles, kept)
    for number, found in sorted(by_row.items()):
        out.append(list(writer.row(number, found)))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _without_ours(header: Sequence[CellValue]) -> tuple[list[str], list[int]]:
    """(headings, their columns from 0), without those that an earlier workbook of ours added."""
    titles = [heading_text(value) for value in header]
    kept = [i for i, title in enumerate(titles) if title not in (ROW_HEADING, WRONG_HEADING)]
    return [titles[i] for i in kept], kept


def _sheet_name(name: str) -> str:
    """A name that Excel allows; other programs allow more."""
    return _NOT_IN_SHEET_NAMES.sub("-", name).strip("'")[:31] or _("Bad rows")


def _bold(out, title: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(out, _harmless(title))
    cell.font = BOLD
    return cell


class _Writer:
    """Makes rows of cells, a fixed effort each."""

    def __init__(self, out, source: Sheet, titles: Sequence[str], kept: Sequence[int]):
        self._out = out
        self._source = source
        self._kept = kept
        self._at: dict[str, int] = {}
        for position, title in enumerate(titles, start=1):
            self._at.setdefault(title, position)
        self._comments = 0

    def row(self, number: int, found: Sequence[Mapping]) -> Iterator[WriteOnlyCell]:
        values = self._source.rows[number - 1]
        said = "\n".join(
            f"{error['column']}: {error['message']}" if error["column"] else error["message"]
            for error in found
        )
        made = [self._cell(number)]
        for index in self._kept:
            cell = self._cell(_outgoing(values[index]) if index < len(values) else None)
            if link := self._source.links.get((number, index)):
                cell.hyperlink = link
            made.append(cell)
        made.append(self._cell(_harmless(said)))
        marks: dict[int, list[str]] = defaultdict(list)
        for error in found:
            hints = "".join(f"\n• {hint}" for hint in error["suggestions"])
            marks[self._at.get(error["column"], len(made) - 1)].append(f"{error['message']}{hints}")
        for position, words in marks.items():
            self._mark(made[position], "\n".join(words))
        yield from made

    def _cell(self, value: CellValue) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._out, value)
        if isinstance(value, str):
            cell.number_format = TEXT
        return cell

    def _mark(self, cell: WriteOnlyCell, words: str) -> None:
        cell.fill = WRONG
        if self._comments == MOST_COMMENTS:
            return
        self._comments += 1
        comment = Comment(cells.clean(words), _("Import"))
        comment.width, comment.height = 320, 140
        cell.comment = comment


def _harmless(text: str) -> str:
    return fitting(neutral(cells.clean(text)))


def _outgoing(value: CellValue) -> CellValue:
    """A value as it was; text as text that no program runs, but a signed number as a number."""
    if isinstance(value, datetime) and value.time() == time() and value.tzinfo is None:
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime) and value.year < 1900:
        return value.isoformat()  # Excel has no such day
    if not isinstance(value, str):
        return value
    text = value.strip()
    return float(text) if _SIGNED_NUMBER.fullmatch(text) else _harmless(value)

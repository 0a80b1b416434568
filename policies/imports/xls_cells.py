"""What the records of an old XLS workbook say that its reader must not be left to find. Pure.

The layout is published as [MS-XLS]. The reader makes room for as many cells and texts as a file
states, leaves out error cells and knows only one kind of encryption.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policies.imports.file_types import password_protected
from policies.imports.tables import FileError
from policies.imports.xls_texts import size_in_cells

_BOF = 0x0809
_FILEPASS = 0x002F  # what follows is encrypted
_BOUNDSHEET = 0x0085
_DIMENSIONS = 0x0200
_SHARED_TEXTS = 0x00FC
_CONTINUE = 0x003C  # more of the record before
_SHARED_CELL = 0x00FD  # a cell with the number of its text
_FORMULA = 0x0006
_BOOLERR = 0x0205
#: Records that fill cells; each begins with its row and its (first) column.
_ONE_CELL = frozenset({_FORMULA, _BOOLERR, 0x0203, 0x0204, _SHARED_CELL, 0x027E, 0x00D6})
_MANY_CELLS = 0x00BD  # ends with the last column
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(frozen=True, slots=True)
class XlsCells:
    """`stream`: the records, with what they state about sizes made true.

    `areas`: (rows, columns) in use of each part of the stream, most of which are sheets.
    `errors`: for each sheet in order, row from 1 -> column from 0 -> text of the error cell.
    `text_size`: bytes of the texts that cells share, once each cell has its own copy.
    """

    stream: bytes
    areas: Sequence[tuple[int, int]]
    errors: Sequence[Mapping[int, Mapping[int, str]]]
    text_size: int


def cells_of_xls(stream: bytes) -> XlsCells:
    """How far cells reach, and which are errors. Raises FileError `password` or `corrupt`."""
    made = bytearray(stream)
    areas: list[tuple[int, int]] = []
    errors: list[dict[int, dict[int, str]]] = []
    sheet_at: dict[int, int] = {}
    begun: set[int] = set()
    rows = columns = 0
    sheet: int | None = None
    for position, kind, body in _records(stream):
        if kind == _BOUNDSHEET and len(body) >= 4:
            sheet_at.setdefault(struct.unpack_from("<I", body)[0], len(errors))
            errors.append({})
        elif kind == _FILEPASS:
            raise password_protected()
        elif kind == _BOF:
            areas.append((rows, columns))
            begun.add(position)
            rows, columns, sheet = 0, 0, sheet_at.get(position)
        elif kind in (_DIMENSIONS, _SHARED_TEXTS):
            _state_truly(made, position, kind, body)
        elif (kind in _ONE_CELL or kind == _MANY_CELLS) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack("<H", body[-2:])[0] if kind == _MANY_CELLS else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            if sheet is not None and (text := _error_text(kind, body)):
                errors[sheet].setdefault(row + 1, {})[column] = text
    areas.append((rows, columns))
    if not begun or not begun.issuperset(sheet_at):
        # A sheet that begins between records would be read as other cells than these.
        raise FileError(
            "corrupt",
            "The workbook is damaged and cannot be read. Open it in a spreadsheet program, save "
            "it as XLSX and send that.",
        )
    return XlsCells(bytes(made), areas, errors, _text_size(stream))


def _text_size(stream: bytes) -> int:
    tables: list[list[bytes]] = []
    used: Counter[int] = Counter()
    in_table = False
    for _position, kind, body in _records(stream):
        if kind == _SHARED_TEXTS:
            tables.append([body])
        elif kind == _CONTINUE and in_table:
            tables[-1].append(body)
        elif kind == _SHARED_CELL and len(body) >= 10:
            used[struct.unpack_from("<I", body, 6)[0]] += 1
        in_table = kind == _SHARED_TEXTS or (in_table and kind == _CONTINUE)
    return size_in_cells(tables, used)


def _state_truly(made: bytearray, position: int, kind: int, body: bytes) -> None:
    """Sizes that the reader makes room for at once: those of a sheet, and the number of texts."""
    start = position + 4
    if kind == _DIMENSIONS:
        made[start : start + len(body)] = bytes(len(body))
    elif len(body) >= 8:
        # A text takes three bytes at least.
        count = min(struct.unpack_from("<I", body, 4)[0], len(made) // 3)
        struct.pack_into("<I", made, start + 4, count)


def _error_text(kind: int, body: bytes) -> str:
    """ "#REF!" and the like, for a cell or the result of a formula that is an error."""
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return _ERRORS.get(body[6], "#ERROR!")
    if kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "#ERROR!")
    return ""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(position, kind, body) of each record."""
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield position, kind, stream[position + 4 : position + 4 + length]
        position += 4 + length

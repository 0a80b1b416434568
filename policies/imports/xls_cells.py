"""How far the cells of an old XLS workbook reach and which are errors, by its records. Pure.

The layout is published: [MS-CFB] for the file system inside the file, [MS-XLS] for the records of
its stream. Anything that does not follow it is left to the reader, which then refuses it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policies.imports.file_types import password_protected

_END = 0xFFFFFFF0  # this number and those above are marks, not sectors
_BOF = 0x0809
_FILEPASS = 0x002F  # what follows is encrypted
_BOUNDSHEET = 0x0085
_FORMULA = 0x0006
_BOOLERR = 0x0205
#: Records that fill cells; each begins with its row and its (first) column.
_ONE_CELL = frozenset({_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6})
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
    """`areas`: (rows, columns) in use of each part of the stream, most of which are sheets.

    `errors`: for each sheet in order, row from 1 -> column from 0 -> text of the error cell, which
    the fast reader leaves out.
    """

    areas: Sequence[tuple[int, int]]
    errors: Sequence[Mapping[int, Mapping[int, str]]]


def cells_of_xls(data: bytes) -> XlsCells:
    """How far cells reach and which are errors; nothing of a file without the layout.

    Raises FileError `password`.
    """
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError):
        stream = b""
    areas: list[tuple[int, int]] = []
    errors: list[dict[int, dict[int, str]]] = []
    sheet_at: dict[int, int] = {}
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
            rows, columns, sheet = 0, 0, sheet_at.get(position)
        elif (kind in _ONE_CELL or kind == _MANY_CELLS) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack("<H", body[-2:])[0] if kind == _MANY_CELLS else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            if sheet is not None and (text := _error_text(kind, body)):
                errors[sheet].setdefault(row + 1, {})[column] = text
    areas.append((rows, columns))
    return XlsCells(areas, errors)


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


def _workbook_stream(data: bytes) -> bytes:
    """The stream called Workbook (or Book), or nothing."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    table = _allocation_table(data, size)
    directory = b"".join(_sectors(data, size, table, struct.unpack_from("<I", data, 48)[0]))
    small_below = struct.unpack_from("<I", data, 56)[0]
    small: tuple[int, int] | None = None
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
        first, length = struct.unpack_from("<IQ", entry, 116)
        if name == "Root Entry":
            small = first, length
        if name.lower() in ("workbook", "book") and length >= small_below:
            return b"".join(_sectors(data, size, table, first))[:length]
    # A stream kept among the small ones has at most 4 kB: too few records for a far corner
    # to be of use, but two are enough, so the whole container is read in their place.
    return b"".join(_sectors(data, size, table, small[0])) if small else b""


def _allocation_table(data: bytes, size: int) -> list[int]:
    heads = [head for head in struct.unpack_from("<109I", data, 76) if head < _END]
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if following >= _END:
            break
        numbers = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        heads += [head for head in numbers[:-1] if head < _END]
        following = numbers[-1]
    table: list[int] = []
    for head in heads[: len(data) // size]:
        table += struct.unpack_from(f"<{size // 4}I", data, (head + 1) * size)
    return table


def _sectors(data: bytes, size: int, table: list[int], sector: int) -> Iterator[bytes]:
    for _ in range(len(table)):
        if sector >= _END:
            return
        yield data[(sector + 1) * size : (sector + 2) * size]
        sector = table[sector]

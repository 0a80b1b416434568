"""How far the cells of an old XLS workbook reach, by walking its records. Pure.

The layout is published: [MS-CFB] for the file system inside the file, [MS-XLS] for the records of
its stream. Anything that does not follow it is left to the reader, which then refuses it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_END = 0xFFFFFFF0  # this number and those above are marks, not sectors
_BOF = 0x0809
#: Records that fill cells; each begins with its row and its (first) column.
_ONE_CELL = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6})
_MANY_CELLS = 0x00BD  # ends with the last column


def areas_of_xls(data: bytes) -> list[tuple[int, int]]:
    """(rows, columns) up to the last cell that holds something, for each part of the stream."""
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError):
        return []
    areas: list[tuple[int, int]] = []
    rows = columns = 0
    for kind, body in _records(stream):
        if kind == _BOF:
            areas.append((rows, columns))
            rows = columns = 0
        elif kind in _ONE_CELL and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _MANY_CELLS and len(body) >= 6:
            row, last = struct.unpack_from("<H", body)[0], struct.unpack("<H", body[-2:])[0]
            rows, columns = max(rows, row + 1), max(columns, last + 1)
    areas.append((rows, columns))
    return areas


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
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

"""The file system inside old Office files ([MS-CFB]): one stream taken out, or packed anew. Pure.

The reader of old workbooks trusts the lengths and chains that such a file states, and a false one
makes it take all memory there is. So it is given a new file around the stream that was found.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_MARK = 0xFFFFFFF0  # this number and those above are no sectors
_TABLE, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_SECTOR = 4096
_NUMBERS = _SECTOR // 4
_SMALL_SECTOR = 64


def stream_of(data: bytes, names: Collection[str]) -> bytes:
    """The first stream with one of these names (lower case); empty if there is none."""
    try:
        return _stream_of(data, names)
    except (struct.error, IndexError, ValueError):
        return b""


def _stream_of(data: bytes, names: Collection[str]) -> bytes:
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    if size not in (512, _SECTOR):
        return b""
    table = _allocation_table(data, size)
    first_of_directory, small_below, first_of_small_table = (
        struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60)
    )
    directory = b"".join(_sectors(data, size, table, first_of_directory))
    container = b""
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)]
        first, length = struct.unpack_from("<II", entry, 116)
        if start == 0:
            container = b"".join(_sectors(data, size, table, first))
        elif name.decode("utf-16-le").lower() in names:
            if length >= small_below:
                return b"".join(_sectors(data, size, table, first))[:length]
            raw = b"".join(_sectors(data, size, table, first_of_small_table))
            small_table = list(struct.unpack(f"<{len(raw) // 4}I", raw))
            # Small sectors are counted from the start of their container, which has no header.
            padded = bytes(_SMALL_SECTOR) + container
            return b"".join(_sectors(padded, _SMALL_SECTOR, small_table, first))[:length]
    return b""


def packed_stream(name: str, content: bytes) -> bytes:
    """A compound file of one stream."""
    content = content.ljust(_SECTOR, b"\0")
    used = -(-len(content) // _SECTOR)
    tables = next(n for n in range(1, 110) if n * _NUMBERS >= n + 2 + used)
    directory = _entry("Root Entry", 5, child=1, first=tables + 1, length=0) + _entry(
        name, 2, child=_FREE, first=tables + 2, length=len(content)
    )
    # The table itself, the directory, an empty container of small streams (the reader wants one
    # to be there), and the stream.
    chain = [*[_TABLE] * tables, _END, _END, *range(tables + 3, tables + 2 + used), _END]
    chain += [_FREE] * (tables * _NUMBERS - len(chain))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        *(_MARK, b"", 0x3E, 4, 0xFFFE, 12, 6, b""),
        *(1, tables, tables, 0, _SECTOR, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    parts = (header, struct.pack(f"<{len(chain)}I", *chain), directory, bytes(1), content)
    return b"".join(part + bytes(-len(part) % _SECTOR) for part in parts)


def _entry(name: str, kind: int, *, child: int, first: int, length: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        *(text, len(text) + 2, kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, first, length),
    )


def _allocation_table(data: bytes, size: int) -> list[int]:
    heads = [head for head in struct.unpack_from("<109I", data, 76) if head < _FIRST_MARK]
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if following >= _FIRST_MARK:
            break
        numbers = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        heads += [head for head in numbers[:-1] if head < _FIRST_MARK]
        following = numbers[-1]
    table: list[int] = []
    for head in heads[: len(data) // size]:
        table += struct.unpack_from(f"<{size // 4}I", data, (head + 1) * size)
    return table


def _sectors(data: bytes, size: int, table: list[int], sector: int) -> Iterator[bytes]:
    """The sectors of a chain; one that runs in a circle ends when it must have."""
    for _ in range(min(len(table), len(data) // size)):
        if sector >= _FIRST_MARK:
            return
        yield data[(sector + 1) * size : (sector + 2) * size]
        sector = table[sector]

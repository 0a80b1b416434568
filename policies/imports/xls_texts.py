"""The texts that cells of an old XLS workbook share, as long as they are ([MS-XLS] 2.4.265). Pure.

A workbook stores equal texts once; its reader copies them into every cell, so that some kilobytes
could fill all memory.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_WIDE, _MORE, _RICH = 0x1, 0x4, 0x8


def size_in_cells(tables: Sequence[Sequence[bytes]], used: Mapping[int, int]) -> int:
    """The bytes of the shared texts, each as often as cells use it.

    `tables`: the records of each table of texts, in pieces as they stand; `used`: number of a text
    -> cells. Of several tables the largest counts, since nobody knows which one a reader takes.
    """
    return max((_size(_sizes(pieces), used) for pieces in tables), default=0)


def _size(sizes: Sequence[int], used: Mapping[int, int]) -> int:
    return sum(sizes[number] * times for number, times in used.items() if number < len(sizes))


def _sizes(pieces: Sequence[bytes]) -> list[int]:
    """The bytes of each text, as far as the table makes sense: a reader stops there too."""
    found: list[int] = []
    piece, at = 0, 8  # after the two counts
    try:
        while True:
            while at >= len(pieces[piece]):
                at -= len(pieces[piece])
                piece += 1
            characters, flags = struct.unpack_from("<HB", pieces[piece], at)
            at += 3
            skipped = 0
            if flags & _RICH:
                skipped += 4 * struct.unpack_from("<H", pieces[piece], at)[0]
                at += 2
            if flags & _MORE:
                skipped += struct.unpack_from("<I", pieces[piece], at)[0]
                at += 4
            size, piece, at = _characters(pieces, piece, at, characters, flags & _WIDE)
            found.append(size)
            at += skipped
    except (IndexError, struct.error):
        return found


def _characters(
    pieces: Sequence[bytes], piece: int, at: int, left: int, wide: int
) -> tuple[int, int, int]:
    """(bytes of a text, the piece and place where it ends). Each further piece says anew whether
    its characters are wide."""
    size = 0
    while True:
        here = min(left, (len(pieces[piece]) - at) >> wide)
        left -= here
        at += here << wide
        size += here << wide
        if not left:
            return size, piece, at
        piece += 1
        wide, at = pieces[piece][0] & _WIDE, 1

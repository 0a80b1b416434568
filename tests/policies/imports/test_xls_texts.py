"""Texts that the cells of an old workbook share: read, and counted before they are copied."""

from __future__ import annotations

import struct

import pytest

from policies.imports.limits import Limits
from policies.imports.reading import read_workbook
from policies.imports.tables import FileError
from policies.imports.xls_texts import size_in_cells
from tests.policies.imports.containers import record, xls

COUNTS = struct.pack("<II", 0, 0x7FFFFFFF)


def text(content: str) -> bytes:
    """A shared text, one byte a character."""
    return struct.pack("<HB", len(content), 0) + content.encode("latin-1")


def cells(*numbers: int) -> list[bytes]:
    return [record(0x00FD, struct.pack("<HHHI", at, 0, 0, n)) for at, n in enumerate(numbers)]


def workbook(numbers, *pieces: bytes) -> bytes:
    first = [record(0x00FC, pieces[0]), *(record(0x003C, more) for more in pieces[1:])]
    return xls(*cells(*numbers), first=first)


#: One text of each make, the last over two records: its second part is wide.
MADE = (
    COUNTS
    + text("Texas")
    + struct.pack("<HB", 2, 1)
    + "Ñu".encode("utf-16-le")
    + struct.pack("<HBH", 3, 8, 1)  # formatted
    + b"abc"
    + bytes(4)
    + struct.pack("<HBI", 2, 4, 6)  # with Asian phonetics
    + b"de"
    + bytes(6)
    + struct.pack("<HB", 6, 0)
    + b"Tra",
    b"\x01" + "vis".encode("utf-16-le") + text("end"),
)


def test_texts_are_counted_as_the_reader_finds_them():
    rows = read_workbook(workbook(range(6), *MADE), "a.xls")[0].rows
    assert [row[0] for row in rows] == ["Texas", "Ñu", "abc", "de", "Travis", "end"]
    sizes = [size_in_cells([MADE], {number: 1}) for number in range(6)]
    assert sizes == [5, 4, 3, 2, 9, 3]


def test_each_text_counts_as_often_as_it_is_used():
    assert size_in_cells([MADE], {0: 10, 5: 2, 99: 1}) == 56


def test_a_table_that_breaks_off_counts_as_far_as_it_goes():
    assert size_in_cells([[COUNTS + text("ab") + b"\x05"]], {0: 1, 1: 1}) == 2
    assert size_in_cells([], {0: 1}) == 0


def test_a_long_text_in_thousands_of_cells_is_refused_before_it_is_copied():
    data = workbook([0] * 200, COUNTS + text("x" * 8_000))
    with pytest.raises(FileError, match="repeat") as refused:
        read_workbook(data, "a.xls", limits=Limits(unpacked_bytes=1_000_000))
    assert refused.value.code == "bomb"
    assert len(read_workbook(data, "a.xls")[0].rows) == 200

"""Old Excel workbooks: their cells, and the sizes that they state and do not have."""

from __future__ import annotations

import struct

import pytest

from policies.imports.compound_files import packed_stream, stream_of
from policies.imports.reading import read_workbook
from policies.imports.tables import FileError
from tests.policies.imports.containers import (
    compound_file,
    record,
    xls,
    xls_error,
    xls_number,
    xls_text,
)


def rows_of(data: bytes) -> list[list[object]]:
    return [list(row) for row in read_workbook(data, "a.xls")[0].rows]


def test_cells():
    data = xls(
        xls_text(0, 0, "State"),
        xls_number(1, 0, 48453),
        xls_error(1, 1, 0x17),
        xls_text(1, 2, "x"),
    )
    assert rows_of(data) == [["State"], [48453, "#REF!", "x"]]


def test_far_corner_is_refused_before_memory_is_taken():
    data = xls(xls_text(0, 0, "x"), xls_text(65_535, 255, "x"))
    with pytest.raises(FileError) as refused:
        read_workbook(data, "a.xls")
    assert refused.value.code == "too_large"


def test_stated_sizes_are_not_believed():
    sizes = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    texts = record(0x00FC, struct.pack("<II", 0, 0x7FFFFFFF))
    data = xls(sizes, xls_text(0, 0, "x"), first=[texts])
    assert rows_of(data) == [["x"]]


def test_stated_length_of_the_stream_is_not_believed():
    data = xls(xls_text(0, 0, "x"))
    stated = struct.pack("<Q", 4096)
    assert data.count(stated) == 1
    assert rows_of(data.replace(stated, struct.pack("<Q", 0xFEC00000))) == [["x"]]


def test_sheet_that_begins_between_records_is_refused():
    data = bytearray(xls(xls_text(0, 0, "x")))
    at = data.index(struct.pack("<HH", 0x0085, 6 + 2 + len("Sheet1")))
    data[at + 4] += 2
    with pytest.raises(FileError) as refused:
        read_workbook(bytes(data), "a.xls")
    assert refused.value.code == "corrupt"


@pytest.mark.parametrize("length", [0, 1, 4096, 5_000_000])
def test_stream_is_taken_out_as_it_was_packed(length):
    content = bytes(n % 251 for n in range(length)).ljust(4096, b"\0")
    assert stream_of(packed_stream("Workbook", content), ["workbook"]) == content


def test_chain_that_runs_in_a_circle_ends():
    data = bytearray(compound_file({"Workbook": bytes(8192)}))
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    assert len(stream_of(bytes(data), ["workbook"])) <= 8192


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0", bytes(600)])
def test_what_is_no_compound_file_has_no_streams(data):
    assert stream_of(data, ["workbook"]) == b""

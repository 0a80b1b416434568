"""Files that must be refused, made in code, each with what is said about it.

`BAD_FILES` is for every road into the record: reader, command and admin say the same of a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook

from policies.imports.tables import Column
from tests.policies.imports import containers

#: What the files are read as: a list of answers.
COLUMNS = (
    Column("state", ("ST",), required=True),
    Column("county", ("county name",), required=True),
    Column("factor", ("policy",), required=True),
    Column("answer", required=True),
    Column("notes", ("comments",)),
    Column("path", ("polygon",), big=True),
)
HEADINGS = ("State", "County", "Factor", "Answer")
ROW = ("TX", "Travis", "no_287g", "yes")
CSV = "State,County,Factor,Answer\nTX,Travis,no_287g,yes\n"


@dataclass(frozen=True)
class BadFile:
    """`code` and `words`: what the error says. `options`: what is asked of `find_table`."""

    name: str
    filename: str
    make: Callable[[], bytes]
    code: str
    words: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def xlsx(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ()) -> bytes:
    """A workbook of sheets of rows, as openpyxl writes it."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else None)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(*more: Sequence[object]) -> bytes:
    return xlsx([HEADINGS, ROW, *more])


def zip_bomb() -> bytes:
    """Some kilobytes that unpack to 20 MB, a thousand times as much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in containers.xlsx_parts("").items():
            made.writestr(name, content)
        with made.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(20):
                part.write(bytes(1024 * 1024))
    return out.getvalue()


def lying_zip_bomb() -> bytes:
    """A part that unpacks to more than the archive's directory says."""
    parts = containers.xlsx_parts("<row/>" * 100_000)
    data = containers.archive(parts)
    size = len(parts["xl/worksheets/sheet1.xml"])
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def billion_laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    strings = f"<!DOCTYPE sst [{''.join(lines)}]><sst><si><t>&a9;</t></si></sst>"
    return containers.archive({**containers.xlsx_parts(""), "xl/sharedStrings.xml": strings})


def shared_text_bomb() -> bytes:
    """A text of 1 MB that 1,000 cells share: a gigabyte once each has its own copy."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    text = f"<sst><si><t>{'x' * 1_000_000}</t></si></sst>"
    return containers.archive({**containers.xlsx_parts(rows), "xl/sharedStrings.xml": text})


def encrypted_entry() -> bytes:
    """An archive whose members say that they are encrypted."""
    data = bytearray(table())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def cells(*references: str) -> bytes:
    """A workbook with a word in each of these cells, given row by row."""
    rows = "".join(
        f'<row r="{reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">'
        f"{containers.text_cell(reference, 'x')}</row>"
        for reference in references
    )
    return containers.archive(containers.xlsx_parts(rows))


def word_document() -> bytes:
    return containers.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"})


def _bad(
    name: str, filename: str, make: Callable[[], bytes], code: str, *words: str, **options: Any
) -> BadFile:
    return BadFile(name, filename, make, code, words, options)


UNPAIRED = b'State,County,Factor,Answer\nTX,"Bexar\nor so",no_287g,yes\nTX,"Travis,no_287g,yes\n'
PASSWORD = {"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\0" * 100}
BAD_FILES = [
    _bad("nothing at all", "a.csv", lambda: b"", "empty", "empty"),
    _bad("a byte order mark and blank lines", "a.csv", lambda: b"\xef\xbb\xbf\r\n\r\n", "empty"),
    _bad("separators only", "a.csv", lambda: b",,,\n" * 1000, "empty"),
    _bad("a workbook of empty cells", "a.xlsx", lambda: xlsx([[None], [""]]), "empty"),
    _bad("a workbook under a text name", "a.csv", table, "wrong_type", ".csv", ".xlsx"),
    _bad("text under a workbook's name", "a.xlsx", lambda: CSV.encode(), "wrong_type", "text"),
    _bad("a new workbook under the old name", "a.xls", table, "wrong_type", "XLSX"),
    _bad("an extension that is not read", "a.numbers", table, "wrong_type", ".numbers"),
    _bad("a PDF", "a.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "wrong_type", "PDF"),
    _bad("a picture", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "wrong_type", "picture"),
    _bad("a web page", "a.xls", lambda: b"<html><table><tr>", "wrong_type", "HTML"),
    _bad("an XML document", "a.xls", lambda: b'<?xml version="1.0"?><W/>', "wrong_type", "XML"),
    _bad("JSON", "a.csv", lambda: b'[{"state": "TX"}]', "wrong_type", "JSON"),
    _bad("a Word document", "a.xlsx", word_document, "wrong_type", "Word"),
    _bad(
        "a zipped file",
        "a.xlsx",
        lambda: containers.archive({"a.csv": CSV}),
        "wrong_type",
        "Unpack",
    ),
    _bad("noise", "a.csv", lambda: bytes(range(32)) * 100, "wrong_type", "not text"),
    _bad(
        "a workbook with a password",
        "a.xlsx",
        lambda: containers.compound_file(PASSWORD),
        "password",
    ),
    _bad(
        "an old workbook with a password",
        "a.xls",
        lambda: containers.xls(first=[containers.record(0x002F, bytes(54))]),
        "password",
    ),
    _bad("an archive with a password", "a.xlsx", encrypted_entry, "password"),
    _bad("a workbook cut short", "a.xlsx", lambda: table()[:-300], "corrupt", "cut short"),
    _bad(
        "an old workbook cut short",
        "a.xls",
        lambda: containers.xls(containers.xls_text(0, 0, "x"))[:1500],
        "corrupt",
    ),
    _bad(
        "a sheet that is not XML",
        "a.xlsx",
        lambda: containers.archive(containers.xlsx_parts("<row><c>")),
        "corrupt",
    ),
    _bad(
        "an encoding that there is not",
        "a.xlsx",
        lambda: containers.archive(
            {
                **containers.xlsx_parts(""),
                "xl/workbook.xml": '<?xml version="1.0" encoding="X"?><a/>',
            }
        ),
        "corrupt",
    ),
    _bad("text cut in the middle of UTF-16", "a.csv", lambda: b"\xff\xfea\0,", "corrupt"),
    _bad("quotation marks that do not pair up", "a.csv", lambda: UNPAIRED, "corrupt", "row 3"),
    _bad("a zip bomb", "a.xlsx", zip_bomb, "bomb", "sharedStrings"),
    _bad("a zip bomb that lies about its size", "a.xlsx", lying_zip_bomb, "corrupt"),
    _bad(
        "thousands of parts",
        "a.xlsx",
        lambda: containers.archive(
            {**containers.xlsx_parts(""), **{f"xl/{n}.bin": b"" for n in range(2001)}}
        ),
        "bomb",
        "parts",
    ),
    _bad(
        "an archive in the archive",
        "a.xlsx",
        lambda: containers.archive({**containers.xlsx_parts(""), "xl/a.zip": b"PK"}),
        "bomb",
        "xl/a.zip",
    ),
    _bad("an XML bomb", "a.xlsx", billion_laughs, "bomb", "entities"),
    _bad("one long text in thousands of cells", "a.xlsx", shared_text_bomb, "bomb", "repeat"),
    _bad(
        "one long text in thousands of cells of an OpenDocument sheet",
        "a.ods",
        lambda: containers.ods(containers.ods_row("x" * 100_000, repeated=100, columns=100)),
        "bomb",
        "repeat",
    ),
    _bad("10,000 columns", "a.csv", lambda: b",".join([b"x"] * 10_000), "too_wide", "10,000"),
    _bad("a cell in the last column", "a.xlsx", lambda: cells("A1", "XFD2"), "too_wide", "XFD"),
    _bad(
        "a cell in the last row",
        "a.xlsx",
        lambda: cells("A1", "B1048576"),
        "too_large",
        "1,048,576",
    ),
    _bad(
        "cells repeated to the end of an OpenDocument sheet",
        "a.ods",
        lambda: containers.ods(containers.ods_row("x", repeated=1_000_000, columns=16_000)),
        "too_wide",
        "16,000",
    ),
    _bad(
        "more rows than a file may have",
        "a.csv",
        lambda: b"x\n" * 200_001,
        "too_large",
        "200,000 rows",
    ),
    _bad("no headings", "a.csv", lambda: b"TX,Travis,no_287g,yes\n", "no_header", "state"),
    _bad(
        "headings and nothing under them",
        "a.csv",
        lambda: b"State,County,Factor,Answer\n,,,\n",
        "no_rows",
        "row 1",
    ),
    _bad(
        "a column that is needed and missing",
        "a.csv",
        lambda: b"State,Countey,Factor,Answer\nTX,Travis,no_287g,yes\n",
        "missing_columns",
        "county",
        "“Countey”",
    ),
    _bad(
        "the same heading twice",
        "a.csv",
        lambda: b"State,County,Factor,Answer,Answer\nTX,Travis,no_287g,yes,no\n",
        "two_columns",
        "(D)",
        "(E)",
    ),
    _bad(
        "two headings for one field",
        "a.csv",
        lambda: b"State,ST,County,Factor,Answer\nTexas,TX,Travis,no_287g,yes\n",
        "two_columns",
        "“State” (A)",
        "“ST” (B)",
    ),
    _bad(
        "a sheet that is not there",
        "a.xlsx",
        lambda: xlsx([HEADINGS, ROW], names=["Answers 2025"]),
        "no_sheet",
        "Answers 2025",
        sheet="Answers 2024",
    ),
    _bad(
        "two sheets that fit",
        "a.xlsx",
        lambda: xlsx([HEADINGS, ROW], [HEADINGS, ROW], names=["May", "June"]),
        "which_sheet",
        "“May”",
        "“June”",
    ),
]

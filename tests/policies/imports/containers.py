"""Small workbooks written byte by byte, with troubles that no writing library would put in."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def xlsx_parts(
    *sheets: str, names: Sequence[str] = (), after: str = "", root: str = ""
) -> dict[str, str | bytes]:
    """The parts of an XLSX whose sheets hold the given XML of rows.

    `after` follows the rows of each sheet; `root` adds attributes to its first element.
    """
    names = names or [f"Sheet{number}" for number in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1)
    )
    targets = {f"rId{i}": f"worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"rId1": "xl/workbook.xml"}, "officeDocument"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(targets, "worksheet"),
    }
    for number, rows in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}" {root}>'
            f"<sheetData>{rows}</sheetData>{after}</worksheet>"
        )
    return parts


def relations(targets: Mapping[str, str], kind: str) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(rows: str, name: str = "Sheet1") -> bytes:
    """An OpenDocument spreadsheet with one sheet that holds the given XML of rows."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{p}="{oasis}:{p}:1.0"' for p in ("office", "table", "text"))
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f"<office:document-content {spaces}><office:body><office:spreadsheet>"
                f'<table:table table:name="{name}">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{oasis}:manifest:1.0"/>',
        }
    )


def ods_row(*texts: str, repeated: int = 1, columns: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def ods_link(address: str) -> str:
    """The word "link" with an address behind it, for the text of a cell."""
    return f'<text:a xlink:href="{address}" xlink:type="simple">link</text:a>'


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file, as old Office and encrypted workbooks are ([MS-CFB])."""
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        content += bytes(-len(content) % 512)
        first, count = len(sectors) + 1, len(content) // 512
        sectors.extend(content[i * 512 : i * 512 + 512] for i in range(count))
        table.extend([*range(first + 1, first + count), _END])
        return first

    entries = [_entry("Root Entry", 5, child=1, first=_END, size=0)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        # Streams below 4 kB would go to a place of their own.
        content = content.ljust(4096, b"\0")
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, right=right, first=add(content), size=len(content)))
    directory = add(b"".join(entries))
    table = [_TABLE, *table]
    assert len(table) <= 128, "one sector of table is enough for tests"
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, directory, 0, 4096, _END, 0, _END, 0, 0, *[_FREE] * 108,
    )  # fmt: skip
    return header + struct.pack("<128I", *table, *[_FREE] * (128 - len(table))) + b"".join(sectors)


def _entry(
    name: str, kind: int, *, first: int, size: int, right: int = _FREE, child: int = _FREE
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        text, len(text) + 2, kind, 1, _FREE, right, child, b"", 0, 0, 0, first, size,
    )  # fmt: skip


def xls(*records: bytes, name: str = "Sheet1", first: Sequence[bytes] = ()) -> bytes:
    """An Excel 97 workbook with one sheet that holds the given records ([MS-XLS])."""
    begin, end = 0x0809, record(0x000A)
    workbook = [record(begin, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), *first]
    title = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    position = sum(map(len, workbook)) + 4 + 6 + len(title) + len(end)
    workbook += [record(0x0085, struct.pack("<IH", position, 0) + title), end]
    sheet = [record(begin, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *records, end]
    return compound_file({"Workbook": b"".join([*workbook, *sheet])})


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_text(row: int, column: int, text: str) -> bytes:
    """A cell with text; row and column from 0."""
    body = struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")
    return record(0x0204, body)


def xls_number(row: int, column: int, number: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, number))


def xls_error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))

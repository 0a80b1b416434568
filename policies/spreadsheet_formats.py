"""The formats of exports: CSV that Excel reads aright, and workbooks whose every cell is text.

The library's own workbooks style one cell at a time, which takes longer; its OpenDocument needs
another package.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

import tablib
from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

#: Excel refuses a workbook with more characters in one cell.
LONGEST_CELL = 32_767
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Csv(base_formats.CSV):
    """UTF-8 with a byte order mark, without which Excel reads "Doña Ana" as "DoÃ±a Ana"."""

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> str:
        return "\ufeff" + super().export_data(dataset, **kwargs)


class Xlsx(base_formats.XLSX):
    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Export")
        sheet.freeze_panes = "A2"
        bold = Font(bold=True)
        header = [WriteOnlyCell(sheet, heading) for heading in dataset.headers]
        for cell in header:
            cell.font = bold
        sheet.append(header)
        for row in _texts(dataset):
            sheet.append([fitting(text, "; the CSV has them all") for text in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


class Ods(base_formats.Format):
    CONTENT_TYPE = ODS_TYPE

    def can_export(self) -> bool:
        return True

    def is_binary(self) -> bool:
        return True

    def get_title(self) -> str:
        return "ods"

    def get_extension(self) -> str:
        return "ods"

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)  # first, and not compressed
            parts.writestr("META-INF/manifest.xml", _MANIFEST)
            parts.writestr("content.xml", "".join(_content([dataset.headers, *_texts(dataset)])))
        return out.getvalue()


def fitting(text: str, where: str = "") -> str:
    """The text as far as a cell of Excel can hold it; one that is cut says so at its end.

    `where`: what is said besides, such as where the rest is.
    """
    if len(text) <= LONGEST_CELL:
        return text
    note = f"… [cut: of {len(text):,} characters at most {LONGEST_CELL:,} fit in a cell{where}]"
    return text[: LONGEST_CELL - len(note)] + note


FORMATS = (Csv, Xlsx, Ods)


def _texts(dataset: tablib.Dataset) -> Iterator[list[str]]:
    for row in dataset:
        yield ["" if value is None else str(value) for value in row]


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def _content(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{_OASIS}:office:1.0" '
        f'xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="Export">'
    )
    for row in rows:
        yield "<table:table-row>"
        for text in row:
            yield _cell(text)
        yield "</table:table-row>"
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _cell(text: str) -> str:
    """A cell of text: a paragraph a line; spaces one by one where XML would merge them."""
    if not text:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    words = escape(line)
    if "  " not in words and not words.startswith(" ") and not words.endswith(" "):
        return words
    return words.replace(" ", "<text:s/>")

"""How far the cells of a sheet reach, by walking its XML: for the formats that may lie about it.

The fast reader makes room for every cell up to the last one, so two cells in opposite corners
would take all memory there is. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from policies.imports.limits import column_index
from policies.imports.tables import FileError

Attributes = Mapping[str, str]


class Area(NamedTuple):
    """Rows and columns up to the last cell that holds something.

    `size`: bytes of XML that repeated cells stand for, where cells can be repeated.
    """

    rows: int
    columns: int
    size: int = 0


def area_of_odd_sheet(xml: bytes) -> Area:
    """The area of an XLSX sheet whose cells are not written in the usual way."""
    row = column = rows = columns = 0
    in_cell = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, column, rows, columns, in_cell
        tag = local(name)
        if tag == "row":
            row, column = counted(attributes.get("r"), row + 1), 0
        elif tag == "c":
            column += 1
            reference = attributes.get("r", "")
            letters = reference.rstrip("0123456789")
            if letters.isascii() and letters.isalpha() and letters != reference:
                column = column_index(letters.upper()) + 1
                row = counted(reference[len(letters) :], row)
            in_cell = True
        elif in_cell:
            rows, columns, in_cell = max(rows, row), max(columns, column), False

    def end(name: str) -> None:
        nonlocal in_cell
        in_cell = in_cell and local(name) != "c"

    walk(xml_parser(start, end), xml)
    return Area(rows, columns)


def areas_of_ods(xml: bytes) -> list[tuple[str, Area]]:
    """The area of each sheet of an ODS. There a cell or row may say how often it is repeated."""
    sheets: list[tuple[str, Area]] = []
    name, row, column, rows, columns, filled = "", 0, 0, 0, 0, 0
    repeats, cell_repeats, cell_start, row_size, size = 1, 1, 0, 0, 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal name, row, column, rows, columns, filled, repeats, cell_repeats
        nonlocal cell_start, row_size, size
        tag = local(tag)
        if tag == "table":
            name = attribute(attributes, "name")
            row = column = rows = columns = size = 0
        elif tag == "table-row":
            repeats = counted(attribute(attributes, "number-rows-repeated"), 1)
            row, column, filled, row_size = row + repeats, 0, 0, 0
        elif tag in ("table-cell", "covered-table-cell"):
            cell_repeats = counted(attribute(attributes, "number-columns-repeated"), 1)
            column += cell_repeats
            cell_start = parser.CurrentByteIndex
            if attribute(attributes, "value-type"):
                filled = column
        elif tag == "p" and column:
            filled = column

    def end(tag: str) -> None:
        nonlocal rows, columns, column, row_size, size
        tag = local(tag)
        if tag == "table-row":
            if filled:
                rows, columns = row, max(columns, filled)
                size += row_size * repeats
            column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            if filled == column:
                row_size += (parser.CurrentByteIndex - cell_start) * cell_repeats
        elif tag == "table":
            sheets.append((name, Area(rows, columns, size)))

    parser = xml_parser(start, end)
    walk(parser, xml)
    return sheets


def xml_parser(
    start: Callable[[str, Attributes], None], end: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser that calls these with names as `namespace}local`, and refuses entities."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    # Parts with entities were refused before; this is the second lock.
    parser.EntityDeclHandler = _refuse_entity
    return parser


def walk(parser: expat.XMLParserType, xml: bytes) -> None:
    """Parse it all. Raises FileError `corrupt`."""
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileError(
            "corrupt",
            "A sheet of the workbook is damaged. Open it in a spreadsheet program, save it anew "
            "and send that.",
        ) from error


def _refuse_entity(*_: object) -> NoReturn:
    raise FileError("bomb", "The workbook declares entities, which no spreadsheet program writes.")


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its name without namespace; empty if it is not there."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def counted(text: str | None, otherwise: int) -> int:
    """A count from an attribute; enormous ones are cut, since they are only compared."""
    return int(text[:9]) if text and text.isascii() and text.isdigit() else otherwise

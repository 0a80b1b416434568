"""What the fast reader of workbooks does not tell of an XLSX: links, errors, how far cells reach.

Works on the XML of the parts, after `archives.checked_parts`. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError  # for types only: defusedxml parses
from xml.sax.saxutils import unescape

from defusedxml.ElementTree import fromstring

from policies.imports.cell_errors import UNSAVED_FORMULA
from policies.imports.limits import MEGABYTE, column_index
from policies.imports.links import real_address
from policies.imports.tables import FileError
from policies.imports.xml_areas import Area, area_of_odd_sheet

Cell = tuple[int, int]

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^>]*?\bt=)["']e["']""")
_HYPERLINK_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f[^>]*>[^<]{0,200}?HYPERLINK\(\s*'
    rb'(?:"|&quot;)([^<"]{1,4000}?)(?:"|&quot;)'
)
# A formula whose result is text may have an empty one; every other has a result, if it was saved.
_FORMULA_WITHOUT_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?:(?! t="str")[^>])*>'
    rb"<f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>"
)
_WORKBOOK = "xl/workbook.xml"
_ROOT_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
#: A link over a range of cells is spread over its cells, up to this many.
_LARGEST_RANGE = 10_000

_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_SHARED_CELL = re.compile(rb"""=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_MUCH_TEXT = 100 * MEGABYTE

# Every program we know writes cells as `<c r="B2"`; then one search tells that none is far out.
_CELL_NOT_NEAR = (
    (re.compile(rb'<c(?! r="[A-Z][0-9]{1,5}")[\s/>]'), Area(99_999, 26)),
    (re.compile(rb'<c(?! r="[A-Z]{1,2}[0-9]{1,4}")[\s/>]'), Area(9_999, 702)),
)
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
_PREFIXED_CELL = re.compile(rb":c[\s/>]")
_FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*(?<!/)>(?!</c>)')


def in_usual_places(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with the workbook where the fast reader looks for it, and nowhere else."""
    found = _workbook_part(parts)
    moves = {found: _WORKBOOK, _relations_part(found): _relations_part(_WORKBOOK)}
    if posixpath.dirname(found) != posixpath.dirname(_WORKBOOK) or found not in parts:
        moves = {}
    gone = {*moves, *moves.values()}
    placed = {name: content for name, content in parts.items() if name not in gone}
    placed |= {moves[name]: parts[name] for name in moves if name in parts}
    return {**placed, "_rels/.rels": _ROOT_RELATIONS}


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    workbook = _workbook_part(parts)
    folder = posixpath.dirname(workbook)
    targets = {
        relation_id: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for relation_id, target in _relations(parts, workbook).items()
    }
    found = {}
    for element in _parsed(parts, workbook).iter():
        if _local(element.tag) == "sheet":
            target = targets.get(_attribute(element, "id"), "")
            if target in parts:
                found[element.get("name", "")] = target
    return found


def areas(parts: Mapping[str, bytes], part_of: Mapping[str, str]) -> Iterator[tuple[str, Area]]:
    """(name, area) of every part that holds cells, whether or not the workbook lists it."""
    names = {part: name for name, part in part_of.items()}
    for part, xml in parts.items():
        if part in names or b"sheetData" in xml:
            yield names.get(part, part), area(xml)


def _workbook_part(parts: Mapping[str, bytes]) -> str:
    """Where the archive says that the workbook is; some programs put it in an unusual place."""
    if "_rels/.rels" in parts:
        for element in _parsed(parts, "_rels/.rels").iter():
            if element.get("Type", "").endswith("/officeDocument"):
                return element.get("Target", "").lstrip("/")
    return _WORKBOOK


def area(xml: bytes) -> Area:
    """How far the cells reach that hold something: exact, or an upper bound that is small."""
    if (b":c" in xml and _PREFIXED_CELL.search(xml)) or b"<!" in xml or b"\0" in xml[:4]:
        return area_of_odd_sheet(xml)
    for not_near, bound in _CELL_NOT_NEAR:
        if not not_near.search(xml):
            return bound
    if _ODD_CELL.search(xml):
        return area_of_odd_sheet(xml)
    cells = _FILLED_CELL.findall(xml)
    letters = {found[0] for found in cells}
    return Area(
        max((int(found[1]) for found in cells), default=0),
        max((column_index(found.decode()) + 1 for found in letters), default=0),
    )


def size_of_shared_texts(parts: Mapping[str, bytes], sheets: Collection[str]) -> int:
    """The bytes of all texts that cells share, each as often as it is used: at most, or exactly.

    A workbook stores equal texts once; the fast reader copies them into every cell.
    """
    sizes = [
        len(text)
        for part, xml in parts.items()
        if part.lower().endswith("sharedstrings.xml")
        for text in _SHARED_TEXT.split(xml)[1:]
    ]
    cells = sum(parts[sheet].count(b'"s"') + parts[sheet].count(b"'s'") for sheet in sheets)
    most = max(sizes, default=0) * cells
    if most < _MUCH_TEXT:
        return most
    used = Counter(number for sheet in sheets for number in _SHARED_CELL.findall(parts[sheet]))
    return sum(
        sizes[int(number)] * times for number, times in used.items() if int(number) < len(sizes)
    )


def with_error_texts(xml: bytes) -> bytes:
    """The sheet with its error cells written as text ("#REF!"): the fast reader drops them."""
    if b't="e"' not in xml and b"t='e'" not in xml:
        return xml
    return _ERROR_CELL.sub(rb'\1"str"', xml)


def links(parts: Mapping[str, bytes], part: str) -> dict[Cell, str]:
    """(row from 1, column from 0) -> web address behind the cell, by link or by formula."""
    xml = parts[part]
    found: dict[Cell, str] = {}
    for match in _HYPERLINK_FORMULA.finditer(xml) if b"HYPERLINK(" in xml else ():
        text = unescape(match[2].decode("utf-8", "replace"), {"&quot;": '"'})
        if address := real_address(text):
            found[_cell(match[1].decode())] = address
    if b"hyperlink " in xml:
        targets = _relations(parts, part)
        for element in _without_cells(xml).iter():
            if _local(element.tag) == "hyperlink":
                target = targets.get(_attribute(element, "id"), "")
                if place := element.get("location"):
                    target += f"#{place}"
                if address := real_address(target):
                    found.update((cell, address) for cell in _cells(element.get("ref", "")))
    return found


def with_unsaved_formulas(xml: bytes, linked: Container[Cell]) -> tuple[bytes, list[str]]:
    """(the sheet with `UNSAVED_FORMULA` in each cell whose formula was saved without its result, as
    scripts do; references of these cells).

    `linked`: cells with an address behind them, which says what they hold.
    """
    found: list[str] = []
    if b"<f" not in xml:
        return xml, found

    def said(match: re.Match[bytes]) -> bytes:
        reference = match[1].decode()
        if _cell(reference) in linked:
            return match[0]
        found.append(reference)
        return b'<c r="%s" t="str"><v>%s</v></c>' % (match[1], UNSAVED_FORMULA.encode())

    return _FORMULA_WITHOUT_RESULT.sub(said, xml), found


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    relations = _relations_part(part)
    if relations not in parts:
        return {}
    return {
        element.get("Id", ""): element.get("Target", "")
        for element in _parsed(parts, relations).iter()
        if _local(element.tag) == "Relationship"
    }


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _without_cells(xml: bytes) -> Element:
    """The sheet's XML less its data, which is nearly all of it."""
    start = re.search(rb"<(?:\w+:)?sheetData\s*>", xml)
    end = xml.rfind(b"sheetData>")
    if start and end > start.end():
        closing = xml.rfind(b"</", 0, end)
        xml = xml[: start.end()] + xml[closing:]
    return _element(xml)


def _cells(reference: str) -> Iterator[Cell]:
    first, _, last = reference.replace("$", "").partition(":")
    if not _REFERENCE.fullmatch(first) or not _REFERENCE.fullmatch(last or first):
        return
    (top, left), (bottom, right) = _cell(first), _cell(last or first)
    if (bottom - top + 1) * (right - left + 1) > _LARGEST_RANGE:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def _cell(reference: str) -> Cell:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_index(letters)


def _parsed(parts: Mapping[str, bytes], part: str) -> Element:
    return _element(parts.get(part, b""))


def _element(xml: bytes) -> Element:
    try:
        return fromstring(xml)  # type: ignore[no-any-return]
    except (ParseError, ValueError, LookupError) as error:
        raise FileError(
            "corrupt",
            "A part of the workbook is damaged. Open it in a spreadsheet program, save it anew "
            "and send that.",
        ) from error


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace: r:id, in either edition of the standard."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")

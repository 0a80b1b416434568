"""Web addresses behind the cells of an ODS, which the fast reader does not tell. Pure."""

from __future__ import annotations

import re
from collections import defaultdict

from policies.imports.links import real_address
from policies.imports.xml_areas import Attributes, attribute, counted, local, walk, xml_parser

Cell = tuple[int, int]

#: A link in a cell that is repeated is behind all of them, up to this many.
_MOST_REPEATED = 1_000
_HYPERLINK_FORMULA = re.compile(r'HYPERLINK\(\s*"([^"]{1,4000})"')
_CELLS = ("table-cell", "covered-table-cell")


def links_of_ods(xml: bytes) -> dict[str, dict[Cell, str]]:
    """Sheet -> (row from 1, column from 0) -> address: of the cell's formula, or its first link.

    What stands in a comment is not in the cell.
    """
    if b"href" not in xml and b"HYPERLINK(" not in xml:
        return {}
    walked = _Walk()
    walk(xml_parser(walked.start, walked.end), xml)
    return walked.found


class _Walk:
    """Where in the sheet the parser is, and what it has found."""

    def __init__(self) -> None:
        self.found: dict[str, dict[Cell, str]] = defaultdict(dict)
        self.sheet, self.row, self.column = "", 0, 0
        self.rows = self.columns = 1
        self.in_cell, self.comments = False, 0

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = local(tag)
        if tag == "table":
            self.sheet, self.row = attribute(attributes, "name"), 0
        elif tag == "table-row":
            self.row += 1
            self.rows = counted(attribute(attributes, "number-rows-repeated"), 1)
            self.column = 0
        elif tag in _CELLS:
            self.columns = counted(attribute(attributes, "number-columns-repeated"), 1)
            self.in_cell = True
            if formula := _HYPERLINK_FORMULA.search(attribute(attributes, "formula")):
                self.keep(formula[1])
        elif tag == "annotation":
            self.comments += 1
        elif tag == "a" and self.in_cell and not self.comments:
            self.keep(attribute(attributes, "href"))

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "table-row":
            self.row += self.rows - 1
        elif tag in _CELLS:
            self.column += self.columns
            self.in_cell = False
        elif tag == "annotation":
            self.comments -= 1

    def keep(self, target: str) -> None:
        address = real_address(target)
        if not address or self.rows * self.columns > _MOST_REPEATED:
            return
        cells = self.found[self.sheet]
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                cells.setdefault((row, column), address)

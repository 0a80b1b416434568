"""Finds the table in a workbook: its sheet, its header row, and which field each heading means.

Headings are compared without case, accents, punctuation, spaces and line breaks. Whatever cannot
be placed is said, with the nearest known name; nothing is left out in silence. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from policies.imports import heading_findings as findings
from policies.imports.header_rows import (
    Fields,
    Header,
    fields_of,
    find_header,
    heading_key,
    heading_text,
)
from policies.imports.limits import column_letter
from policies.imports.table_rows import rows_under
from policies.imports.tables import OUR_COLUMNS, Column, FileError, Finding, Sheet, Table

_NEAR_SHEET = 60
_NO_CHOICES: Mapping[str, str] = MappingProxyType({})


def find_table(
    sheets: Sequence[Sheet],
    columns: Sequence[Column],
    *,
    sheet: str = "",
    chosen: Mapping[str, str] = _NO_CHOICES,
) -> Table:
    """The table of the sheet called `sheet`, or of the one sheet that fits.

    `chosen`: heading as the file has it -> name of a column, or "" to leave it out on purpose.
    Raises FileError: `no_sheet`, `which_sheet`, `no_header`, `missing_columns`, `two_columns`,
    `no_rows`.
    """
    fields = fields_of((*columns, *OUR_COLUMNS), chosen)
    header = _chosen_header([_named(sheets, sheet)] if sheet else _visible(sheets), fields)
    if header.missing and not sheet:
        _refuse_hidden(sheets, fields)
    if not header.places:
        raise findings.no_header(header.sheet.name, columns)
    if header.missing:
        raise findings.missing_columns(header, fields)
    placed, doubled = _one_column_each(header, fields)
    rows, repeated = rows_under(header.sheet, header.row, placed)
    if not rows:
        raise findings.no_rows(header.sheet.name, header.row)
    return Table(
        header.sheet.name,
        header.row,
        {name: heading_text(header.cells[index]) for name, index in placed.items()},
        {name: column_letter(index) for name, index in placed.items()},
        rows,
        (
            *header.sheet.findings,
            *findings.unknown_headings(header, fields),
            *findings.unheaded_columns(header),
            *doubled,
            *repeated,
            *findings.stripped_cells(header, placed),
        ),
    )


def _named(sheets: Sequence[Sheet], name: str) -> Sheet:
    """The sheet of that name; hidden ones too, since somebody asked for it."""
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    for same in (str, heading_key):
        for sheet in sheets:
            if same(sheet.name) == same(name):
                return sheet
    # A text file has one sheet without a name; asking for one by name is a mistake there too.
    names = [sheet.name for sheet in sheets if sheet.name]
    near = [
        found[0]
        for found in process.extract(
            name, names, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=_NEAR_SHEET
        )
    ]
    raise findings.no_sheet(name, near, names)


def _visible(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets that a person sees and that hold something; if there are none, the hidden ones."""
    filled = [sheet for sheet in sheets if sheet.rows]
    return [sheet for sheet in filled if not sheet.hidden] or filled


def _refuse_hidden(sheets: Sequence[Sheet], fields: Fields) -> None:
    """Where no visible sheet fits but a hidden one does, a person must say that it is meant."""
    hidden = [s.name for s in sheets if s.hidden and s.rows and not find_header(s, fields).missing]
    if hidden:
        raise findings.which_sheet(hidden, hidden=True)


def _chosen_header(sheets: Sequence[Sheet], fields: Fields) -> Header:
    headers = sorted((find_header(s, fields) for s in sheets), key=lambda h: h.rank, reverse=True)
    if not headers:
        raise FileError("empty", "There is nothing in the file but empty cells.")
    best = headers[0]
    equals = [header for header in headers if header.rank == best.rank]
    if len(equals) > 1 and not best.missing:
        in_order = [one.sheet.name for one in headers if one.places and not one.missing]
        raise findings.which_sheet(in_order)
    return best


def _one_column_each(header: Header, fields: Fields) -> tuple[dict[str, int], list[Finding]]:
    """Field -> its one column, big ones left out; two that both hold values are an error.

    Of two columns, the one that a person chose counts, else the only one that is not empty.
    """
    placed: dict[str, int] = {}
    doubled: list[Finding] = []
    for name, indexes in header.places.items():
        if fields.columns[name].big:
            continue
        kept = list(indexes)
        if len(kept) > 1:
            by_choice = [i for i in kept if heading_key(header.cells[i]) in fields.chosen]
            kept = by_choice or [i for i in kept if header.holds_values(i)] or kept[:1]
        if len(kept) > 1:
            raise findings.two_columns(header, name, kept)
        placed[name] = kept[0]
        doubled += [
            findings.column_not_used(header, name, index, kept[0])
            for index in indexes
            if index != kept[0]
        ]
    return dict(sorted(placed.items(), key=lambda item: item[1])), doubled

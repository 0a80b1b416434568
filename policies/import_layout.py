"""What a file that could not be placed looks like, so that a person can say which sheet or column
is meant: its sheets, its headings, and which field each heading was taken for."""

from __future__ import annotations

from policies.import_plans import KINDS, Received, columns_among, remembered
from policies.imports import header_rows, reading
from policies.imports.tables import FileError, Sheet

#: What is wrong with a file that a choice of columns can mend.
ABOUT_COLUMNS = frozenset({"no_header", "missing_columns", "two_columns"})
#: What is wrong with a file that a choice of a sheet can mend.
ABOUT_SHEETS = frozenset({"which_sheet", "no_sheet", "no_rows", *ABOUT_COLUMNS})
MOST_HEADINGS = 200


def found(received: Received, error: FileError) -> dict:
    """{"sheets": names, "columns": {heading: field or ""}}, as far as a choice of them can help."""
    if error.code not in ABOUT_SHEETS:
        return {}
    sheets = [
        sheet for sheet in reading.read_workbook(received.data, received.filename) if sheet.rows
    ]
    names = [sheet.name for sheet in sheets if sheet.name]
    columns = _columns(received, sheets) if error.code in ABOUT_COLUMNS else {}
    return {"sheets": names if len(names) > 1 else [], "columns": columns}


def _columns(received: Received, sheets: list[Sheet]) -> dict[str, str]:
    """The headings of the sheet that fits best, or of the sheet that was asked for."""
    chosen = columns_among(remembered(received.kind, received.partner_id))
    fields = header_rows.fields_of(KINDS[received.kind].COLUMNS, chosen)
    asked = [sheet for sheet in sheets if sheet.name == received.sheet] or sheets
    best = max((header_rows.find_header(sheet, fields) for sheet in asked), key=lambda h: h.rank)
    found = list(header_rows.meanings(best.cells, fields).items())[:MOST_HEADINGS]
    return {header_rows.heading_text(best.cells[index]): name or "" for index, name in found}

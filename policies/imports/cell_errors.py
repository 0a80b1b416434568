"""What is wrong with one cell, and the ways in which spreadsheets write "nothing". Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from policies.imports.tables import CellValue, shown

#: Formulas that failed, as spreadsheet programs show them.
ERROR_CELLS = frozenset(
    {
        *("#REF!", "#N/A", "#NA", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"),
        *("#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA"),
    }
)
#: Those that say "not available", and that some lists write for an empty cell.
NOT_AVAILABLE = frozenset({"#N/A", "#NA"})
#: What the reader puts where a formula was saved without its result: what it comes to is not known.
UNSAVED_FORMULA = "(formula without its result)"
UNSAVED_MESSAGE = (
    "The cell holds a formula whose result was not saved with the file, so what it says is not "
    "known. Open the workbook in a spreadsheet program, save it and send that; or put the values "
    "themselves in place of the formulas (paste as values)."
)

#: Written for an empty cell by programs ("NaN") and by people ("n/a").
BLANK_WORDS = frozenset(
    {"", "nan", "nat", "none", "null", "n/a", "n.a.", "n.a", "na", "-", "--", "–", "—"}
)
#: Said where nobody knows. Only where a date or an answer is asked for: a note may say "unknown".
UNKNOWN_WORDS = BLANK_WORDS | {"unknown", "unk", "?", "??", "no data", "no record", "desconocido"}


class CellError(Exception):
    """A cell cannot be read. `message` says what is wrong with it and what to do.

    `suggestions` are what may have been meant, likeliest first; never taken without being asked.
    """

    def __init__(self, code: str, message: str, suggestions: Sequence[str] = ()):
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestions = tuple(suggestions)


def is_error_cell(value: CellValue) -> bool:
    """Whether the cell is a formula that failed: "#REF!", "#N/A"."""
    return isinstance(value, str) and value.strip().upper() in ERROR_CELLS


def refuse_error_cell(value: CellValue) -> None:
    """Raise `error_cell` for a formula that failed, `formula_without_result` for an unsaved one."""
    if value == UNSAVED_FORMULA:
        raise CellError("formula_without_result", UNSAVED_MESSAGE)
    if is_error_cell(value):
        raise CellError(
            "error_cell",
            f"{shown(value)} is a formula that failed. Type the value itself, or empty the cell.",
        )


def plain(text: str) -> str:
    """Lower case, without accents, for comparing words.

    >>> plain("Sí ")
    'si'
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return text.casefold().strip()

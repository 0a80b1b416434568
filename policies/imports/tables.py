"""Plain values for a file on its way in: sheets, tables, rows, and what is found wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

#: What a cell of a spreadsheet may hold. An error cell is its text, such as "#REF!".
CellValue = str | int | float | bool | date | datetime | time | timedelta | None

#: How much of a bad value is repeated in a message.
LONGEST_VALUE_SHOWN = 120


class FileError(Exception):
    """The file as a whole cannot be read. `message` says what to do; nothing was kept or changed.

    `code`: `empty`, `too_large`, `wrong_type`, `password`, `corrupt`, `bomb`, `too_wide`,
    `no_sheet`, `which_sheet`, `no_header`, `missing_columns`, `two_columns`, `two_forms`,
    `no_rows`.
    """

    def __init__(self, code: str, message: str, suggestions: Sequence[str] = ()):
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestions = tuple(suggestions)


#: The code of a heading that was most likely meant for a field: it holds up the whole file.
HEADING_UNSURE = "heading_unsure"
#: The fields of answers given one a row; in the wide form each factor is a field of its own.
LONG_FORM = frozenset({"factor", "answer"})


class Severity(StrEnum):
    """An error stops its row. A question holds its row back until a person answers it."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful, by where it stands in the spreadsheet program.

    `row` counts from 1 as the program shows it, None for the whole file; `column` is the heading
    as the file has it; `message` says what is wrong and what to do. `scope` and `key`: under which
    an answer to it would be remembered (models.ImportChoice); empty if no choice can help.
    `agency_type`: what the agency is, where only its counties are asked for.
    """

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    suggestions: tuple[str, ...] = ()
    scope: str = ""
    key: str = ""
    agency_type: str = ""

    def as_report(self) -> dict[str, object]:
        """The form that the report of an import has (contract)."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
            "suggestions": list(self.suggestions),
        }

    def as_choice(self) -> dict[str, object]:
        """What a person can answer about it, and by what its report is known."""
        return {
            **{"sheet": self.sheet, "row": self.row, "column": self.column, "code": self.code},
            **{"scope": self.scope, "key": self.key, "agency_type": self.agency_type},
        }


class Skip(NamedTuple):
    """Why a row is left out on purpose. That is no error: its sender need not mend it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read. `rows[0]` is the first row that the spreadsheet program shows.

    `links`: (row from 1, column from 0) -> the address behind the cell.
    `stripped`: cells that control characters were taken from, the same way.
    `findings`: what the reader noticed, such as formulas saved without results.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    stripped: Sequence[tuple[int, int]] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A field that a kind of file may have, and the headings under which it comes.

    `big`: a column of no use to us that may be huge (polygons); its cells are never looked at.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    big: bool = False


#: Columns that our workbook of bad rows adds: known when it comes back, and never looked at.
ROW_HEADING = "Row in the file sent"
WRONG_HEADING = "What is wrong"
OUR_COLUMNS = (
    Column("row_in_the_file_sent", (ROW_HEADING,), big=True),
    Column("what_is_wrong", (WRONG_HEADING,), big=True),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: cleaned of nothing yet. `number` as the spreadsheet program shows it."""

    number: int
    values: Mapping[str, CellValue]
    links: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> CellValue:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found. `headings`: field -> heading as the file has it.

    `letters`: field -> column letter of the spreadsheet program. `header_row` counts from 1.
    `findings`: unknown headings and the like.
    """

    sheet: str
    header_row: int
    headings: Mapping[str, str]
    letters: Mapping[str, str]
    rows: Sequence[Row]
    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        row: int | None = None,
        name: str = "",
        value: object = "",
        suggestions: Sequence[str] = (),
        *,
        scope: str = "",
        key: str = "",
        agency_type: str = "",
    ) -> Finding:
        """A finding about the field `name` of a row of this table."""
        return Finding(
            severity,
            code,
            message,
            self.sheet,
            row,
            self.headings.get(name, name),
            shown(value),
            tuple(suggestions),
            scope,
            key,
            agency_type,
        )


def shown(value: object) -> str:
    """A value as it is repeated in a message: one line of harmless, limited text."""
    text = "" if value is None else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    if len(text) > LONGEST_VALUE_SHOWN:
        return text[: LONGEST_VALUE_SHOWN - 1] + "…"
    return text


def quoted(value: object) -> str:
    """A value as it is repeated in a sentence.

    >>> quoted("Anwser")
    '“Anwser”'
    """
    return f"“{shown(value)}”"

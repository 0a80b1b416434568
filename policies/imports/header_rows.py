"""The row of the headings, under banners and blank rows, and what its headings mean. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.imports.numbered_headings import numbered_factors, without_number
from policies.imports.tables import CellValue, Column, Sheet
from policies.rubric import FACTORS

#: The header stands among the first so many rows that hold anything.
_ROWS_SEARCHED = 40
#: What a person chose for a heading of no use: it is left out on purpose.
_IGNORED = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind of file, by the keys of the headings under which they come.

    `chosen`: what a person said of single headings, by their keys.
    """

    columns: Mapping[str, Column]
    by_key: Mapping[str, str]
    chosen: Mapping[str, str]

    def field_of(self, key: str) -> str | None:
        """The field that a heading means, "" if it is left out on purpose, None if unknown."""
        found = self.chosen.get(key, self.by_key.get(key))
        if found is None and (numbered := without_number(key)):
            factor, name = numbered
            return factor.value if self.by_key.get(name) == factor else None
        return found

    @property
    def has_factors(self) -> bool:
        return all(factor in self.columns for factor in FACTORS)

    @property
    def required(self) -> list[str]:
        return [column.name for column in self.columns.values() if column.required]


@dataclass(frozen=True, slots=True)
class Header:
    """A row that may be the header. `places`: field -> columns (from 0) whose heading means it."""

    sheet: Sheet
    row: int
    places: Mapping[str, Sequence[int]]
    missing: Sequence[str]

    @property
    def cells(self) -> Sequence[CellValue]:
        return self.sheet.rows[self.row - 1]

    @property
    def rank(self) -> tuple[bool, int]:
        """Complete ones first, then by the number of headings recognised."""
        return not self.missing, len(self.places)

    def holds_values(self, index: int) -> bool:
        """Whether anything stands in that column (from 0) under its heading."""
        return any(
            len(row) > index and is_filled(row[index]) for row in self.sheet.rows[self.row :]
        )


def is_filled(value: CellValue) -> bool:
    """Something other than nothing or spaces; 0 and False are something."""
    return value is not None and value != "" and not (type(value) is str and value.isspace())


def has_content(row: Sequence[CellValue]) -> bool:
    return any(is_filled(value) for value in row)


def heading_key(value: CellValue) -> str:
    """What two spellings of a heading have in common: "No 287(g)\\n" gives "no287g"."""
    text = heading_text(value)
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    key = "".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))
    # A heading of signs alone, such as "#", is known by these.
    return key or text


def heading_text(value: CellValue) -> str:
    """A heading on one line, as it is shown in messages."""
    return " ".join(str(value).split()) if is_filled(value) else ""


def fields_of(columns: Sequence[Column], chosen: Mapping[str, str]) -> Fields:
    """The fields of a kind, with what a person chose for single headings (`find_table`)."""
    named = {column.name: column for column in columns}
    by_key: dict[str, str] = {}
    for column in columns:
        for heading in (column.name, *column.synonyms):
            by_key.setdefault(heading_key(heading), column.name)
    return Fields(
        named,
        by_key,
        {
            heading_key(heading): name
            for heading, name in chosen.items()
            if name == _IGNORED or name in named
        },
    )


def meanings(row: Sequence[CellValue], fields: Fields) -> dict[int, str | None]:
    """Column from 0 -> the field that its heading means (`Fields.field_of`), of every heading."""
    keys = {index: heading_key(value) for index, value in enumerate(row) if is_filled(value)}
    found = {index: fields.field_of(key) for index, key in keys.items()}
    if fields.has_factors:
        found.update({i: f.value for i, f in numbered_factors(keys, found).items()})
    return found


def find_header(sheet: Sheet, fields: Fields) -> Header:
    """The row with the most headings that are known; the first of equals."""
    best = Header(sheet, 1, {}, fields.required)
    searched = 0
    for number, row in enumerate(sheet.rows, start=1):
        if not has_content(row):
            continue
        searched += 1
        if searched > _ROWS_SEARCHED:
            break
        places: dict[str, list[int]] = {}
        for index, name in meanings(row, fields).items():
            if name:
                places.setdefault(name, []).append(index)
        missing = [name for name in fields.required if name not in places]
        found = Header(sheet, number, places, missing)
        if found.rank > best.rank:
            best = found
    return best

"""What is said about headings: errors of the whole file, errors and warnings by column. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.imports.header_rows import (
    Fields,
    Header,
    heading_key,
    heading_text,
    is_filled,
    meanings,
)
from policies.imports.limits import column_letter
from policies.imports.near_headings import meant, nearest, suggested
from policies.imports.tables import (
    HEADING_UNSURE,
    LONG_FORM,
    Column,
    FileError,
    Finding,
    Severity,
    quoted,
    shown,
)
from policies.rubric import FACTORS

_MOST_CELLS_NAMED = 20


def no_header(sheet: str, columns: Sequence[Column]) -> FileError:
    required = [column.name for column in columns if column.required]
    wanted = required or [column.name for column in columns if not column.big][:8]
    return FileError(
        "no_header",
        f"No row of {_sheet(sheet)} holds headings that are known. Expected are "
        f"{', '.join(wanted)}. Put the headings in one row above the data.",
        wanted,
    )


def missing_columns(header: Header, fields: Fields) -> FileError:
    unknown = [text for _, text, known in _headings(header, fields) if known is None]
    near = [
        text
        for name in header.missing
        for text in nearest(_spellings(fields.columns[name]), unknown)
    ]
    listed = ", ".join(header.missing)
    hint = f" Near headings in the file: {', '.join(map(quoted, near))}." if near else ""
    return FileError(
        "missing_columns",
        f"{_sheet(header.sheet.name, capital=True)} lacks what is needed: {listed}. The headings "
        f"were taken from row {header.row}.{hint} Rename the headings, or say which column is "
        "which.",
        list(dict.fromkeys(near)),
    )


def two_columns(header: Header, name: str, indexes: Sequence[int]) -> FileError:
    columns = [f"“{_text(header, index)}” ({column_letter(index)})" for index in indexes]
    same = len({heading_key(header.cells[index]) for index in indexes}) < len(indexes)
    remedy = "Delete or rename all but one" + ("." if same else ", or say which one counts.")
    return FileError(
        "two_columns",
        f"{_sheet(header.sheet.name, capital=True)} has {len(columns)} columns for {name}: "
        f"{' and '.join(columns)}. {remedy}",
        [_text(header, index) for index in indexes],
    )


def which_sheet(names: Sequence[str], *, hidden: bool = False) -> FileError:
    listed = ", ".join(map(quoted, names))
    if hidden:
        message = f"Only a hidden sheet fits: {listed}. Say so by its name if it is meant."
    else:
        message = f"{len(names)} sheets of the workbook fit: {listed}. Say which one is meant."
    return FileError("which_sheet", message, names)


def no_sheet(name: str, near: Sequence[str], names: Sequence[str]) -> FileError:
    if not names:
        message = f"There is no sheet “{name}”: a text file has no sheets. Leave the name out."
    else:
        message = f"There is no sheet “{name}”. The sheets are {', '.join(map(quoted, names))}."
    return FileError("no_sheet", message, [*near, *(n for n in names if n not in near)])


def no_rows(sheet: str, row: int) -> FileError:
    return FileError(
        "no_rows",
        f"{_sheet(sheet, capital=True)} has headings in row {row} and nothing under them. Fill in "
        "the rows, or send the sheet that holds them.",
    )


def unknown_headings(header: Header, fields: Fields) -> Iterator[Finding]:
    """Each heading that means no field, with the fields it may have meant: an error where one of
    them lacks a column and this is most likely it, since its values would be lost; else a warning.
    """
    free = _free_spellings(header, fields)
    for index, text, known in _headings(header, fields):
        if known is None:
            if (near := meant(text, free)) and header.holds_values(index):
                yield _unsure(header, index, near)
            else:
                yield _unknown(header, index, suggested(text, free))


def _free_spellings(header: Header, fields: Fields) -> dict[str, str]:
    """Spelling -> field, of the fields that have no column and may have one beside the others."""
    taken = {*header.places}
    if taken & LONG_FORM:
        taken.update(FACTORS)
    elif taken & set(FACTORS):
        taken.update(LONG_FORM)
    return {
        spelling: name
        for name, column in fields.columns.items()
        if name not in taken
        for spelling in _spellings(column)
    }


def _unsure(header: Header, index: int, near: Sequence[str]) -> Finding:
    text = shown(_text(header, index))
    return Finding(
        Severity.ERROR,
        HEADING_UNSURE,
        f"The heading “{text}” (column {column_letter(index)}, row {header.row}) is not known. Is "
        f"{' or '.join(near)} meant? Nothing can be applied until that is said: choose in the "
        "review what the column is, or leave it out there; or rename the heading, or delete the "
        "column, and send the file again.",
        header.sheet.name,
        None,
        text,
        suggestions=tuple(near),
    )


def _unknown(header: Header, index: int, near: Sequence[str]) -> Finding:
    text = shown(_text(header, index))
    hint = f" Is {' or '.join(near)} meant?" if near else ""
    return _warning(
        header,
        "unknown_heading",
        f"The heading “{text}” (column {column_letter(index)}) is not known; the column was left "
        f"out.{hint}",
        text,
        near,
    )


def unheaded_columns(header: Header) -> Iterator[Finding]:
    """A warning for each column that holds values but has no heading."""
    below = header.sheet.rows[header.row :]
    headed = {index for index, value in enumerate(header.cells) if is_filled(value)}
    filled = {}
    for index in set(range(max(map(len, below), default=0))) - headed:
        rows = (n for n, row in enumerate(below, 1) if len(row) > index and is_filled(row[index]))
        if number := next(rows, 0):
            filled[index] = header.row + number
    for index, number in sorted(filled.items()):
        letter = column_letter(index)
        yield _warning(
            header,
            "no_heading",
            f"Column {letter} has no heading, but holds values (the first is in row {number}); "
            "it was left out. Give it a heading if it matters.",
            letter,
        )


def column_not_used(header: Header, name: str, index: int, kept: int) -> Finding:
    return _warning(
        header,
        "two_columns",
        f"“{_text(header, index)}” (column {column_letter(index)}) means {name} too, and was left "
        f"out: “{_text(header, kept)}” (column {column_letter(kept)}) counts.",
        _text(header, index),
    )


def stripped_cells(header: Header, placed: Mapping[str, int]) -> list[Finding]:
    """A warning for each cell that control characters were taken from; the last tells the rest."""
    used = set(placed.values())
    cells = [(r, c) for r, c in header.sheet.stripped if c in used and r >= header.row]
    found = [
        Finding(
            Severity.WARNING,
            "control_characters",
            "Invisible control characters were taken out of this cell. See that what is left is "
            "what was meant.",
            header.sheet.name,
            row,
            _text(header, column),
        )
        for row, column in cells[:_MOST_CELLS_NAMED]
    ]
    if rest := len(cells) - len(found):
        message = f"Invisible control characters were taken out of {rest:,} more cells."
        found.append(Finding(Severity.WARNING, "control_characters", message, header.sheet.name))
    return found


def _warning(
    header: Header, code: str, message: str, column: str, suggestions: Sequence[str] = ()
) -> Finding:
    return Finding(
        Severity.WARNING,
        code,
        message,
        header.sheet.name,
        header.row,
        column,
        suggestions=tuple(suggestions),
    )


def _headings(header: Header, fields: Fields) -> Iterator[tuple[int, str, str | None]]:
    """(column from 0, heading, the field it means) of every heading."""
    for index, name in meanings(header.cells, fields).items():
        yield index, _text(header, index), name


def _text(header: Header, index: int) -> str:
    return heading_text(header.cells[index])


def _spellings(column: Column) -> list[str]:
    return [column.name, *column.synonyms]


def _sheet(name: str, *, capital: bool = False) -> str:
    if not name:
        return "The file" if capital else "the file"
    return f"{'Sheet' if capital else 'sheet'} “{name}”"

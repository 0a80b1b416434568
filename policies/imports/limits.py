"""How large a received file may be, packed and unpacked, before it is refused. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from policies.imports.tables import FileError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. A member is one file inside a workbook, which is a zip archive.

    `cells`: rows in use times columns in use, of one sheet: what the reader needs memory for.
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    member_ratio: int = 200
    member_ratio_from: int = 10 * MEGABYTE
    members: int = 2_000
    sheets: int = 200
    columns: int = 1_000
    rows: int = 200_000
    cells: int = 10_000_000


def refuse_size(size: int, limits: Limits) -> None:
    """Raise for a file of `size` bytes that is larger than allowed; before anything is read."""
    if size > limits.file_bytes:
        raise FileError(
            "too_large",
            f"The file has {size / MEGABYTE:,.1f} MB; at most {limits.file_bytes / MEGABYTE:,.0f} "
            "MB are accepted. Leave out columns that are not needed (shapes, pictures), or send "
            "it in parts.",
        )


def refuse_area(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Raise for a sheet whose last row or column in use lies too far out."""
    where = f"Sheet “{sheet}”" if sheet else "The file"
    if columns > limits.columns:
        raise FileError(
            "too_wide",
            f"{where} has something in column {column_letter(columns - 1)} (number {columns:,}); "
            f"at most {limits.columns:,} columns are accepted. Delete the columns beside the "
            "table and save it again.",
        )
    if rows > limits.rows or rows * columns > limits.cells:
        raise FileError(
            "too_large",
            f"{where} has something in row {rows:,}, with {columns:,} columns in use; at most "
            f"{limits.rows:,} rows and {limits.cells:,} cells are accepted. Delete the rows "
            "beneath the table and save it again, or send it in parts.",
        )


def refuse_text(size: int, limits: Limits) -> None:
    """Raise for a workbook whose cells, repeating the same long texts, would fill all memory."""
    if size > limits.unpacked_bytes:
        raise FileError(
            "bomb",
            f"The workbook was not opened: its cells repeat texts that are {size / MEGABYTE:,.0f} "
            f"MB together, more than {limits.unpacked_bytes / MEGABYTE:,.0f}. Leave out the "
            "columns with long texts, or send it in parts.",
        )


def column_letter(index: int) -> str:
    """The letters a spreadsheet program gives to the column with this number from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The number from 0 of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

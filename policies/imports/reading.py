"""A received file's bytes -> its sheets, or a FileError that says what to do. Pure.

Nothing of the file is carried out: macros and formulas stay where they are, archives are checked
before they are unpacked, and every limit is checked before memory is taken.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from policies.imports import xlsx_parts
from policies.imports.archives import checked_parts, packed
from policies.imports.compound_files import packed_stream, stream_of
from policies.imports.file_types import FileType, detect, password_protected
from policies.imports.grids import tidy
from policies.imports.limits import Limits, refuse_area, refuse_size, refuse_text
from policies.imports.memory import give_back
from policies.imports.merged_cells import spread_down
from policies.imports.ods_links import links_of_ods
from policies.imports.tables import CellValue, FileError, Finding, Severity, Sheet
from policies.imports.text_files import read_text
from policies.imports.xls_cells import cells_of_xls
from policies.imports.xml_areas import areas_of_ods

__all__ = ["Limits", "read_workbook", "refuse_size"]

_DEFAULT_LIMITS = Limits()


def read_workbook(
    data: bytes, filename: str, *, limits: Limits = _DEFAULT_LIMITS
) -> tuple[Sheet, ...]:
    """The sheets of a CSV, TSV, XLSX, XLSM, XLS or ODS file, hidden ones included and marked.

    Raises FileError: `empty`, `too_large`, `too_wide`, `wrong_type`, `password`, `corrupt`,
    `bomb`.
    """
    refuse_size(len(data), limits)
    file_type = detect(data, filename)
    if file_type == FileType.TEXT:
        sheets = [read_text(data, filename, limits)]
    elif file_type == FileType.XLSX:
        sheets = _read_xlsx(data, limits)
    elif file_type == FileType.ODS:
        sheets = _read_ods(data, limits)
    else:
        sheets = _read_xls(data, limits)
    if not any(sheet.rows for sheet in sheets):
        raise FileError("empty", "There is nothing in the file but empty cells.")
    return tuple(sheets)


def _read_xlsx(data: bytes, limits: Limits) -> list[Sheet]:
    parts = xlsx_parts.in_usual_places(checked_parts(data, limits))
    part_of = xlsx_parts.sheet_parts(parts)
    for name, area in xlsx_parts.areas(parts, part_of):
        refuse_area(name, area.rows, area.columns, limits)
    refuse_text(xlsx_parts.size_of_shared_texts(parts, part_of.values()), limits)
    links = {name: xlsx_parts.links(parts, part) for name, part in part_of.items()}
    findings = {}
    for name, part in part_of.items():
        parts[part], unsaved = xlsx_parts.with_unsaved_formulas(parts[part], links[name])
        findings[name] = _of_formulas(name, unsaved)
        parts[part] = xlsx_parts.with_error_texts(parts[part])
    workbook = packed(parts)
    del parts  # unpacked, they are larger than all that is read of them
    return [
        Sheet(
            sheet.name,
            sheet.rows,
            links.get(sheet.name, {}),
            sheet.hidden,
            sheet.stripped,
            findings.get(sheet.name, ()),
        )
        for sheet in _read_sheets(workbook, limits)
    ]


def _read_ods(data: bytes, limits: Limits) -> list[Sheet]:
    parts = checked_parts(data, limits)
    content = parts.get("content.xml", b"")
    for name, area in areas_of_ods(content):
        refuse_area(name, area.rows, area.columns, limits)
        refuse_text(area.size, limits)
    links = links_of_ods(content)
    return [
        replace(sheet, links=links.get(sheet.name, {}))
        for sheet in _read_sheets(packed(parts), limits)
    ]


def _read_xls(data: bytes, limits: Limits) -> list[Sheet]:
    cells = cells_of_xls(stream_of(data, ("workbook", "book")))
    for rows, columns in cells.areas:
        refuse_area("", rows, columns, limits)
    refuse_text(cells.text_size, limits)
    return _read_sheets(packed_stream("Workbook", cells.stream), limits, cells.errors)


def _read_sheets(
    data: bytes, limits: Limits, errors: Sequence[Mapping[int, Mapping[int, str]]] = ()
) -> list[Sheet]:
    """Every worksheet of a workbook; charts and the like have no cells and are left out.

    `errors`: for each sheet in order, texts of cells that the fast reader leaves out.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        described = [
            (position, sheet)
            for position, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if len(described) > limits.sheets:
            raise FileError(
                "too_large",
                f"The workbook has {len(described):,} sheets; at most {limits.sheets:,} are "
                "accepted. Send the sheet that matters in a workbook of its own.",
            )
        sheets = []
        for position, sheet in described:
            content = workbook.get_sheet_by_index(position)
            raw = spread_down(_whole_rows(content), content.merged_cell_ranges or ())
            if position < len(errors) and errors[position]:
                raw = _with_errors(raw, errors[position])
            rows, stripped = tidy(raw, sheet.name, limits)
            hidden = sheet.visible != SheetVisibleEnum.Visible
            sheets.append(Sheet(sheet.name, rows, hidden=hidden, stripped=tuple(stripped)))
        del workbook, content, raw
        give_back()
        return sheets
    except PasswordError as error:
        raise password_protected() from error
    except CalamineError as error:
        raise _corrupt() from error
    except BaseException as error:
        # The reader is a compiled library; where it gives up it raises outside of Exception.
        if type(error).__name__ == "PanicException":
            raise _corrupt() from error
        raise


def _whole_rows(sheet: CalamineSheet) -> Iterable[Sequence[CellValue]]:
    """The rows from column A on; the reader leaves out empty columns at the left, but not rows."""
    left = sheet.start[1] if sheet.start else 0
    if not left:
        return sheet.iter_rows()
    margin: list[CellValue] = [""] * left
    return ([*margin, *row] for row in sheet.iter_rows())


def _with_errors(
    rows: Iterable[Sequence[CellValue]], errors: Mapping[int, Mapping[int, str]]
) -> Iterator[Sequence[CellValue]]:
    for number, row in enumerate(rows, start=1):
        texts = errors.get(number)
        yield [texts.get(i, value) for i, value in enumerate(row)] if texts else row


def _corrupt() -> FileError:
    return FileError(
        "corrupt",
        "The workbook is damaged and cannot be read. Open it in a spreadsheet program, save it "
        "anew and send that.",
    )


def _of_formulas(sheet: str, references: list[str]) -> tuple[Finding, ...]:
    if not references:
        return ()
    message = (
        f"{len(references):,} cells (the first is {references[0]}) hold formulas whose results "
        "were not saved, so what they say is not known. Open the workbook in a spreadsheet "
        "program, save it and send that."
    )
    return (Finding(Severity.WARNING, "formula_without_result", message, sheet),)

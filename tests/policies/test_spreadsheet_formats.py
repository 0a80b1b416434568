"""What an export's format does to texts."""

from __future__ import annotations

import io

import tablib
from openpyxl import load_workbook

from policies.spreadsheet_formats import LONGEST_CELL, Csv, Xlsx


def exported(text: str) -> str:
    data = tablib.Dataset([text], headers=["quote"])
    return load_workbook(io.BytesIO(Xlsx().export_data(data))).active["A2"].value


def test_a_text_that_fits_a_cell_goes_out_whole():
    assert exported("x" * LONGEST_CELL) == "x" * LONGEST_CELL


def test_a_text_that_is_cut_says_so_at_its_end_and_the_csv_has_it_whole():
    text = "x" * 40_000
    cut = exported(text)
    assert len(cut) == LONGEST_CELL
    assert cut.startswith("x" * 32_000)
    assert cut.endswith(
        "… [cut: of 40,000 characters at most 32,767 fit in a cell; the CSV has them all]"
    )
    assert text in Csv().export_data(tablib.Dataset([text], headers=["quote"]))

"""Which sheet of a workbook is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.imports.headings import find_table
from policies.imports.tables import CellValue, FileError, Sheet
from tests.policies.imports.corpus import COLUMNS, HEADINGS, ROW

Rows = list[list[CellValue]]


class TestSheets:
    FITS: Rows = [list(HEADINGS), list(ROW)]
    OTHER: Rows = [["Name", "Meaning"], ["TX", "Texas"]]

    def test_the_one_that_fits(self):
        sheets = [Sheet("Notes", self.OTHER), Sheet("Data", self.FITS), Sheet("Empty", [])]
        assert find_table(sheets, COLUMNS).sheet == "Data"

    def test_the_one_with_more_headings(self):
        more: Rows = [[*HEADINGS, "Notes"], [*ROW, "x"]]
        assert find_table([Sheet("A", self.FITS), Sheet("B", more)], COLUMNS).sheet == "B"

    def test_several_that_fit_equally_are_a_question(self):
        with pytest.raises(FileError) as refused:
            find_table([Sheet("A", self.FITS), Sheet("B", self.FITS)], COLUMNS)
        assert (refused.value.code, refused.value.suggestions) == ("which_sheet", ("A", "B"))

    def test_a_sheet_without_known_headings_is_not_offered(self):
        none_required = [replace(column, required=False) for column in COLUMNS]
        sheets = [Sheet("A", self.FITS), Sheet("Notes", [["hello"]]), Sheet("B", self.FITS)]
        with pytest.raises(FileError) as refused:
            find_table(sheets, none_required)
        assert refused.value.suggestions == ("A", "B")

    def test_hidden_sheets_are_not_looked_at(self):
        sheets = [Sheet("A", self.FITS, hidden=True), Sheet("B", self.FITS)]
        assert find_table(sheets, COLUMNS).sheet == "B"

    def test_hidden_sheet_that_alone_fits_must_be_named(self):
        sheets = [Sheet("A", self.FITS, hidden=True), Sheet("B", self.OTHER)]
        with pytest.raises(FileError, match="Only a hidden sheet fits: “A”") as refused:
            find_table(sheets, COLUMNS)
        assert refused.value.code == "which_sheet"
        assert find_table(sheets, COLUMNS, sheet="A").sheet == "A"

    def test_named_sheet_however_it_is_spelt(self):
        sheets = [Sheet("Facility List - Main", self.FITS), Sheet("B", self.FITS)]
        assert (
            find_table(sheets, COLUMNS, sheet="facility list main").sheet == "Facility List - Main"
        )

    def test_exact_name_before_a_similar_one(self):
        sheets = [Sheet("a", self.FITS), Sheet("A", self.FITS)]
        assert find_table(sheets, COLUMNS, sheet="A").sheet == "A"

    def test_unknown_name_suggests_near_ones_first(self):
        sheets = [Sheet("Notes", self.OTHER), Sheet("Answers 2025", self.FITS)]
        with pytest.raises(FileError) as refused:
            find_table(sheets, COLUMNS, sheet="Answers")
        assert refused.value.code == "no_sheet"
        assert refused.value.suggestions == ("Answers 2025", "Notes")

    def test_name_for_a_text_file(self):
        with pytest.raises(FileError, match="a text file has no sheets") as refused:
            find_table([Sheet("", self.FITS)], COLUMNS, sheet="Data")
        assert refused.value.code == "no_sheet"

    def test_message_of_a_text_file_speaks_of_the_file(self):
        with pytest.raises(FileError, match=r"^The file lacks what is needed: answer"):
            find_table([Sheet("", [HEADINGS[:3], ROW[:3]])], COLUMNS)

"""Workbooks with troubles that are no reason to refuse them."""

from __future__ import annotations

import contextlib
import io
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from policies.imports.limits import Limits
from policies.imports.reading import read_workbook
from policies.imports.tables import FileError
from tests.policies.imports import containers
from tests.policies.imports.containers import archive, ods, ods_row, text_cell, xls, xlsx_parts
from tests.policies.imports.corpus import CSV, table, xlsx


def rows_of(data: bytes, filename: str = "a.xlsx") -> list[list[object]]:
    return [list(row) for row in read_workbook(data, filename)[0].rows]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestCells:
    def test_values_keep_their_types(self):
        row = ["TX", 7, 1.5, True, date(2020, 2, 3), datetime(2020, 2, 3, 4, 5), time(6, 7)]  # noqa: DTZ001
        assert rows_of(xlsx([row])) == [row]

    def test_a_cell_merged_downwards_counts_for_each_row(self):
        book = Workbook()
        sheet = book.active
        for row in (["CA", "Kern"], [None, "Inyo"], [None, "Mono"], [None, "Yolo"]):
            sheet.append(row)
        sheet.merge_cells("A1:A3")
        assert rows_of(saved(book)) == [
            ["CA", "Kern"],
            ["CA", "Inyo"],
            ["CA", "Mono"],
            ["", "Yolo"],
        ]

    def test_a_cell_merged_sideways_stays_where_it_is(self):
        book = Workbook()
        book.active.append(["Survey of sheriffs", None])
        book.active.append(["State", "County"])
        book.active.merge_cells("A1:B1")
        assert rows_of(saved(book)) == [["Survey of sheriffs"], ["State", "County"]]

    def test_a_merge_that_reaches_below_the_last_row_adds_none(self):
        row = f'<row r="1">{text_cell("A1", "CA")}{text_cell("B1", "Kern")}</row>'
        merged = '<mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>'
        assert rows_of(archive(xlsx_parts(row, after=merged))) == [["CA", "Kern"]]

    def test_whole_number_is_shown_as_one(self):
        assert rows_of(xlsx([[1001.0]])) == [[1001]]
        assert type(rows_of(xlsx([[1001.0]]))[0][0]) is int

    def test_code_kept_as_text_keeps_its_zeros(self):
        assert rows_of(xlsx([["01001"]])) == [["01001"]]

    def test_span_of_time(self):
        assert rows_of(xlsx([[timedelta(hours=30)]])) == [[timedelta(hours=30)]]

    def test_spaces_are_kept(self):
        assert rows_of(xlsx([["TEXAS "]])) == [["TEXAS "]]

    def test_very_long_cell(self):
        polygon = "-86.4,32.7,0 " * 2_500
        assert rows_of(xlsx([[polygon]])) == [[polygon]]

    @pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
    def test_error_cell_is_its_text(self, error):
        cell = f'<row r="1"><c r="A1" t="e"><f>B1/0</f><v>{error}</v></c></row>'
        assert rows_of(archive(xlsx_parts(cell))) == [[error]]

    def test_error_in_text_that_looks_like_xml_is_left_alone(self):
        cell = text_cell("A1", 'c r="A1" t="e"')
        assert rows_of(archive(xlsx_parts(f'<row r="1">{cell}</row>'))) == [['c r="A1" t="e"']]

    def test_rich_text_is_plain_text(self):
        rich = '<c r="A1" t="inlineStr"><is><r><t>Tra</t></r><r><t>vis</t></r></is></c>'
        assert rows_of(archive(xlsx_parts(f'<row r="1">{rich}</row>'))) == [["Travis"]]

    def test_formula_counts_by_its_stored_result(self):
        cell = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
        sheets = read_workbook(archive(xlsx_parts(cell)), "a.xlsx")
        assert sheets[0].rows == [[2]]
        assert sheets[0].findings == ()

    def test_formula_with_an_empty_text_as_result_is_no_trouble(self):
        cell = text_cell("A1", "a") + '<c r="B1" t="str"><f>""</f><v></v></c>'
        assert (
            read_workbook(archive(xlsx_parts(f'<row r="1">{cell}</row>')), "a.xlsx")[0].findings
            == ()
        )

    @pytest.mark.parametrize("bad", ["_x0000_", "_x0007_", "\u202e", "\u2066"])
    def test_control_characters_and_turned_writing_are_taken_out_and_remembered(self, bad):
        data = archive(xlsx_parts(f'<row r="3">{text_cell("B3", f"Tra{bad}vis")}</row>'))
        sheet = read_workbook(data, "a.xlsx")[0]
        assert sheet.rows[2] == ["", "Travis"]
        assert sheet.stripped == ((3, 1),)

    def test_line_breaks_and_tabs_are_no_control_characters(self):
        assert rows_of(xlsx([["a\nb\tc"]])) == [["a\nb\tc"]]
        assert read_workbook(xlsx([["a\nb\tc"]]), "a.xlsx")[0].stripped == ()


class TestSheets:
    def test_all_sheets_hidden_ones_marked(self):
        book = Workbook()
        book.active.append(["a"])
        hidden = book.create_sheet("Hidden")
        hidden.append(["b"])
        hidden.sheet_state = "veryHidden"
        assert [(s.name, s.hidden) for s in read_workbook(saved(book), "a.xlsx")] == [
            ("Sheet", False),
            ("Hidden", True),
        ]

    def test_rows_keep_the_numbers_of_the_spreadsheet_program(self):
        book = Workbook()
        book.active["C5"] = "here"
        rows = read_workbook(saved(book), "a.xlsx")[0].rows
        assert len(rows) == 5
        assert rows[4] == ["", "", "here"]

    def test_merged_banner_stands_in_its_first_cell(self):
        book = Workbook()
        book.active["A1"] = "FOR OFFICIAL USE"
        book.active.merge_cells("A1:F3")
        assert rows_of(saved(book)) == [["FOR OFFICIAL USE"]]

    def test_empty_rows_and_columns_that_carry_a_style_cost_nothing(self):
        book = Workbook()
        book.active["A1"] = "x"
        book.active.cell(1, 10_000).font = Font(bold=True)
        book.active.cell(1_048_576, 1).font = Font(bold=True)
        assert rows_of(saved(book)) == [["x"]]

    def test_macros_are_left_where_they_are(self):
        parts = xlsx_parts(f'<row r="1">{text_cell("A1", "x")}</row>')
        assert rows_of(archive({**parts, "xl/vbaProject.bin": b"\0"}), "a.xlsm") == [["x"]]

    def test_separator_of_windows_in_names_of_parts(self):
        parts = xlsx_parts(f'<row r="1">{text_cell("A1", "x")}</row>')
        assert rows_of(archive({n.replace("/", "\\"): c for n, c in parts.items()})) == [["x"]]

    def test_sheets_have_a_limit(self):
        with pytest.raises(FileError, match="2 sheets; at most 1") as refused:
            read_workbook(xlsx([["a"]], [["b"]]), "a.xlsx", limits=Limits(sheets=1))
        assert refused.value.code == "too_large"

    def test_size_of_all_parts_together_has_a_limit(self):
        with pytest.raises(FileError, match="unpacks to") as refused:
            read_workbook(table(), "a.xlsx", limits=Limits(unpacked_bytes=1_000))
        assert refused.value.code == "bomb"

    def test_reach_of_cells_is_seen_however_they_are_written(self):
        far = [
            "<row r='1'><c r='XFD1'><v>1</v></c></row>",
            '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<x:c s="1" r="XFD1"><x:v>1</x:v></x:c></x:row>',
            "<row>" + "<c><v>1</v></c>" * 1_001 + "</row>",
            '<row r="1"><c r="AA1"><v>1</v></c><c r="XFD10000"><v>1</v></c></row>',
        ]
        for rows in far:
            with pytest.raises(FileError) as refused:
                read_workbook(archive(xlsx_parts(rows)), "a.xlsx")
            assert refused.value.code == "too_wide", rows

    def test_few_cells_far_apart_take_room_for_all_between_them(self):
        far = "".join(
            f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
            for row, column in [(1, "ALL"), (99_999, "A")]
        )
        with pytest.raises(FileError, match="row 99,999, with 1,000 columns in use") as refused:
            read_workbook(archive(xlsx_parts(far)), "a.xlsx")
        assert refused.value.code == "too_large"

    def test_workbook_in_an_unusual_place(self):
        parts = xlsx_parts(f'<row r="1">{text_cell("B1", "x")}</row>')
        moved = {
            name.replace("workbook.xml", "workbook22.xml"): content
            for name, content in parts.items()
        }
        moved["_rels/.rels"] = containers.relations({"r": "/xl/workbook22.xml"}, "officeDocument")
        assert rows_of(archive(moved)) == [["", "x"]]


class TestLinks:
    def test_address_behind_a_cell(self):
        book = Workbook()
        book.active["B2"] = "link"
        book.active["B2"].hyperlink = "https://example.org/moa.pdf"
        assert read_workbook(saved(book), "a.xlsx")[0].links == {
            (2, 1): "https://example.org/moa.pdf"
        }

    def test_address_behind_a_range_with_a_place_in_it(self):
        after = '<hyperlinks><hyperlink ref="A1:B1" r:id="r1" location="page=2"/></hyperlinks>'
        parts = xlsx_parts(f'<row r="1">{text_cell("A1", "x")}</row>', after=after)
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = containers.relations(
            {"r1": "http://a.example/"}, "hyperlink"
        )
        assert read_workbook(archive(parts), "a.xlsx")[0].links == {
            (1, 0): "http://a.example/#page=2",
            (1, 1): "http://a.example/#page=2",
        }

    def test_address_in_a_formula(self):
        cell = (
            '<c r="A1" t="str"><f>HYPERLINK("https://a.example/?b=1&amp;c=2","link")</f>'
            "<v>link</v></c>"
        )
        sheet = read_workbook(archive(xlsx_parts(f'<row r="1">{cell}</row>')), "a.xlsx")[0]
        assert sheet.rows == [["link"]]
        assert sheet.links == {(1, 0): "https://a.example/?b=1&c=2"}

    def test_links_within_the_workbook_and_mail_addresses_are_none(self):
        book = Workbook()
        book.active["A1"] = "mail"
        book.active["A1"].hyperlink = "mailto:someone@example.org"
        book.active["A2"] = "see there"
        book.active["A2"].hyperlink = "#Sheet!A1"
        assert read_workbook(saved(book), "a.xlsx")[0].links == {}


class TestOpenDocument:
    def test_cells(self):
        assert rows_of(ods(ods_row("a", "b") + ods_row("c")), "a.ods") == [["a", "b"], ["c"]]

    def test_empty_rest_of_the_sheet_costs_nothing(self):
        rest = (
            '<table:table-row table:number-rows-repeated="1048575">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        assert rows_of(ods(ods_row("a") + rest), "a.ods") == [["a"]]

    def test_error_cell_is_its_text(self):
        assert rows_of(ods(ods_row("#REF!")), "a.ods") == [["#REF!"]]


BYTES = st.integers(0, 255)
WHOLE = [
    (table(), "a.xlsx"),
    (ods(ods_row("a")), "a.ods"),
    (xls(containers.xls_text(0, 0, "x")), "a.xls"),
    (CSV.encode("utf-16"), "a.csv"),
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WHOLE), st.floats(0.01, 1), st.lists(st.tuples(st.floats(0, 0.999), BYTES)))
def test_damaged_file_is_refused_or_read_but_never_crashes(whole, kept, changes):
    """`kept`: how much of the file is left; `changes`: where (as a part of it) a byte differs."""
    data, name = whole
    damaged = bytearray(data[: int(len(data) * kept) or 1])
    for place, byte in changes:
        damaged[int(place * len(damaged))] = byte
    with contextlib.suppress(FileError):
        assert read_workbook(bytes(damaged), name)

"""The bad rows of a file come back as a workbook that can be mended and sent again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from policies import bad_rows as bad_rows_module
from policies import import_plans, import_report
from policies.import_plans import Received
from policies.imports.tables import ROW_HEADING, WRONG_HEADING
from tests.factories import CountyFactory
from tests.policies.submissions.sheets import AS_OF, TODAY, answer, csv_bytes, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for fips, name in (("06001", "Alameda"), ("06075", "San Francisco"), ("06003", "Alpine")):
        CountyFactory(fips=fips, short_name=name)


def bad_rows(file: Received):
    report = import_report.report(import_plans.make(file, TODAY))
    content = bad_rows_module.bad_rows(file, import_plans.KINDS[file.kind].COLUMNS, {}, report)
    return content, load_workbook(io.BytesIO(content)).active


BAD = received(
    answer(notes="=cmd|'/c calc'!A1"),
    answer("06999", notes="=1+1"),
    answer("06003", factor="limits_hold", value="perhaps"),
)


def test_only_the_bad_rows_come_back_with_their_numbers():
    _content, sheet = bad_rows(BAD)
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (ROW_HEADING, "fips", "factor", "answer", "notes", WRONG_HEADING)
    assert [row[0] for row in rows[1:]] == [3, 4]


def test_the_cells_at_fault_are_coloured_and_say_why():
    _content, sheet = bad_rows(BAD)
    marked = {cell.coordinate for row in sheet for cell in row if cell.fill.fill_type == "solid"}
    assert marked == {"B2", "C3", "D3"}
    assert "06999" in sheet["B2"].comment.text
    assert "limits_holds" in sheet["C3"].comment.text


def test_no_text_of_it_is_a_formula():
    content, sheet = bad_rows(BAD)
    assert sheet["E2"].value == "'=1+1"
    formulas = [cell for row in load_workbook(io.BytesIO(content)).active for cell in row]
    assert not any(cell.data_type == "f" for cell in formulas)


def test_once_mended_it_goes_in():
    content, _sheet = bad_rows(BAD)
    book = load_workbook(io.BytesIO(content))
    book.active["B2"], book.active["C3"], book.active["D3"] = "06075", "limits_holds", "yes"
    out = io.BytesIO()
    book.save(out)
    plan = import_plans.make(Received(out.getvalue(), "mended.xlsx", "policies", AS_OF), TODAY)
    assert (plan.findings, plan.counts()["new"]) == ([], 2)
    assert plan.policies[0].fact.notes == "=1+1"


def test_a_workbook_keeps_its_numbers_and_dates():
    book = Workbook()
    book.active.append(["fips", "factor", "answer", "effective_from"])
    book.active.append([6999, "limits_holds", "yes", date(2019, 7, 1)])
    out = io.BytesIO()
    book.save(out)
    _content, sheet = bad_rows(Received(out.getvalue(), "a.xlsx", "policies", AS_OF))
    assert [cell.value for cell in sheet[2]][1] == 6999
    assert sheet["E2"].value.date() == date(2019, 7, 1)


def test_a_file_of_text_becomes_a_workbook():
    data = csv_bytes([answer("06999")])
    _content, sheet = bad_rows(Received(data, "a.csv", "policies", AS_OF))
    assert sheet["B2"].value == "06999"


def book_of(*rows: Sequence, title: str = "Sheet", links: dict | None = None) -> Received:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for coordinate, link in (links or {}).items():
        book.active[coordinate].hyperlink = link
    out = io.BytesIO()
    book.save(out)
    return Received(out.getvalue(), "a.xlsx", "policies", AS_OF)


HEADINGS = ["fips", "factor", "answer", "source title"]
PERHAPS = ["06001", "limits_holds", "perhaps", "link"]


def test_a_heading_on_two_lines_is_still_found():
    _content, sheet = bad_rows(book_of(["fips", "factor", "answer\ncode"], PERHAPS[:3]))
    assert sheet["D2"].fill.fill_type == "solid"


def test_addresses_behind_cells_stay_behind_them():
    file = book_of(HEADINGS, PERHAPS, links={"D2": "https://example.org/a.pdf"})
    _content, sheet = bad_rows(file)
    assert sheet["E2"].hyperlink.target == "https://example.org/a.pdf"


def test_a_second_round_does_not_add_the_two_columns_again():
    content, _sheet = bad_rows(book_of(HEADINGS, PERHAPS))
    again = Received(content, "again.xlsx", "policies", AS_OF)
    _content, sheet = bad_rows(again)
    assert [cell.value for cell in sheet[1]] == [ROW_HEADING, *HEADINGS, WRONG_HEADING]


def test_a_signed_number_of_a_text_file_stays_a_number():
    data = b"fips,factor,answer,longitude\n06001,limits_holds,perhaps,-121.9\n"
    _content, sheet = bad_rows(Received(data, "a.csv", "policies", AS_OF))
    assert sheet["E2"].value == -121.9


def test_a_cell_that_is_too_long_for_excel_is_cut():
    data = b"fips,factor,answer,shape\n06001,limits_holds,perhaps," + b"x" * 100_000
    _content, sheet = bad_rows(Received(data, "a.csv", "policies", AS_OF))
    assert len(sheet["E2"].value) == 32_767


def test_names_of_sheets_that_excel_refuses_are_mended():
    assert bad_rows_module._sheet_name("2019/2020: [all]") == "2019-2020- -all-"
    assert bad_rows_module._sheet_name("") == "Bad rows"


def test_more_bad_rows_than_anybody_reads_have_no_notes(monkeypatch):
    monkeypatch.setattr(bad_rows_module, "MOST_COMMENTS", 1)
    _content, sheet = bad_rows(received(answer("06999"), answer("06998")))
    assert [sheet[at].comment is None for at in ("B2", "B3")] == [False, True]
    assert [sheet[at].fill.fill_type for at in ("B2", "B3")] == ["solid", "solid"]

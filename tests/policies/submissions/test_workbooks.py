"""Workbooks that go out come back through the importer's door."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from policies import import_plans, import_report, workbooks
from policies.import_plans import Received
from policies.imports.tables import ROW_HEADING, WRONG_HEADING
from tests.factories import CountyFactory
from tests.policies.submissions.sheets import AS_OF, TODAY, answer, csv_bytes, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for fips, name in (("06001", "Alameda"), ("06075", "San Francisco"), ("06003", "Alpine")):
        CountyFactory(fips=fips, short_name=name)
    CountyFactory(fips="01055", usps="AL", short_name="Etowah")


def filled(name: str) -> bytes:
    """The template with its own example row filled in."""
    book = load_workbook(io.BytesIO(workbooks.template(name)))
    for position, column in enumerate(workbooks.columns_of(name), start=1):
        book.worksheets[0].cell(2, position).value = column.example or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kind_of(name: str) -> str:
    return "policies" if name.startswith("policies") else name


@pytest.mark.parametrize("name", workbooks.TEMPLATES)
def test_a_filled_in_template_goes_in_without_a_word(name):
    file = Received(filled(name), f"{name}.xlsx", kind_of(name), date(2020, 12, 1))
    plan = import_plans.make(file, date(2021, 1, 1))
    told = [one for one in plan.findings if one.code != "state_missing"]
    assert (plan.rows, told) == (1, [])
    assert plan.counts()["new"] >= 1


@pytest.mark.parametrize("name", workbooks.TEMPLATES)
def test_a_template_says_what_each_of_its_columns_means(name):
    book = load_workbook(io.BytesIO(workbooks.template(name)))
    headings = [cell.value for cell in book.worksheets[0][1]]
    rows = list(book["What each column means"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == headings
    assert all(row[1] for row in rows)


def test_a_code_typed_into_a_template_keeps_its_zero():
    book = load_workbook(io.BytesIO(workbooks.template("policies")))
    assert book.worksheets[0]["A2"].number_format == "@"


def test_answers_and_factors_are_picked_from_lists():
    book = load_workbook(io.BytesIO(workbooks.template("policies")))
    picked = {
        str(one.sqref).split(":")[0]: one.formula1
        for one in book.worksheets[0].data_validations.dataValidation
    }
    assert set(picked) == {"B2", "D2", "E2"}
    assert [cell.value for cell in book["Lists"]["E"]][:3] == ["yes", "no", "none_found"]


def bad_rows(file: Received):
    report = import_report.report(import_plans.make(file, TODAY))
    content = workbooks.bad_rows(file, import_plans.KINDS[file.kind].COLUMNS, {}, report)
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
    book = workbooks.Workbook()
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

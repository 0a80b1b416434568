"""Empty workbooks, filled in, go through the importer's door."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from policies import import_plans, workbooks
from policies.import_plans import Received
from policies.imports import cells
from policies.rubric import FACTORS, Answer
from tests.factories import CountyFactory

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


def test_what_is_picked_for_a_county_is_read_as_it_says():
    """In the wide form a bare "no" would be "none found"; the list therefore has no such word."""
    picked = {column.heading: column.choices for column in workbooks.columns_of("policies-wide")}
    for factor in FACTORS:
        read = {cells.answer(choice, factor) for choice in picked[factor.value]}
        assert read == {Answer.YES, Answer.NO, Answer.NONE_FOUND}


def test_models_of_agreements_are_picked_from_a_list():
    book = load_workbook(io.BytesIO(workbooks.template("ice-287g")))
    (picked,) = book.worksheets[0].data_validations.dataValidation
    assert str(picked.sqref) == "E2:E501"
    listed = [book["Lists"][f"E{row}"].value for row in (1, 2, 3)]
    assert listed == ["Jail Enforcement Model", "Task Force Model", "Warrant Service Officer"]
    assert picked.formula1 == "Lists!$E$1:$E$3"


def test_answers_and_factors_are_picked_from_lists():
    book = load_workbook(io.BytesIO(workbooks.template("policies")))
    picked = {
        str(one.sqref).split(":")[0]: one.formula1
        for one in book.worksheets[0].data_validations.dataValidation
    }
    assert set(picked) == {"B2", "D2", "E2"}
    assert [cell.value for cell in book["Lists"]["E"]][:3] == ["yes", "no", "none_found"]

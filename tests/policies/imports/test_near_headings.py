"""Headings that were most likely meant for a field hold the file up; others are only said."""

from __future__ import annotations

import pytest

from policies.imports.headings import find_table
from policies.imports.kinds import policies
from policies.imports.kinds.policy_columns import COLUMNS
from policies.imports.near_headings import meant
from policies.imports.tables import FileError, Finding, Severity, Sheet, Table
from tests.policies.imports.gazetteer import context

FREE = {spelling: c.name for c in COLUMNS for spelling in (c.name, *c.synonyms)}
LONG = ["fips", "factor", "answer"]
WIDE = ["fips", "no_287g", "limits_holds"]


def table_of(headings, row=None, chosen=None) -> Table:
    row = row or ["x"] * len(headings)
    return find_table([Sheet("S", [headings, row])], COLUMNS, chosen=chosen or {})


def said(headings, row=None, **options) -> list[tuple[str, str, str]]:
    findings = table_of(headings, row, **options).findings
    return [(one.severity.value, one.code, one.column) for one in findings]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("anwser", "answer"),
        ("Anser", "answer"),
        ("effectve_from", "effective_from"),
        ("Effective form", "effective_from"),
        ("Efective  date", "effective_from"),
        ("Effective date of the policy", "effective_from"),
        ("Qualifcatoin", "qualification"),
        ("source_titel", "source_title"),
        ("No ICE holds (2019)", "limits_holds"),
        ("conty", "county"),
        ("respuestas", "answer"),
    ],
)
def test_a_heading_misspelt_or_with_words_beside_means_its_field(heading, field):
    assert meant(heading, FREE) == [field]


@pytest.mark.parametrize(
    "heading",
    [
        *("City", "Line", "Date", "Year", "Status", "Sheriff name", "County seat", "Population"),
        *("source name", "Document type", "Policy type", "Start time", "My notes", "Field Office"),
        *("Title VI", "Reviewed by", "Score", "8", "Region", "Agency", "E-mail"),
    ],
)
def test_an_unrelated_heading_means_none(heading):
    assert meant(heading, FREE) == []


def test_the_likeliest_field_comes_first():
    free = {"source data": "second", "source date": "first"}
    assert meant("sourc date", free) == ["first", "second"]


def test_a_misspelt_heading_is_an_error_that_names_column_and_remedy():
    (found,) = table_of([*LONG, "effectve_from"]).findings
    assert isinstance(found, Finding)
    assert (found.severity, found.code, found.column) == (
        Severity.ERROR,
        "heading_unsure",
        "effectve_from",
    )
    assert found.suggestions == ("effective_from",)
    assert "“effectve_from” (column D, row 1)" in found.message
    assert "leave it out" in found.message


def test_an_unrelated_heading_keeps_its_warning():
    assert said([*LONG, "Blood type"]) == [("warning", "unknown_heading", "Blood type")]


def test_a_misspelt_heading_of_an_empty_column_loses_nothing():
    assert said([*LONG, "effectve_from"], ["x", "x", "x"]) == [
        ("warning", "unknown_heading", "effectve_from")
    ]


def test_a_field_that_has_its_column_is_not_asked_for_again():
    assert said([*LONG, "notes", "Notes 2"]) == [("warning", "unknown_heading", "Notes 2")]


@pytest.mark.parametrize("chosen", ["effective_from", ""])
def test_a_choice_or_leaving_it_out_answers_the_question(chosen):
    table = table_of([*LONG, "effectve_from"], chosen={"effectve_from": chosen})
    assert table.findings == ()
    assert ("effective_from" in table.headings) == bool(chosen)


def test_fields_of_the_other_form_are_not_asked_for():
    assert said([*WIDE, "Factors", "Values"]) == [
        ("warning", "unknown_heading", "Factors"),
        ("warning", "unknown_heading", "Values"),
    ]
    assert said([*LONG, "Limits hold"]) == [("warning", "unknown_heading", "Limits hold")]


def test_a_misspelt_factor_of_the_wide_form_is_asked_for():
    assert said([*WIDE, "Limits notification"]) == [
        ("error", "heading_unsure", "Limits notification")
    ]


def test_where_the_field_is_needed_the_file_is_refused_and_the_heading_named():
    with pytest.raises(FileError, match=r"lacks the column answer.*“anwser”") as refused:
        policies.read(table_of(["fips", "factor", "anwser"]), context())
    assert (refused.value.code, refused.value.suggestions) == ("missing_columns", ("anwser",))


def test_headings_and_nothing_under_them_is_refused():
    with pytest.raises(FileError, match="Sheet “S” has headings in row 2 and nothing") as refused:
        find_table([Sheet("S", [["A banner"], LONG, [], ["", " "]])], COLUMNS)
    assert refused.value.code == "no_rows"

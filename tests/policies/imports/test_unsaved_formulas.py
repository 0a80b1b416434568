"""Formulas that a program wrote without their results: nobody knows what these cells say."""

from __future__ import annotations

from datetime import date

from policies.imports.cell_errors import UNSAVED_FORMULA
from policies.imports.headings import find_table
from policies.imports.kinds import ice_287g, ice_detention, policies
from policies.imports.reading import read_workbook
from policies.imports.tables import Severity
from tests.policies.imports.containers import archive, text_cell, xlsx_parts
from tests.policies.imports.corpus import xlsx
from tests.policies.imports.gazetteer import context

HEADER = ["fips", "factor", "answer", "effective_from", "source_title", "Blood type"]


def table_of(kind, *rows):
    return find_table(read_workbook(xlsx(rows), "a.xlsx"), kind.COLUMNS)


def read(*row):
    """The findings about one row of policies, and what was read of it."""
    table = table_of(policies, HEADER, row)
    reading = policies.read(table, context())
    found = [(f.severity, f.code, f.row, f.column) for f in (*table.findings, *reading.findings)]
    return found, reading.policies


def test_the_cell_says_so_and_the_sheet_counts_them():
    sheet = read_workbook(xlsx([["a", "=1+1", "=2+2"]]), "a.xlsx")[0]
    assert sheet.rows == [["a", UNSAVED_FORMULA, UNSAVED_FORMULA]]
    (finding,) = sheet.findings
    assert (finding.severity, finding.code) == (Severity.WARNING, "formula_without_result")
    assert finding.message.startswith("2 cells (the first is B1)")


def test_each_used_cell_is_an_error_of_its_row():
    for at, column in enumerate(HEADER[:5]):
        row = ["01001", "limits_holds", "yes", "2019-01-01", "Ordinance 1", ""]
        row[at] = "=A9"
        found, facts = read(*row)
        assert (Severity.ERROR, "formula_without_result", 2, column) in found
        assert facts == ()


def test_a_column_that_is_not_used_keeps_the_warning_alone():
    found, facts = read("01001", "limits_holds", "yes", "2019-01-01", "Ordinance 1", "=A9")
    assert {severity for severity, *_ in found} == {Severity.WARNING}
    assert len(facts) == 1


def test_the_message_says_what_to_do():
    table = table_of(policies, HEADER, ["01001", "limits_holds", "=A9"])
    (finding,) = policies.read(table, context()).findings
    assert "save it and send that" in finding.message
    assert "paste as values" in finding.message


def test_a_link_by_formula_says_what_the_cell_holds():
    formula = '<c r="A1"><f>HYPERLINK("https://a.example/","link")</f><v/></c>'
    data = archive(xlsx_parts(f'<row r="1">{formula}{text_cell("B1", "x")}</row>'))
    sheet = read_workbook(data, "a.xlsx")[0]
    assert sheet.rows == [["", "x"]]
    assert sheet.links == {(1, 0): "https://a.example/"}
    assert sheet.findings == ()


def test_a_list_by_ice_refuses_the_row():
    header = ["STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED", "MOA"]
    row = ["ALABAMA", "Etowah County Sheriff's Office", "Jail Enforcement Model", "=A9", "x"]
    reading = ice_287g.read(table_of(ice_287g, header, row), context())
    assert [(f.code, f.row, f.column) for f in reading.findings] == [
        ("formula_without_result", 2, "SIGNED")
    ]
    assert (reading.entries, reading.rows, reading.bad_rows) == ((), 1, {2})


def test_the_facility_list_refuses_the_row():
    names = {
        column.name: (column.synonyms or (column.name,))[0] for column in ice_detention.COLUMNS
    }
    values = {
        **{"code": "ETOWAAL", "name": "ETOWAH COUNTY JAIL", "city": "GADSDEN", "county": "ETOWAH"},
        **{"state": "AL", "zip": "35901", "type": "USMS IGA", "type_detailed": "USMS IGA"},
        **{"population": "=A9", "operator": "COUNTY (SHERIFF)", "owner": "COUNTY"},
    }
    table = table_of(ice_detention, [names[name] for name in values], list(values.values()))
    reading = ice_detention.read(table, context())
    assert "formula_without_result" in {
        f.code for f in reading.findings if f.severity == Severity.ERROR
    }


def test_dates_and_numbers_with_results_are_untouched():
    cell = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    assert read_workbook(archive(xlsx_parts(cell)), "a.xlsx")[0].rows == [[2]]
    assert read_workbook(xlsx([["a", date(2019, 1, 1)]]), "a.xlsx")[0].findings == ()

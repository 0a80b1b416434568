import re
from datetime import date, datetime

import pytest

from policies.imports.facts import Place, Source
from policies.imports.kinds.policies import COLUMNS, read
from policies.imports.tables import FileError, Severity
from policies.quotes import LONGEST_QUOTE
from policies.rubric import FACTORS, Answer, Factor
from tests.policies.imports.gazetteer import context
from tests.policies.imports.made_tables import table

BASE = {"fips": "01001", "factor": "limits_holds", "answer": "yes"}


def long(*rows, links=None, **options):
    return read(table([{**BASE, **row} for row in rows], links=links), context(**options))


def wide(*rows, **options):
    return read(table([{"fips": "01001", **row} for row in rows]), context(**options))


def one(reading):
    (fact,) = reading.policies
    return fact


def errors(reading):
    assert reading.policies == ()
    return [(f.code, f.column) for f in reading.findings if f.severity != Severity.WARNING]


def warnings(reading):
    return [(f.code, f.column) for f in reading.findings if f.severity == Severity.WARNING]


def refused(*names):
    with pytest.raises(FileError) as caught:
        read(table([], names=names), context())
    return caught.value


def test_long_form():
    fact = one(
        long(
            {
                "qualification": "Felonies are excepted.",
                "title": "General Order 12",
                "effective_from": "7/1/2017",
                "effective_until": "2019",
                "notes": "Seen by phone",
            }
        )
    )
    assert (fact.sheet, fact.row, fact.cell) == ("Sheet1", 2, "C2")
    assert fact.place == Place("AL", "01001")
    assert (fact.factor, fact.answer) == (Factor.LIMITS_HOLDS, Answer.YES)
    assert (fact.effective_from, fact.effective_from_precision) == (date(2017, 7, 1), "day")
    assert (fact.effective_until, fact.effective_until_precision) == (date(2019, 1, 1), "year")
    assert fact.qualification == "Felonies are excepted."
    assert (fact.title, fact.notes) == ("General Order 12", "Seen by phone")
    assert fact.source is None


def test_the_date_of_none_found_says_when_somebody_looked():
    fact = one(long({"answer": "none_found", "effective_from": "2017-07-01"}))
    assert (fact.in_force_by, fact.seen_on) == (True, date(2017, 7, 1))
    fact = one(long({"answer": "yes", "effective_from": "2017-07-01"}))
    assert (fact.in_force_by, fact.seen_on) == (False, None)


@pytest.mark.parametrize(
    ("answer", "factor", "expected"),
    [
        ("no", "limits_holds", Answer.NO),
        ("none_found", "no_287g", Answer.NONE_FOUND),
        (0, "limits_holds", Answer.NONE_FOUND),
        ("0", "1", Answer.NO),
        (1, 7, Answer.YES),
    ],
)
def test_answers_of_the_long_form(answer, factor, expected):
    assert one(long({"answer": answer, "factor": factor})).answer == expected


def test_wide_form():
    reading = wide({f.value: 0 for f in FACTORS} | {"no_287g": 1, "no_status_inquiry": None})
    assert {f.factor: f.answer for f in reading.policies} == {
        Factor.NO_287G: Answer.YES,
        Factor.NO_DETENTION_CONTRACT: Answer.NO,
        Factor.LIMITS_HOLDS: Answer.NONE_FOUND,
        Factor.LIMITS_NOTIFICATIONS: Answer.NONE_FOUND,
        Factor.LIMITS_INTERROGATIONS: Answer.NONE_FOUND,
        Factor.NO_GENERAL_ASSISTANCE: Answer.NONE_FOUND,
    }
    assert reading.policies[0].cell == "B2"
    assert reading.policies[1].cell == "C2"


def test_wide_form_shares_the_source_and_titles_only_policies():
    reading = wide(
        {"no_287g": 1, "limits_holds": "Y", "title": "Order 12", "source_title": "Order 12"}
    )
    assert [fact.title for fact in reading.policies] == ["", "Order 12"]
    assert {fact.source for fact in reading.policies} == {Source("Order 12")}


def test_wide_form_keeps_qualifications_as_notes_and_says_so():
    reading = wide({"limits_holds": 1, "qualification": "Felonies.", "notes": "By phone"})
    assert (one(reading).qualification, one(reading).notes) == ("", "Felonies.\nBy phone")
    assert warnings(reading) == [("qualification_kept_as_note", "qualification")]


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["fips", "factor", "answer", "no_287g"], "two_forms", "no_287g"),
        (["fips", "answer", "no_287g"], "two_forms", "no_287g"),
        (["fips", "factor"], "missing_columns", "the column answer"),
        (["fips", "answer"], "missing_columns", "the column factor"),
        (["fips", "state", "notes"], "missing_columns", "any answers"),
        (["factor", "answer"], "missing_columns", "which counties"),
    ],
)
def test_a_file_of_neither_form_or_of_both_is_refused(names, code, said):
    error = refused(*names)
    assert error.code == code
    assert said in error.message


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ({"fips": None, "state": "TX", "county": "Lampass"}, "county", "unknown_county"),
        ({"fips": "48001"} | {"state": "AL"}, "fips", "fips_contradicts_name"),
        ({"factor": "limits_hold"}, "factor", "unknown_factor"),
        ({"factor": None}, "factor", "no_factor"),
        ({"answer": "Yes?"}, "answer", "uncertain_answer"),
        ({"answer": "#REF!"}, "answer", "error_cell"),
        ({"effective_from": "7/72025"}, "effective_from", "not_a_date"),
        ({"effective_from": "2035-01-01"}, "effective_from", "too_far_ahead"),
        ({"effective_until": datetime.fromisoformat("5025-07-07")}, "effective_until",
         "implausible_year"),
        ({"effective_from": "2018", "effective_until": "2018-01-01"}, "effective_until",
         "ends_before_start"),
        ({"effective_until": "2018-01-01"}, "effective_until", "no_start"),
        ({"source_title": "x" * 301}, "source_title", "too_long"),
        ({"qualification": "x" * 32_768}, "qualification", "too_long"),
        ({"source_title": "A", "quote": "x" * (LONGEST_QUOTE + 1)}, "quote", "too_long"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "not_a_url"),
        ({"source_title": "A", "source_date": "2031-01-01"}, "source_date", "date_in_future"),
        ({"quote": "No employee shall"}, "source_title", "no_source_title"),
        ({"source_title": "A", "page": datetime.fromisoformat("2026-03-04")}, "page",
         "not_a_page"),
    ],
)  # fmt: skip
def test_a_row_with_an_error_says_where_and_contributes_nothing(row, column, code):
    reading = long(row)
    assert errors(reading) == [(code, column)]
    assert reading.bad_rows == {2}
    assert reading.findings[0].row == 2


def test_a_quote_may_be_as_long_as_one_that_is_typed_and_the_message_says_how_long():
    longest = {"source_title": "A", "quote": "x" * LONGEST_QUOTE}
    assert one(long(longest)).source.quote == longest["quote"]
    (finding,) = long(longest | {"quote": "x" * 100_000}).findings
    assert "100,000 characters; at most 10,000" in finding.message


def test_nobody_looked_in_the_future():
    row = {"answer": "none_found", "effective_from": "2027-01-01"}
    assert errors(long(row)) == [("future_observation", "effective_from")]


def test_a_policy_that_is_enacted_but_not_in_force_is_kept_with_a_warning():
    reading = long({"effective_from": "2027-01-01"})
    assert one(reading).effective_from == date(2027, 1, 1)
    assert warnings(reading) == [("starts_after_file", "effective_from")]


def test_all_errors_of_a_row_are_told():
    row = {"fips": "48999", "factor": "9", "answer": "maybe", "effective_from": "31 June 2019"}
    assert [code for code, _ in errors(long(row))] == [
        "unknown_fips",
        "unknown_factor",
        "uncertain_answer",
        "impossible_date",
    ]


def test_an_error_names_the_value_as_the_file_has_it_and_what_may_be_meant():
    (finding,) = long({"effective_from": "05/082025"}).findings
    assert (finding.value, finding.suggestions) == ("05/082025", ("2025-05-08",))


def test_one_bad_cell_stops_its_whole_row_and_no_other():
    reading = wide({"no_287g": 1, "limits_holds": 0.5}, {"fips": 1003, "no_287g": 1})
    assert [fact.place.fips for fact in reading.policies] == ["01003"]
    assert reading.bad_rows == {2}


@pytest.mark.parametrize("answer", [None, " ", "unknown", "N/A", "?"])
def test_a_row_without_an_answer_says_nothing_even_if_it_is_wrong(answer):
    reading = long({"answer": answer, "fips": "48999", "effective_from": "7/72025"})
    assert (reading.rows, reading.policies, reading.findings) == (1, (), ())
    assert reading.skipped == {2: ("no_answer", "No answer.")}


def test_totals_and_territories_are_left_out_with_their_reason():
    reading = long({"fips": None, "county": "Grand total", "answer": 5}, {"fips": "72001"})
    assert reading.skipped == {
        2: ("total", "A row of totals."),
        3: ("outside_map", "Puerto Rico is outside the map."),
    }
    assert (reading.rows, reading.findings) == (2, ())


def test_blank_rows_are_not_rows():
    names = {"fips": " ", "factor": "", "answer": None}
    assert read(table([names, BASE]), context()).rows == 1


def test_the_record_of_a_unified_jail_state():
    assert one(long({"fips": None, "state": "Rhode Island"})).place == Place("RI")


def test_source():
    row = {
        "source_title": "Ordinance 12",
        "source_url": "https://example.org/12.pdf",
        "source_date": "March 2017",
        "page": 3.0,
        "quote": "No employee\nshall ask.",
    }
    assert one(long(row)).source == Source(
        "Ordinance 12",
        "https://example.org/12.pdf",
        date(2017, 3, 1),
        "month",
        "3",
        "No employee\nshall ask.",
    )


def test_a_source_without_a_title_is_called_by_its_address():
    source = one(long({"source_url": "https://example.org/12.pdf"})).source
    assert source == Source("https://example.org/12.pdf", "https://example.org/12.pdf")


@pytest.mark.parametrize("field", ["source_url", "source_title"])
def test_the_address_behind_a_cell_counts(field):
    row = {"source_title": "Ordinance 12", "source_url": "link" if field == "source_url" else None}
    reading = long(row, links={(2, field): "https://example.org/12.pdf"})
    assert one(reading).source == Source("Ordinance 12", "https://example.org/12.pdf")


def test_html_and_formulas_stay_text():
    row = {"qualification": "<script>alert(1)</script>", "notes": "=1+1"}
    fact = one(long(row))
    assert (fact.qualification, fact.notes) == ("<script>alert(1)</script>", "=1+1")


def test_remembered_choices_are_followed():
    row = {"fips": None, "state": "TX", "county": "Lampass"}
    reading = long(row, choices={("county", "TX|lampass"): "48281"})
    assert one(reading).place.fips == "48281"


def test_headings_mean_one_field_each():
    keys = [
        re.sub(r"[\W_]", "", heading).casefold()
        for column in COLUMNS
        for heading in {re.sub(r"[\W_]", "", h).casefold() for h in (column.name, *column.synonyms)}
    ]
    assert len(keys) == len(set(keys))
    assert {"geoidfips", "no287g", "noicealerts", "enddate", "link"} <= set(keys)

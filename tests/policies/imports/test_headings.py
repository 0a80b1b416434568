"""The header row, the sheet and the meaning of headings, in tables of all shapes."""

from __future__ import annotations

from datetime import date

import pytest

from policies.imports.headings import find_table, heading_key
from policies.imports.limits import column_index, column_letter
from policies.imports.reading import read_workbook
from policies.imports.tables import CellValue, Column, FileError, Finding, Severity, Sheet, Table
from tests.policies.imports.corpus import COLUMNS, HEADINGS, ROW

Rows = list[list[CellValue]]


def table_of(*rows: list[CellValue], **options: object) -> Table:
    return find_table([Sheet("S", list(rows))], COLUMNS, **options)  # type: ignore[arg-type]


def by_code(table: Table, code: str) -> list[Finding]:
    return [finding for finding in table.findings if finding.code == code]


@pytest.mark.parametrize(
    "spelling",
    ["No 287(g)", "no_287g", "NO 287G ", "No\n287(g)", "Nó-287 (g)", "no.287.g"],
)
def test_headings_are_compared_by_letters_and_digits_alone(spelling):
    assert heading_key(spelling) == "no287g"


def test_heading_of_signs_or_a_number_is_known_by_itself():
    assert heading_key("#") == "#"
    assert heading_key(2017) == "2017"
    assert heading_key("City & State") == heading_key("city and state")


@pytest.mark.parametrize(
    ("index", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_letters_of_columns(index, letter):
    assert column_letter(index) == letter
    assert column_index(letter) == index


class TestHeaderRow:
    def test_simple_table(self):
        table = table_of(list(HEADINGS), list(ROW))
        assert table.header_row == 1
        assert table.headings == {
            "state": "State",
            "county": "County",
            "factor": "Factor",
            "answer": "Answer",
        }
        assert table.letters == {"state": "A", "county": "B", "factor": "C", "answer": "D"}
        assert table.rows[0].number == 2
        assert table.rows[0].values == {
            "state": "TX",
            "county": "Travis",
            "factor": "no_287g",
            "answer": "yes",
        }
        assert table.findings == ()

    def test_header_on_the_ninth_row_under_a_banner(self):
        banner: Rows = [
            ["State policies"],
            [],
            ["FOR OFFICIAL USE", "", "", "State"],
            [],
            [],
            [],
            [],
            [],
        ]
        table = table_of(*banner, list(HEADINGS), list(ROW))
        assert table.header_row == 9
        assert [row.number for row in table] == [10]

    def test_header_that_does_not_begin_in_the_first_column(self):
        table = table_of(["", "", *HEADINGS], ["", "", *ROW])
        assert table.letters["state"] == "C"
        assert table.rows[0].get("answer") == "yes"

    def test_headings_broken_over_lines_and_with_spaces(self):
        table = table_of(["STATE ", " county\nname", "Policy", "Answer"], list(ROW))
        assert table.headings["county"] == "county name"

    def test_header_deeper_than_forty_rows_with_content_is_not_found(self):
        with pytest.raises(FileError) as refused:
            table_of(*[["text"]] * 40, list(HEADINGS))
        assert refused.value.code == "no_header"

    def test_blank_rows_above_do_not_count(self):
        assert table_of(*[[]] * 100, list(HEADINGS), list(ROW)).header_row == 101

    def test_missing_columns_are_named_with_near_headings(self):
        with pytest.raises(FileError) as refused:
            table_of(["State", "Countey Nam", "Factor", "Answr"], list(ROW))
        assert refused.value.code == "missing_columns"
        assert "lacks what is needed: county, answer" in refused.value.message
        assert refused.value.suggestions == ("Countey Nam", "Answr")


class TestRows:
    def test_blank_rows_are_left_out_and_numbers_kept(self):
        table = table_of(list(HEADINGS), list(ROW), [], ["", "  "], list(ROW))
        assert [row.number for row in table] == [2, 5]

    def test_zero_and_no_are_values(self):
        (row,) = table_of(list(HEADINGS), [0, False, "", "x"])
        assert row.values == {"state": 0, "county": False, "answer": "x"}

    def test_short_row_lacks_its_last_fields(self):
        (row,) = table_of(list(HEADINGS), ["TX"])
        assert row.get("state") == "TX"
        assert row.get("answer") is None

    def test_values_are_not_cleaned(self):
        day = date(2020, 1, 2)
        assert table_of(list(HEADINGS), ["TEXAS ", day, 1.5, "yes"]).rows[0].values["county"] == day
        assert (
            table_of(list(HEADINGS), ["TEXAS ", day, 1.5, "yes"]).rows[0].values["state"]
            == "TEXAS "
        )

    def test_header_repeated_among_the_rows_is_left_out_and_said(self):
        table = table_of(
            list(HEADINGS), list(ROW), ["STATE ", "county", "Factor", "ANSWER"], list(ROW)
        )
        assert [row.number for row in table] == [2, 4]
        (finding,) = by_code(table, "repeated_header")
        assert (finding.row, finding.severity) == (3, Severity.WARNING)

    def test_row_that_only_begins_like_the_header_is_data(self):
        assert len(table_of(list(HEADINGS), ["State", "Travis", "x", "yes"]).rows) == 1

    def test_big_columns_are_never_copied(self):
        table = table_of([*HEADINGS, "Polygon"], [*ROW, "x" * 100_000])
        assert "path" not in table.rows[0].values
        assert table.findings == ()

    def test_links_by_field(self):
        sheet = Sheet(
            "S", [HEADINGS, ROW], {(2, 1): "https://a.example/", (1, 0): "https://b.example/"}
        )
        assert find_table([sheet], COLUMNS).rows[0].links == {"county": "https://a.example/"}


class TestWarnings:
    def test_unknown_heading_is_said_with_the_nearest_field(self):
        table = table_of([*HEADINGS, "Coments", "Blood type"], list(ROW))
        near, far = by_code(table, "unknown_heading")
        assert (near.column, near.row, near.suggestions) == ("Coments", 1, ("notes",))
        assert "(column E)" in near.message
        assert (far.column, far.suggestions) == ("Blood type", ())

    def test_unknown_heading_does_not_suggest_a_field_that_has_its_column(self):
        (finding,) = by_code(table_of([*HEADINGS, "Countey"], list(ROW)), "unknown_heading")
        assert finding.suggestions == ()

    def test_column_without_a_heading_that_holds_values_is_said(self):
        table = table_of([*HEADINGS, "", "Notes"], list(ROW), [*ROW, "stray", "x"])
        (finding,) = by_code(table, "no_heading")
        assert finding.column == "E"
        assert "the first is in row 3" in finding.message

    def test_empty_column_without_a_heading_is_nothing(self):
        assert table_of([*HEADINGS, "", "Notes"], [*ROW, "", "x"]).findings == ()

    def test_stripped_cells_are_said_by_heading(self):
        (finding,) = find_table(
            read_workbook(b"State,County,Factor,Answer\nTX,Tra\0vis,x,y\n", "a.csv"), COLUMNS
        ).findings
        assert (finding.code, finding.row, finding.column) == ("control_characters", 2, "County")

    def test_many_stripped_cells_are_counted(self):
        sheet = Sheet("S", [HEADINGS, *[ROW] * 30], stripped=[(n, 0) for n in range(2, 32)])
        findings = find_table([sheet], COLUMNS).findings
        assert len(findings) == 21
        assert "10 more cells" in findings[-1].message

    def test_what_the_reader_noticed_is_passed_on(self):
        noticed = Finding(Severity.WARNING, "formula_without_result", "x.", "S")
        assert find_table([Sheet("S", [HEADINGS, ROW], findings=(noticed,))], COLUMNS).findings == (
            noticed,
        )


class TestTwoColumns:
    def test_the_only_one_that_holds_values_counts(self):
        table = table_of(["State", *HEADINGS], ["", *ROW])
        assert table.letters["state"] == "B"
        (finding,) = by_code(table, "two_columns")
        assert "“State” (column A) means state too" in finding.message

    def test_two_that_hold_values_are_refused_by_heading_and_letter(self):
        with pytest.raises(FileError, match=r"“State” \(A\) and “ST” \(E\)") as refused:
            table_of([*HEADINGS, "ST"], [*ROW, "TX"])
        assert refused.value.code == "two_columns"
        assert refused.value.suggestions == ("State", "ST")

    def test_a_choice_decides(self):
        table = table_of([*HEADINGS, "ST"], [*ROW, "Texas"], chosen={"ST": "state"})
        assert table.rows[0].get("state") == "Texas"
        assert table.letters["state"] == "E"
        assert [finding.column for finding in by_code(table, "two_columns")] == ["State"]

    def test_leaving_one_out_decides(self):
        table = table_of([*HEADINGS, "ST"], [*ROW, "Texas"], chosen={"ST": ""})
        assert table.rows[0].get("state") == "TX"
        assert table.findings == ()

    def test_two_big_columns_are_no_trouble(self):
        assert table_of([*HEADINGS, "Path", "Polygon"], [*ROW, "x", "y"]).findings == ()


class TestChosenHeadings:
    def test_chosen_heading_counts_however_it_is_spelt(self):
        table = table_of(["Land", *HEADINGS[1:]], list(ROW), chosen={" LAND": "state"})
        assert table.headings["state"] == "Land"

    def test_chosen_heading_wins_over_its_usual_meaning(self):
        table = table_of([*HEADINGS, "Comments"], [*ROW, "x"], chosen={"Comments": "path"})
        assert "notes" not in table.headings

    def test_heading_left_out_on_purpose_is_not_reported(self):
        assert (
            table_of([*HEADINGS, "Blood type"], list(ROW), chosen={"Blood type": ""}).findings == ()
        )

    def test_choice_of_a_field_that_there_is_not_is_no_choice(self):
        table = table_of([*HEADINGS, "Blood type"], list(ROW), chosen={"Blood type": "gone"})
        assert by_code(table, "unknown_heading")


def test_kind_without_required_columns_takes_the_best_row():
    columns = (Column("a"), Column("b"))
    assert find_table([Sheet("S", [["x"], ["B", "A"], [1, 2]])], columns).rows[0].values == {
        "b": 1,
        "a": 2,
    }

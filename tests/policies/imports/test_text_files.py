"""Text files: encodings, separators, quotes, and rows as a spreadsheet program numbers them."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.imports.reading import read_workbook
from policies.imports.tables import FileError

TEXT = "State,County\nNM,Doña Ana\n"
ROWS = [["State", "County"], ["NM", "Doña Ana"]]


def rows_of(data: bytes | str, filename: str = "a.csv") -> list[list[object]]:
    data = data.encode() if isinstance(data, str) else data
    return [list(row) for row in read_workbook(data, filename)[0].rows]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("latin-1"),
        TEXT.encode("cp1252"),
    ],
    ids=["UTF-8", "marked", "UTF-16", "big end first", "UTF-16 unmarked", "Latin-1", "Windows"],
)
def test_encoding_is_told_by_content(data):
    assert rows_of(data) == ROWS


def test_quotation_marks_of_windows():
    assert rows_of("a,b\n“x”,–\n".encode("cp1252")) == [["a", "b"], ["“x”", "–"]]


def test_bytes_that_windows_does_not_know_are_no_reason_to_stop():
    assert rows_of(b"a,b\n\x81x,\xd1\n") == [["a", "b"], ["x", "Ñ"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("filename", ["a.csv", "a.tsv", "a.txt", "a"])
def test_separator_is_told_by_content(separator, filename):
    assert rows_of(TEXT.replace(",", separator), filename) == ROWS


def test_decimal_commas_do_not_make_commas_the_separator():
    assert rows_of("a;b;c\n1,5;2,5;x\n3,5;4,5;y\n")[1] == ["1,5", "2,5", "x"]


def test_banner_above_the_table_does_not_decide_the_separator():
    assert rows_of("List of May, June; and July\n\na,b,c\n1,2,3\n")[2] == ["a", "b", "c"]


def test_line_that_tells_excel_the_separator_is_no_row():
    assert rows_of("sep=;\r\na,1;b\r\n") == [["a,1", "b"]]


def test_one_column():
    assert rows_of("State\nTX\n") == [["State"], ["TX"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end):
    assert rows_of(TEXT.replace("\n", end)) == ROWS


def test_row_is_a_record_however_many_lines_it_takes():
    rows = rows_of('a,b\r\n"one\r\ntwo\nthree",x\r\n\r\ny,z\r\n')
    assert rows == [["a", "b"], ["one\r\ntwo\nthree", "x"], [], ["y", "z"]]


def test_last_line_may_lack_its_end():
    assert rows_of("a,b\nc,d") == [["a", "b"], ["c", "d"]]


def test_quotes_within_quotes():
    assert rows_of('a,b\n"the ""Act""",x\n') == [["a", "b"], ['the "Act"', "x"]]


def test_inches_in_a_plain_cell_are_no_quotation():
    assert rows_of('a,b\n5" pipe,x\n')[1] == ['5" pipe', "x"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n1,"two\n3,4\n', 2),
        ('a,b\n"x\ny",1\n"2"z,3\n', 3),
        ('a,b\n\n"one,2\n3,"four"\n', 3),
    ],
)
def test_unpaired_quotes_name_the_row_where_they_begin(text, row):
    with pytest.raises(FileError, match=f"row {row} do not pair up") as refused:
        rows_of(text)
    assert refused.value.code == "corrupt"


def test_polygon_longer_than_the_module_allows_by_itself():
    polygon = "-86.4,32.7,0 " * 20_000
    assert rows_of(f'name,path\nAutauga,"{polygon}"\n')[1] == ["Autauga", polygon]


def test_null_and_control_characters_are_taken_out_and_remembered():
    sheet = read_workbook(b"a,b\nT\0X,\x07Tra\x1bvis\n", "a.csv")[0]
    assert sheet.rows[1] == ["TX", "Travis"]
    assert sheet.stripped == ((2, 0), (2, 1))


def test_a_million_empty_rows_cost_nothing():
    assert rows_of("a,b\n" + ",\n" * 1_000_000) == [["a", "b"]]


def test_ten_thousand_empty_columns_cost_nothing():
    assert rows_of("a,b" + "," * 10_000 + "\n") == [["a", "b"]]


CELLS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]))


@given(
    st.lists(st.tuples(CELLS, CELLS.filter(bool)), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_program_writes_is_read_as_it_was(rows, separator, encoding):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second"), *rows])
    assert rows_of(out.getvalue().encode(encoding)) == [
        ["first", "second"],
        *[list(row) for row in rows],
    ]

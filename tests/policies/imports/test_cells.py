import doctest
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.imports import cell_errors, cells, factor_names
from policies.imports.cells import CellError
from policies.rubric import Answer, Factor

ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789/-. ajluny?", max_size=14),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


at = datetime.fromisoformat


def refused(function, *arguments, **options) -> CellError:
    with pytest.raises(CellError) as caught:
        function(*arguments, **options)
    return caught.value


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        (date(2019, 7, 1), "2019-07-01", "day"),
        (at("2019-07-01T13:30"), "2019-07-01", "day"),
        ("2019-07-01", "2019-07-01", "day"),
        ("2019/7/1", "2019-07-01", "day"),
        ("2019-07-01T00:00:00Z", "2019-07-01", "day"),
        ("7/1/2019", "2019-07-01", "day"),
        ("7/1/2019 12:00 AM", "2019-07-01", "day"),
        ("07-01-19", "2019-07-01", "day"),
        ("7/1/87", "1987-07-01", "day"),
        ("07.01.2019", "2019-07-01", "day"),
        ("July 1, 2019", "2019-07-01", "day"),
        ("Monday, July 1st, 2019", "2019-07-01", "day"),
        ("1 Jul 2019", "2019-07-01", "day"),
        ("1-Jul-19", "2019-07-01", "day"),
        ("1 de julio de 2019", "2019-07-01", "day"),
        ("15 setiembre 2017", "2017-09-15", "day"),
        (" 2019-07-01\u200b ", "2019-07-01", "day"),
        (43647, "2019-07-01", "day"),
        (43647.75, "2019-07-01", "day"),
        ("43647", "2019-07-01", "day"),
        (20190701, "2019-07-01", "day"),
        ("July 2019", "2019-07-01", "month"),
        ("Sept. 2019", "2019-09-01", "month"),
        ("julio de 2019", "2019-07-01", "month"),
        ("2019-07", "2019-07-01", "month"),
        ("7/2019", "2019-07-01", "month"),
        ("2019", "2019-01-01", "year"),
        (2019, "2019-01-01", "year"),
        (2017.0, "2017-01-01", "year"),
    ],
)
def test_dates(value, expected, precision):
    assert cells.day(value) == (date.fromisoformat(expected), precision)


@pytest.mark.parametrize("value", [None, "", "  ", "NaN", float("nan"), "n/a", "unknown", "?"])
def test_no_date(value):
    assert cells.day(value) is None


@pytest.mark.parametrize(
    ("value", "code", "suggestions"),
    [
        ("7/72025", "not_a_date", ("2025-07-07",)),
        ("05/082025", "not_a_date", ("2025-05-08",)),
        ("07182025", "not_a_date", ("2025-07-18",)),
        ("1112025", "not_a_date", ("2025-01-11", "2025-11-01")),
        ("7//7/2025", "not_a_date", ("2025-07-07",)),
        ("l/7/2025", "not_a_date", ("2025-01-07",)),
        ("7/7/225", "not_a_date", ("2025-07-07",)),
        ("7/7/5025", "implausible_year", ("2025-07-07",)),
        (5025, "implausible_year", ("2025",)),
        (at("5025-07-07"), "implausible_year", ("2025-07-07",)),
        ("2205-01-02", "implausible_year", ("2005-01-02", "2025-01-02")),
        ("13/05/2019", "day_first", ("2019-05-13",)),
        ("19-07-01", "day_first", ("2001-07-19", "2019-07-01")),
        ("6/31/2019", "impossible_date", ("2019-06-30", "2019-07-01")),
        ("31 June 2019", "impossible_date", ("2019-06-30", "2019-07-01")),
        ("2019-02-29", "impossible_date", ("2019-02-28", "2019-03-01")),
        ("7/45/2019", "impossible_date", ()),
        ("Jully 4, 2019", "not_a_date", ("2019-07-04",)),
        ("Jul-19", "not_a_date", ("2019-07",)),
        ("circa 2017", "not_a_date", ("2017",)),
        ("2017-2018", "not_a_date", ()),
        ("TBD", "not_a_date", ()),
        (2500, "implausible_year", ("2000", "2050")),
        (0.5, "not_a_date", ()),
        (-3, "not_a_date", ()),
        (True, "not_a_date", ()),
        (time(12), "not_a_date", ()),
        (float("inf"), "not_a_date", ()),
        ("9" * 5000, "not_a_date", ()),
        ("#VALUE!", "error_cell", ()),
    ],
)
def test_a_doubtful_date_is_an_error_with_the_likely_one(value, code, suggestions):
    error = refused(cells.day, value)
    assert (error.code, error.suggestions) == (code, suggestions)


def test_a_date_after_the_last_possible_day_is_refused():
    assert refused(cells.day, "7/8/2025", latest=date(2025, 7, 7)).code == "date_in_future"


def test_no_date_after_the_last_possible_day_is_suggested():
    assert refused(cells.day, "2205-01-02", latest=date(2020, 1, 1)).suggestions == ("2005-01-02",)


def read_or_refused(function, *arguments):
    try:
        return function(*arguments)
    except CellError as error:
        return error


@given(ANY_CELL)
def test_any_cell_is_a_date_or_nothing_or_refused(value):
    found = read_or_refused(cells.day, value)
    if isinstance(found, CellError):
        assert all(cells.day(suggestion) for suggestion in found.suggestions)
    else:
        assert found is None or 1900 <= found[0].year <= 2099


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_iso_and_us_forms_of_a_day_agree(day):
    assert cells.day(day.isoformat()) == cells.day(f"{day:%m/%d/%Y}") == (day, "day")


@pytest.mark.parametrize("value", ["yes", "Y", "x", "TRUE", True, 1, 1.0, "1", "Sí", " Yes "])
@pytest.mark.parametrize("factor", [Factor.NO_287G, Factor.LIMITS_HOLDS])
def test_yes(value, factor):
    assert cells.answer(value, factor) is Answer.YES


@pytest.mark.parametrize("value", ["no", "N", "FALSE", False, 0, 0.0, "0"])
def test_zero_is_no_for_agreements_and_none_found_for_the_rest(value):
    found = [cells.answer(value, factor) for factor in Factor]
    assert found == [Answer.NO] * 2 + [Answer.NONE_FOUND] * 5


@pytest.mark.parametrize("value", ["none found", "None_Found", "not found", "none"])
def test_none_found_in_words(value):
    assert {cells.answer(value, factor) for factor in Factor} == {Answer.NONE_FOUND}


def test_literal_no_is_no():
    assert cells.answer("No", Factor.LIMITS_HOLDS, literal=True) is Answer.NO


@pytest.mark.parametrize("value", [0, "0", "N", "false"])
def test_only_the_whole_word_is_literal(value):
    assert cells.answer(value, Factor.LIMITS_HOLDS, literal=True) is Answer.NONE_FOUND


@pytest.mark.parametrize(
    "value", [None, "", " ", "unknown", "N/A", "n.a.", "NaN", float("nan"), "?", "-", "No data"]
)
def test_no_record_is_no_answer(value):
    assert cells.answer(value, Factor.LIMITS_HOLDS) is None


@pytest.mark.parametrize(
    ("value", "code", "suggestions"),
    [
        ("Yes?", "uncertain_answer", ("yes",)),
        ("no (?)", "uncertain_answer", ("no",)),
        ("maybe", "uncertain_answer", ("yes", "no", "none_found")),
        ("yess", "not_an_answer", ("yes",)),
        ("Yes, except felonies", "not_an_answer", ("yes",)),
        ("nonefound", "not_an_answer", ("none_found",)),
        (0.5, "not_an_answer", ()),
        (2, "not_an_answer", ()),
        (date(2019, 7, 1), "not_an_answer", ()),
        ("#REF!", "error_cell", ()),
    ],
)
def test_a_doubtful_answer_is_an_error(value, code, suggestions):
    error = refused(cells.answer, value, Factor.LIMITS_HOLDS)
    assert (error.code, error.suggestions) == (code, suggestions)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  trailing  ", "trailing"),
        ("one \r\n\ttwo\x0bthree", "one\n two\nthree"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("abc\u202egpj.exe\u200b\ufeff", "abcgpj.exe"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("non\u00a0breaking", "non breaking"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("<script>alert(1)</script> &lt;b&gt;", "<script>alert(1)</script> &lt;b&gt;"),
        (1001.0, "1001"),
        (0.5, "0.5"),
        (12, "12"),
        (False, "FALSE"),
        (date(2019, 7, 1), "2019-07-01"),
        (at("2019-07-01"), "2019-07-01"),
        (at("2019-07-01T09:05"), "2019-07-01 09:05"),
        ("NaN", ""),
        ("None", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_text(value, expected):
    assert cells.text(value) == expected


def test_text_over_its_limit_is_refused():
    assert cells.text("abc", 3) == "abc"
    assert refused(cells.text, "abcd", 3).code == "too_long"


def test_a_failed_formula_is_no_text():
    assert refused(cells.text, " #n/a ").code == "error_cell"


@given(st.text())
def test_cleaned_text_is_printable_line_by_line(value):
    try:
        cleaned = cells.text(value)
    except CellError:
        return
    assert all(ord(c) >= 32 for c in cleaned.replace("\n", ""))
    cleaned.encode()
    assert cells.text(cleaned) == cleaned


def test_not_available_is_blank_where_a_list_writes_it_so():
    assert cells.is_blank("#NA", not_available_is_blank=True)
    assert not cells.is_blank("#NA")
    assert not cells.is_blank("#REF!", not_available_is_blank=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, 7.0), ("1,234.5", 1234.5), (" 31 ", 31.0), ("-2", -2.0), ("", None), ("NaN", None)],
)
def test_number(value, expected):
    assert cells.number(value) == expected


@pytest.mark.parametrize("value", ["seven", "1,23", "1e9", True, float("inf"), "12%"])
def test_not_a_number(value):
    assert refused(cells.number, value).code == "not_a_number"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        (" HTTP://www.example.org ", "HTTP://www.example.org"),
        ("https://españa.example.org/", "https://españa.example.org/"),
        (None, ""),
        ("NaN", ""),
    ],
)
def test_url(value, expected):
    assert cells.url(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "mailto:someone@example.org",
        "https://example.org@evil.example.com",
        "https://localhost/",
        "https://exa mple.org",
        "https://example.org/<script>",
        "http://[::1",
        "https://example.org:99999/",
        "link",
    ],
)
def test_not_a_url(value):
    assert refused(cells.url, value).code == "not_a_url"


def test_an_address_without_its_beginning_is_suggested_whole():
    assert refused(cells.url, "www.example.org/a").suggestions == ("https://www.example.org/a",)


def test_an_address_has_a_limit():
    assert refused(cells.url, f"https://example.org/{'a' * 500}").code == "too_long"


def test_yes_no():
    assert [cells.yes_no(v) for v in ("Y", 0, "")] == [True, False, None]
    assert refused(cells.yes_no, "none found").code == "not_yes_or_no"


@given(ANY_CELL)
def test_every_reader_answers_or_refuses(value):
    for read in (cells.text, cells.number, cells.url, cells.yes_no, cells.is_blank):
        read_or_refused(read, value)
    for factor in (Factor.NO_287G, Factor.LIMITS_HOLDS):
        read_or_refused(cells.answer, value, factor)


@pytest.mark.parametrize("module", [cells, cell_errors, factor_names])
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed

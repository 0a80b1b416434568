"""Factors by their numbers as headings, where the whole row says that they are."""

from __future__ import annotations

import pytest

from policies.imports.headings import find_table
from policies.imports.kinds import ilrc, policies
from policies.imports.kinds.policy_columns import COLUMNS
from policies.imports.tables import FileError, Sheet
from policies.rubric import FACTORS
from tests.policies.imports.gazetteer import context


def read(*headings, columns=COLUMNS):
    return find_table([Sheet("S", [list(headings), ["x"] * len(headings)])], columns)


def factors(*headings) -> dict[str, str]:
    table = read("fips", *headings)
    return {name: heading for name, heading in table.headings.items() if name in FACTORS}


def said(*headings) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.suggestions) for one in read(*headings).findings]


@pytest.mark.parametrize("style", ["{}", "Factor {}", "F{}", "FACTOR #{}", "{}."])
def test_all_seven_by_number(style):
    headings = [style.format(n) for n in range(1, 8)]
    assert factors(*headings) == dict(zip(FACTORS, headings, strict=True))


def test_numbers_that_the_spreadsheet_holds_as_numbers():
    assert list(factors(3, 4, 5)) == list(FACTORS[2:5])


def test_a_number_before_the_factors_own_name_only_numbers_it():
    assert factors("3. Limits holds") == {"limits_holds": "3. Limits holds"}
    assert factors("Factor 4: No ICE alerts") == {"limits_notifications": "Factor 4: No ICE alerts"}


def test_a_number_before_the_name_of_another_factor_is_asked_about():
    assert said("fips", "no_287g", "3. Limits notifications") == [
        ("heading_unsure", ("limits_notifications",))
    ]


def test_a_single_number_is_asked_about():
    assert said("fips", "no_287g", "3") == [("heading_unsure", ("limits_holds",))]


def test_numbers_beside_more_named_factors_are_asked_about():
    assert said("fips", "no_287g", "limits_holds", "no_detention_contract", "4", "5") == [
        ("heading_unsure", ("limits_notifications",)),
        ("heading_unsure", ("limits_interrogations",)),
    ]


def test_numbers_beside_fewer_named_factors_count():
    assert list(factors("no_287g", "3", "4", "5")) == [FACTORS[0], *FACTORS[2:5]]


def test_a_number_whose_factor_has_a_column_is_only_said():
    assert said("fips", "no_287g", "1") == [("unknown_heading", ())]


@pytest.mark.parametrize("others", [("8",), ("0",), ("F12",)])
def test_a_numbering_that_goes_on_is_not_that_of_the_factors(others):
    with pytest.raises(FileError) as refused:
        policies.read(read("fips", "1", "2", "3", *others), context())
    assert refused.value.code == "missing_columns"
    assert refused.value.suggestions == ("1", "2", "3")


def test_numbers_in_the_long_form_are_no_factors():
    assert said("fips", "factor", "answer", "1", "2") == [
        ("unknown_heading", ()),
        ("unknown_heading", ()),
    ]


def test_a_number_that_stands_there_twice_is_no_factor():
    assert {code for code, _ in said("fips", "no_287g", "3", "3", "4", "5")} == {"heading_unsure"}


def test_a_row_of_data_is_no_header_for_its_numbers():
    sheet = Sheet("S", [["01001", 1, 2, 3, 4], ["fips", "1", "2"], ["01001", 1, 0]])
    assert find_table([sheet], COLUMNS).header_row == 2


def test_the_organisations_sheet_may_number_its_factors_too():
    table = read("County", "State", "GEOID - FIPS", *range(1, 8), columns=ilrc.COLUMNS)
    assert table.headings["no_general_assistance"] == "7"

"""Rows as they are kept with a list, and the counties that it is about."""

from __future__ import annotations

import json

import pytest

from policies.imports.ice_entries import counties_listed, pack, rows_that_differ, unpack
from tests.policies.imports.ice_rows import entry

JAILS = {"AK": ("02013", "02016")}


@pytest.mark.parametrize(
    "row",
    [
        entry(),
        entry(signed=None, unresolved=True, fips=()),
        entry(code="KERRCTX", population=2.5, active=False, url="https://ice.gov/a"),
    ],
)
def test_what_is_packed_comes_back(row):
    assert unpack(json.loads(json.dumps(pack(row)))) == row


def test_what_says_nothing_is_left_out():
    assert "url" not in pack(entry())


def test_what_is_not_known_any_more_is_passed_over():
    assert unpack(pack(entry()) | {"colour": "red"}) == entry()


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"url": "https://ice.gov/a", "type_as_listed": "County", "county_as_listed": "K"}, True),
        ({"fips": ("48029",)}, False),
        ({"row": 3}, False),
        ({"signed": None}, False),
        ({"unresolved": True}, False),
    ],
)
def test_two_lists_are_the_same_if_they_speak_of_the_same_agreements(changes, same):
    assert (rows_that_differ([pack(entry())], [pack(entry(**changes))]) == []) is same


def test_rows_that_differ_are_told_by_their_number():
    before = [pack(entry(row=row)) for row in (2, 3, 4)]
    after = [pack(entry(row=2)), pack(entry(row=3, fips=("48029",))), pack(entry(row=9))]
    assert rows_that_differ(before, after) == [3, 4, 9]


@pytest.mark.parametrize(("average", "differing"), [(3.3068493, []), (3.32, [2])])
def test_averages_are_compared_in_hundredths(average, differing):
    rows = ([pack(entry(population=one))] for one in (3.31, average))
    assert rows_that_differ(*rows) == differing


def test_a_row_without_an_active_contract_makes_no_difference():
    rows = [pack(entry()), pack(entry(row=3, active=False))]
    assert rows_that_differ(rows, rows[:1]) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (entry(), {"48265"}),
        (entry(agency_type="county_jail", fips=("48265", "48029")), {"48265", "48029"}),
        (entry(agency_type="city_police"), set()),
        (entry(agency_type="state_corrections", fips=()), set()),
        (entry(agency_type="state_corrections", usps="AK", fips=()), {"02013", "02016"}),
        (entry(active=False), set()),
        # Which of the two declines is not known, so neither is taken for absent.
        (entry(unresolved=True, fips=("48265", "48029")), {"48265", "48029"}),
    ],
)
def test_counties_that_were_not_observed_to_decline(row, expected):
    assert counties_listed([row], JAILS) == expected

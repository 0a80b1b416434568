"""Which counties touch which, as shipped."""

import csv

from counties.neighbours import _FILE, neighbours_of
from counties.shapes import county_paths

TRAVIS = "48453"


def table() -> dict[str, list[str]]:
    with open(_FILE, newline="", encoding="utf-8") as file:
        return {row["fips"]: row["neighbours"].split() for row in csv.DictReader(file)}


def test_every_county_is_in_the_file_once():
    assert list(table()) == list(county_paths())


def test_who_touches_is_touched():
    rows = table()
    assert all(fips in rows[other] for fips, near in rows.items() for other in near)
    assert not any(fips in near for fips, near in rows.items())


def test_a_county_in_the_middle_of_its_state():
    assert sorted(neighbours_of(TRAVIS)) == ["48021", "48031", "48053", "48055", "48209", "48491"]
    assert neighbours_of(TRAVIS)[0] == "48491"  # Williamson County: the longest border


def test_a_border_between_states_and_a_city_within_a_county():
    assert "11001" in neighbours_of("51013")
    assert set(neighbours_of("51610")) == {"51013", "51059"}


def test_islands_touch_nobody():
    assert {fips for fips, near in table().items() if not near} == {
        *("02016", "15001", "15003", "15007", "25019", "53055"),
    }


def test_an_unknown_code_touches_nobody():
    assert neighbours_of("99999") == ()

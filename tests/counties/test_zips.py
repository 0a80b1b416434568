"""ZIP codes and post offices lead to counties."""

import pytest

from counties.zips import clean_zip, counties_of_city, counties_of_zip
from tests.counties.data import COUNTIES, rows

ZIPS = rows("zips.csv")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("36507", "36507"),
        (36507.0, "36507"),
        (2747, "02747"),
        (2747.0, "02747"),
        (" '01301 ", "01301"),
        ("36507-1234", "36507"),
        ("365071234", "36507"),
        ("501-1234", "00501"),
        ("Redacted", ""),
        ("", ""),
        (None, ""),
        ("123456", ""),
    ],
)
def test_zip_codes_as_cells_hold_them(written, read):
    assert clean_zip(written) == read


@pytest.mark.parametrize(
    ("zip_code", "counties"),
    [
        (35901, ("01055", "01019")),  # Gadsden, Alabama
        ("23185", ("51095", "51036", "51199", "51830")),  # a county and the city it surrounds
        (2747.0, ("25005",)),
        ("99566", ("02066",)),  # a split county's ZIP is settled by the newer source
        ("00901", ()),  # San Juan
        ("99999", ()),
    ],
)
def test_counties_that_a_zip_touches(zip_code, counties):
    assert counties_of_zip(zip_code) == counties


@pytest.mark.parametrize(
    ("city", "usps", "some_of"),
    [
        ("ALBANY", "NY", {"36001"}),
        ("Saint Paul", "MN", {"27123"}),
        ("ST. PAUL", "MN", {"27123"}),
        ("Coeur d'Alene", "ID", {"16055"}),
        ("COEUR D ALENE", "ID", {"16055"}),
        ("Ft. Worth", "TX", {"48439"}),
    ],
)
def test_counties_of_a_town_however_it_is_spelt(city, usps, some_of):
    assert some_of <= set(counties_of_city(city, usps))


def test_a_town_is_looked_up_in_its_state_only():
    assert "36001" not in counties_of_city("Albany", "GA")
    assert counties_of_city("No Such Town", "NY") == ()


def test_every_county_is_reached_by_some_zip_and_no_other_is():
    reached = {fips for row in ZIPS for fips in row["fips"].split(" ")}
    assert reached == {county["fips"] for county in COUNTIES}


def test_file_is_sorted_and_well_formed():
    codes = [row["zip"] for row in ZIPS]
    assert codes == sorted(set(codes))
    assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert all(len(set(row["fips"].split())) == len(row["fips"].split()) for row in ZIPS)

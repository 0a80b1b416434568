"""The shipped reference files, looked at as a whole."""

import re
from collections import Counter

import pytest

from counties.models import County
from counties.names import build_index, match_county, name_key
from counties.state_codes import STATES as STATE_CODES
from tests.counties.data import ALIASES, CHANGES, COUNTIES, STATES

BY_FIPS = {county["fips"]: county for county in COUNTIES}


def index():
    return build_index(
        [(c["fips"], c["state"], c["name"], c["kind"] == "independent_city") for c in COUNTIES],
        [(alias["fips"], alias["name"]) for alias in ALIASES],
    )


def test_states_are_the_fifty_and_dc():
    assert {row["fips"]: (row["usps"], row["name"]) for row in STATES} == STATE_CODES
    assert len(STATES) == 51


def test_six_states_have_a_unified_jail_with_its_authority():
    unified = {row["usps"]: row["jail_authority"] for row in STATES if row["unified_jail"] == "1"}
    assert set(unified) == {"AK", "CT", "DE", "HI", "RI", "VT"}
    assert all("Department of Correction" in authority for authority in unified.values())


def test_counties_are_3143_of_every_state():
    assert len(BY_FIPS) == len(COUNTIES) == 3143
    assert {county["state"] for county in COUNTIES} == {row["usps"] for row in STATES}


def test_vintage_is_2020():
    assert {"02063", "02066", "02158", "46102", "09001", "08014"} <= BY_FIPS.keys()
    assert not {"02261", "02270", "46113", "51515", "09110"} & BY_FIPS.keys()


def test_codes_begin_with_their_states_and_are_in_order():
    codes = {row["usps"]: row["fips"] for row in STATES}
    assert all(re.fullmatch(r"\d{5}", fips) for fips in BY_FIPS)
    assert all(county["fips"][:2] == codes[county["state"]] for county in COUNTIES)
    assert list(BY_FIPS) == sorted(BY_FIPS)


@pytest.mark.parametrize("column", ["slug", "name", "short_name"])
def test_column_is_unique_within_the_state(column):
    counts = Counter((county["state"], county[column]) for county in COUNTIES)
    assert [value for value, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("fips", "name", "short_name", "slug", "kind"),
    [
        ("06075", "San Francisco County", "San Francisco", "san-francisco", "county"),
        ("24005", "Baltimore County", "Baltimore", "baltimore", "county"),
        ("24510", "Baltimore city", "Baltimore city", "baltimore-city", "independent_city"),
        ("29510", "St. Louis city", "St. Louis city", "st-louis-city", "independent_city"),
        ("32510", "Carson City", "Carson City", "carson-city", "independent_city"),
        ("51036", "Charles City County", "Charles City", "charles-city", "county"),
        ("51095", "James City County", "James City", "james-city", "county"),
        ("51600", "Fairfax city", "Fairfax city", "fairfax-city", "independent_city"),
        ("22059", "LaSalle Parish", "LaSalle", "lasalle", "parish"),
        ("35013", "Doña Ana County", "Doña Ana", "dona-ana", "county"),
        ("19141", "O'Brien County", "O'Brien", "obrien", "county"),
        ("02110", "Juneau City and Borough", "Juneau", "juneau", "city_and_borough"),
        ("02020", "Anchorage Municipality", "Anchorage", "anchorage", "municipality"),
        ("02185", "North Slope Borough", "North Slope", "north-slope", "borough"),
        ("02158", "Kusilvak Census Area", "Kusilvak", "kusilvak", "census_area"),
        (
            "11001",
            "District of Columbia",
            "District of Columbia",
            "district-of-columbia",
            "district",
        ),
    ],
)
def test_names_slug_and_kind(fips, name, short_name, slug, kind):
    county = BY_FIPS[fips]
    assert (county["name"], county["short_name"]) == (name, short_name)
    assert (county["slug"], county["kind"]) == (slug, kind)


def test_kinds_are_those_of_the_model():
    counts = Counter(county["kind"] for county in COUNTIES)
    assert set(counts) == set(County.Kind.values)
    assert (counts["parish"], counts["independent_city"]) == (64, 41)


def test_no_name_is_mis_encoded():
    assert {c["name"] for c in COUNTIES if not c["name"].isascii()} == {"Doña Ana County"}


def test_populations_add_up_to_the_published_totals():
    # The nation less Valdez-Cordova in 2019, less Connecticut in 2023.
    assert sum(int(c["pop2019"] or 0) for c in COUNTIES) == 328_239_523 - 9_202
    assert sum(int(c["pop2023"] or 0) for c in COUNTIES) == 334_914_895 - 3_617_176


def test_only_known_gaps_in_the_populations():
    assert [c["fips"] for c in COUNTIES if not c["pop2019"]] == ["02063", "02066"]
    assert {c["state"] for c in COUNTIES if not c["pop2023"]} == {"CT"}


def test_coordinates_are_in_the_united_states():
    for county in COUNTIES:
        assert 18.5 < float(county["lat"]) < 71.5, county
        # Aleutians West has its middle beyond the 180th meridian.
        west = float(county["lon"]) - (360 if county["fips"] == "02016" else 0)
        assert -181 < west < -66.5, county


def test_every_county_is_found_by_its_own_name():
    names = index()
    missed = [c for c in COUNTIES if match_county(c["name"], c["state"], names).fips != c["fips"]]
    assert missed == []


def test_every_alias_leads_to_its_county():
    names = index()
    for alias in ALIASES:
        state = BY_FIPS[alias["fips"]]["state"]
        assert alias["fips"] in match_county(alias["name"], state, names).candidates, alias
        assert alias["note"], alias


def test_no_alias_is_given_twice():
    keys = Counter((alias["fips"], name_key(alias["name"])) for alias in ALIASES)
    assert [key for key, count in keys.items() if count > 1] == []


def test_changed_codes_are_not_counties_and_lead_to_counties():
    assert not {change["old_fips"] for change in CHANGES} & BY_FIPS.keys()
    assert {change["fips"] for change in CHANGES} <= BY_FIPS.keys()


def test_code_with_a_certain_meaning_has_one_line():
    lines = Counter(change["old_fips"] for change in CHANGES)
    assert {lines[change["old_fips"]] for change in CHANGES if change["certain"] == "1"} == {1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("46113", "46102"),
        ("02270", "02158"),
        ("12025", "12086"),
        ("51515", "51019"),
        ("51560", "51005"),
        ("51780", "51083"),
    ],
)
def test_code_changed_for_certain(old, new):
    (change,) = [change for change in CHANGES if change["old_fips"] == old]
    assert (change["fips"], change["certain"]) == (new, "1")


def test_planning_regions_are_never_certain_and_cover_connecticut():
    regions = [change for change in CHANGES if change["kind"] == "planning_region"]
    assert {change["old_fips"] for change in regions} == {f"09{n}0" for n in range(11, 20)}
    assert {change["certain"] for change in regions} == {"0"}
    assert {change["fips"] for change in regions} == {f"09{n:03}" for n in range(1, 16, 2)}


def test_explanations_name_the_code_and_what_it_may_mean():
    for change in CHANGES:
        assert change["old_fips"] in change["explanation"], change
        assert change["fips"] in change["explanation"], change
        assert change["explanation"].endswith(".")

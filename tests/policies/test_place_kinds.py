"""Of which kind a place is, and who decides there."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from counties.models import County, State
from policies import place_kinds
from policies.authorities import CHART, CITY_OFFICES, COUNTY_OFFICES, ROUTES, Can
from policies.baseline_files import read
from policies.place_kinds import PlaceKind, kind_of, who_decides
from policies.rubric import JAIL_FACTORS, Factor
from tests.counties.data import COUNTIES


def county(fips, usps, kind="county", unified=False) -> County:
    state = State(usps=usps, unified_jail=unified)
    return County(fips=fips, state=state, kind=kind)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (county("06001", "CA"), PlaceKind.COUNTY),
        (county("06075", "CA"), PlaceKind.CONSOLIDATED),
        (county("36047", "NY"), PlaceKind.CONSOLIDATED),
        (county("32510", "NV", "independent_city"), PlaceKind.CONSOLIDATED),
        (county("22071", "LA", "parish"), PlaceKind.CONSOLIDATED),
        (county("22033", "LA", "parish"), PlaceKind.PARISH),
        (county("51510", "VA", "independent_city"), PlaceKind.VIRGINIA_CITY),
        (county("51059", "VA"), PlaceKind.COUNTY),
        (county("24510", "MD", "independent_city"), PlaceKind.OTHER_CITY),
        (county("09001", "CT", unified=True), PlaceKind.NO_GOVERNMENT),
        (county("44007", "RI", unified=True), PlaceKind.NO_GOVERNMENT),
        (county("50007", "VT", unified=True), PlaceKind.UNIFIED_JAIL),
        (county("15003", "HI", unified=True), PlaceKind.UNIFIED_JAIL),
        (county("02020", "AK", "municipality", unified=True), PlaceKind.ALASKA_BOROUGH),
        (county("02063", "AK", "census_area", unified=True), PlaceKind.ALASKA_UNORGANIZED),
        (county("11001", "DC", "district"), PlaceKind.DISTRICT),
    ],
)
def test_kinds(place, expected):
    assert kind_of(place) == expected


def test_every_consolidated_government_is_a_county_of_ours():
    assert {row["fips"] for row in COUNTIES} >= place_kinds.CONSOLIDATED


@pytest.mark.parametrize("kind", PlaceKind)
def test_the_jail_and_the_rest_of_government_have_answers_of_their_own(kind):
    jail = {str(who_decides(kind, factor)) for factor in JAIL_FACTORS}
    rest = {str(who_decides(kind, factor)) for factor in (*set(Factor) - JAIL_FACTORS, None)}
    assert (len(jail), len(rest)) == (1, 1)
    assert jail != rest


def test_it_is_said_in_spanish():
    for kind in PlaceKind:
        english = str(who_decides(kind, Factor.LIMITS_HOLDS))
        with override("es"):
            assert str(who_decides(kind, Factor.LIMITS_HOLDS)) != english


def test_the_chart_has_a_cell_for_each_office():
    for _power, county_cells, city_cells in CHART:
        assert len(county_cells) == len(COUNTY_OFFICES)
        assert len(city_cells) == len(CITY_OFFICES)
        assert Can.USUALLY in (*county_cells, *city_cells)


def test_the_offices_of_the_chart_are_those_that_ship():
    shipped = [row["key"] for row in read("powers")["power"]]
    assert shipped == [key for key, _name in (*COUNTY_OFFICES, *CITY_OFFICES)]


def test_every_way_to_adopt_an_option_is_known_and_used():
    used = {code for entry in read("options")["option"] for code in entry["routes"]}
    assert used == set(ROUTES)
    assert all(entry["routes"] for entry in read("options")["option"])

from __future__ import annotations

import pytest

from policies import places
from tests.factories import CountyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counties():
    CountyFactory(fips="001", short_name="Alameda", name="Alameda County")
    CountyFactory(fips="013", short_name="Contra Costa", name="Contra Costa County")
    CountyFactory(fips="015", usps="MA", short_name="Hampshire", name="Hampshire County")
    CountyFactory(fips="011", usps="MA", short_name="Franklin", name="Franklin County")


def test_a_zip_with_one_county_offers_the_neighbours():
    found = places.find("94608")

    assert found.fips == ("06001",)
    assert "06013" in found.near
    assert found.is_zip


def test_a_zip_that_crosses_lines_offers_each_county():
    found = places.find("01002-1234")

    assert set(found.fips) == {"25015", "25011"}
    assert found.near == ()


@pytest.mark.parametrize("text", ["Emeryville, CA", "emeryville", "Emeryville, California"])
def test_a_town_means_the_counties_of_its_post_office(text):
    assert places.find(text).fips == ("06001",)


def test_a_county_is_found_by_name():
    assert places.find("contra costa").fips == ("06013",)


@pytest.mark.parametrize("text", ["", "99999", "nowhere at all"])
def test_what_is_nowhere_is_nothing(text):
    assert places.find(text).fips == ()

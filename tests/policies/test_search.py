"""What people type into the search box, on the shipped counties."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from counties.models import County, CountyAlias
from policies import search
from policies.filters import CountyFilter
from tests.factories import CountyFactory, rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """All counties, rolled back after the module."""
    with django_db_blocker.unblock(), rolled_back():
        call_command("load_reference", verbosity=0)
        yield


def filtered(**parameters):
    query = QueryDict(mutable=True)
    query.update(parameters)
    found = CountyFilter(query, today=date(2021, 1, 1))
    found.check()
    return found


def found(text, **others):
    return {f"{county.short_name}, {county.state_id}" for county in filtered(q=text, **others).qs}


def every(name):
    return {f"{c.short_name}, {c.state_id}" for c in County.objects.filter(short_name=name)}


DEKALB = {f"DeKalb, {usps}" for usps in ("AL", "GA", "IL", "IN", "MO", "TN")}
LASALLE = {"LaSalle, IL", "LaSalle, LA", "La Salle, TX"}
SAINT_LOUIS = {"St. Louis, MN", "St. Louis, MO", "St. Louis city, MO"}


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cook, Illinois", {"Cook, IL"}),
        ("cook county , il", {"Cook, IL"}),
        ("Cook IL", {"Cook, IL"}),
        ("Cook County Illinois", {"Cook, IL"}),
        ("Los Angeles, CA", {"Los Angeles, CA"}),
        ("ngeles, CA", {"Los Angeles, CA"}),
        ("Orleans, Louisiana", {"Orleans, LA"}),
        ("Orleans County, LA", {"Orleans, LA"}),
        ("Anchorage, AK", {"Anchorage, AK"}),
        ("Miami Dade", {"Miami-Dade, FL"}),
        ("6075", {"San Francisco, CA"}),
        ("06075", {"San Francisco, CA"}),
        ("46113", {"Oglala Lakota, SD"}),
        ("02261", {"Chugach, AK", "Copper River, AK"}),
        ("De Kalb", DEKALB),
        ("dekalb", DEKALB),
        ("St Louis", SAINT_LOUIS),
        ("Saint Louis", SAINT_LOUIS),
        ("St. Louis County", {"St. Louis, MN", "St. Louis, MO"}),
        ("St. Louis city", {"St. Louis city, MO"}),
        ("LaSalle", LASALLE),
        ("La Salle", LASALLE),
        ("Brooklyn", {"Kings, NY"}),
        ("Dona Ana", {"Doña Ana, NM"}),
        ("Doña Ana", {"Doña Ana, NM"}),
        ("Prince Georges", {"Prince George's, MD"}),
        ("Denver County", {"Denver, CO"}),
        ("OBrien", {"O'Brien, IA"}),
        ("Lac qui Parle", {"Lac qui Parle, MN"}),
        ("Carson City", {"Carson City, NV"}),
        ("Carson City Nevada", {"Carson City, NV"}),
        ("Charles City", {"Charles City, VA"}),
        ("Baltimore", {"Baltimore, MD", "Baltimore city, MD"}),
        ("Baltimore County", {"Baltimore, MD"}),
        ("Baltimore city", {"Baltimore city, MD"}),
        ("Kings New York", {"Kings, NY"}),
        ("Ohio West Virginia", {"Ohio, WV"}),
        ("Washington, D.C.", {"District of Columbia, DC"}),
        ("Washington DC", {"District of Columbia, DC"}),
        ("Jackson, CO", {"Jackson, CO"}),
        ("Texas", {"Texas, MO", "Texas, OK"}),
        ("steub", {"Steuben, IN", "Steuben, NY"}),
        ("an francisc", {"San Francisco, CA"}),
        ("Cook, Alaska", set()),
        ("West Virginia", set()),
        ("nowhere", set()),
    ],
)
def test_it_is_found_as_people_write_it(text, expected):
    assert found(text) == expected


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(("name", "count"), [("Orange", 8), ("Washington", 31), ("Jackson", 24)])
def test_all_counties_of_a_name_are_listed(name, count):
    assert len(every(name)) >= count - 1
    assert every(name) <= found(name)
    assert found(f"{name} County") >= every(name) - {"Washington, DC"}
    assert "Orangeburg, SC" not in found(f"{name} County")


@pytest.mark.usefixtures("reference")
def test_a_county_word_is_not_taken_for_colorado():
    assert found("Jackson Co") == found("Jackson County") >= every("Jackson")


@pytest.mark.usefixtures("reference")
def test_it_is_narrowed_by_the_other_filters():
    assert found("St Louis", state="MN") == {"St. Louis, MN"}
    assert found("St Louis, MO", state="MN") == set()


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("text", ["ste", "st", "city", "co", "%", "_", ",", ", CA", "7²", "1e400"])
def test_short_and_strange_text_is_no_error(text):
    found(text)


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Puerto Rico", "Puerto Rico is a territory"),
        ("San Juan, PR", "Puerto Rico is a territory"),
        ("Saipan Northern Mariana Islands", "Northern Mariana Islands is a territory"),
        ("72001", "Puerto Rico"),
        ("72", "territories are outside this map"),
        ("6", "whole of California"),
        ("06999", "No county of California"),
        ("99999", "No state has the code 99"),
        ("075", "the state's two are missing"),
        ("123456", "a county code has five"),
        ("Illinois", "whole state"),
    ],
)
def test_an_empty_result_is_explained(text, says):
    shown = filtered(q=text)
    assert not shown.qs.exists()
    assert says in shown.explanation


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("text", ["", "nowhere", "Cook, Alaska", "Nowhere Ohio", "46113", "Cook"])
def test_otherwise_there_is_nothing_to_explain(text):
    assert filtered(q=text).explanation == ""


def test_a_name_that_staff_added_is_found_at_once():
    county = CountyFactory(fips="06001")
    assert search.find("Oak Town").fips == frozenset()
    CountyAlias.objects.create(county=county, name="Oaktown", key="oaktown")
    assert search.find("Oak Town").fips == {county.pk}


@pytest.mark.parametrize(("text", "number"), [("place", 1), ("Place, CA", 1), ("06001", 2)])
def test_queries(text, number):
    CountyFactory(fips="06001")
    with CaptureQueriesContext(connection) as queries:
        search.find(text)
    assert len(queries) == number

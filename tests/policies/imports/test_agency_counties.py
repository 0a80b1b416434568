"""Which county an agency belongs to: its column, its name, and what a person chose."""

from datetime import date

import pytest

from policies.imports.agency_counties import choice_key, match_agency
from policies.imports.context import Context
from tests.policies.imports.gazetteer import GAZETTEER


def match(agency, usps, county="", choices=None):
    context = Context(date(2025, 7, 18), date(2025, 8, 1), GAZETTEER, choices or {})
    return match_agency(agency, usps, "County", county, context)


def codes(found):
    return [doubt.code for doubt in found.doubts]


@pytest.mark.parametrize(
    ("agency", "usps", "county", "fips"),
    [
        ("Etowah County Sheriff's Office", "AL", "", "01055"),
        ("Pinal County Sheriffs Office", "AZ", "Pinal County", "04021"),
        ("Jacksonville Sheriff's Office", "FL", "Duval County", "12031"),
        ("Miami-Dade Corrections and Rehabilitation", "FL", "", "12086"),
        ("Decatur County Sheriff's Office", "GA", "Decatur", "13087"),
        ("Texas County's Sheriff's Office", "MO", "", "29215"),
        ("Texas County Sheriff's Office", "OK", "Texas County", "40139"),
        ("St. Charles Parish Sheriff's Office", "LA", "German Coast County", "22089"),
        ("Custer County Sheriff's Office", "OK", "Custer Countey", "40039"),
        ("Saint Francois County Sheriff's Office", "MO", "Saint Francois County", "29187"),
        ("County of Franklin / Franklin County Jail", "PA", "#N/A", "42055"),
        ("Metropolitan Moore County Sheriff's Office", "TN", "Moore County", "47127"),
        ("Metropolitan Moore County Sheriff's Office", "TN", "", "47127"),
        ("Office of Sheriff of Kerr County", "TX", "Kerr County", "48265"),
        ("Carson City Sheriff's Office", "NV", "Carson City", "32510"),
    ],
)
def test_the_county_is_found_without_a_doubt(agency, usps, county, fips):
    found = match(agency, usps, county)
    assert (found.fips, found.unresolved, codes(found)) == ((fips,), False, [])


@pytest.mark.parametrize(
    ("agency", "usps", "county", "fips", "code"),
    [
        ("Franklin County Sheriff's Office", "AL", "Frankin County", "01059", "misspelt"),
        ("Lafayette County Sheriff's Office", "AR", "Layafette County", "05073", "misspelt"),
        ("Pope County Sheriff's Office", "AR", "Pop County", "05115", "misspelt"),
        ("Lampass County Sheriff's Office", "TX", "Lampasas County", "48281", "misspelt"),
        ("St. Bernard Parish Sheriff's Office", "LA", "Chalmette", "22087", "county_by_name"),
        ("Hopewell County Sheriff's Office", "VA", "Hopewell County", "51670", "city_not_county"),
    ],
)
def test_one_bad_witness_is_mended_by_the_other_with_a_warning(agency, usps, county, fips, code):
    found = match(agency, usps, county)
    assert (found.fips, found.unresolved, codes(found)) == ((fips,), False, [code])


@pytest.mark.parametrize(
    ("agency", "usps", "county", "code", "suggested"),
    [
        ("Lampass County Sheriff's Office", "TX", "Lampass County", "which_county", "Lampasas"),
        ("Berrian County Sheriff's Office", "MI", "", "which_county", "Berrien"),
        ("Madison County Sheriff's Office", "TN", "Macon County", "county_contradiction", "Macon"),
        ("Warwick County Sheriff's Office", "VA", "Loudoun County", "county_contradiction", ""),
        ("Roanoke Sheriff's Office", "VA", "", "which_county", "Roanoke city"),
        ("Danville Police Department", "VA", "Pittsylvania County", "county_contradiction", ""),
        ("Southwest Virginia Regional Jail Authority", "VA", "#N/A", "which_county", ""),
        ("Albemarle District Jail", "NC", "Albemarle County", "which_county", ""),
    ],
)
def test_what_is_not_certain_is_a_question(agency, usps, county, code, suggested):
    found = match(agency, usps, county)
    assert found.unresolved
    assert codes(found) == [code]
    assert suggested in " ".join(found.doubts[0].suggestions)


def test_a_question_names_the_counties_it_may_mean():
    found = match("Madison County Sheriff's Office", "TN", "Macon County")
    assert set(found.fips) == {"47113", "47111"}


def test_a_regional_jail_may_name_its_counties():
    found = match("Rappahannock, Shenandoah, Warren Regional Jail Authority", "VA", "#NA")
    assert (found.agency_type, found.fips) == ("county_jail", ("51157", "51171", "51187"))


def test_several_counties_in_the_column():
    found = match("Tri-County Regional Jail", "VA", "Rappahannock, Shenandoah and Warren Counties")
    assert found.fips == ("51157", "51171", "51187")


def test_a_statewide_agency_has_no_county_whatever_the_column_says():
    found = match("Arkansas Department of Corrections", "AR", "Pulaksi County")
    assert (found.fips, codes(found)) == ((), [])


@pytest.mark.parametrize(
    ("county", "fips", "expected"),
    [
        ("Flagler County", ("12035",), []),
        ("#N/A", (), []),
        ("Flagere County", (), ["county_not_known"]),
    ],
)
def test_city_police_need_no_county(county, fips, expected):
    found = match("Bunnell Police Department", "FL", county)
    assert (found.fips, found.unresolved, codes(found)) == (fips, False, expected)


def test_a_constable_says_its_county_by_name():
    assert match("Smith County Constable Precinct 4", "TX").fips == ("48423",)


def test_the_likely_county_of_city_police_is_only_suggested():
    found = match("Bunnell Police Department", "FL", "Flagere County")
    assert found.doubts[0].suggestions[0] == "Flagler County (12035)"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("sheriff:48281", ("sheriff", ("48281",))),
        ("county_jail:51019,51031", ("county_jail", ("51019", "51031"))),
        ("city_police:", ("city_police", ())),
    ],
)
def test_what_was_chosen_before_wins(choice, expected):
    agency = "Madison County Sheriff's Office"
    found = match(agency, "TN", "Macon County", {("agency", choice_key("TN", agency)): choice})
    assert ((found.agency_type, found.fips), found.doubts) == (expected, ())


def test_an_agency_can_be_left_out_on_purpose():
    found = match("Lampass County Sheriff", "TX", "", {("agency", "TX|lampass county sheriff"): ""})
    assert found.left_out


@pytest.mark.parametrize("choice", ["sheriff:", "sheriff:99999", "wizard:48281"])
def test_a_choice_that_cannot_be_is_asked_again(choice):
    found = match("Lampass Sheriff", "TX", "", {("agency", "TX|lampass sheriff"): choice})
    assert found.unresolved
    assert codes(found) == ["bad_choice"]


def test_an_agency_that_nobody_can_tell_is_a_question():
    assert codes(match("Liberty Group", "TX", "Liberty County")) == ["unknown_agency"]

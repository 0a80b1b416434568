"""What an agency is, by its name and not by ICE's TYPE column."""

import pytest

from policies.imports.agencies import COUNTY_LEVEL, Agency, agency_type, decides, normalised
from policies.models import COUNTY_LEVEL as MODEL_COUNTY_LEVEL
from policies.models import AgencyType
from tests.policies.imports.gazetteer import GAZETTEER


def kind(agency, usps="TX", listed="", in_county=True):
    return agency_type(agency, usps, listed, GAZETTEER.names, in_county)


def test_the_types_are_those_of_the_record():
    assert {one.value for one in Agency} == set(AgencyType.values)
    assert {one.value for one in COUNTY_LEVEL} == {one.value for one in MODEL_COUNTY_LEVEL}


@pytest.mark.parametrize(
    ("agency", "usps", "listed", "expected"),
    [
        ("Etowah County Sheriff's Office", "AL", "County", "sheriff"),
        ("Pinal County Sheriffs Office", "AZ", "County", "sheriff"),
        ("Haskell County Sheriff's Office", "OK", "Municipality", "sheriff"),
        ("St. Charles Parish Sheriff’s Office", "LA", "County", "sheriff"),
        ("Jacksonville Sheriff's Office", "FL", "County", "sheriff"),
        ("Hopewell Sheriff's Office", "VA", "County", "independent_city"),
        ("Roanoke City Sheriff's Office", "VA", "County", "independent_city"),
        ("Roanoke County Sheriff's Office", "VA", "County", "sheriff"),
        ("Carson City Sheriff's Office", "NV", "County", "independent_city"),
        ("Virginia Beach Police Department", "VA", "Municipality", "independent_city"),
        ("St. Louis Metropolitan Police Department", "MO", "Municipality", "independent_city"),
        ("St. Louis County Police Department", "MO", "County", "county_police"),
        ("Baltimore Police Department", "MD", "Municipality", "independent_city"),
        ("Baltimore County Police Department", "MD", "County", "county_police"),
        ("Nassau County Police Department", "NY", "County", "county_police"),
        ("York County Regional Police Department", "PA", "Municipality", "city_police"),
        ("Metro Police Authority of Genesee County", "MI", "County", "city_police"),
        ("Stamford Police Department", "TX", "County", "city_police"),
        ("Oklahoma City Police Department", "OK", "Municipality", "city_police"),
        ("Waterloo Marshal's Office", "IN", "Municipality", "city_police"),
        ("Jupiter Island Department of Public Safety", "FL", "Municipality", "city_police"),
        ("Miami-Dade Corrections and Rehabilitation", "FL", "County", "county_jail"),
        ("Cambria County Prison", "PA", "County", "county_jail"),
        ("Oldham County Detention Center", "KY", "County", "county_jail"),
        ("Oklahoma County Detention Center", "OK", "County", "county_jail"),
        ("Okmulgee County Criminal Justice Authority", "OK", "County", "county_jail"),
        ("Pasco County Board of County Commissioners", "FL", "County", "county_jail"),
        ("Southwest Virginia Regional Jail Authority", "VA", "State Agency", "county_jail"),
        ("Florida Department of Corrections", "FL", "State Agency", "state_corrections"),
        ("Virginia DOC Law Enforcement Services", "VA", "State Agency", "state_corrections"),
        ("Precinct 2 Constable", "TX", "County", "constable"),
        ("Galveston County Constable's Office Pct.1", "TX", "Municipality", "constable"),
        ("Pinal County Attorney's Office", "AZ", "County", "prosecutor"),
        ("Luzerne County District Attorney's Office", "PA", "County", "prosecutor"),
        ("Office of the State Attorney, 20th Judicial Circuit", "FL", "", "prosecutor"),
        ("Hendricks County Prosecutor's Office", "IN", "County", "prosecutor"),
        ("Texas Office of the Attorney General", "TX", "State Agency", "state_agency"),
        ("Florida Highway Patrol", "FL", "State Agency", "state_agency"),
        ("Louisiana Alcohol and Tobacco Control", "LA", "Municipality", "state_agency"),
        ("University of Florida Police Department", "FL", "State Agency", "campus_police"),
        ("Santa Fe College Police Department", "FL", "Municipality", "campus_police"),
        ("Katy ISD Police Department", "TX", "Municipality", "campus_police"),
        ("University Park Police Department", "TX", "Municipality", "city_police"),
        ("College Station Police Department", "TX", "Municipality", "city_police"),
        ("State College Police Department", "PA", "Municipality", "city_police"),
        ("Lee County Port Authority Police", "FL", "County", "port"),
        ("Sanford Airport Police Department", "FL", "Municipality", "port"),
        ("16th Judicial District Drug Task Force", "AR", "State Agency", "other"),
    ],
)
def test_an_agency_is_what_its_name_says(agency, usps, listed, expected):
    assert kind(agency, usps, listed) == expected


def test_a_corrections_department_without_a_county_is_the_states():
    assert kind("Department of Corrections", "AK", "", in_county=False) == "state_corrections"


def test_a_name_that_tells_nothing_is_left_open():
    assert kind("Liberty Group") is None


def test_texas_is_also_a_county_of_missouri():
    assert kind("Texas County's Sheriff's Office", "MO") == "sheriff"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Miami Dade Sheriffs Dept.", "Miami-Dade Sheriff’s Office "),
        ("Lexington County Sheriff's Department", "Lexington County Sheriff's Office"),
        ("Oklahoma Dept. of Public Safety", "Oklahoma Department of Public Safety"),
        ("Saint Mary Police Department", "St. Mary Police Dept"),
        ("Cooke Twp Constables's Office", "Cooke Township Constable"),
    ],
)
def test_variants_of_a_name_are_one(one, other):
    assert normalised(one) == normalised(other)


def test_numbers_keep_precincts_apart():
    assert normalised("Constable Precinct 2") != normalised("Constable Precinct 3")


@pytest.mark.parametrize(
    ("agency_kind", "usps", "expected"),
    [
        ("sheriff", "TX", True),
        ("independent_city", "VA", True),
        ("city_police", "TX", False),
        ("constable", "TX", False),
        ("state_corrections", "TX", False),
        ("state_corrections", "AK", True),
        ("", "TX", False),
    ],
)
def test_who_decides(agency_kind, usps, expected):
    assert decides(agency_kind, usps, GAZETTEER.unified_jails) is expected

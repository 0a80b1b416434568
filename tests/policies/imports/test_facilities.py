"""One row of ICE's facility list: which contract, whose facility, in which county."""

from dataclasses import replace

import pytest

from counties.zips import clean_zip
from policies.imports import facilities
from policies.imports.agencies import Agency
from policies.imports.facilities import Facility, RunBy
from policies.imports.shipped import shipped_gazetteer

GAZETTEER = shipped_gazetteer()
ALBANY, KINGS, ALEXANDRIA = "36001", "36047", "51510"

JAIL = Facility(
    code="ALBCONY",
    name="ALBANY COUNTY JAIL",
    city="ALBANY",
    county="ALBANY",
    usps="NY",
    zip_code="12211",
    type="USMS IGA",
    detail="USMS IGA",
    operator="COUNTY (SHERIFF)",
    owner="COUNTY",
    population=28.5,
)


def facility(**changes) -> Facility:
    return replace(JAIL, **changes)


def located(name, city, county, usps, zip_code) -> facilities.Located:
    return facilities.locate(
        facility(name=name, city=city, county=county, usps=usps, zip_code=clean_zip(zip_code)),
        GAZETTEER,
    )


@pytest.mark.parametrize(
    ("listed", "contract", "label"),
    [
        (("IGSA", "IGSA"), "IGSA", "IGSA"),
        (("IGSA", ""), "IGSA", "IGSA"),
        (("IGSA", "DIGSA"), "DIGSA", "DIGSA"),
        (("DIGSA", ""), "DIGSA", "DIGSA"),
        (("igsa", "Family"), "IGSA", "IGSA (family)"),
        (("IGSA", "JUVENILE"), "IGSA", "IGSA (juvenile)"),
        (("USMS IGA", "USMS IGA"), "USMS IGA", "USMS IGA"),
        (("IGSA", "HOLD"), "", ""),
        (("Other", "HOLD"), "", ""),
        (("CDF", "USMS CDF"), "", ""),
        (("BOP", "BOP"), "", ""),
        (("", ""), "", ""),
    ],
)
def test_types_that_are_contracts(listed, contract, label):
    row = facility(type=listed[0], detail=listed[1])
    assert facilities.contract_type(row) == contract
    assert facilities.contract_label(row) == label


@pytest.mark.parametrize(
    ("population", "used"), [(1.0, True), (28.5, True), (0.999, False), (0.0, False), (None, False)]
)
def test_a_contract_is_in_use_from_one_person_a_day(population, used):
    assert facilities.in_use(facility(population=population)) is used


@pytest.mark.parametrize(
    ("operator", "owner", "name", "runner"),
    [
        ("COUNTY (SHERIFF)", "COUNTY", "X", RunBy.COUNTY),
        ("COUNTY (CORRECTIONS)", "RJA", "SOUTH CENTRAL REGIONAL JAIL", RunBy.COUNTY),
        ("GEO", "COUNTY", "BROOKS COUNTY DETENTION CENTER", RunBy.COUNTY),
        ("GEO", "GEO", "RIO GRANDE DETENTION CENTER", RunBy.PRIVATE),
        ("GEO", "CITY", "ADELANTO ICE PROCESSING CENTER", RunBy.PRIVATE),
        ("CCA", "", "WEBB COUNTY DETENTION CENTER (CCA)", RunBy.PRIVATE),
        ("CITY", "CITY", "SANTA ANA CITY JAIL", RunBy.CITY),
        ("FEDERAL", "", "X", RunBy.OTHER),
        ("", "", "OKMULGEE COUNTY JAIL", RunBy.COUNTY),
        ("", "", "EAST FELICIANA PARISH PRISON", RunBy.COUNTY),
        ("", "", "COLFAX CO JAIL", RunBy.COUNTY),
        ("", "", "DAVIDSON SHERIFF'S OFFICE", RunBy.COUNTY),
        ("", "", "WESTERN TIDEWATER REGIONAL JAIL", RunBy.COUNTY),
        ("", "", "ELYRIA CITY JAIL", RunBy.CITY),
        ("", "", "TEXARKANA ARKANSAS POLICE DEPARTMENT", RunBy.CITY),
        ("", "", "PERRYVILLE STATE PRISON", RunBy.STATE),
        ("", "", "ABRAXAS ACADEMY DETENTION CENTER", RunBy.UNKNOWN),
    ],
)
def test_whose_facility_it_is(operator, owner, name, runner):
    assert facilities.run_by(facility(operator=operator, owner=owner, name=name)) is runner


@pytest.mark.parametrize(
    ("changes", "agency"),
    [
        ({}, Agency.SHERIFF),
        ({"operator": "COUNTY", "name": "BAKER COUNTY SHERIFF'S OFFICE"}, Agency.SHERIFF),
        ({"operator": "COUNTY (CORRECTIONS)"}, Agency.COUNTY_JAIL),
        ({"operator": "GEO"}, Agency.COUNTY_JAIL),
        ({"operator": "GEO", "owner": "GEO"}, Agency.PRIVATE),
        ({"operator": "CITY", "owner": "CITY"}, Agency.CITY_POLICE),
        (
            {"operator": "CITY", "owner": "CITY", "county": "ALEXANDRIA CITY", "usps": "VA"},
            Agency.INDEPENDENT_CITY,
        ),
        (
            {"operator": "CITY", "owner": "", "county": "ROANOKE", "usps": "VA"},
            Agency.INDEPENDENT_CITY,
        ),
        ({"operator": "COUNTY (CORRECTIONS)", "usps": "AK"}, Agency.STATE_CORRECTIONS),
        (
            {"operator": "", "owner": "", "usps": "CT", "name": "ROBINSON CORRECTIONAL"},
            Agency.STATE_CORRECTIONS,
        ),
        ({"operator": "CITY", "owner": "", "usps": "AK"}, Agency.CITY_POLICE),
        ({"operator": "CFDFC", "owner": "", "usps": "RI"}, Agency.OTHER),
        ({"operator": "FEDERAL", "owner": ""}, Agency.OTHER),
    ],
)
def test_what_kind_of_agency_has_the_contract(changes, agency):
    assert facilities.agency_type(facility(**changes), GAZETTEER) == agency


@pytest.mark.parametrize(
    ("row", "fips"),
    [
        (("ALBANY COUNTY JAIL", "ALBANY", "ALBANY ", "NY", 12211), ALBANY),
        (("FORT BEND COUNTY JAIL", "RICHMOND", "FT. BEND", "TX", 77469), "48157"),
        (("JENA/LASALLE DETENTION FACILITY", "JENA", "LA SALLE", "LA", 71342), "22059"),
        (("DELAWARE CO JAIL (G. W. HILL)", "THORNTON", "DELAWARE", "PA", 19373), "42045"),
        # The name has the word that the column lacks.
        (("FAIRFAX COUNTY JAIL", "FAIRFAX", "FAIRFAX", "VA", 22030), "51059"),
        # A ZIP or a town that is not known says nothing against the county.
        (("ALBANY COUNTY JAIL", "NO SUCH TOWN", "ALBANY", "NY", 99999), ALBANY),
    ],
)
def test_a_county_that_nothing_contradicts(row, fips):
    assert located(*row) == facilities.Located((fips,))


@pytest.mark.parametrize(
    ("row", "first_of_likely"),
    [
        (("ALBANY COUNTY JAIL", "ALBANY", "KINGS", "NY", 12211), ALBANY),
        (("BROWARD FACILITY", "POMPANO BEACH", "CHARLES MIX", "FL", 33073), "12011"),
        (("SALEM COUNTY JAIL", "WOODSTOWN", "COUNTY", "NJ", 8098), "34033"),
        (("ABILENE JAIL", "ABILENE", "ABILENE", "TX", 79601), "48441"),
        # Only the ZIP is wrong; only the name differs; only the town differs.
        (("IRWIN COUNTY JAIL", "OCILLA", "IRWIN", "GA", 31772), "13155"),
        (("OTERO COUNTY PRISON", "CHAPARRAL", "DONA ANA", "NM", 88081), "35035"),
        (("CUSTODY CASE", "RIVERSIDE", "ORANGE", "CA", 92705), "06059"),
    ],
)
def test_a_county_that_name_town_or_zip_contradict_is_a_question(row, first_of_likely):
    found = located(*row)
    assert found.fips == ()
    assert found.problem
    assert found.problem[0] == "county_contradicts"
    assert found.likely[0] == first_of_likely


@pytest.mark.parametrize(
    ("row", "likely"),
    [
        # One word for a county and for the city in it.
        (("HOLDING CENTER", "RICHMOND", "RICHMOND", "VA", 23219), "51760"),
        (("HOLDING CENTER", "NO SUCH TOWN", "", "NY", ""), ""),
    ],
)
def test_a_county_that_cannot_be_told_is_a_question(row, likely):
    found = located(*row)
    assert found.fips == ()
    assert found.problem
    assert found.problem[0] == "county_unclear"
    assert "".join(found.likely[:1]) == likely


def test_a_question_says_who_contradicts_whom():
    problem = located("ALBANY COUNTY JAIL", "ALBANY", "KINGS", "NY", 12211).problem
    assert problem
    assert problem[1] == (
        "ALBANY COUNTY JAIL is listed under Kings County (36047), but its name says Albany County "
        "(36001); its ZIP 12211 says Albany County (36001); its town ALBANY says Albany County "
        "(36001). Say which county it belongs to."
    )


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        (("PENINSULA REGIONAL JAIL", "WILLIAMSBURG", "JAMES CITY", "VA", 23185), True),
        (("TRI-COUNTY DETENTION CENTER", "ULLIN", "PULASKI", "IL", 62992), True),
        (("WILLACY CO REGIONAL DETENTION", "RAYMONDVILLE", "WILLACY", "TX", 78580), False),
    ],
)
def test_a_regional_jail_is_asked_for_its_counties_unless_named_after_one(row, asks):
    problem = located(*row).problem
    assert (problem and problem[0]) == ("regional_jail" if asks else None)


@pytest.mark.parametrize(
    ("name", "usps", "fips"),
    [
        ("ALBANY COUNTY JAIL", "NY", ALBANY),
        ("SAINT TAMMANY PARISH JAIL", "LA", "22103"),
        ("MEMPHIS/SHELBY COUNTY JUVENILE", "TN", "47157"),
        ("REEVES CO. JUV. DET. CTR.", "TX", "48389"),
        ("ALBANY COUNTY JAIL", "TX", None),
        ("FIVE COUNTY JOINT", "OH", None),
        ("STEWART DETENTION CENTER", "GA", None),
    ],
)
def test_county_that_a_facility_is_named_after(name, usps, fips):
    assert facilities.county_in_name(name, usps, GAZETTEER) == fips


@pytest.mark.parametrize(
    ("choice", "fips"),
    [
        (ALBANY, (ALBANY,)),
        ("16031, 16067", ("16031", "16067")),
        ("16031,16067", ("16031", "16067")),
        ("", ()),
        ("36999", None),
        ("Albany", None),
    ],
)
def test_a_remembered_choice(choice, fips):
    assert facilities.chosen(choice, GAZETTEER.known) == fips

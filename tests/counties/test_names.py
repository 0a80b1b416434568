import pytest

from counties.names import build_index, match_county, name_key
from counties.state_codes import is_territory, state_usps
from tests.counties.data import ALIASES, COUNTIES

INDEX = build_index(
    [(c["fips"], c["state"], c["name"], c["kind"] == "independent_city") for c in COUNTIES],
    [(alias["fips"], alias["name"]) for alias in ALIASES],
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Doña Ana County", "DONA ANA"),
        ("O'Brien County", "Obrien"),
        ("O’Brien", "O'Brien"),
        ("Prince George's", "Prince Georges County"),
        ("St. Mary's County", "Saint Marys"),
        ("Ste. Genevieve", "Sainte Genevieve County"),
        ("DeKalb", "De Kalb Co."),
        ("LaSalle Parish", "La Salle"),
        ("Lac qui Parle", "LAC QUI PARLE COUNTY"),
        ("Fort Bend County", "FT. BEND"),
        ("Miami-Dade", "Miami Dade County"),
        ("Juneau City and Borough", "Juneau"),
        ("City and County of Denver", "Denver County"),
        ("Custer County", "Custer Countey"),
        ("King & Queen County", "King and Queen"),
        ("City of Baltimore", "Baltimore city"),
        ("St. Louis (City)", "Saint Louis City"),
    ],
)
def test_spellings_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Baltimore city", "Baltimore County"), ("St. Louis city", "St. Louis"), ("Lee", "Leon")],
)
def test_different_places_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "usps", "fips"),
    [
        ("San Francisco", "CA", "06075"),
        ("San Francisco County, CA", "CA", "06075"),
        ("San Francisco County, California", "CA", "06075"),
        ("City and County of San Francisco", "CA", "06075"),
        ("St. Louis County", "MO", "29189"),
        ("St. Louis city", "MO", "29510"),
        ("Saint Louis City", "MO", "29510"),
        ("Baltimore City", "MD", "24510"),
        ("Carson City", "NV", "32510"),
        ("Charles City", "VA", "51036"),
        ("Charles City County", "VA", "51036"),
        ("James City", "VA", "51095"),
        ("Alexandria", "VA", "51510"),
        ("Denver County", "CO", "08031"),
        ("Orleans County", "LA", "22071"),
        ("LaSalle", "IL", "17099"),
        ("LaSalle", "TX", "48283"),
        ("La Salle Parish", "LA", "22059"),
        ("DoÒa Ana County", "NM", "35013"),
        ("Manhattan", "NY", "36061"),
        ("New York", "NY", "36061"),
        ("Bronx", "NY", "36005"),
        ("Brooklyn", "NY", "36047"),
        ("Queens Borough", "NY", "36081"),
        ("Staten Island", "NY", "36085"),
        ("Dade County", "FL", "12086"),
        ("Shannon County", "SD", "46102"),
        ("Shannon County", "MO", "29203"),
        ("Wade Hampton", "AK", "02158"),
        ("German Coast County", "LA", "22089"),
        ("Bedford City", "VA", "51019"),
        ("D.C.", "DC", "11001"),
        ("Washington, DC", "DC", "11001"),
        ("Custer Countey", "OK", "40039"),
    ],
)
def test_name_means_one_county(name, usps, fips):
    assert match_county(name, usps, INDEX).fips == fips


@pytest.mark.parametrize(
    ("name", "usps", "candidates"),
    [
        ("St. Louis", "MO", {"29189", "29510"}),
        ("Baltimore", "MD", {"24005", "24510"}),
        ("Richmond", "VA", {"51159", "51760"}),
        ("Fairfax", "VA", {"51059", "51600"}),
        ("New York City", "NY", {"36005", "36047", "36061", "36081", "36085"}),
        ("Valdez-Cordova", "AK", {"02063", "02066"}),
        ("Los Angeles city", "CA", {"06037"}),
        ("Alexandria County", "VA", {"51510"}),
    ],
)
def test_ambiguous_name_is_a_question(name, usps, candidates):
    match = match_county(name, usps, INDEX)
    assert match.status == "ambiguous"
    assert match.fips is None
    assert set(match.candidates) == candidates
    assert all(fips in match.explanation for fips in candidates)


@pytest.mark.parametrize(
    ("name", "usps", "reason"),
    [
        ("San Francisco", "TX", "No county of TX"),
        ("San Francisco, California", "TX", "names CA"),
        ("Shannon County", "NE", "No county of NE"),
        ("", "CA", "missing"),
        ("County", "CA", "No county of CA"),
        ("San Juan", "PR", "not a state of this map"),
    ],
)
def test_name_is_never_matched_across_states(name, usps, reason):
    match = match_county(name, usps, INDEX)
    assert (match.status, match.fips) == ("none", None)
    assert reason in match.explanation


def test_misspelt_name_is_not_matched_but_suggested():
    match = match_county("Frankin County", "MO", INDEX)
    assert match.status == "none"
    assert match.candidates == ("29071",)
    assert "Franklin County (29071)" in match.explanation


@pytest.mark.parametrize(
    ("text", "usps"),
    [
        ("TX", "TX"),
        ("TEXAS ", "TX"),
        ("tx", "TX"),
        ("48", "TX"),
        ("6", "CA"),
        ("State of Rhode Island", "RI"),
        ("Commonwealth of Virginia", "VA"),
        ("West Virginia", "WV"),
        ("D.C.", "DC"),
        ("Puerto Rico", "PR"),
        ("Texass", None),
        ("", None),
    ],
)
def test_state_is_recognised(text, usps):
    assert state_usps(text) == usps


def test_territory_is_told_from_state():
    assert is_territory("PR")
    assert not is_territory("DC")

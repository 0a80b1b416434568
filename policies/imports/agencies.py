"""What an agency on one of ICE's lists is, by its name. Pure.

ICE's own TYPE column is kept but not believed: it calls constables, prosecutors and city police
"County" and some sheriffs "Municipality". What an agency is decides whether its agreements answer
for a county (domain rule 1): a sheriff, a county's jail or corrections department, a county police
force, and an independent city's own police or sheriff do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from counties.names import NameIndex, split_name
from counties.state_codes import STATES


class Agency(StrEnum):
    """The values of models.AgencyType, which this module must not import."""

    SHERIFF = "sheriff"
    COUNTY_JAIL = "county_jail"
    COUNTY_POLICE = "county_police"
    INDEPENDENT_CITY = "independent_city"
    STATE_CORRECTIONS = "state_corrections"
    CONSTABLE = "constable"
    PROSECUTOR = "prosecutor"
    CITY_POLICE = "city_police"
    CAMPUS_POLICE = "campus_police"
    PORT = "port"
    STATE_AGENCY = "state_agency"
    PRIVATE = "private"
    OTHER = "other"


#: Agencies whose agreements decide the answer of their counties.
COUNTY_LEVEL = frozenset(
    {Agency.SHERIFF, Agency.COUNTY_JAIL, Agency.COUNTY_POLICE, Agency.INDEPENDENT_CITY}
)
#: Agencies of a whole state: where their office stands says nothing about a county.
STATEWIDE = frozenset({Agency.STATE_CORRECTIONS, Agency.STATE_AGENCY})

_WORDS = {
    "sheriffs": "sheriff",
    "constables": "constable",
    "constabless": "constable",
    "marshals": "marshal",
    "dept": "department",
    "twp": "township",
    "pct": "precinct",
    "st": "saint",
    "ft": "fort",
    "mt": "mount",
    "corrections": "correction",
    "correctional": "correction",
    "prosecutors": "prosecutor",
    "attorneys": "attorney",
    "countys": "county",
    "doc": "department of correction",
}
_STATE_NAMES = {usps: name.casefold() for usps, name in STATES.values()}
_COUNTY_WORD = re.compile(r"\b(county|counties|parish|parishes)\b")
_JAIL = re.compile(r"\b(jail|prisons?|detention|correction|criminal justice authority)\b")
#: A board signs for the jail that it runs; policing belongs to the sheriff, who signs himself.
_BOARD = re.compile(r"\b(board of county commissioners|county commission|county council)\b")
_PROSECUTOR = re.compile(
    r"\b(district attorney|county attorney|county county attorney|prosecutor|"
    r"prosecuting attorney|state attorney|commonwealth attorney|solicitor)\b"
)
#: Cities whose names have a college or university in them are no campus.
_CAMPUS = re.compile(
    r"\b(university\b(?! (park|city|heights|place))|school district\b|isd\b|schools?\b(?! street)|"
    r"(community|junior|technical|\w state) college\b|(?!state)\w+ college police\b|college of\b|"
    r"board of trustees\b)"
)
_PORT = re.compile(r"\b(port authority|airport|seaport|harbor (police|patrol)|port of \w+)\b")
_STATE_FORCE = re.compile(
    r"\b(state police|highway patrol|state patrol|national guard|state guard|attorney general|"
    r"state auditor|state fire marshal|(bureau|division) of (criminal )?investigation|"
    r"bureau of narcotics)\b"
)
_STATE_BODY = re.compile(
    r"\b(department of|division|commission|bureau|office of|control|military department|"
    r"law enforcement)\b"
)
_CITY = re.compile(
    r"\b(police|marshal|public safety|city of|town of|village of|borough|township)\b"
)


def normalised(agency: str) -> str:
    """The name of an agency without case, accents, signs and the usual variants of its words.

    "Miami Dade Sheriffs Dept." and "Miami-Dade Sheriff's Office " give "miami dade sheriff".
    With the state and the model it is what makes rows of different lists one agreement.
    """
    text = unicodedata.normalize("NFKD", agency).casefold().replace("&", " and ")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['`´ʻʼ‘’]", "", text)
    words = [_WORDS.get(word, word) for word in re.findall(r"[^\W_]+", text)]
    text = " ".join(word for word in words if word != "the")
    return re.sub(r"\b(sheriff|police|constable) (office|department)\b", r"\1", text)


def agency_type(
    agency: str, usps: str, listed_type: str, names: NameIndex, in_county: bool = False
) -> Agency | None:
    """What the agency is; None if its name does not tell.

    `listed_type`: ICE's TYPE, which only breaks ties. `in_county`: the list gives it a county.
    """
    text = normalised(agency)
    if "constable" in text:
        return Agency.CONSTABLE
    if "sheriff" in text:
        return Agency.INDEPENDENT_CITY if city_of(agency, usps, names) else Agency.SHERIFF
    by_state = text.startswith(_STATE_NAMES.get(usps, "\0")) and not _COUNTY_WORD.search(text)
    of_state = by_state or listed_type.casefold().strip() == "state agency"
    for pattern, found in (
        (_STATE_FORCE, Agency.STATE_AGENCY),
        (_PROSECUTOR, Agency.PROSECUTOR),
        (_PORT, Agency.PORT),
    ):
        if pattern.search(text):
            return found
    if _CAMPUS.search(text):
        return Agency.CAMPUS_POLICE
    if _JAIL.search(text) or _BOARD.search(text):
        return _jail_of_whom(text, of_state, in_county)
    if "task force" in text:
        return Agency.OTHER
    if by_state and _STATE_BODY.search(text):
        return Agency.STATE_AGENCY
    return _police(agency, text, usps, names) or (Agency.STATE_AGENCY if of_state else None)


def _jail_of_whom(text: str, of_state: bool, in_county: bool) -> Agency:
    """A jail or corrections department of a county, of several, or of the state."""
    if _COUNTY_WORD.search(text) or re.search(r"\b(regional|district) jail\b", text):
        return Agency.COUNTY_JAIL
    if of_state or not in_county:
        return Agency.STATE_CORRECTIONS
    return Agency.COUNTY_JAIL


def _police(agency: str, text: str, usps: str, names: NameIndex) -> Agency | None:
    if re.search(r"\b(regional|cooperative|authority)\b", text) and "police" in text:
        return Agency.CITY_POLICE  # towns that keep one force together
    if re.search(r"\bcounty police\b", text):
        return Agency.COUNTY_POLICE
    if "police" in text and city_of(agency, usps, names):
        return Agency.INDEPENDENT_CITY
    return Agency.CITY_POLICE if _CITY.search(text) else None


def city_of(agency: str, usps: str, names: NameIndex) -> str | None:
    """FIPS of the independent city whose police or sheriff this is, by its name; else None.

    "Hopewell County Sheriff's Office" is the city's too: Virginia has no county of that name.
    """
    found = names.get(usps)
    if found is None or not found.cities:
        return None
    place, keyword, _ = re.split(
        r"\s+(?:metropolitan\s+)?(sheriff|police|$)", agency.strip() + " ", maxsplit=1, flags=re.I
    )
    asked = split_name(place)
    of_either = asked.said == "" and keyword.casefold() == "sheriff"
    # Sheriffs of a county and of a city of one name are written alike: no telling which.
    if (asked.said == "county" or of_either) and (
        asked.base in found.counties or asked.base in found.aliases
    ):
        return None
    return found.cities.get(asked.base)


def decides(kind: str, usps: str, unified_jails: Collection[str]) -> bool:
    """Whether agreements of such an agency answer for counties.

    In a state with one jail system its corrections department answers for all of them.
    """
    return kind in COUNTY_LEVEL or (kind == Agency.STATE_CORRECTIONS and usps in unified_jails)

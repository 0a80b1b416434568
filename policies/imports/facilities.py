"""What a row of ICE's facility list says: which contract, whose facility, in which county. Pure.

Rules: an active contract is of type IGSA, DIGSA or USMS IGA with an average daily population of at
least 1; it decides if the facility is owned or run by a county. A county that contradicts the
facility's name, town or ZIP is a question, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counties.names import NameMatch, match_county
from counties.zips import counties_of_city, counties_of_zip
from policies.imports.agencies import Agency
from policies.imports.context import Gazetteer

#: An average below this many people a day is no contract in use.
LEAST_POPULATION = 1.0

_CONTRACTS = {"IGSA": "IGSA", "DIGSA": "DIGSA", "USMS IGA": "USMS IGA", "USMS IGSA": "USMS IGA"}
#: What else the list says of how a facility is used.
_NO_CONTRACTS = frozenset({"BOP", "CDF", "MIRP", "ORR", "OTHER", "SPC", "USMS CDF"})
#: Who else may be held under such an agreement: still a contract, only of another kind of jail.
_SPECIAL_IGSA = frozenset({"FAMILY", "JUVENILE"})
_PRIVATE_FIRMS = frozenset(
    {
        *("AGS", "AHTNA", "AKAL", "ASSET", "CCA", "CEC", "CORECIVIC", "CORNELL", "GEO"),
        *("GPS-ASSET", "ICA", "LASALLE", "M&TC", "MTC", "MVM", "PRIVATE"),
    }
)
_COUNTY_WORD = re.compile(r"\b(COUNTY|CNTY|CO|PARISH|BOROUGH)\b")
_COUNTY_PLACE = re.compile(r"\b(COUNTY|PARISH|SHERIFFS?|REGIONAL JAIL)\b")
_CITY_PLACE = re.compile(r"\b(CITY JAIL|POLICE|MUNICIPAL)\b")
_STATE_PLACE = re.compile(r"\b(STATE|DEPARTMENT OF CORR\w*|DOC)\b")
_JAIL = re.compile(r"\b(CORR\w*|JAIL|PRISON|PRETRIAL|DETENTION|PENITENTIARY|CC)\b")
_OF_SEVERAL = re.compile(r"\b(REGIONAL|(TRI|BI|MULTI|FIVE|FOUR|TWO)[ -]COUNTY|JOINT)\b")


class RunBy(StrEnum):
    """Whose facility it is, for the rule "owned or run by a county"."""

    COUNTY = "county"
    CITY = "city"
    STATE = "state"
    PRIVATE = "private"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Facility:
    """A row of the list, as text without surplus spaces; upper case where the list is."""

    code: str
    name: str
    city: str
    county: str
    usps: str
    zip_code: str
    type: str
    detail: str
    operator: str
    owner: str
    population: float | None


@dataclass(frozen=True, slots=True)
class Located:
    """The counties that a facility belongs to, or what keeps us from knowing them.

    `problem`: code and message of a question; `likely`: counties to offer, the likeliest first.
    A regional jail has the county of the column and is a question all the same.
    """

    fips: tuple[str, ...] = ()
    problem: tuple[str, str] | None = None
    likely: tuple[str, ...] = ()


def contract_type(facility: Facility) -> str:
    """IGSA, DIGSA or USMS IGA, or "" for a facility that is used in another way."""
    kind = _CONTRACTS.get(facility.type.upper(), "")
    detail = facility.detail.upper()
    if detail in _CONTRACTS:
        return _CONTRACTS[detail] if kind else ""
    return kind if not detail or detail in _SPECIAL_IGSA else ""


def known_type(facility: Facility) -> bool:
    """Whether the Type column has a value that ICE's list is known to use."""
    return facility.type.upper() in _NO_CONTRACTS | _CONTRACTS.keys()


def contract_label(facility: Facility) -> str:
    """The contract type as it is shown: "IGSA", "DIGSA", "IGSA (family)"."""
    kind, detail = contract_type(facility), facility.detail.upper()
    return f"{kind} ({detail.lower()})" if kind and detail in _SPECIAL_IGSA else kind


def in_use(facility: Facility) -> bool:
    """Whether at least one person a day was held there, on average, in the fiscal year."""
    return facility.population is not None and facility.population >= LEAST_POPULATION


def run_by(facility: Facility) -> RunBy:
    """Whose facility it is: a county's if a county owns or runs it; by its name if neither is said.

    "COUNTY (SHERIFF)" runs it; or "GEO" runs it and "COUNTY" owns it: then the county holds the
    contract and has it run.
    """
    operator, owner, name = (
        text.upper() for text in (facility.operator, facility.owner, facility.name)
    )
    if operator.startswith(("COUNTY", "PARISH")) or owner.startswith(("COUNTY", "PARISH")):
        return RunBy.COUNTY
    if said := operator or owner:
        if said.startswith("CITY"):
            return RunBy.CITY
        if said.startswith("STATE"):
            return RunBy.STATE
        return RunBy.PRIVATE if said.partition(" ")[0] in _PRIVATE_FIRMS else RunBy.OTHER
    if _CITY_PLACE.search(name):
        return RunBy.CITY
    plain = name.replace("'", "")
    if _COUNTY_PLACE.search(plain) or re.search(r"\bCO\.? (JAIL|SHERIFF)", plain):
        return RunBy.COUNTY
    return RunBy.STATE if _STATE_PLACE.search(name) else RunBy.UNKNOWN


def agency_type(facility: Facility, gazetteer: Gazetteer) -> Agency:
    """What kind of agency has the contract."""
    runner = run_by(facility)
    name = facility.name.upper()
    if facility.usps in gazetteer.unified_jails and runner is not RunBy.CITY:
        of_the_state = runner in (RunBy.COUNTY, RunBy.STATE) or (
            runner is RunBy.UNKNOWN and _JAIL.search(name)
        )
        # The list calls Alaska's and Connecticut's state jails "COUNTY (CORRECTIONS)".
        return Agency.STATE_CORRECTIONS if of_the_state else Agency.OTHER
    if runner is RunBy.COUNTY:
        of_a_sheriff = "SHERIFF" in facility.operator.upper() or (
            facility.operator.upper() in ("", "COUNTY") and "SHERIFF" in name
        )
        return Agency.SHERIFF if of_a_sheriff else Agency.COUNTY_JAIL
    if runner is RunBy.CITY:
        return (
            Agency.INDEPENDENT_CITY
            if _independent_city(facility, gazetteer)
            else Agency.CITY_POLICE
        )
    return {RunBy.STATE: Agency.STATE_AGENCY, RunBy.PRIVATE: Agency.PRIVATE}.get(
        runner, Agency.OTHER
    )


def locate(facility: Facility, gazetteer: Gazetteer) -> Located:
    """The county of a facility, if the column, the name, the town and the ZIP agree on it."""
    column = match_county(facility.county, facility.usps, gazetteer.names)
    named = county_in_name(facility.name, facility.usps, gazetteer)
    by_zip = counties_of_zip(facility.zip_code)
    by_city = counties_of_city(facility.city, facility.usps)
    fips = column.fips
    if column.status == "ambiguous":
        # "FAIRFAX" and "FAIRFAX COUNTY JAIL": the name has the word that the column lacks.
        said = {named, _independent_city(facility, gazetteer)} & set(column.candidates)
        fips = said.pop() if len(said) == 1 else None
    likely = _ranked(facility.usps, column.candidates, named, by_zip, by_city, gazetteer)
    against = [
        f"{what} says {_listed(counties, gazetteer)}"
        for what, counties in (
            ("its name", (named,) if named else ()),
            (f"its ZIP {facility.zip_code}", by_zip),
            (f"its town {facility.city}", by_city),
        )
        if counties and fips not in counties
    ]
    if column.status == "ambiguous" and fips is None:
        code, against = "county_unclear", []
    elif against:
        code = "county_contradicts"
    else:
        code = "" if fips else "county_unclear"
    if code or not fips:
        question = _question(facility, column, against, gazetteer)
        return Located((), (code, question), likely)
    if _OF_SEVERAL.search(facility.name.upper()) and not named:
        message = (
            f"{facility.name} may be the jail of several counties; the list names only "
            f"{gazetteer.label(fips)}. Say which counties it belongs to."
        )
        return Located((fips,), ("regional_jail", message), likely)
    return Located((fips,))


def _question(
    facility: Facility, column: NameMatch, against: Sequence[str], gazetteer: Gazetteer
) -> str:
    """What is asked about a county that is not certain."""
    if column.fips:
        said = f"{facility.name} is listed under {gazetteer.label(column.fips)}"
    elif column.status == "ambiguous":
        said = f"{facility.name} is listed under “{facility.county}”, which may be "
        said += _listed(column.candidates, gazetteer)
    elif facility.county:
        said = f"{facility.name} is listed under “{facility.county}”, which is no county of "
        said += facility.usps
    else:
        said = f"{facility.name} in {facility.usps} is listed without a county"
    but = f", but {'; '.join(against)}" if against else ""
    return f"{said}{but}. Say which county it belongs to."


def county_in_name(name: str, usps: str, gazetteer: Gazetteer) -> str | None:
    """FIPS of the county that a facility is named after: "ALBANY COUNTY JAIL" in New York."""
    text = name.upper().replace(".", "")
    for word in _COUNTY_WORD.finditer(text):
        before = re.findall(r"[^\s/(),]+", text[: word.start()])
        for start in range(len(before)):
            asked = f"{' '.join(before[start:])} {word[1]}"
            if fips := match_county(asked, usps, gazetteer.names).fips:
                return fips
    return None


def chosen(choice: str, known: Collection[str]) -> tuple[str, ...] | None:
    """The counties of a remembered choice ("16031,16067"; "" is none), None if it names no county.

    None means that the choice cannot be used any more, and must be asked for again.
    """
    fips = tuple(part for part in re.split(r"[\s,;]+", choice.strip()) if part)
    return fips if all(one in known for one in fips) else None


def _independent_city(facility: Facility, gazetteer: Gazetteer) -> str | None:
    """FIPS of the independent city that runs it, if a city does ("ALEXANDRIA CITY" in Virginia)."""
    names = gazetteer.names.get(facility.usps)
    if run_by(facility) is not RunBy.CITY or names is None:
        return None
    cities = set(names.cities.values())
    column = match_county(facility.county, facility.usps, gazetteer.names)
    found = cities & set(column.candidates if column.status != "none" else ())
    return found.pop() if len(found) == 1 else None


def _ranked(
    usps: str,
    column: Sequence[str],
    named: str | None,
    by_zip: Sequence[str],
    by_city: Sequence[str],
    gazetteer: Gazetteer,
) -> tuple[str, ...]:
    """Counties of the state to offer: a name counts most, then ZIP and town, the column least."""
    weights: dict[str, float] = {}
    for fips, weight in _votes(column, named, by_zip, by_city):
        weights[fips] = weights.get(fips, 0) + weight
    names = gazetteer.names.get(usps)
    here = names.full_names if names else {}
    ranked = sorted((fips for fips in weights if fips in here), key=lambda f: (-weights[f], f))
    return tuple(ranked[:5])


def _votes(
    column: Sequence[str], named: str | None, by_zip: Sequence[str], by_city: Sequence[str]
) -> Iterator[tuple[str, float]]:
    if named:
        yield named, 3
    for several in (by_zip, by_city):
        for position, fips in enumerate(several):
            yield fips, 2 / (1 + position)
    for fips in column:
        yield fips, 1


def _listed(several: Sequence[str], gazetteer: Gazetteer) -> str:
    known = gazetteer.county_names
    return " or ".join(gazetteer.label(f) if f in known else f for f in several[:3])

"""Which counties an agency on one of ICE's lists belongs to. Pure.

The COUNTY column decides where it names a real county, else the agency's own name. Where both do
and differ, or neither does, it is a question; a remembered choice answers it for the next file.
A misspelt name counts only if the other of the two gives the county without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counties.names import NameMatch, match_county, split_name
from policies.imports.agencies import (
    COUNTY_LEVEL,
    STATEWIDE,
    Agency,
    agency_type,
    city_of,
    normalised,
)
from policies.imports.context import Context, Gazetteer
from policies.imports.tables import Severity

#: How alike (0 to 100) a spelling must be to pass for a misspelling of a county that is known.
NEAR = 75
#: How alike a county must be to be offered as a suggestion.
WORTH_ASKING = 65

_EMPTY = {"", "na", "none", "null"}
_BEFORE_KEYWORD = re.compile(
    r"^(.*?)\s+(?:sheriff|regional|district|jail|prison|detention|correction)", re.I
)
_COUNTY_WORD = re.compile(r"^(.*?)\s+(county|parish)(?:['’]?s)?\b", re.I)
_OFFICE_OF = re.compile(
    r"^(?:metropolitan|(?:.*\b)?(?:office|department|sheriff) of(?: the)?) ", re.I
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with the place of an agency. `column`: `agency` or `county`."""

    severity: Severity
    code: str
    message: str
    column: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """What an agency is and where. `unresolved`: `fips` then holds the counties it might be in.

    `left_out`: a person chose to leave the agency out.
    """

    agency_type: str = ""
    fips: tuple[str, ...] = ()
    unresolved: bool = False
    left_out: bool = False
    doubts: tuple[Doubt, ...] = ()


def choice_key(usps: str, agency: str) -> str:
    """The key of a remembered choice about an agency: "TX|lampass county sheriff"."""
    return f"{usps}|{normalised(agency)}"


def match_agency(
    agency: str, usps: str, listed_type: str, county: str, context: Context
) -> Matched:
    """What the agency of one row is, and its counties. `county`: the COUNTY column, "" if none."""
    chosen = context.choice("agency", choice_key(usps, agency))
    if chosen is not None:
        return _chosen(chosen, context.gazetteer)
    places = _Places(agency, usps, county, context.gazetteer)
    kind = agency_type(
        agency,
        usps,
        listed_type,
        context.gazetteer.names,
        in_county=bool(places.by_column or places.by_name),
    )
    if kind is None:
        doubt = Doubt(
            Severity.QUESTION,
            "unknown_agency",
            f"It cannot be told what “{agency}” is. Choose its type and, if it is an agency of "
            "a county, the county.",
            "agency",
        )
        return Matched("", places.by_column or places.by_name, True, doubts=(doubt,))
    if kind == Agency.INDEPENDENT_CITY:
        return places.of_city()
    if kind in COUNTY_LEVEL:
        return places.of_county_agency(kind)
    if kind in STATEWIDE:
        return Matched(kind)
    return places.of_other(kind)


def _chosen(value: str, gazetteer: Gazetteer) -> Matched:
    """A remembered choice: "county_jail:51019,51031", "city_police:", or "" for left out."""
    if not value:
        return Matched(left_out=True)
    kind, _, codes = value.partition(":")
    fips = tuple(sorted(code.strip() for code in codes.split(",") if code.strip()))
    known = kind in set(Agency) and all(code in gazetteer.known for code in fips)
    if known and (fips or kind not in COUNTY_LEVEL):
        return Matched(kind, fips)
    doubt = Doubt(
        Severity.QUESTION,
        "bad_choice",
        f"What was chosen for it before ({value}) is no type of agency with its counties. Choose "
        "again.",
        "agency",
    )
    return Matched(unresolved=True, doubts=(doubt,))


class _Places:
    """The two witnesses of one row: its COUNTY column and the agency's own name."""

    def __init__(self, agency: str, usps: str, county: str, gazetteer: Gazetteer) -> None:
        self.agency = agency
        self.usps = usps
        self.gazetteer = gazetteer
        self.column = "" if _is_empty(county) else county
        self.by_column = self._all_of(self.column)
        self.claims = _claims(agency)
        self.by_name = self._name()

    def of_city(self) -> Matched:
        """An independent city's police or sheriff: the city, unless the column contradicts."""
        city = city_of(self.agency, self.usps, self.gazetteer.names) or ""
        if self.by_column and self.by_column != (city,):
            return self._contradiction(Agency.INDEPENDENT_CITY, (city,))
        doubts: tuple[Doubt, ...] = ()
        if _COUNTY_WORD.search(self.agency):
            message = (
                f"{self.usps} has no county of this name; it was taken for "
                f"{self.gazetteer.label(city)}."
            )
            doubts = (Doubt(Severity.WARNING, "city_not_county", message, "agency"),)
        return Matched(Agency.INDEPENDENT_CITY, (city,), doubts=doubts)

    def of_county_agency(self, kind: Agency) -> Matched:
        """A sheriff, jail or police force of a county: it must be known which."""
        if self.by_column and self.by_name:
            if set(self.by_column) == set(self.by_name):
                return Matched(kind, self.by_column)
            return self._contradiction(kind, self.by_name)
        if self.by_column:
            return self._by_one(kind, self.by_column, self.claims[-1:], "agency")
        if self.by_name:
            return self._by_one(kind, self.by_name, [self.column][: bool(self.column)], "county")
        return self._unknown(kind)

    def of_other(self, kind: Agency) -> Matched:
        """An agency that decides nothing: its county is noted if it is known."""
        fips = self.by_column or (self.by_name if _COUNTY_WORD.search(self.agency) else ())
        doubts: tuple[Doubt, ...] = ()
        if self.column and not self.by_column:
            near = self._near(self.column)
            message = f"“{self.column}” is no county of {self.usps} that we know."
            if near:
                message += f" Is {self._labels(near[:1])} meant?"
            doubts = (
                Doubt(Severity.WARNING, "county_not_known", message, "county", self._list(near)),
            )
        return Matched(kind, fips, doubts=doubts)

    def _by_one(
        self, kind: Agency, fips: tuple[str, ...], others: Sequence[str], column: str
    ) -> Matched:
        """One witness names the county; the other is silent, misspelt, or names another place."""
        where = self._labels(fips)
        for other in others:
            if any(self._alike(other, code) for code in fips):
                message = f"“{other}” was read as {where}, which the rest of the row gives."
                return Matched(
                    kind, fips, doubts=(Doubt(Severity.WARNING, "misspelt", message, column),)
                )
            if column == "agency" and _COUNTY_WORD.search(self.agency):
                return self._contradiction(kind, self._near(other))
            if column == "county":
                message = f"“{other}” is no county of {self.usps}; the agency's name gives {where}."
                doubt = Doubt(Severity.WARNING, "county_by_name", message, column)
                return Matched(kind, fips, doubts=(doubt,))
        return Matched(kind, fips)

    def _contradiction(self, kind: Agency, by_name: tuple[str, ...]) -> Matched:
        message = (
            f"The agency is called “{self.agency}”, but its county is given as "
            f"{self._labels(self.by_column)}. Choose the county."
        )
        might_be = tuple(dict.fromkeys((*by_name, *self.by_column)))
        doubt = Doubt(
            Severity.QUESTION, "county_contradiction", message, "county", self._list(might_be)
        )
        return Matched(kind, might_be, True, doubts=(doubt,))

    def _unknown(self, kind: Agency) -> Matched:
        asked = [*self.claims[-1:], *([self.column] if self.column else [])]
        might_be = self._ambiguous(asked) or self._near(*asked)
        if might_be:
            message = f"Which county “{self.agency}” belongs to is not certain. Choose it."
        else:
            message = f"The list does not say which county “{self.agency}” belongs to. Choose it."
        doubt = Doubt(Severity.QUESTION, "which_county", message, "agency", self._list(might_be))
        return Matched(kind, might_be, True, doubts=(doubt,))

    def _match(self, text: str) -> NameMatch:
        return match_county(text, self.usps, self.gazetteer.names)

    def _all_of(self, text: str) -> tuple[str, ...]:
        """The county that a text names, or all of several; nothing if one of them is unknown."""
        if not text:
            return ()
        whole = self._match(text)
        if whole.fips:
            return (whole.fips,)
        parts = [part for part in re.split(r"\s*[,;/&]\s*|\s+and\s+", text) if part.strip()]
        found = [self._match(part).fips for part in parts]
        return tuple(dict.fromkeys(f for f in found if f)) if len(found) > 1 and all(found) else ()

    def _name(self) -> tuple[str, ...]:
        return next((found for claim in self.claims if (found := self._all_of(claim))), ())

    def _ambiguous(self, asked: Sequence[str]) -> tuple[str, ...]:
        matches = [self._match(text) for text in asked]
        return next((m.candidates for m in matches if m.status == "ambiguous"), ())

    def _near(self, *asked: str) -> tuple[str, ...]:
        """The counties of the state that are spelt most like one of the texts; the best first."""
        from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

        names = self.gazetteer.names.get(self.usps)
        if names is None:
            return ()
        keys = {**names.cities, **names.counties}
        found: dict[str, float] = {}
        for text in asked:
            base = split_name(text).base
            for key, score, _ in process.extract(
                base, list(keys), scorer=fuzz.ratio, limit=3, score_cutoff=WORTH_ASKING
            ):
                found[keys[key]] = max(score, found.get(keys[key], 0))
        return tuple(sorted(found, key=lambda fips: (-found[fips], fips))[:3])

    def _alike(self, text: str, fips: str) -> bool:
        """Whether the text is a misspelling of the county's name, or has that name within it."""
        from rapidfuzz import fuzz  # loaded for misspellings alone: it takes 4 MB

        base, name = split_name(text).base, split_name(self.gazetteer.county_names[fips]).base
        return fuzz.ratio(base, name) >= NEAR or base.endswith(name)

    def _labels(self, fips: Sequence[str]) -> str:
        return ", ".join(self.gazetteer.label(code) for code in fips)

    def _list(self, fips: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.gazetteer.label(code) for code in fips)


def _is_empty(county: str) -> bool:
    """A cell that says nothing: empty, "#N/A", "NA"."""
    return re.sub(r"[^a-z]", "", county.casefold()) in _EMPTY


def _claims(agency: str) -> list[str]:
    """The parts of an agency's name that may name its county, the likeliest first."""
    claims: list[str] = []
    for part in re.split(r"\s*/\s*", agency.strip()):
        if with_word := _COUNTY_WORD.match(part):
            claims.append(f"{with_word[1]} {with_word[2]}")
        elif before := _BEFORE_KEYWORD.match(part):
            claims.append(before[1])
        elif part.casefold().startswith(("county of ", "parish of ")):
            claims.append(part)
    bare = [_OFFICE_OF.sub("", claim) for claim in claims]
    return list(dict.fromkeys([*claims, *bare]))

"""County names: reduce them to keys, and match them within one state. Pure.

A name matches only within its state, and an ambiguous one is a question, never a guess:
"St. Louis" in Missouri may be the city or the county, and whoever wrote it must say.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from counties.state_codes import state_usps

Said = Literal["county", "city", ""]

# Longest first, so that "City and Borough" does not leave "City and" behind.
_COUNTY_WORDS = (
    "city and borough",
    "city and county",
    "census area",
    "municipality",
    "metropolitan government",
    "parishes",
    "counties",
    "borough",
    "county",
    "parish",
    "cnty",
    "boro",
    "co",
    # Misspelt in lists that were published.
    "countey",
    "coutny",
)
_COUNTY_PREFIXES = (
    "consolidated city and county of",
    "city and borough of",
    "city and county of",
    "town and county of",
    "municipality of",
    "borough of",
    "county of",
    "parish of",
)
_CITY_PREFIXES = ("independent city of", "city of")
_CITY_WORDS = ("independent city", "city")
_PREFIXES: dict[Said, tuple[str, ...]] = {"county": _COUNTY_PREFIXES, "city": _CITY_PREFIXES}
_SUFFIXES: dict[Said, tuple[str, ...]] = {"county": _COUNTY_WORDS, "city": _CITY_WORDS}
_ABBREVIATIONS = {"st": "saint", "ste": "saint", "sainte": "saint", "ft": "fort", "mt": "mount"}


@dataclass(frozen=True)
class CountyName:
    """A name taken apart: `base` without spaces and kind, and which kind it said it was."""

    base: str
    said: Said

    @property
    def key(self) -> str:
        return f"{self.base} city" if self.said == "city" else self.base


@dataclass(frozen=True)
class NameMatch:
    """What a name means: `fips` is set exactly when it means one county.

    `candidates` are the counties to choose from when `ambiguous`, or near spellings when `none`.
    """

    status: Literal["matched", "ambiguous", "none"]
    fips: str | None
    candidates: tuple[str, ...]
    explanation: str


@dataclass
class StateNames:
    """The names of one state's counties, by key."""

    counties: dict[str, str] = field(default_factory=dict)
    cities: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    full_names: dict[str, str] = field(default_factory=dict)


NameIndex = Mapping[str, StateNames]


def build_index(
    counties: Iterable[tuple[str, str, str, bool]], aliases: Iterable[tuple[str, str]]
) -> NameIndex:
    """An index for `match_county`.

    `counties` are (fips, usps, full name, is an independent city); `aliases` are (fips, name).
    """
    index: dict[str, StateNames] = {}
    usps_of = {}
    for fips, usps, name, is_city in counties:
        names = index.setdefault(usps, StateNames())
        usps_of[fips] = usps
        names.full_names[fips] = name
        (names.cities if is_city else names.counties)[split_name(name).base] = fips
    for fips, name in aliases:
        index[usps_of[fips]].aliases.setdefault(name_key(name), set()).add(fips)
    return index


def name_key(text: str) -> str:
    """A name without case, accents, punctuation, spaces and the word for a county.

    "Doña Ana County" and "DONA ANA" give "donaana", "St. Mary's" and "Saint Marys Parish" give
    "saintmarys", "De Kalb" gives "dekalb". A city stays apart: "Baltimore City" gives
    "baltimore city".
    """
    return split_name(text).key


def split_name(text: str) -> CountyName:
    """Take a name apart into its bare key and what it says it is."""
    words, said = _without_kind(_words(text))
    return CountyName(_base(words), said)


def name_parts(text: str) -> tuple[str, ...]:
    """The base of a name from each of its words on: "St. Louis County" as "saintlouis", "louis"."""
    words = _without_kind(_words(text))[0].split()
    return tuple(_base(" ".join(words[start:])) for start in range(len(words)))


def match_county(name: str, usps: str, index: NameIndex) -> NameMatch:
    """The county a name means in the state `usps`, a question, or nothing.

    A wrong word for a county is forgiven ("Orleans County" in Louisiana), a city taken for the
    county around it is not.
    """
    names = index.get(usps)
    if names is None:
        return NameMatch("none", None, (), f"“{usps}” is not a state of this map.")
    bare, other_state = _without_state(name, usps)
    if other_state:
        return NameMatch(
            "none", None, (), f"“{name}” names {other_state}, but the state is {usps}."
        )
    asked = split_name(bare)
    if not asked.base:
        return NameMatch("none", None, (), "The name of the county is missing.")
    found = _exact(asked, names)
    if len(found) == 1:
        return NameMatch("matched", found[0], found, "")
    if found:
        return NameMatch("ambiguous", None, found, _question(name, usps, found, names))
    if other_kind := _other_kind(asked, names):
        return NameMatch("ambiguous", None, other_kind, _question(name, usps, other_kind, names))
    near = _near_spellings(asked, names)
    return NameMatch("none", None, near, _not_found(name, usps, near, names))


def _words(text: str) -> str:
    """Lower-case words of plain letters, separated by single spaces."""
    text = unicodedata.normalize("NFKD", str(text)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    # An apostrophe joins (O'Brien, Prince George's); every other sign separates.
    text = re.sub(r"['`´ʻʼ‘’]", "", text.replace("&", " and "))
    return " ".join(re.findall(r"[^\W_]+", text))


def _without_kind(words: str) -> tuple[str, Said]:
    """The words of a name without those for a county or city, and which of the two they said."""
    for said, prefixes in _PREFIXES.items():
        for prefix in prefixes:
            if words.startswith(prefix + " "):
                return words[len(prefix) :], said
    for said, suffixes in _SUFFIXES.items():
        for suffix in suffixes:
            if words.endswith(" " + suffix):
                return words[: -len(suffix)], said
    return words, ""


def _base(words: str) -> str:
    return "".join(_ABBREVIATIONS.get(word, word) for word in words.split())


def _without_state(name: str, usps: str) -> tuple[str, str | None]:
    """The name without ", CA" at its end, and the other state if it names one."""
    head, comma, tail = name.rpartition(",")
    if not comma or not head.strip():
        return name, None
    named = state_usps(tail)
    return (head, None if named == usps else named) if named else (name, None)


def _exact(asked: CountyName, names: StateNames) -> tuple[str, ...]:
    """Counties whose name or, failing that, other name is the one asked for."""
    tables = {
        "county": [names.counties.get(asked.base)],
        # "Charles City" is a county whose own name ends in City.
        "city": [names.cities.get(asked.base) or names.counties.get(asked.base + "city")],
        "": [names.counties.get(asked.base), names.cities.get(asked.base)],
    }
    found = {fips for fips in tables[asked.said] if fips}
    return tuple(sorted(found or names.aliases.get(asked.key, set())))


def _other_kind(asked: CountyName, names: StateNames) -> tuple[str, ...]:
    """The county when a city of that name was asked for, or the other way round."""
    table = names.cities if asked.said == "county" else names.counties
    return (table[asked.base],) if asked.said and asked.base in table else ()


def _near_spellings(asked: CountyName, names: StateNames) -> tuple[str, ...]:
    """Counties of nearly that name, likeliest first."""
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    keys = {**names.counties, **names.cities}
    close = process.extract(asked.base, list(keys), scorer=fuzz.ratio, score_cutoff=75, limit=3)
    return tuple(keys[key] for key, _score, _at in close)


def _listed(found: Iterable[str], names: StateNames) -> str:
    return " or ".join(f"{names.full_names[fips]} ({fips})" for fips in found)


def _question(name: str, usps: str, found: tuple[str, ...], names: StateNames) -> str:
    if len(found) == 1:
        return f"“{name}” in {usps} is not a name we know; is {_listed(found, names)} meant?"
    return f"“{name}” in {usps} may be {_listed(found, names)}; say which."


def _not_found(name: str, usps: str, near: tuple[str, ...], names: StateNames) -> str:
    hint = f"; is {_listed(near, names)} meant?" if near else "."
    return f"No county of {usps} is called “{name}”{hint}"

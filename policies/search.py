"""Which counties the words in a search box mean: a name, a name with its state, or a code.

Lists every county that the words fit and never chooses between them. One query, or two for a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from counties import fips
from counties.lookups import fips_changes
from counties.models import County
from counties.names import Said, name_parts, split_name
from counties.state_codes import STATES, TERRITORIES, is_territory, state_usps

#: The words of the longest name of a state: "District of Columbia", "U.S. Virgin Islands".
LONGEST_STATE = 4
_PLACES = dict((*STATES.values(), *TERRITORIES.values()))


@dataclass(frozen=True, slots=True)
class Found:
    """`explanation` says why nothing was found, where there is more to say."""

    fips: frozenset[str]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a county."""

    fips: str
    usps: str
    text: str


def find(text: str) -> Found:
    """The counties that `text` may mean."""
    names = _all_names()
    if any(character.isdigit() for character in text):
        found = _by_code(text, names)
        if found is not None:
            return found
    head, comma, tail = text.rpartition(",")
    usps = state_usps(tail) if comma and head.strip() else None
    if usps:
        within = [name for name in names if name.usps == usps]
        found = _by_key(head, within) or _by_substring(head, within)
        return Found(found, "" if found else _of_territory(usps))
    head, usps = _with_state_last(text)
    found = (
        _by_key(text, names)
        or (_by_key(head, [name for name in names if name.usps == usps]) if usps else None)
        or _by_substring(text, names)
    )
    return Found(found, "" if found else _why_none(text, usps))


def _all_names() -> list[Name]:
    rows = County.objects.order_by().values_list("fips", "state_id", "name", "aliases__name")
    return list(
        dict.fromkeys(
            Name(code, usps, text)
            for code, usps, name, alias in rows
            for text in (name, alias)
            if text
        )
    )


def _by_code(text: str, names: Iterable[Name]) -> Found | None:
    """The county of a code, or those it may mean now; None for what is no code at all."""
    try:
        code = fips.clean_fips(text)
    except fips.FipsError as error:
        return None if error.code == "not_a_number" else Found(frozenset(), error.message)
    match = fips.resolve_fips(code, {name.fips for name in names}, fips_changes())
    return Found(frozenset(match.candidates), "" if match.candidates else match.explanation)


def _with_state_last(text: str) -> tuple[str, str | None]:
    """ "Cook Illinois" as ("Cook", "IL"). A text that is itself a state is left whole."""
    words = text.split()
    if state_usps(text) is None:
        for count in range(min(LONGEST_STATE, len(words) - 1), 0, -1):
            tail = " ".join(words[-count:])
            usps = None if tail.isdigit() else state_usps(tail)
            if usps:
                return " ".join(words[:-count]), usps
    return text, None


@lru_cache(maxsize=8192)
def _taken_apart(name: str) -> tuple[tuple[str, ...], Said]:
    """Kept, because it depends on nothing but the name."""
    return name_parts(name), split_name(name).said


def _by_key(text: str, names: Iterable[Name]) -> frozenset[str]:
    """Counties with a name that begins so, or has a word that does, spelt in whichever way.

    After a word for a county or city the name is complete: "Orange County" is not Orangeburg,
    and "Baltimore County" not the city.
    """
    asked = split_name(text)
    # "ste" is short for "saint", and also how Steuben begins.
    beginnings = tuple(filter(None, (asked.base, "".join(text.casefold().split()))))

    def fits(name: Name) -> bool:
        parts, said = _taken_apart(name.text)
        if asked.said == "city":
            return (said == "city" and asked.base in parts) or f"{asked.base}city" in parts
        if asked.said == "county":
            return said != "city" and asked.base in parts
        return any(part.startswith(beginnings) for part in parts)

    return frozenset(name.fips for name in names if asked.base and fits(name))


def _by_substring(text: str, names: Iterable[Name]) -> frozenset[str]:
    wanted = " ".join(text.casefold().split())
    return frozenset(name.fips for name in names if wanted in name.text.casefold())


def _why_none(text: str, usps_last: str | None) -> str:
    usps = state_usps(text) or usps_last
    if usps is None:
        return ""
    if is_territory(usps) or usps_last:
        return _of_territory(usps)
    return f"{_PLACES[usps]} is a whole state, not a county; choose it as the state instead."


def _of_territory(usps: str) -> str:
    if not is_territory(usps):
        return ""
    return f"{_PLACES[usps]} is a territory; territories are outside this map."

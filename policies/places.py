"""Which counties somebody may mean who writes a county, a town or a ZIP code. One query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counties.models import County
from counties.neighbours import neighbours_of
from counties.state_codes import STATES, state_usps
from counties.zips import counties_of_city, counties_of_zip
from policies import search

_ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Places:
    """`fips`: the counties that are meant, by name. `near`: neighbours to be offered, because a
    ZIP for which one county is known may reach into them. `is_zip`: found by a ZIP code."""

    fips: tuple[str, ...]
    near: tuple[str, ...] = ()
    is_zip: bool = False
    explanation: str = ""


def find(text: str) -> Places:
    """All counties that the words may mean: never one chosen among several."""
    if not text:
        return Places(())
    if _ZIP.fullmatch(text) and (here := counties_of_zip(text)):
        near = neighbours_of(here[0]) if len(here) == 1 else ()
        return Places(here, near, is_zip=True)
    named = search.find(text)
    codes = {*named.fips, *_of_town(text)}
    in_order = County.objects.filter(pk__in=codes).order_by("name", "state_id")
    return Places(
        tuple(in_order.values_list("pk", flat=True)),
        explanation="" if codes else named.explanation,
    )


def _of_town(text: str) -> set[str]:
    """Counties of the towns of that name, in the state named behind a comma, or in any."""
    head, comma, tail = text.rpartition(",")
    usps = state_usps(tail) if comma else None
    town, states = (head, [usps]) if usps else (text, [code for code, _name in STATES.values()])
    return {fips for state in states for fips in counties_of_city(town, state)}

"""Rows of ICE's lists as they are kept with a list (models.IceList.entries). Pure.

And the counties that a list is about: they were not observed to decline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date

from policies.imports.agencies import Agency, decides
from policies.imports.facts import Entry

#: What a row says beside what makes it an agreement; the shipped lists do not have all of it.
_BESIDE = frozenset({"type_as_listed", "county_as_listed", "url", "addendum_url", "note"})
_DEFAULTS = {f.name: f.default for f in fields(Entry) if f.default is not MISSING}


def pack(entry: Entry) -> dict[str, object]:
    """JSON of what the row says; what has its default is left out."""
    packed: dict[str, object] = {}
    for field in fields(Entry):
        value = getattr(entry, field.name)
        if field.name in _DEFAULTS and value == _DEFAULTS[field.name]:
            continue
        if isinstance(value, date):
            value = value.isoformat()
        packed[field.name] = list(value) if isinstance(value, tuple) else value
    return packed


def unpack(packed: Mapping[str, object]) -> Entry:
    """The entry that `pack` packed; fields that are not known any more are passed over."""
    values = {name: packed[name] for name in (f.name for f in fields(Entry)) if name in packed}
    if signed := values.get("signed_on"):
        values["signed_on"] = date.fromisoformat(str(signed))
    counties = values.get("fips")
    if isinstance(counties, list):
        values["fips"] = tuple(counties)
    return Entry(**values)  # type: ignore[arg-type]


def rows_that_differ(
    one: Sequence[Mapping[str, object]], other: Sequence[Mapping[str, object]]
) -> list[int]:
    """The numbers of rows, in order, that speak of other agreements in one packed list than in the
    other.

    A row without an active contract speaks of no agreement: to have it or not is the same.
    """
    before, after = (
        {int(str(row["row"])): _essentials(row) for row in rows if row.get("active", True)}
        for rows in (one, other)
    )
    return [
        row for row in sorted(before.keys() | after.keys()) if before.get(row) != after.get(row)
    ]


def _essentials(packed: Mapping[str, object]) -> dict[str, object]:
    return {
        # The list shows averages in hundredths, and so many ship.
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in packed.items()
        if name not in _BESIDE
    }


def counties_listed(
    entries: Iterable[Entry], unified_jails: Mapping[str, Iterable[str]]
) -> set[str]:
    """FIPS of the counties with an agency on the list that decides their answer.

    `unified_jails`: the counties of each state with one jail system, whose corrections department
    stands for all. The counties that an unresolved row might mean count as listed: which of them
    declines is not known.
    """
    found: set[str] = set()
    for entry in entries:
        if not entry.active:
            continue
        if entry.unresolved:
            found.update(entry.fips)
        elif decides(entry.agency_type, entry.usps, unified_jails.keys()):
            statewide = entry.agency_type == Agency.STATE_CORRECTIONS
            found.update(unified_jails[entry.usps] if statewide else entry.fips)
    return found

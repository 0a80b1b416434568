"""What ICE's dated lists together say: which agreements there were, from when until when. Pure.

Every list is dated and complete. An agreement is one agency and one model (287(g)) or one facility
(detention); the stretches of consecutive lists that have it are its spells. Lists may arrive in
any order: everything here is worked out from all of them, sorted by date.

Beginning. A signing date counts if it is not later than the first list of the spell; of several
lists that disagree the newest such date is right (a correction), and a later one is a new signing
of what was in force already. Otherwise the agreement was "in force by" the first list. After a
list that lacked it, an agreement that was listed before begins anew: with a signing date after
that absence, else with the list. Facilities have no signing date: the contract's never counts.

End. The date of the first list that lacks it, worded "no longer listed".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.imports.agencies import normalised
from policies.imports.agreement_renames import Rename, joined_names, proposed_renames
from policies.imports.facts import Entry

KIND_287G = "287g"
KIND_DETENTION = "detention"


@dataclass(frozen=True, slots=True)
class DatedList:
    """A complete list. `id`: whatever the caller knows it by; `kind`: models.AgreementKind."""

    id: str
    list_date: date
    entries: Sequence[Entry]
    kind: str = KIND_287G


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of one list: what an agreement is cited with."""

    list_id: str
    list_date: date
    entry: Entry


@dataclass(frozen=True, slots=True)
class DerivedAgreement:
    """One spell of an agreement, with the fields of models.Agreement.

    `list_key`: its key on the oldest list that has it; `keys`: also those under other names.
    `unresolved`: no list says what or where the agency is; nothing can be published of it yet.
    `listings`: the rows that carry it, oldest first. `url`: the agreement's text, if linked.
    """

    kind: str
    list_key: str
    keys: tuple[str, ...]
    state: str
    agency_name: str
    agency_type: str
    type_as_listed: str
    fips: tuple[str, ...]
    model: str
    signed_on: date | None
    effective_from: date
    in_force_by: bool
    effective_until: date | None
    ended_as: str
    last_listed_on: date
    url: str
    notes: str
    listings: tuple[Listing, ...]
    unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """All agreements, by state, key and start; and the renames that a person should confirm."""

    agreements: tuple[DerivedAgreement, ...]
    renames: tuple[Rename, ...]


@dataclass(frozen=True, slots=True)
class _Begins:
    """When and why a spell begins."""

    on: date
    in_force_by: bool
    signed_on: date | None
    notes: tuple[str, ...] = ()


def entry_key(kind: str, entry: Entry) -> str:
    """What makes rows of different lists the same agreement."""
    if kind == KIND_DETENTION:
        return f"{kind}|{entry.code}"
    return f"{kind}|{entry.usps}|{normalised(entry.agency)}|{entry.model}"[:300]


def derive(
    lists: Iterable[DatedList], choices: Mapping[tuple[str, str], str] | None = None
) -> Derived:
    """The agreements that lists of one kind speak of. `choices`: as in imports.context."""
    ordered = sorted(lists, key=lambda one: (one.list_date, one.id))
    rows = [_by_key(one) for one in ordered]
    renames: tuple[Rename, ...] = ()
    names: Mapping[str, str] = {}
    if ordered and ordered[0].kind == KIND_287G:
        renames, same = proposed_renames(rows, [one.list_date for one in ordered], choices or {})
        names = joined_names(rows, same)
        renames = tuple(one for one in renames if _joined(one, names))
    by_name: dict[str, dict[int, list[Listing]]] = defaultdict(lambda: defaultdict(list))
    for position, (one, keyed) in enumerate(zip(ordered, rows, strict=True)):
        for key, entries in keyed.items():
            by_name[names.get(key, key)][position] += [
                Listing(one.id, one.list_date, entry) for entry in entries
            ]
    agreements: list[DerivedAgreement] = []
    for present in by_name.values():
        agreements += _spells(present, ordered)
    agreements.sort(key=lambda a: (a.state, a.list_key, a.effective_from))
    return Derived(tuple(agreements), renames)


def _joined(rename: Rename, names: Mapping[str, str]) -> bool:
    """Not if both names stand together on some list: they are then two agencies."""
    old, new = entry_key(KIND_287G, rename.old), entry_key(KIND_287G, rename.new)
    return old in names and names[old] == names.get(new)


def _by_key(one: DatedList) -> dict[str, list[Entry]]:
    """The rows of a list that count, by key: usually one each."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in one.entries:
        if entry.active:
            found[entry_key(one.kind, entry)].append(entry)
    return found


def _spells(
    present: Mapping[int, list[Listing]], ordered: Sequence[DatedList]
) -> Iterable[DerivedAgreement]:
    """One agreement for every stretch of consecutive lists that have it."""
    kind = ordered[0].kind
    everywhere = [listing for position in sorted(present) for listing in present[position]]
    keys = tuple(dict.fromkeys(entry_key(kind, listing.entry) for listing in everywhere))
    resolved = [listing.entry for listing in everywhere if not listing.entry.unresolved]
    stretches = _stretches(sorted(present))
    for number, (first, last) in enumerate(stretches):
        listings = [row for position in range(first, last + 1) for row in present[position]]
        own = [row.entry for row in listings if not row.entry.unresolved]
        # What and where the agency is may be plain only on another list.
        best = (own or resolved or [listings[-1].entry])[-1]
        newest = listings[-1].entry
        absent = ordered[first - 1].list_date if first else None
        begins = _beginning(listings, absent, again=number > 0, dated=kind == KIND_287G)
        ended = last + 1 < len(ordered)
        yield DerivedAgreement(
            kind=kind,
            list_key=keys[0],
            keys=keys,
            state=newest.usps,
            agency_name=newest.agency,
            agency_type=best.agency_type,
            type_as_listed=newest.type_as_listed,
            fips=best.fips,
            model=newest.model,
            signed_on=begins.signed_on,
            effective_from=begins.on,
            in_force_by=begins.in_force_by,
            effective_until=ordered[last + 1].list_date if ended else None,
            ended_as="not_listed" if ended else "",
            last_listed_on=ordered[last].list_date,
            url=next((row.entry.url for row in reversed(listings) if row.entry.url), ""),
            notes=" ".join(begins.notes),
            listings=tuple(listings),
            unresolved=best.unresolved,
        )


def _stretches(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers, as (first, last)."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and position == found[-1][1] + 1:
            found[-1] = found[-1][0], position
        else:
            found.append((position, position))
    return found


def _beginning(
    listings: Sequence[Listing], absent: date | None, *, again: bool, dated: bool
) -> _Begins:
    """`absent`: date of the list before, which lacks it. `again`: it had been listed earlier."""
    first = listings[0].list_date
    if not dated:
        return _Begins(first, True, None)
    by_list: dict[date, list[date]] = defaultdict(list)
    for listing in listings:
        if listing.entry.signed_on:
            by_list[listing.list_date].append(listing.entry.signed_on)
    # A list that has it twice means the older signing: the agreement exists since then.
    said = [min(by_list[day]) for day in sorted(by_list)]
    possible = [day for day in said if day <= first]
    notes = _doubtful_dates(said, possible, first)
    if not possible:
        return _Begins(first, True, None, notes)
    signed = possible[-1]
    if absent and signed <= absent:
        if again:
            note = f"Listed with the signing date {signed}, but not on the list of {absent}."
            return _Begins(first, True, signed, (*notes, note))
        if signed < absent:
            notes = (*notes, f"Signed before the list of {absent}, which did not have it yet.")
    return _Begins(signed, False, signed, notes)


def _doubtful_dates(said: Sequence[date], possible: Sequence[date], first: date) -> tuple[str, ...]:
    notes = []
    corrected = [day for day in dict.fromkeys(possible) if day != possible[-1]]
    if corrected:
        notes.append(f"Earlier lists gave the signing date {', '.join(map(str, corrected))}.")
    later = [day for day in dict.fromkeys(said) if day > first]
    if later:
        days = ", ".join(map(str, later))
        notes.append(f"Also listed with the signing date {days}: signed anew, or a wrong date.")
    return tuple(notes)

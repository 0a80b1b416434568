"""One agency under two names on consecutive lists: a proposed rename, never an ending. Pure.

Where a row disappears and another appears with the same state, model and signing date under a
similar name, a person is asked whether they are one. Until then they are taken for one: the old
agreement is not ended and no second one begins, so that no county's answer changes by a typo.
The answer "different" ends the one and begins the other; "same" joins them for good, and may also
join names that are not alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from policies.imports.agencies import COUNTY_LEVEL, normalised
from policies.imports.facts import Entry

#: How alike (0 to 100) the telling parts of two names must be to ask whether they are one agency.
ALIKE = 80
SAME = "same"
DIFFERENT = "different"

Rows = Mapping[str, Sequence[Entry]]

_KIND_WORDS = re.compile(
    r"\b(county|parish|city|town|township|borough|village|of|and|office|department|departments|"
    r"sheriff|police|constable|marshal|state|board|commissioners|jail|detention|facility|center|"
    r"correction|public safety)\b"
)


@dataclass(frozen=True, slots=True)
class Rename:
    """Two names to be confirmed as one agency. `key`: under which the answer is remembered."""

    key: str
    old: Entry
    old_on: date
    new: Entry
    new_on: date

    @property
    def message(self) -> str:
        return (
            f"“{self.old.agency}” is no longer listed, and “{self.new.agency}” is new with the "
            f"same model and signing date ({self.new.signed_on}). Say whether they are the same "
            "agency; until then they are taken for one, and nothing ends."
        )


def rename_key(old: Entry, new: Entry) -> str:
    """The key of a remembered answer: "TX|model|date|one name|other name"."""
    names = sorted((normalised(old.agency), normalised(new.agency)))
    return "|".join((old.usps, old.model, str(old.signed_on), *names))[:300]


def proposed_renames(
    rows: Sequence[Rows], dates: Sequence[date], choices: Mapping[tuple[str, str], str]
) -> tuple[tuple[Rename, ...], list[tuple[str, str]]]:
    """(what to ask, the pairs of keys to take for one). `rows`: by key, a list each, by date."""
    asked: list[Rename] = []
    same: list[tuple[str, str]] = []
    for (old_rows, old_on), (new_rows, new_on) in pairwise(zip(rows, dates, strict=True)):
        gone = _by_signing(old_rows, new_rows)
        come = _by_signing(new_rows, old_rows)
        for signing in sorted(gone.keys() & come.keys()):
            for old_key, old, new_key, new in _pairs(gone[signing], come[signing], choices):
                same.append((old_key, new_key))
                key = rename_key(old, new)
                if choices.get(("rename", key)) != SAME:
                    asked.append(Rename(key, old, old_on, new, new_on))
    return tuple(asked), same


def joined_names(rows: Sequence[Rows], same: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Key -> the key that stands for all names of one agency. Two on one list stay apart."""
    groups: dict[str, frozenset[str]] = {}
    together = [set(keyed) for keyed in rows]
    for one, other in same:
        joined = groups.get(one, frozenset({one})) | groups.get(other, frozenset({other}))
        if all(len(joined & on_list) <= 1 for on_list in together):
            groups.update(dict.fromkeys(joined, joined))
    return {key: min(group) for key, group in groups.items()}


def _by_signing(rows: Rows, others: Rows) -> dict[tuple[str, str, date], list[tuple[str, Entry]]]:
    """The rows whose key is not among the others, by state, model and signing date."""
    found: dict[tuple[str, str, date], list[tuple[str, Entry]]] = defaultdict(list)
    for key, entries in rows.items():
        if key not in others:
            for entry in entries:
                if entry.signed_on:
                    found[entry.usps, entry.model, entry.signed_on].append((key, entry))
    return found


def _pairs(
    gone: Sequence[tuple[str, Entry]],
    come: Sequence[tuple[str, Entry]],
    choices: Mapping[tuple[str, str], str],
) -> list[tuple[str, Entry, str, Entry]]:
    """Who may be whom, the likeliest first, each name once."""
    scored = []
    for old_key, old in gone:
        for new_key, new in come:
            score = _likeness(old, new, choices.get(("rename", rename_key(old, new))))
            if score >= ALIKE:
                scored.append((-score, old_key, new_key, old, new))
    scored.sort(key=lambda item: item[:3])
    used: set[str] = set()
    pairs = []
    for _, old_key, new_key, old, new in scored:
        if old_key not in used and new_key not in used:
            used |= {old_key, new_key}
            pairs.append((old_key, old, new_key, new))
    return pairs


def _likeness(old: Entry, new: Entry, answer: str | None) -> float:
    """0 to 100; what a person answered is certain, and so are numbers and counties that differ."""
    from rapidfuzz import fuzz  # loaded for misspellings alone: it takes 4 MB

    if answer is not None:
        return 200 if answer == SAME else 0
    one, other = normalised(old.agency), normalised(new.agency)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or _elsewhere(old, new):
        return 0
    one, other = _telling(one), _telling(other)
    if not one or not other:
        # Nothing but the kind of agency: "Department of Corrections", which has only one state.
        return fuzz.token_set_ratio(normalised(old.agency), normalised(new.agency))
    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other))


def _elsewhere(old: Entry, new: Entry) -> bool:
    """Whether both are known to be agencies of counties, and of different ones."""
    if old.unresolved or new.unresolved:
        return False
    if {old.agency_type, new.agency_type} <= COUNTY_LEVEL:
        return not set(old.fips) & set(new.fips)
    # A county's own agency is no city's, whatever the names.
    return (old.agency_type in COUNTY_LEVEL) != (new.agency_type in COUNTY_LEVEL)


def _telling(name: str) -> str:
    return " ".join(_KIND_WORDS.sub(" ", name).split())

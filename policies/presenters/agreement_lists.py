"""ICE's lists one by one: what was in force on the day of each, and what it no longer had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policies.explanations import long_date
from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class Spell:
    """`dropped`: it ended because a list no longer had it."""

    first: date
    end: date | None
    dropped: bool


@dataclass(frozen=True, slots=True)
class ListDay:
    """A complete list of ICE. `document`: its number, if it is public."""

    day: date
    counties: int
    document: int | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One of ICE's lists. `gone`: agreements it was the first to lack; `width`: of the bar."""

    day: str
    iso: str
    url: str
    document_url: str
    in_force: str
    counties: str
    gone: str
    width: str


def list_rows(
    kind: str, days: Sequence[ListDay], spells: Sequence[Spell], choice: Choice
) -> tuple[ListRow, ...]:
    """Newest first; what was in force on the day of each list."""
    counts = [
        sum(s.first <= each.day and (s.end is None or each.day < s.end) for s in spells)
        for each in days
    ]
    most = max(counts, default=0)
    rows = [
        ListRow(
            day=long_date(each.day),
            iso=each.day.isoformat(),
            url=choice.url("agreements", kind=kind, as_of=each.day.isoformat()),
            document_url=choice.url("document", each.document) if each.document else "",
            in_force=f"{count:,}",
            counties=f"{each.counties:,}",
            gone=f"{sum(s.dropped and s.end == each.day for s in spells):,}",
            width=f"{100 * count / most:.1f}%" if most else "0",
        )
        for each, count in zip(days, counts, strict=True)
    ]
    return tuple(reversed(rows))

"""Takes back the answers that a file brought, where nobody has edited them since.

The unit is a place and factor: what held there before the file holds again, exactly, as new rows
marked "undone"; or, if any of the file's rows there was changed since, all of them stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from policies import policy_writer
from policies.effects import counties_of
from policies.models import ChangeKind, LocalPolicy, RecordStatus, Submission
from policies.policy_writer import KEPT, Draft

Key = tuple[str, str]
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did. `touched`: FIPS of counties. `left`: answers that were edited since."""

    withdrawn: int
    restored: int
    left: list[dict]
    touched: set[str]

    def as_report(self) -> dict:
        return {"withdrawn": self.withdrawn, "restored": self.restored, "left": self.left}


@dataclass(frozen=True, slots=True)
class Brought:
    """One row that the file brought."""

    number: int
    published: bool
    succeeds: int | None
    is_restored: bool


def undo(submission: Submission, by, at: datetime) -> Undone:
    """Withdraw the file's rows and restore what they succeeded. A fixed number of queries."""
    units = _units(submission)
    earlier = {one.succeeds for rows in units.values() for one in rows if one.succeeds}
    content = policy_writer.stored_content(earlier)
    others = _others(units, submission)
    left, undone = [], {}
    for key, rows in units.items():
        before = {one.succeeds for one in rows if one.succeeds}
        if reason := _edited_since(rows) or _in_the_way(before, content, others.get(key, ())):
            left.append({"place": key[0], "factor": key[1], "reason": reason})
        else:
            undone[key] = (rows, before)
    withdrawn = [one.number for rows, _ in undone.values() for one in rows if one.published]
    restored = {number for _rows, before in undone.values() for number in before}
    policy_writer.close(withdrawn, RecordStatus.WITHDRAWN, by, at)
    _restore(restored, content, by, at)
    touched = counties_of(place for place, _factor in undone)
    return Undone(len(withdrawn), len(restored), left, touched)


def _units(submission: Submission) -> Mapping[Key, list[Brought]]:
    units: dict[Key, list[Brought]] = defaultdict(list)
    rows = LocalPolicy.objects.filter(submission=submission).order_by("pk")
    for county, state, factor, number, status, succeeds, kind in rows.values_list(
        "county_id", "state_id", "factor", "pk", "status", "succeeds_id", "change_kind"
    ):
        units[county or state, factor].append(
            Brought(number, status == RecordStatus.PUBLISHED, succeeds, kind == ChangeKind.UNDO)
        )
    return units


def _edited_since(rows: Iterable[Brought]) -> str:
    """A row that was closed, and not brought back by undoing what closed it, was edited."""
    published = sum(one.published for one in rows)
    brought = sum(not one.is_restored for one in rows)
    return "" if published == brought else _("It was changed since.")


def _others(units: Iterable[Key], submission: Submission) -> Mapping[Key, list[tuple]]:
    """(first day, end, number) of published rows of these places that the file did not bring."""
    wanted = set(units)
    found: dict[Key, list[tuple]] = defaultdict(list)
    rows = LocalPolicy.objects.published().exclude(submission=submission).order_by()
    for county, state, factor, start, end, number in rows.values_list(
        "county_id", "state_id", "factor", "effective_from", "effective_until", "pk"
    ):
        if (county or state, factor) in wanted:
            found[county or state, factor].append((start, end or FOREVER, number))
    return found


def _in_the_way(
    before: Iterable[int], content: Mapping[int, tuple], others: Iterable[tuple]
) -> str:
    """Why what held before cannot hold again: a record published since covers its time."""
    start_at, end_at = KEPT.index("effective_from"), KEPT.index("effective_until")
    for number in before:
        start, end = content[number][start_at], content[number][end_at] or FOREVER
        for other_start, other_end, other in others:
            if start < other_end and other_start < end:
                return _("Record %(number)s was published since for the same time.") % {
                    "number": other
                }
    return ""


def _restore(numbers: set[int], content: Mapping[int, tuple], by, at: datetime) -> None:
    """Publish what held before once more. It stays part of the file that had brought it."""
    citations = policy_writer.stored_citations(numbers)
    drafts = []
    for chunk in policy_writer.chunks(numbers):
        rows = LocalPolicy.objects.filter(pk__in=chunk).order_by("pk")
        for number, succeeds, file in rows.values_list("pk", "succeeds_id", "submission_id"):
            kept = citations.get(number, [])
            drafts.append(Draft(content[number], ChangeKind.UNDO, succeeds, None, file, kept))
    policy_writer.insert(drafts, by=by, at=at)

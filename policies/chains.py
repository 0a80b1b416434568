"""The whole life of a record: every version of it, who made it, who let it out, and what differs.

A chain is all the rows that succeed each other, branches too: a change of policy leaves the period
that it ended beside the one that it began. Reads only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from counties.models import County
from policies import review_items
from policies.differences import Difference, differences
from policies.models import (
    Agreement,
    ChangeEvent,
    ChangeItem,
    ChangeSet,
    LocalPolicy,
    PolicyWin,
    RecordStatus,
    ReviewNote,
)
from policies.models.base import PublishedRecord

_PEOPLE = ("created_by", "published_by", "closed_by", "submission")
_CHAIN = """
WITH RECURSIVE
  up(id, succeeds_id) AS (
    SELECT id, succeeds_id FROM {table} WHERE id = %s
    UNION SELECT r.id, r.succeeds_id FROM {table} r JOIN up ON r.id = up.succeeds_id
  ),
  down(id) AS (
    SELECT id FROM up WHERE succeeds_id IS NULL
    UNION SELECT r.id FROM {table} r JOIN down ON r.succeeds_id = down.id
  )
SELECT id FROM down
"""
#: What a reviewer's note says of how the set was let out.
_DECISIONS = (ReviewNote.Kind.APPROVED, ReviewNote.Kind.OVERRIDE, ReviewNote.Kind.OUTSIDE_APPROVAL)


@dataclass(slots=True)
class Version:
    """One row of a chain. `before`: the row it succeeds; `decisions`: the notes that let it out;
    `opened` and `closed`: entries of the change log of the moments when it came and went."""

    record: PublishedRecord
    before: PublishedRecord | None
    differences: list[Difference]
    change_set: ChangeSet | None = None
    decisions: list[ReviewNote] = field(default_factory=list)
    opened: list[ChangeEvent] = field(default_factory=list)
    closed: list[ChangeEvent] = field(default_factory=list)

    @property
    def is_past(self) -> bool:
        return self.record.status in (RecordStatus.SUPERSEDED, RecordStatus.WITHDRAWN)


def numbers_of(record: PublishedRecord) -> list[int]:
    """The numbers of every row of the record's chain. One query."""
    sql = _CHAIN.format(table=connection.ops.quote_name(record._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(sql, [record.pk])
        return sorted(number for (number,) in cursor.fetchall())


def versions_of(record: PublishedRecord) -> list[Version]:
    """The chain of a record, newest first. A fixed number of queries, however long it is."""
    return _told(type(record), numbers_of(record))


def versions_of_county(county: County) -> list[Version]:
    """Every version of every record that is, or was, about the county itself, newest first."""
    policies = LocalPolicy.objects.filter(county=county)
    agreements = Agreement.objects.filter(counties=county)
    wins = PolicyWin.objects.filter(counties=county)
    found: list[Version] = []
    for rows in (policies, agreements, wins):
        found += _told(rows.model, list(rows.order_by().values_list("pk", flat=True)))
    return found


def _told(model: type[PublishedRecord], numbers: Collection[int]) -> list[Version]:
    if not numbers:
        return []
    rows = review_items.rows_with_parts(model).select_related(*_PEOPLE).in_bulk(numbers)
    # A correction may have moved a record here from another county.
    elsewhere = {row.succeeds_id for row in rows.values()} - {None} - rows.keys()
    known = rows | (review_items.rows_with_parts(model).in_bulk(elsewhere) if elsewhere else {})
    found = []
    for number in sorted(rows, reverse=True):
        row, before = rows[number], known.get(rows[number].succeeds_id)
        found.append(Version(row, before, differences(before, row)))
    found.sort(key=_newest_first)
    _add_reviews(model, found)
    _add_events(found)
    return found


def _newest_first(version: Version) -> tuple:
    """Drafts first; then by when they came, and of the same moment the last written first."""
    record = version.record
    moment = record.published_at.timestamp() if record.published_at else float("inf")
    return (-moment, -record.pk)


def _add_reviews(model: type[PublishedRecord], found: Sequence[Version]) -> None:
    name = review_items.ITEM_FIELD[model]
    by_number = {version.record.pk: version for version in found}
    items = ChangeItem.objects.filter(is_current=True, **{f"{name}__in": list(by_number)})
    sets = defaultdict(list)
    for item in items.select_related(
        "change_set__created_by", "change_set__submitted_by", "change_set__decided_by"
    ):
        version = by_number[getattr(item, f"{name}_id")]
        version.change_set = item.change_set
        sets[item.change_set_id].append(version)
    notes = ReviewNote.objects.filter(change_set__in=list(sets), kind__in=_DECISIONS)
    for note in notes.select_related("author").order_by("pk") if sets else ():
        for version in sets[note.change_set_id]:
            version.decisions.append(note)


def _add_events(found: Iterable[Version]) -> None:
    """The change log keeps the moment of each act, which is that of the rows it opened or closed;
    of several of one moment, those that name the record or its set, or are of its kind."""
    found = list(found)
    moments: set[datetime] = set()
    for version in found:
        moments |= {version.record.published_at, version.record.closed_at} - {None}
    events = defaultdict(list)
    for event in ChangeEvent.objects.filter(at__in=moments).select_related("actor").order_by("pk"):
        events[event.at].append(event)
    for version in found:
        record = version.record
        version.opened = _about(version, events[record.published_at], record.change_kind)
        if record.status == RecordStatus.WITHDRAWN:
            version.closed = _about(version, events[record.closed_at])


def _about(version: Version, events: list[ChangeEvent], kind: str = "") -> list[ChangeEvent]:
    names = [str(version.record), version.change_set.title if version.change_set else ""]
    naming = [
        event for event in events if any(name and event.summary.startswith(name) for name in names)
    ]
    return naming or [event for event in events if event.kind == kind] or events

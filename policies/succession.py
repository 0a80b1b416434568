"""What a row of the record stands for, read from the chain of rows that it succeeds.

A change of policy either begins a new period, and what held before is kept as a period that ends
there, or it only says when a period ended. Corrections, and rows that undo a withdrawn change,
stand for the row that they succeed. Whoever withdraws or corrects a change has to know which
periods it made. Reads only; `versions.py` writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.models import ChangeKind, LocalPolicy, RecordStatus
from policies.models.base import DatedRecord, PublishedRecord

UNDECIDED = (RecordStatus.DRAFT, RecordStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Beside:
    """The periods that a change of policy made on either side of its own.

    `before`: the row that was changed, as it stood. `shortened`: that row's period, which ends
    where the change begins. `resumed`: the same after a change that was for a time.
    """

    before: DatedRecord
    shortened: DatedRecord
    resumed: DatedRecord | None

    @property
    def rows(self) -> list[DatedRecord]:
        return [self.shortened, self.resumed] if self.resumed else [self.shortened]


def beside(record: PublishedRecord) -> Beside | None:
    """What the change behind `record` left beside it; None if no period ends because of it."""
    act = _act_behind(record)
    if act is None or not _begins_a_period(act):
        return None
    shortened = _shortened(record, act.succeeds)
    return Beside(act.succeeds, shortened, _resumed(act)) if shortened else None


def ended_by(record: PublishedRecord) -> DatedRecord | None:
    """The row, as it stood, whose end is all that the change behind `record` recorded."""
    act = _act_behind(record)
    return None if act is None or _begins_a_period(act) else act.succeeds


def goes_on_without(record: PublishedRecord) -> DatedRecord | None:
    """What goes on as if there had been no change, if `record` is withdrawn."""
    found = beside(record)
    return found.shortened if found else ended_by(record)


def is_for_a_time(record: PublishedRecord, before: PublishedRecord) -> bool:
    """Whether a change ends within the period that it changes. An agreement that was replaced
    does not come back; what a county answers does."""
    return (
        isinstance(record, LocalPolicy)
        and record.effective_until is not None
        and (before.effective_until is None or record.effective_until < before.effective_until)
    )


def _act_behind(record: PublishedRecord) -> DatedRecord | None:
    """The change of policy for which `record` stands; None if it never was one."""
    if not isinstance(record, DatedRecord):
        return None
    row = record
    while row.succeeds_id:
        if row.change_kind == ChangeKind.POLICY_CHANGE and not _is_kept(row):
            return row
        row = row.succeeds
    return None


def _begins_a_period(act: DatedRecord) -> bool:
    return act.effective_from > act.succeeds.effective_from


def _is_kept(row: DatedRecord) -> bool:
    """Whether it was made beside a change, to go on saying what its predecessor said."""
    before = row.succeeds
    begun = before.successors.filter(
        change_kind=ChangeKind.POLICY_CHANGE, effective_from__gt=before.effective_from
    )
    return not _begins_a_period(row) and begun.exclude(status__in=UNDECIDED).exists()


def _shortened(record: DatedRecord, before: DatedRecord) -> DatedRecord | None:
    rows = type(record).objects.published().filter(effective_until=record.effective_from)
    if isinstance(record, LocalPolicy):
        rows = rows.filter(county=record.county_id, state=record.state_id, factor=record.factor)
    return next((row for row in rows.exclude(pk=record.pk) if _continues(row, before)), None)


def _continues(row: DatedRecord, before: DatedRecord) -> bool:
    """Whether it is the period kept of `before`, or a later version of that."""
    while row.succeeds_id:
        if row.succeeds_id == before.pk:
            return row.effective_from == before.effective_from
        row = row.succeeds
    return False


def _resumed(act: DatedRecord) -> DatedRecord | None:
    later = act.succeeds.successors.published().filter(
        change_kind=ChangeKind.POLICY_CHANGE, effective_from__gt=act.effective_from
    )
    return later.exclude(pk=act.pk).first()

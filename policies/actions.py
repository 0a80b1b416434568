"""All writing to the record: named actions, each in one transaction.

A published row is never changed. `publish` closes the row that a draft succeeds and, where the
policy changed, keeps what held before as a closed period. Every action rebuilds the score periods
it touches and leaves one entry in the change log. `at` (datetime) is given by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from counties.models import County, State
from policies import bulk, fitness, overlaps, score_periods, succession, versions
from policies.models import (
    AgencyType,
    Agreement,
    ChangeEvent,
    ChangeKind,
    IceList,
    LocalPolicy,
    PolicyWin,
    Precision,
    RecordStatus,
    StateProvision,
)
from policies.models.base import DatedRecord, PublishedRecord
from policies.succession import Beside

Record = TypeVar("Record", bound=PublishedRecord)

#: What was known of the old policy is no evidence of the new one.
OLD_EVIDENCE = {
    "observed_on": None,
    "observed_on_precision": Precision.DAY,
    "last_verified": None,
    "in_force_by": False,
    "effective_from_precision": Precision.DAY,
}

#: What `keep_observation` may set.
OBSERVATION = tuple(OLD_EVIDENCE)

#: Where a record stands in time, and to which question: what else must move when it is moved.
PLACE = (
    *("effective_from", "effective_from_precision", "effective_until"),
    *("effective_until_precision", "county_id", "state_id", "factor"),
)


@transaction.atomic
def publish(*, record: Record, by, at: datetime) -> Record:
    """Publish a draft. Raises ValidationError if it is not fit to be published.

    A draft that succeeds a row takes its place. If the policy changed and the draft begins later,
    the row lives on as a period that ends where the draft begins; and, where the draft ends before
    the row would have, as a third that begins there. A correction of such a change moves both.
    """
    lock()
    touched = take_effect(record, by, at)
    _log(record, record.change_kind, by, at, touched)
    score_periods.rebuild(touched)
    return record


def take_effect(record: PublishedRecord, by, at: datetime) -> set[str] | None:
    """`publish` without its entry in the log and without new scores. Returns whom it touches."""
    predecessor = _predecessor(record)
    beside = _periods_to_set_beside(record, predecessor)
    replaced = _distinct(predecessor, *(beside.rows if beside else ()))
    fitness.check(record, predecessor, replaced)
    touched = affected_by([record, *replaced])
    _close_all(replaced, by, at)
    if isinstance(record, LocalPolicy):
        if predecessor and not beside and record.change_kind == ChangeKind.POLICY_CHANGE:
            _keep_evidence(record, predecessor)
        versions.end_before_later_period(record)
    versions.set_published(record, by, at)
    if beside:
        _set_beside(record, beside, by, at)
    return touched


@transaction.atomic
def publish_many(
    *, records: Iterable[PublishedRecord], by, at: datetime, summary: str, kind=ChangeKind.NEW
) -> int:
    """Publish many new drafts, with their citations, as one change. Returns how many.

    For rows without predecessors (baseline, imports); a fixed number of queries a model. If one
    is not fit, or two are in each other's way, nothing is published.
    """
    lock()
    records = list(records)
    touched = take_effect_together(records, by, at)
    log(kind, summary, by, at, touched)
    score_periods.rebuild(touched)
    return len({(type(record), record.pk) for record in records})


def take_effect_together(
    records: Collection[PublishedRecord], by, at: datetime, statuses=(RecordStatus.DRAFT,)
) -> set[str] | None:
    """`publish_many` without its entry in the log and without new scores."""
    touched = affected_by(records)
    by_model: dict[type[PublishedRecord], set[int]] = {}
    for record in records:
        by_model.setdefault(type(record), set()).add(record.pk)
    for model, pks in by_model.items():
        for chunk in _chunks(pks):
            fitness.check_many(model, chunk, statuses)
        overlaps.check_many(model, pks)
    for model, pks in by_model.items():
        for chunk in _chunks(pks):
            if model is LocalPolicy:
                versions.end_before_later_periods(chunk)
            versions.set_published_together(model, chunk, by, at)
    return touched


@transaction.atomic
def withdraw(*, record: Record, by, at: datetime, reason: str) -> Record:
    """Take a published record back. Its reason goes into the change log.

    If it was a change of policy, or said when one ended, what held before goes on as if it had
    not been recorded.
    """
    lock()
    if fitness.status_now(record) != RecordStatus.PUBLISHED:
        raise ValidationError(_("Only a published record can be withdrawn."))
    if not reason.strip():
        raise ValidationError(_("Say why the record is withdrawn."))
    touched = affected_counties(record)
    beside, ended = succession.beside(record), succession.ended_by(record)
    versions.close(record, RecordStatus.WITHDRAWN, by, at)
    if beside:
        touched = union(touched, affected_by(beside.rows))
        _close_all(beside.rows, by, at)
        versions.let_it_go_on(beside.shortened, beside.before, by, at)
    elif ended:
        touched = union(touched, affected_counties(ended))
        versions.let_it_go_on(ended, ended, by, at)
    _log(record, ChangeKind.CORRECTION, by, at, touched, note=reason)
    score_periods.rebuild(touched)
    return record


@transaction.atomic
def draft_successor(*, record: Record, kind: ChangeKind, by, with_citations: bool = True) -> Record:
    """A draft copy of a published record, to be edited and then published in its place."""
    if fitness.status_now(record) != RecordStatus.PUBLISHED:
        raise ValidationError(_("Only a published record can be succeeded."))
    values = {"succeeds": record, "change_kind": kind, "created_by": by}
    if kind == ChangeKind.POLICY_CHANGE and isinstance(record, LocalPolicy):
        values |= OLD_EVIDENCE
    return versions.copy(record, with_citations=with_citations, **values)


def affected_counties(record: PublishedRecord) -> set[str] | None:
    """FIPS of the counties whose answers the record bears on; None means every county."""
    return affected_by([record])


def affected_by(records: Collection[PublishedRecord]) -> set[str] | None:
    """The same for many records, in a fixed number of queries."""
    if any(isinstance(record, IceList) for record in records):
        return None
    own = {getattr(record, "county_id", None) for record in records} - {None}
    whole_states = {record.state_id for record in records if _bears_on_a_whole_state(record)}
    touched = own | set(
        County.objects.filter(state__in=whole_states).order_by().values_list("pk", flat=True)
    )
    for model, place in ((Agreement, "agreements__in"), (PolicyWin, "wins__in")):
        for chunk in _chunks([record.pk for record in records if isinstance(record, model)]):
            found = County.objects.filter(**{place: chunk}).order_by()
            touched |= set(found.values_list("pk", flat=True))
    return touched


def _bears_on_a_whole_state(record: PublishedRecord) -> bool:
    if isinstance(record, LocalPolicy):
        return record.county_id is None
    if isinstance(record, Agreement):
        return record.agency_type == AgencyType.STATE_CORRECTIONS
    return isinstance(record, StateProvision)


def _chunks(pks: Iterable[int], size: int = 5000) -> Iterator[list[int]]:
    """Databases take only so many parameters at once."""
    pks = sorted(pks)
    for start in range(0, len(pks), size):
        yield pks[start : start + size]


def union(one: set[str] | None, other: set[str] | None) -> set[str] | None:
    return None if one is None or other is None else one | other


def lock() -> None:
    """Publishing goes one at a time, so that no rebuild reads a half-made change."""
    list(State.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _predecessor(record: Record) -> Record | None:
    """The row that the draft succeeds, read afresh. Raises if it is no longer published."""
    if record.succeeds_id is None:
        return None
    predecessor = type(record).objects.get(pk=record.succeeds_id)
    if predecessor.status != RecordStatus.PUBLISHED:
        raise fitness.changed_meanwhile(predecessor)
    return predecessor


def _distinct(*rows: PublishedRecord | None) -> list[PublishedRecord]:
    return list({row.pk: row for row in rows if row is not None}.values())


def _close_all(rows: Iterable[PublishedRecord], by, at: datetime) -> None:
    for row in rows:
        versions.close(row, RecordStatus.SUPERSEDED, by, at)


def _periods_to_set_beside(
    record: PublishedRecord, predecessor: PublishedRecord | None
) -> Beside | None:
    """Of a change that begins a period, or of a correction that moves such a change."""
    if predecessor is None or not isinstance(record, DatedRecord):
        return None
    if record.change_kind == ChangeKind.POLICY_CHANGE:
        begins = record.effective_from > predecessor.effective_from
        return Beside(predecessor, predecessor, None) if begins else None
    moved = any(getattr(record, name, None) != getattr(predecessor, name, None) for name in PLACE)
    return succession.beside(predecessor) if moved else None


def _set_beside(record: DatedRecord, beside: Beside, by, at: datetime) -> None:
    before, row = beside.before, beside.shortened
    if isinstance(record, LocalPolicy) and record.question != row.question:
        versions.let_it_go_on(row, before, by, at)
        return
    versions.keep_until_change(row, before, record, by, at)
    if succession.is_for_a_time(record, before):
        versions.resume_after(record, row, before, by, at)


def _keep_evidence(record: LocalPolicy, predecessor: LocalPolicy) -> None:
    """A change that only says when a policy ended speaks of the period that was observed."""
    versions.add_citations(record, predecessor)
    keep_observation(record, predecessor)


def keep_observation(record: LocalPolicy, predecessor: LocalPolicy) -> None:
    """What was observed of the period that `record` ends. Sets fields; saves nothing."""
    for name in ("in_force_by", "effective_from_precision"):
        setattr(record, name, getattr(predecessor, name))
    if record.observed_on is None:
        record.observed_on = predecessor.observed_on
        record.observed_on_precision = predecessor.observed_on_precision
    if record.last_verified is None:
        record.last_verified = predecessor.last_verified


def _log(record, kind, by, at, touched: Collection[str] | None, *, note: str = "") -> None:
    explained = note or record.change_note
    summary = f"{record}. {explained}" if explained else str(record)
    log(kind, summary, by, at, touched, state=getattr(record, "state_id", None))


def log(kind, summary: str, by, at, touched: Collection[str] | None, state=None) -> None:
    """One entry of the change log. `touched`: FIPS, None for every county; `state`: its code."""
    event = ChangeEvent.objects.create(at=at, kind=kind, summary=summary, actor=by, state_id=state)
    if touched is None:
        touched = set(County.objects.values_list("pk", flat=True))
    link_counties(event, touched)


def link_counties(event: ChangeEvent, fips: Collection[str]) -> None:
    rows = [(event.pk, code) for code in sorted(fips)]
    bulk.insert(ChangeEvent.counties.through, ("changeevent_id", "county_id"), rows, {})

"""The records of change-sets: which are in one, read together, and made to take effect together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import reduce

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import actions, score_periods, successors
from policies.assessments import CITED
from policies.clock import end_of_day
from policies.fitness import CITATION_FIELD
from policies.models import (
    ChangeItem,
    ChangeSet,
    ProvisionClaim,
    ProvisionException,
    RecordStatus,
    StateProvision,
)
from policies.models.base import PublishedRecord
from policies.rehearsal import Moved, rehearse
from policies.succession import UNDECIDED

#: The field of ChangeItem that holds a record of each kind; citations name them alike.
ITEM_FIELD = CITATION_FIELD

#: What the differences between two rows are read from, so that many rows take few queries.
PARTS = {
    StateProvision: (
        Prefetch("claims", ProvisionClaim.objects.prefetch_related(CITED)),
        Prefetch(
            "exceptions",
            ProvisionException.objects.select_related("county").prefetch_related(CITED),
        ),
    )
}


def field_of(record: PublishedRecord) -> str:
    return ITEM_FIELD[type(record)]


def records_of(change_set: ChangeSet) -> list[PublishedRecord]:
    """The records of the set, in the order in which they were put in. Few queries a kind."""
    return [item.record for item in items_of(change_set)]


def items_of(change_set: ChangeSet, *, with_parts: bool = False) -> list[ChangeItem]:
    """The items of the set, each with its record at hand.

    `with_parts`: the records also with what they succeed, and both with all that belongs to them.
    """
    items = list(change_set.items.order_by("pk"))
    for item in items:
        item.change_set = change_set
    for model, field in ITEM_FIELD.items():
        held = {getattr(item, f"{field}_id"): item for item in items}
        held.pop(None, None)
        if not held:
            continue
        for pk, record in _rows(model, with_parts).in_bulk(list(held)).items():
            setattr(held[pk], field, record)
        if with_parts:
            _add_predecessors([getattr(item, field) for item in held.values()], model)
    return items


def rows_with_parts(model: type[PublishedRecord]):
    """Rows of a kind, each with all that belongs to it: what `differences` reads."""
    return _rows(model, with_parts=True)


def _rows(model, with_parts: bool):
    names = {f.name for f in model._meta.fields} & {"state", "county", "created_by", "document"}
    rows = model.objects.select_related(*names)
    if not with_parts:
        return rows
    parts = dict.fromkeys(model.copied_children, None)
    for name in ("citations", *(("claims", "exceptions") if model in PARTS else ())):
        parts.pop(name, None)
    return rows.prefetch_related(CITED, *PARTS.get(model, ()), *parts)


def _add_predecessors(records: Iterable[PublishedRecord], model) -> None:
    wanted = {record.succeeds_id for record in records} - {None}
    found = _rows(model, with_parts=True).in_bulk(wanted) if wanted else {}
    for record in records:
        if record.succeeds_id:
            record.succeeds = found[record.succeeds_id]


# --- Taking effect -----------------------------------------------------------------------------


def take_effect(records: Sequence[PublishedRecord], by, at: datetime) -> dict[str, set[str] | None]:
    """Publish these drafts: those that succeed a row, then the new ones.

    A fixed number of queries for new ones and for plain successors (`successors.plain_steps`);
    some for each of the others.

    Writes no entry of the change log and no scores. Returns the FIPS of the counties touched
    (None: all), by kind of change. Raises one ValidationError that names each record that stands
    in the way.
    """
    actions.lock()
    touched: dict[str, set[str] | None] = {}
    new: dict[str, list[PublishedRecord]] = defaultdict(list)
    problems: list[ValidationError] = []

    def note(kind: str, fips: set[str] | None) -> None:
        touched[kind] = actions.union(touched.get(kind, set()), fips)

    alone = len(records) == 1  # then it is checked more closely
    together, unfit = _take_effect_together([] if alone else records, by, at, note)
    for record in records:
        if record in together:
            problems += _named(record, unfit[record.pk]) if record.pk in unfit else []
        elif record.succeeds_id is None and not alone:
            new[record.change_kind].append(record)
        else:
            try:
                note(record.change_kind, actions.take_effect(record, by, at))
            except ValidationError as error:
                problems += _named(record, error)
    for kind, of_kind in new.items():
        try:
            note(kind, actions.take_effect_together(of_kind, by, at, UNDECIDED))
        except ValidationError as error:
            problems += error.error_list
    if problems:
        raise ValidationError(problems)
    return touched


def _take_effect_together(records, by, at, note) -> tuple[set[PublishedRecord], dict]:
    """The plain successors among them. Returns which, and what is wrong with which of them."""
    steps = successors.plain_steps(records)
    if not steps:
        return set(), {}
    touched, unfit = successors.take_effect(steps, by, at)
    for kind, fips in touched.items():
        note(kind, fips)
    return {step.draft for step in steps}, unfit


def publish(
    records: Sequence[PublishedRecord], by, at: datetime, *, title: str, why: str, note: str = ""
) -> None:
    """Publish the drafts of a set. One entry of the change log for each kind of change in it."""
    touched = take_effect(records, by, at)
    for kind, fips in touched.items():
        of_kind = [record for record in records if record.change_kind == kind]
        summary = _summary(of_kind, title, why, note)
        actions.log(kind, summary, by, at, fips, _only_state(of_kind))
    score_periods.rebuild(_all(touched))


def _all(touched: dict[str, set[str] | None]) -> set[str] | None:
    return reduce(actions.union, touched.values(), set())


def _summary(records: Collection[PublishedRecord], title: str, why: str, note: str) -> str:
    if len(records) == 1:
        (record,) = records
        said = [str(record), record.change_note.strip().rstrip(".") or why.strip().rstrip(".")]
    else:
        count = ngettext("%(count)d record", "%(count)d records", len(records))
        said = [f"{title}: {count % {'count': len(records)}}", why.strip().rstrip(".")]
    return " ".join(f"{words}." for words in (*said, note.strip().rstrip(".")) if words)


def _only_state(records: Iterable[PublishedRecord]) -> str | None:
    states = {getattr(record, "state_id", None) for record in records}
    return states.pop() if len(states) == 1 else None


def _named(record: PublishedRecord, error: ValidationError) -> list[ValidationError]:
    return [
        ValidationError(
            _("%(record)s: %(problem)s"),
            code=one.code,
            params={**(one.params or {}), "record": record, "problem": " ".join(one.messages)},
        )
        for one in error.error_list
    ]


def refuse_unless_fit(records: Sequence[PublishedRecord], by, at: datetime) -> None:
    """Raises ValidationError if they could not be published together now. Writes nothing."""
    with transaction.atomic():
        take_effect(records, by, at)
        transaction.set_rollback(True)


def effect_of(change_set: ChangeSet, today: date) -> tuple[Moved, ...]:
    """Whose answers publishing the set would move today, the farthest first. Writes nothing.

    As many queries as `take_effect`, and a fixed number more.
    Raises ValidationError if it could not be published now.
    """
    records = [one for one in records_of(change_set) if one.status in UNDECIDED]
    if not records:
        return ()
    at, by = end_of_day(today), change_set.created_by

    def act() -> None:
        publish(records, by, at, title=change_set.title, why=change_set.summary)

    return rehearse(act, fips=_touched_before(records), day=today).moved


def _touched_before(records: Sequence[PublishedRecord]) -> set[str] | None:
    """FIPS of the counties on which these bear, or the rows that they succeed."""
    rows = list(records)
    for model in ITEM_FIELD:
        succeeded = {one.succeeds_id for one in records if type(one) is model} - {None}
        rows += model.objects.filter(pk__in=succeeded) if succeeded else ()
    return actions.affected_by(rows)


def set_status(records: Iterable[PublishedRecord], old: RecordStatus, new: RecordStatus) -> None:
    """Move the records that have one status to another. A query a kind."""
    numbers: dict[type[PublishedRecord], list[int]] = defaultdict(list)
    for record in records:
        numbers[type(record)].append(record.pk)
    for model, pks in numbers.items():
        model.objects.filter(pk__in=pks, status=old).update(status=new)

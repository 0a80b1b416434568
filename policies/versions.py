"""How rows succeed each other: copies, closings, and the periods on either side of a change."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, Min, Model, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from policies.fitness import CITATION_FIELD
from policies.models import Agreement, ChangeKind, Citation, LocalPolicy, RecordStatus
from policies.models.base import DatedRecord, PublishedRecord

#: Fields that belong to one row and are not carried to a copy of it.
OWN_FIELDS = frozenset(
    {
        "id",
        "status",
        "change_kind",
        "change_note",
        "succeeds",
        "origin",
        "submission",
        "main_citation",
        "created_at",
        "created_by",
        "published_at",
        "published_by",
        "closed_at",
        "closed_by",
    }
)


def set_published(record: PublishedRecord, by, at: datetime) -> None:
    record.status = RecordStatus.PUBLISHED
    record.published_by = by
    record.published_at = at
    record.main_citation = record.citations.order_by("pk").first()
    record.validate_constraints()  # readable, before the database refuses
    record.save()


def set_published_together(model: type[PublishedRecord], pks: list[int], by, at: datetime) -> None:
    """The same for many drafts, in one query: each rests on its first citation."""
    field = CITATION_FIELD[model]
    cited = Citation.objects.filter(**{field: OuterRef("pk")}).order_by().values(field)
    model.objects.filter(pk__in=pks).update(
        status=RecordStatus.PUBLISHED,
        published_at=at,
        published_by=by,
        main_citation=Subquery(cited.annotate(first=Min("pk")).values("first")),
    )


def close(record: PublishedRecord, status: RecordStatus, by, at: datetime) -> None:
    record.status = status
    record.closed_by = by
    record.closed_at = at
    record.save(update_fields=["status", "closed_by", "closed_at"])


def keep_until_change(
    row: DatedRecord, before: DatedRecord, change: DatedRecord, by, at: datetime
) -> None:
    """What held until the change goes on holding for its time.

    `row`: what is known of it now; `before`: the row that was changed, as it stood.
    """
    if change.effective_from <= row.effective_from:
        raise ValidationError(
            _(
                "This ends record %(number)s (%(other)s), so it must begin later. Correct that "
                "record first."
            ),
            params={"number": row.pk, "other": row},
        )
    end = end_at_change(before, change)
    kept = copy(row, succeeds=row, change_kind=change.change_kind, created_by=by, **end)
    set_published(kept, by, at)


def end_at_change(before: DatedRecord, change: DatedRecord) -> dict:
    """The fields that say how the period `before` ends, where a change follows it."""
    if before.effective_until is not None and before.effective_until <= change.effective_from:
        return end_of(before)
    end = {
        "effective_until": change.effective_from,
        "effective_until_precision": change.effective_from_precision,
    }
    return end | ({"ended_as": Agreement.EndedAs.REPLACED} if isinstance(before, Agreement) else {})


def resume_after(change: LocalPolicy, row: LocalPolicy, before: LocalPolicy, by, at) -> None:
    """After a change that was for a time, what held before holds again: a period of its own.

    It rests on what was known before and on the document that ends the change.
    """
    again = holding_again(change, row, before)
    kind = ChangeKind.POLICY_CHANGE
    resumed = copy(row, succeeds=before, change_kind=kind, created_by=by, **again)
    add_citations(resumed, change)
    set_published(resumed, by, at)


def holding_again(change: LocalPolicy, row: LocalPolicy, before: LocalPolicy) -> dict:
    """What is not as in `row` in a period that holds again after `change`.

    Unless somebody has seen it in force since, staff are asked to verify it.
    """
    start = change.effective_until
    seen = {
        name: day if day and day >= start else None
        for name, day in (("observed_on", row.observed_on), ("last_verified", row.last_verified))
    }
    unseen = not any(seen.values())
    note = _("It held before the change that ended on %(day)s. Was it in force again from then on?")
    return {
        "effective_from": start,
        "effective_from_precision": change.effective_until_precision,
        "in_force_by": False,
        **end_of(before),
        **seen,
        "needs_verification": row.needs_verification or unseen,
        "verification_note": note % {"day": start} if unseen else row.verification_note,
    }


def let_it_go_on(row: DatedRecord, before: DatedRecord, by, at: datetime) -> None:
    """Undo what a change did to the period `row`: it ends where `before` did, as that stood."""
    end = end_of(before)
    whole = copy(row, succeeds=row, change_kind=ChangeKind.UNDO, created_by=by, **end)
    later = _first_later(whole) if isinstance(whole, LocalPolicy) else None
    if later and (whole.effective_until is None or whole.effective_until > later.effective_from):
        _end_where_begins(whole, later)
    set_published(whole, by, at)


def end_of(before: DatedRecord) -> dict:
    """The fields that say when a period ends, and how."""
    names = ("effective_until", "effective_until_precision", "ended_as")
    return {name: getattr(before, name) for name in names if hasattr(before, name)}


def add_citations(record: LocalPolicy, other: LocalPolicy) -> None:
    """What carries the other carries this too. A place that it cites already is not repeated."""
    places = ("document_id", "page", "quote", "sheet", "row", "cell")
    cited = set(record.citations.values_list(*places))
    for citation in other.citations.order_by("pk"):
        if tuple(getattr(citation, name) for name in places) not in cited:
            copy(citation, local_policy=record)


def end_before_later_period(record: LocalPolicy) -> None:
    """An open observation older than an existing period runs until that period starts."""
    if record.effective_until is None and (later := _first_later(record)):
        _end_where_begins(record, later)


def _first_later(record: LocalPolicy) -> LocalPolicy | None:
    """The first published period of the same question that begins later."""
    same = {"county": record.county_id, "state": record.state_id, "factor": record.factor}
    later = LocalPolicy.objects.published().filter(effective_from__gt=record.effective_from, **same)
    return later.order_by("effective_from").first()


def _end_where_begins(record: LocalPolicy, later: LocalPolicy) -> None:
    record.effective_until = later.effective_from
    record.effective_until_precision = later.effective_from_precision


def end_before_later_periods(pks: list[int]) -> None:
    """The same for many drafts, in one query."""
    later = (
        LocalPolicy.objects.published()
        .filter(Q(county=OuterRef("county")) | Q(state=OuterRef("state")))
        .filter(factor=OuterRef("factor"), effective_from__gt=OuterRef("effective_from"))
        .order_by("effective_from")
    )
    older = LocalPolicy.objects.filter(Exists(later), pk__in=pks, effective_until__isnull=True)
    older.update(
        effective_until=Subquery(later.values("effective_from")[:1]),
        effective_until_precision=Subquery(later.values("effective_from_precision")[:1]),
    )


def copy(record: Model, *, with_citations: bool = True, **values):
    """A new row with the same content and children. `values` are set on it before it is saved."""
    clone = type(record)()
    for field in record._meta.concrete_fields:
        if field.name not in OWN_FIELDS:
            setattr(clone, field.attname, getattr(record, field.attname))
    for name, value in values.items():
        setattr(clone, name, value)
    clone.save()
    for name in getattr(record, "copied_children", ()):
        if name == "citations" and not with_citations:
            continue
        relation = record._meta.get_field(name)
        children = getattr(record, name).all()
        if relation.many_to_many:
            getattr(clone, name).set(children)
        else:
            for child in children:
                copy(child, **{relation.field.name: clone})
    return clone

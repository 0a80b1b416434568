"""How rows succeed each other: copies, closings, and the period that held before a change."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, Subquery

from policies.models import Agreement, ChangeKind, LocalPolicy, RecordStatus
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


def close(record: PublishedRecord, status: RecordStatus, by, at: datetime) -> None:
    record.status = status
    record.closed_by = by
    record.closed_at = at
    record.save(update_fields=["status", "closed_by", "closed_at"])


def keep_closed_period(
    predecessor: PublishedRecord, successor: PublishedRecord, by, at: datetime
) -> None:
    """What held until the change goes on holding for its time."""
    change_day = successor.effective_from
    ended = {}
    if predecessor.effective_until is None or predecessor.effective_until > change_day:
        ended["effective_until"] = change_day
        ended["effective_until_precision"] = successor.effective_from_precision
        if isinstance(predecessor, Agreement):
            ended["ended_as"] = Agreement.EndedAs.REPLACED
    kept = copy(
        predecessor,
        succeeds=predecessor,
        change_kind=ChangeKind.POLICY_CHANGE,
        created_by=by,
        **ended,
    )
    set_published(kept, by, at)


def period_shortened_by(record: PublishedRecord) -> PublishedRecord | None:
    """The published period that ends because `record`, a change of policy, begins."""
    if (
        not isinstance(record, DatedRecord)
        or record.succeeds_id is None
        or record.change_kind != ChangeKind.POLICY_CHANGE
    ):
        return None
    siblings = type(record).objects.published().filter(succeeds=record.succeeds_id)
    return siblings.filter(effective_until=record.effective_from).exclude(pk=record.pk).first()


def let_it_go_on(
    shortened: PublishedRecord, withdrawn: PublishedRecord, by, at: datetime
) -> PublishedRecord:
    """Undo the shortening: the period ends again where it did before the change was recorded."""
    before = withdrawn.succeeds
    names = ("effective_until", "effective_until_precision", "ended_as")
    close(shortened, RecordStatus.SUPERSEDED, by, at)
    whole = copy(
        shortened,
        succeeds=shortened,
        change_kind=ChangeKind.CORRECTION,
        created_by=by,
        **{name: getattr(before, name) for name in names if hasattr(before, name)},
    )
    if isinstance(whole, LocalPolicy):
        end_before_later_period(whole)
    set_published(whole, by, at)
    return whole


def end_before_later_period(record: LocalPolicy) -> None:
    """An open observation older than an existing period runs until that period starts."""
    if record.effective_until is not None:
        return
    later = (
        LocalPolicy.objects.published()
        .filter(county=record.county_id, state=record.state_id, factor=record.factor)
        .filter(effective_from__gt=record.effective_from)
        .order_by("effective_from")
        .first()
    )
    if later:
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

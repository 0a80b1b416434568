"""What happens to a change-set: named actions, each in one transaction.

Drafts are put into a set, sent to review, claimed, and approved or returned by somebody who wrote
none of them. Approving publishes the whole set or nothing. `at` (datetime) and days are given by
the caller, who also asks whether the person may do it at all (`policies.roles`); that authors do
not approve their own is kept here. Done twice, an action raises AlreadyDoneError and changes
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from policies import clock, review_items
from policies.authors import authors_of
from policies.models import ChangeItem, ChangeKind, ChangeSet, RecordStatus, ReviewNote
from policies.models.base import PublishedRecord

Status, Kind = ChangeSet.Status, ReviewNote.Kind


class AlreadyDoneError(ValidationError):
    """It was done before, as when a form is posted twice."""


@transaction.atomic
def open_set(
    *, title: str, by, at: datetime, records: Iterable[PublishedRecord] = (), summary: str = ""
) -> ChangeSet:
    """A new set with these drafts in it."""
    made = ChangeSet(title=_titled(title), summary=summary.strip(), created_by=by, created_at=at)
    made.save()
    add(change_set=made, records=records, by=by)
    return made


@transaction.atomic
def describe(*, change_set: ChangeSet, by, title: str, summary: str) -> ChangeSet:
    """Change what an open set is called, and why it is made."""
    current = locked(change_set, Status.OPEN)
    current.title, current.summary = _titled(title), summary.strip()
    current.save(update_fields=["title", "summary"])
    return current


@transaction.atomic
def add(*, change_set: ChangeSet, records: Iterable[PublishedRecord], by) -> list[ChangeItem]:
    """Put drafts into an open set. Each is in one set at most."""
    current = locked(change_set, Status.OPEN)
    records = list(records)
    _refuse_unless_free(records)
    return ChangeItem.objects.bulk_create(
        ChangeItem(change_set=current, **{review_items.field_of(record): record})
        for record in records
    )


@transaction.atomic
def remove(*, item: ChangeItem, by) -> None:
    """Take a draft out of an open set; it stays a draft."""
    locked(item.change_set, Status.OPEN)
    item.delete()


@transaction.atomic
def submit(*, change_set: ChangeSet, by, at: datetime, due_on: date | None = None) -> ChangeSet:
    """Send an open set to review. Refused with every reason why it could not be published."""
    current = locked(change_set, Status.OPEN)
    records = review_items.records_of(current)
    if not records:
        raise ValidationError(_("There is nothing in it to review. Put a draft into it first."))
    if due_on and due_on < clock.day_of(at):
        raise ValidationError(_("The day by which it is to be reviewed is over already."))
    for record in records:
        if record.change_kind == ChangeKind.CORRECTION and not record.change_note.strip():
            raise ValidationError(
                _("%(record)s: say under “why” what was wrong. The change log shows it."),
                params={"record": record},
            )
    review_items.refuse_unless_fit(review_items.records_of(current), by, at)
    review_items.set_status(records, RecordStatus.DRAFT, RecordStatus.IN_REVIEW)
    current.status, current.due_on = Status.IN_REVIEW, due_on
    current.submitted_by, current.submitted_at = by, at
    current.save()
    return current


@transaction.atomic
def take_back(*, change_set: ChangeSet, by, at: datetime) -> ChangeSet:
    """Out of review again, to be edited by its authors."""
    return _reopen(locked(change_set, Status.IN_REVIEW))


@transaction.atomic
def claim(*, change_set: ChangeSet, by, at: datetime) -> ChangeSet:
    """Say that one is reviewing it. Others still may decide."""
    current = locked(change_set, Status.IN_REVIEW)
    if current.claimed_by_id == by.pk:
        raise AlreadyDoneError(_("You had claimed it already."))
    if current.claimed_by_id:
        raise ValidationError(_("%(who)s reviews it."), params={"who": current.claimed_by})
    if not by.is_superuser:
        _refuse_authors(current, by)
    current.claimed_by, current.claimed_at = by, at
    current.save(update_fields=["claimed_by", "claimed_at"])
    return current


@transaction.atomic
def comment(
    *,
    change_set: ChangeSet,
    by,
    at: datetime,
    text: str,
    item: ChangeItem | None = None,
    name: str = "",
) -> ReviewNote:
    """Say something about the set, or about one of its items.

    `name`: who says it, if that is an outside reader whom `by` invited.
    """
    ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    text = _required(text, _("Write what you want to say."))
    last = change_set.notes.order_by("pk").last()
    said = (by.pk, name, Kind.COMMENT, text, item)
    if last and (last.author_id, last.author_name, last.kind, last.text, last.item) == said:
        raise AlreadyDoneError(_("This was said already."))
    return _note(change_set, Kind.COMMENT, by, at, text, item=item, name=name)


@transaction.atomic
def send_back(*, change_set: ChangeSet, by, at: datetime, reason: str, name: str = "") -> ChangeSet:
    """Return it to its authors, who read the reason. Nothing is published. `name`: as in comment"""
    current = locked(change_set, Status.IN_REVIEW)
    reason = _required(reason, _("Say why it is returned, and what is to be done."))
    _note(current, Kind.RETURNED, by, at, reason, name=name)
    return _reopen(current)


@transaction.atomic
def approve(
    *, change_set: ChangeSet, by, at: datetime, reason: str = "", approver_name: str = ""
) -> ChangeSet:
    """Publish the whole set; nothing of it if one record is not fit, which is then named.

    `by` wrote none of it and did not send it, unless a superuser who says why (`reason`). Of an
    outside reader without an account `approver_name` is kept, and `by` is who invited them: the
    same rule holds for that person.
    """
    current = locked(change_set, Status.IN_REVIEW)
    if current.submitted_at != change_set.submitted_at:
        raise ValidationError(_("It was changed since you read it. Read it again."))
    records = review_items.records_of(current)
    if not records:
        raise ValidationError(_("There is nothing in it to publish."))
    reason, note, kind = reason.strip(), "", Kind.APPROVED
    if approver_name:
        kind = Kind.OUTSIDE_APPROVAL
        note = _("Approved by %(name)s (outside reader)") % {"name": approver_name}
    if is_author(current, records, by):
        if approver_name or not (by.is_superuser and reason):
            _refuse_authors(current, by)
        kind, current.override_reason = Kind.OVERRIDE, reason
        note = _("Published without a second reader: %(why)s") % {"why": reason}
    review_items.publish(records, by, at, title=current.title, why=current.summary, note=note)
    _note(current, kind, by, at, reason, name=approver_name)
    current.status = Status.APPROVED
    current.decided_by, current.decided_at = by, at
    current.save()
    return current


@transaction.atomic
def abandon(*, change_set: ChangeSet, by, at: datetime) -> ChangeSet:
    """Give an open set up. Its drafts stay, and may go into another."""
    current = locked(change_set, Status.OPEN)
    current.items.update(is_current=False)
    current.status = Status.ABANDONED
    current.decided_by, current.decided_at = by, at
    current.save()
    return current


@transaction.atomic
def send(*, record: PublishedRecord, by, at: datetime, due_on: date | None = None) -> ChangeSet:
    """Send one draft to review in a set of its own."""
    made = open_set(title=str(record), by=by, at=at, records=[record])
    return submit(change_set=made, by=by, at=at, due_on=due_on)


@transaction.atomic
def publish_alone(*, record: PublishedRecord, by, at: datetime, reason: str) -> ChangeSet:
    """A superuser publishes a draft without a second reader, and says why."""
    _required(reason, _("Say why it is published without a second reader."))
    made = send(record=record, by=by, at=at)
    return approve(change_set=made, by=by, at=at, reason=reason)


def is_author(change_set: ChangeSet, records: Collection[PublishedRecord], by) -> bool:
    """Whether the person wrote or edited any of it, or sent it to review."""
    return by.pk in authors_of(change_set, records)


def _refuse_authors(change_set: ChangeSet, by) -> None:
    if not is_author(change_set, review_items.records_of(change_set), by):
        return
    if by.is_superuser:
        raise ValidationError(
            _("You wrote or sent some of it. Say why it is published without a second reader.")
        )
    raise ValidationError(
        _("You wrote or sent some of it, so somebody else has to approve it."), code="own"
    )


def _refuse_unless_free(records: list[PublishedRecord]) -> None:
    for model, field in review_items.ITEM_FIELD.items():
        pks = [record.pk for record in records if type(record) is model]
        if not pks:
            continue
        # Locked, so that nobody publishes or sends one of them meanwhile.
        rows = model.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
        for row in rows:
            if row.status != RecordStatus.DRAFT:
                raise ValidationError(
                    _("%(record)s is %(status)s; only a draft can be sent to review."),
                    params={"record": row, "status": row.get_status_display()},
                )
        taken = ChangeItem.objects.filter(is_current=True, **{f"{field}__in": pks})
        if one := taken.select_related("change_set", field).first():
            raise ValidationError(
                _("%(record)s is in “%(set)s” already."),
                params={"record": one.record, "set": one.change_set},
            )


def locked(change_set: ChangeSet, status: str) -> ChangeSet:
    """The set as it is stored now, under a lock. Raises if it is no longer in that status."""
    current = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    if current.status != status:
        raise AlreadyDoneError(
            _("“%(title)s” is %(status)s by now; nothing was done."),
            code="wrong_status",
            params={"title": current.title, "status": current.get_status_display()},
        )
    return current


def _reopen(change_set: ChangeSet) -> ChangeSet:
    records = review_items.records_of(change_set)
    review_items.set_status(records, RecordStatus.IN_REVIEW, RecordStatus.DRAFT)
    change_set.status = Status.OPEN
    for name in ("submitted_by", "submitted_at", "claimed_by", "claimed_at", "due_on"):
        setattr(change_set, name, None)
    change_set.save()
    return change_set


def _titled(title: str) -> str:
    return _required(title, _("Say what the change is."))[:200]


def _required(text: str, message: str) -> str:
    if not text.strip():
        raise ValidationError(message)
    return text.strip()


def _note(change_set, kind, by, at, text, *, name="", item=None) -> ReviewNote:
    return ReviewNote.objects.create(
        change_set=change_set, item=item, author=by, author_name=name, kind=kind, text=text, at=at
    )

"""Going back: a past version made the draft of a new correction, and a draft that was overtaken
set against what is live now. Named actions, each in one transaction; neither publishes anything.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import chains, clock, versions
from policies.differences import differences
from policies.models import ChangeKind, RecordStatus, SourceDocument
from policies.models.base import DatedRecord, PublishedRecord

CHANGED_AGAIN = gettext_lazy("It was changed again meanwhile. Look at the difference once more.")
PAST = (RecordStatus.SUPERSEDED, RecordStatus.WITHDRAWN)


@transaction.atomic
def restore(*, record: PublishedRecord, by) -> PublishedRecord:
    """A draft with the content and citations of a past version, which goes through review.

    It corrects what took the version's place. Of a record that was withdrawn nothing is live: then
    it is a new draft, or, if the version was a change of policy, changes again what held before.
    Asked twice, the draft that is there is given. Raises ValidationError if it cannot be.
    """
    record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.status == RecordStatus.PUBLISHED:
        raise ValidationError(_("This is what is published now; there is nothing to restore."))
    if record.status not in PAST:
        raise ValidationError(_("It was never published, so it can still be edited as it is."))
    target = live_version_of(record)
    values: dict = {"created_by": by, "change_note": _note(record)}
    if target is not None:
        values |= {"succeeds": target, "change_kind": ChangeKind.CORRECTION, **_end(record, target)}
    elif changed := _changed_again(record):
        values |= {"succeeds": changed, "change_kind": ChangeKind.POLICY_CHANGE}
    if waiting := _waiting(record, values):
        return waiting
    return versions.copy(record, **values)


def live_version_of(record: PublishedRecord) -> PublishedRecord | None:
    """The published row that stands where `record` stood; None if it was withdrawn.

    Raises ValidationError if several do, which are then named: a change of policy leaves two.
    """
    live = _published_after(record)
    if len(live) > 1 and isinstance(record, DatedRecord):
        same = [row for row in live if row.effective_from == record.effective_from]
        live = same or live
    if len(live) > 1:
        numbers = ", ".join(str(row.pk) for row in live)
        raise ValidationError(
            _(
                "The policy has changed since, and records %(numbers)s stand in its place. Open "
                "the one that is wrong and correct that."
            ),
            code="several",
            params={"numbers": numbers},
        )
    return live[0] if live else None


def is_overtaken(draft: PublishedRecord) -> bool:
    """Whether what the draft was begun from is no longer what is published."""
    return (
        draft.is_open_to_editing
        and draft.succeeds_id is not None
        and draft.succeeds.status != RecordStatus.PUBLISHED
    )


@transaction.atomic
def set_upon(*, draft: PublishedRecord, live: PublishedRecord, by) -> PublishedRecord:
    """Let an overtaken draft succeed what is live now, with all that was typed in it.

    `live`: what the person was shown. Raises ValidationError if that is live no longer, or the
    draft is a draft no longer.
    """
    draft = type(draft).objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not is_overtaken(draft):
        raise ValidationError(_("Nothing stands in the way of this draft any more."))
    now = live_version_of(draft.succeeds)
    if now is None or now.pk != live.pk:
        raise ValidationError(
            _("It was changed again meanwhile. Look at the difference once more.")
        )
    draft.succeeds = now
    draft.save(update_fields=["succeeds"])
    return draft


@transaction.atomic
def set_free(*, draft: PublishedRecord, by) -> PublishedRecord:
    """Let an overtaken draft stand for itself, because what it was to succeed was withdrawn."""
    draft = type(draft).objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not is_overtaken(draft) or live_version_of(draft.succeeds) is not None:
        raise ValidationError(
            _("It was changed again meanwhile. Look at the difference once more.")
        )
    draft.succeeds, draft.change_kind = None, ChangeKind.NEW
    draft.save(update_fields=["succeeds", "change_kind"])
    return draft


def sealed_documents(record: PublishedRecord) -> list[SourceDocument]:
    """Documents that the record cites and a court sealed: their words do not come back."""
    cited = record.citations.filter(document__sealed_at__isnull=False)
    return list(SourceDocument.objects.filter(pk__in=cited.values("document")))


def _published_after(record: PublishedRecord) -> list[PublishedRecord]:
    """The published rows that descend from `record`, oldest first."""
    rows = type(record).objects.in_bulk(chains.numbers_of(record))
    return [
        row
        for number, row in sorted(rows.items())
        if row.status == RecordStatus.PUBLISHED and _descends(row, record.pk, rows)
    ]


def _descends(row: PublishedRecord, ancestor: int, rows: dict[int, PublishedRecord]) -> bool:
    number = row.succeeds_id
    while number is not None and number != ancestor:
        number = rows[number].succeeds_id
    return number == ancestor


def _end(record: PublishedRecord, target: PublishedRecord) -> dict:
    """A period that a later change ended still ends there: the change is not what is corrected."""
    if not isinstance(record, DatedRecord) or target.effective_until is None:
        return {}
    chain = type(record).objects.published().filter(pk__in=chains.numbers_of(target))
    ended_by_a_change = chain.filter(effective_from=target.effective_until).exists()
    return versions.end_of(target) if ended_by_a_change else {}


def _changed_again(record: PublishedRecord) -> PublishedRecord | None:
    """What holds now where a withdrawn change of policy began."""
    if record.change_kind != ChangeKind.POLICY_CHANGE or not isinstance(record, DatedRecord):
        return None
    chain: Collection[int] = chains.numbers_of(record)
    live = type(record).objects.published().in_force(record.effective_from)
    return live.filter(pk__in=chain, effective_from__lt=record.effective_from).first()


def _waiting(record: PublishedRecord, values: dict) -> PublishedRecord | None:
    """The draft of the same that was made before and not edited since."""
    drafts = type(record).objects.filter(
        status=RecordStatus.DRAFT,
        succeeds=values.get("succeeds"),
        created_by=values["created_by"],
        change_note=values["change_note"],
    )
    return next((draft for draft in drafts if not _differ(record, draft, values)), None)


def _differ(record: PublishedRecord, draft: PublishedRecord, values: dict) -> bool:
    for name, value in values.items():
        if name.startswith(("effective_until", "ended_as")):
            setattr(record, name, value)
    return bool(differences(record, draft))


def _note(record: PublishedRecord) -> str:
    moment: datetime = record.published_at
    return _("Restored: what record %(number)s said from %(day)s on was right.") % {
        "number": record.pk,
        "day": clock.day_of(moment),
    }

"""What staff enter on a county's screen: drafts of several factors from one document, in one go.

Nothing is published here. `at` (datetime) and `today` are given by the caller, who also asks
whether the person may write at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from counties.models import County
from policies import actions, reviews
from policies.county_standing import Standing, set_of, standings
from policies.documents import archive
from policies.documents.intake import Examined
from policies.models import ChangeKind, ChangeSet, Citation, LocalPolicy, SourceDocument
from policies.models.base import Precision

#: How drafts are sent: in a set of their own at once, into a new set that stays open, or not.
ALONE, COLLECT, KEEP = "alone", "collect", "keep"


@dataclass(frozen=True, slots=True)
class Entry:
    """One factor's answer as it was typed.

    `kind`: a new record, the policy changed, or we were wrong. `seen`: `Standing.key` of what the
    person had before them. `cited`: whether it says something of the document.
    """

    factor: str
    answer: str
    kind: ChangeKind
    effective_from: date
    seen: str
    effective_from_precision: str = Precision.DAY
    effective_until: date | None = None
    effective_until_precision: str = Precision.DAY
    in_force_by: bool = False
    qualification: str = ""
    page: str = ""
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is kept together with what cites it. `examined`: of its file, if any."""

    document: SourceDocument
    upload: File | None = None
    examined: Examined | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written. `change_set`: where the drafts went; `problems`: why they went nowhere."""

    drafts: tuple[LocalPolicy, ...]
    change_set: ChangeSet | None = None
    sent: bool = False
    problems: tuple[ValidationError, ...] = field(default=())


class ChangedMeanwhileError(ValidationError):
    """Somebody else wrote these factors since the form was shown."""

    def __init__(self, now: Mapping[str, Standing]):
        self.now = now
        super().__init__(_("Somebody else changed it while you were writing."), "changed_meanwhile")


@transaction.atomic
def record(
    *,
    county: County,
    entries: Sequence[Entry],
    document: SourceDocument | NewDocument | None,
    by,
    at: datetime,
    today: date,
    send: str | ChangeSet = KEEP,
) -> Recorded:
    """Write a draft for each entry, all citing the document, and send them if that is asked.

    Raises AlreadyDoneError if the very same was written by the same person before (a form posted
    twice), ChangedMeanwhileError if another wrote one of the factors meanwhile; then nothing is
    written. If they cannot be sent, they are kept as drafts and `problems` says why.
    """
    County.objects.select_for_update(no_key=True).get(pk=county.pk)
    now = standings(county, today)
    changed = {e.factor: now[e.factor] for e in entries if now[e.factor].key != e.seen}
    if changed:
        if is_written(now, entries, document, by):
            raise reviews.AlreadyDoneError(_("This was saved already; nothing was done twice."))
        raise ChangedMeanwhileError(changed)
    kept = _kept(document)
    drafts = tuple(_write(county, now[entry.factor], entry, kept, by) for entry in entries)
    if send == KEEP:
        return Recorded(drafts)
    held = [set_of(one) for entry in entries for one in now[entry.factor].drafts[:1]]
    try:
        return _sent(county, drafts, [one for one in held if one], send, by, at)
    except ValidationError as error:
        return Recorded(drafts, problems=tuple(error.error_list))


def _kept(document: SourceDocument | NewDocument | None) -> SourceDocument | None:
    if not isinstance(document, NewDocument):
        return document
    if document.examined is None:
        document.document.save()
        return document.document
    return archive.archive(
        document=document.document, upload=document.upload, examined=document.examined
    )


def _write(county, standing: Standing, entry: Entry, document, by) -> LocalPolicy:
    if standing.in_review:
        raise ValidationError(
            _("%(record)s is in review. Take its change-set back to go on with it."),
            params={"record": standing.in_review[0]},
        )
    draft = standing.draft or _begun(county, standing, entry, document, by)
    if entry.kind == ChangeKind.POLICY_CHANGE and draft.change_kind != entry.kind:
        for name, value in actions.OLD_EVIDENCE.items():
            setattr(draft, name, value)
    draft.change_kind, draft.succeeds = entry.kind, succeeded_by(standing, entry.kind)
    for name in (
        *("answer", "effective_from", "effective_from_precision", "effective_until"),
        *("effective_until_precision", "in_force_by", "qualification"),
    ):
        setattr(draft, name, getattr(entry, name))
    draft.change_note = entry.why
    draft.full_clean()
    draft.save()
    _cite(draft, entry, document)
    return draft


def succeeded_by(standing: Standing, kind: ChangeKind) -> LocalPolicy | None:
    """What a draft of that kind takes the place of: what its draft does, while that is live."""
    if kind == ChangeKind.NEW:
        return None
    draft = standing.draft
    if draft and draft.succeeds and draft.succeeds.status == "published":
        return draft.succeeds
    return standing.live


def _begun(county, standing: Standing, entry: Entry, document, by) -> LocalPolicy:
    if entry.kind == ChangeKind.NEW or standing.live is None:
        return LocalPolicy(county=county, factor=entry.factor, created_by=by)
    keeps = entry.kind == ChangeKind.CORRECTION and document is None
    return actions.draft_successor(
        record=standing.live, kind=entry.kind, by=by, with_citations=keeps
    )


def _cite(draft: LocalPolicy, entry: Entry, document: SourceDocument | None) -> None:
    """The document and words go into the draft's first citation, or make it."""
    citation = draft.citations.order_by("pk").first()
    if citation is None:
        if document is None:
            return
        citation = Citation(local_policy=draft)
    if document is not None:
        if citation.document_id != document.pk:
            citation.sheet, citation.row, citation.cell = "", None, ""
        citation.document = document
    if document is not None or entry.page or entry.quote:
        citation.page, citation.quote = entry.page, entry.quote
    citation.full_clean()
    citation.save()


def _sent(county, drafts, held: Collection[ChangeSet], send, by, at: datetime) -> Recorded:
    """All into one set: the chosen one, else the open one that holds some of them, else a new one,
    which is sent at once unless more is to be collected in it."""
    with transaction.atomic():
        mine = next((one for one in held if one.is_open and one.created_by_id == by.pk), None)
        target = send if isinstance(send, ChangeSet) else mine
        holding = {item.local_policy_id for one in held for item in one.items.all()}
        free = [draft for draft in drafts if draft.pk not in holding]
        if target is None:
            target = reviews.open_set(
                title=_title(county, drafts),
                by=by,
                at=at,
                records=free,
                summary=drafts[0].change_note,
            )
        else:
            reviews.add(change_set=target, records=free, by=by)
        if send != ALONE or mine:
            return Recorded(drafts, target)
        return Recorded(drafts, reviews.submit(change_set=target, by=by, at=at), sent=True)


def _title(county: County, drafts: Sequence[LocalPolicy]) -> str:
    factors = ", ".join(str(draft.get_factor_display()) for draft in drafts)
    return f"{county}: {factors}"


def is_written(now: Mapping[str, Standing], entries: Sequence[Entry], document, by) -> bool:
    """Whether drafts of the person, or what they sent, say just this already."""
    return all(
        any(
            row.created_by_id == by.pk and _says(row, entry) and _cites(row, entry, document)
            for row in (*now[entry.factor].drafts, *now[entry.factor].in_review)
        )
        for entry in entries
    )


def _says(row: LocalPolicy, entry: Entry) -> bool:
    return row.change_kind == entry.kind and all(
        getattr(row, name) == getattr(entry, name)
        for name in (
            *("answer", "effective_from", "effective_from_precision", "effective_until"),
            *("effective_until_precision", "in_force_by", "qualification"),
        )
    )


def _cites(row: LocalPolicy, entry: Entry, document) -> bool:
    citation = next(iter(row.citations.all()), None)
    if citation is None or document is None:
        return document is None
    if isinstance(document, NewDocument):
        same = citation.document.title == document.document.title
    else:
        same = citation.document_id == document.pk
    return same and (citation.page, citation.quote) == (entry.page, entry.quote)

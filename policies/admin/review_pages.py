"""What the page of a change-set shows: its items against what is live, its effect, its notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from policies import review_items, reviews
from policies.admin.display import change_url, link, reader_url, squares
from policies.admin.movement import changes_of, counted_changes
from policies.cited_pages import citations_of
from policies.differences import Difference, differences
from policies.models import ChangeItem, ChangeSet, Citation, RecordStatus, ReviewNote
from policies.quotes_check import checkable, unfound_quotes
from policies.rehearsal import Moved

#: More counties than this are counted, and the farthest moved are shown.
MOST_MOVED = 60


@dataclass(frozen=True, slots=True)
class CitedWords:
    """What a record rests on. `url`: the document, open at these words; `warning`: if they are not
    where it says; `unchecked`: if nobody but a person can tell."""

    place: str
    url: str
    quote: str
    note: str
    warning: str
    unchecked: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One record of a set. `changed_meanwhile`: what it succeeds is no longer what is live."""

    item: ChangeItem
    url: str
    kind: str
    status: str
    author: str
    succeeds: str
    changed_meanwhile: bool
    differences: list[Difference]
    citations: tuple[CitedWords, ...]
    notes: list[ReviewNote]


@dataclass(frozen=True, slots=True)
class CountyMoved:
    name: str
    url: str
    before: SafeString
    after: SafeString
    changes: tuple[str, ...]


def page_of(change_set: ChangeSet, user, today: date, may: dict[str, bool]) -> dict:
    """The context of the page. Few queries a kind of record; see `review_items.effect_of`."""
    items = review_items.items_of(change_set, with_parts=True)
    notes = list(change_set.notes.select_related("author", "document"))
    records = [item.record for item in items]
    own = reviews.is_author(change_set, records, user)
    undecided = change_set.is_open or change_set.is_in_review
    moved, problems = _effect(change_set, today) if undecided and items else ((), [])
    reviewing = change_set.is_in_review
    return {
        "change_set": change_set,
        "items": _items_shown(items, notes),
        "notes": notes,
        "returned": _returned(change_set, notes),
        "own": own,
        "undecided": undecided,
        "overdue": reviewing and change_set.due_on and change_set.due_on < today,
        "moved": [_county(one) for one in moved[:MOST_MOVED]],
        "more_moved": max(0, len(moved) - MOST_MOVED),
        "moved_count": len(moved),
        "counted_changes": counted_changes(moved),
        "problems": problems,
        "may_submit": change_set.is_open and may["submit"],
        "may_take_back": reviewing and may["take_back"],
        "may_comment": may["comment"],
        "may_claim": reviewing
        and may["claim"]
        and not change_set.claimed_by_id
        and (user.is_superuser or not own),
        "may_send_back": reviewing and may["send_back"],
        "may_approve": reviewing and may["approve"] and (user.is_superuser or not own),
    }


def _returned(change_set: ChangeSet, notes: list[ReviewNote]) -> ReviewNote | None:
    """The newest note by which an open set was returned to its authors."""
    found = [note for note in notes if note.kind == ReviewNote.Kind.RETURNED]
    return found[-1] if found and change_set.is_open else None


def _effect(change_set: ChangeSet, today: date) -> tuple[tuple[Moved, ...], list[SafeString]]:
    try:
        return review_items.effect_of(change_set, today), []
    except ValidationError as error:
        return (), explained(error)


def _county(moved: Moved) -> CountyMoved:
    return CountyMoved(
        *(str(moved.county), change_url(moved.county)),
        *(squares(moved.before), squares(moved.after)),
        changes_of(moved),
    )


def _items_shown(items: list[ChangeItem], notes: list[ReviewNote]) -> list[ItemShown]:
    """Every quote is held against its page, in two queries for all of them."""
    cited = {item.pk: citations_of(item.record) for item in items}
    quoting = {one.pk for citations in cited.values() for one in citations if one.quote}
    checked = checkable().filter(pk__in=quoting)
    warnings = {unfound.citation.pk: str(unfound) for unfound in unfound_quotes(checked)}
    unchecked = quoting - {one.pk for one in checked}
    return [
        _shown(item, notes, [_cited_words(one, warnings, unchecked) for one in cited[item.pk]])
        for item in items
    ]


def _cited_words(citation: Citation, warnings, unchecked: Collection[int]) -> CitedWords:
    return CitedWords(
        place=str(citation),
        url=reader_url(citation),
        quote=citation.quote,
        note=citation.note,
        warning=warnings.get(citation.pk, ""),
        unchecked=citation.pk in unchecked,
    )


def _shown(item: ChangeItem, notes: list[ReviewNote], cited: Iterable[CitedWords]) -> ItemShown:
    record = item.record
    old = record.succeeds if record.succeeds_id else None
    live = old is None or old.status == RecordStatus.PUBLISHED or not _undecided(record)
    return ItemShown(
        item=item,
        url=change_url(record),
        kind=record.get_change_kind_display(),
        status=record.get_status_display(),
        author=str(record.created_by or ""),
        succeeds=link(old, str(old.pk)) if old else "",
        changed_meanwhile=not live,
        differences=differences(old, record),
        citations=tuple(cited),
        notes=[note for note in notes if note.item_id == item.pk],
    )


def _undecided(record) -> bool:
    return record.status in (RecordStatus.DRAFT, RecordStatus.IN_REVIEW)


def explained(error: ValidationError) -> list[SafeString]:
    """Each reason as a sentence, with a link to the record that it names."""
    return [_sentence(one) for one in error.error_list]


def _sentence(error: ValidationError) -> SafeString:
    text = " ".join(error.messages)
    record = (error.params or {}).get("record")
    if record is None or not getattr(record, "pk", None):
        return format_html("{}", text)
    return format_html('<a href="{}">{}</a>', change_url(record), text)

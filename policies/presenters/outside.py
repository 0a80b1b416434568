"""Drafts as somebody outside reads them: an invited reader, or the county that they are about.

Nothing written for staff is in it, and of a document that is not public only the quoted words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from policies.cited_pages import CitedPage, citations_of
from policies.differences import Difference, differences
from policies.explanations import long_date, since
from policies.models import Agreement, ChangeItem, LocalPolicy, RecordStatus
from policies.models.base import PublishedRecord
from policies.presenters.marks import Mark, mark
from policies.presenters.sources import document_date, place, sealed_words
from policies.rehearsal import Moved
from policies.rubric import Answer, Factor
from policies.texts import FACTOR_TEXTS, answer_text

#: More counties than this are counted, and the farthest moved are shown.
MOST_MOVED = 60


@dataclass(frozen=True, slots=True)
class Quoted:
    """`title` and `url` are empty, and `page` None, where the document is not public."""

    title: str
    kind: str
    url: str
    date: str
    place: str
    quote: str
    language: str
    sealed: str
    page: CitedPage | None


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """A record of the set against what is live. `changed_meanwhile`: that is live no longer."""

    number: int
    heading: str
    kind: str
    why: str
    is_new: bool
    changed_meanwhile: bool
    differences: list[Difference]
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class CountySeen:
    name: str
    before: Mark
    after: Mark


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """One draft answer in plain words. `before`: what is published now, if anything."""

    question: str
    answer: str
    since: str
    qualification: str
    before: str
    quotes: tuple[Quoted, ...]


def item_seen(item: ChangeItem, pages: Mapping[int, CitedPage]) -> ItemSeen:
    record = item.record
    old = record.succeeds if record.succeeds_id else None
    return ItemSeen(
        number=item.pk,
        heading=str(record),
        kind=record.get_change_kind_display(),
        why=record.change_note,
        is_new=old is None,
        changed_meanwhile=old is not None and old.status != RecordStatus.PUBLISHED,
        differences=differences(old, record, for_outsiders=True),
        quotes=quotes_seen(record, pages),
    )


def quotes_seen(record: PublishedRecord, pages: Mapping[int, CitedPage]) -> tuple[Quoted, ...]:
    return tuple(_quoted(one, pages.get(one.pk)) for one in citations_of(record))


def _quoted(citation, page: CitedPage | None) -> Quoted:
    document = citation.document
    public, sealed = document.is_public, sealed_words(document)
    url = reverse("document", args=[document.pk]) if public else ""
    return Quoted(
        title=document.title if public else "",
        kind=document.get_kind_display(),
        url=f"{url}?page={page.number}#page" if url and page else url,
        date=document_date(document) if public else "",
        place=place(citation),
        quote="" if sealed else citation.quote,
        language=document.language,
        sealed=sealed,
        page=page if public and not sealed else None,
    )


def counties_seen(moved: Iterable[Moved]) -> list[CountySeen]:
    return [CountySeen(str(one.county), mark(one.before), mark(one.after)) for one in moved]


def answer_seen(record: LocalPolicy | Agreement, pages: Mapping[int, CitedPage]) -> AnswerSeen:
    if isinstance(record, Agreement):
        return _agreement(record, pages)
    factor = Factor(record.factor)
    return AnswerSeen(
        question=str(FACTOR_TEXTS[factor].question),
        answer=str(answer_text(factor, Answer(record.answer))),
        since=_period(record),
        qualification=record.qualification,
        before=_before(record, factor),
        quotes=quotes_seen(record, pages),
    )


def _before(record: LocalPolicy, factor: Factor) -> str:
    if not record.succeeds_id:
        return ""
    return str(answer_text(factor, Answer(record.succeeds.answer)))


def _agreement(record: Agreement, pages: Mapping[int, CitedPage]) -> AnswerSeen:
    words = _("%(agency)s has a %(kind)s with ICE, %(since)s.") % {
        "agency": record.agency_name,
        "kind": record.get_kind_display(),
        "since": since(record),
    }
    ended = ""
    if record.effective_until:
        ended = _("It ended on %(day)s.") % {"day": long_date(record.effective_until)}
    return AnswerSeen(
        question=_("Is there an agreement with ICE?"),
        answer=words,
        since=ended,
        qualification=record.model,
        before="",
        quotes=quotes_seen(record, pages),
    )


def _period(record: LocalPolicy) -> str:
    words = since(record)
    if not record.effective_until:
        return words
    day = long_date(record.effective_until, record.effective_until_precision)
    return _("%(since)s until %(day)s") % {"since": words, "day": day}

"""Citations and documents as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies import clock
from policies.explanations import long_date
from policies.models import Citation, SourceDocument
from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class CitationItem:
    """`place`: page or cell. `url`: our copy, opened there; `original`: the publisher's.

    `sealed`: a sentence in the place of words that a court ordered removed.
    """

    document: int
    title: str
    url: str
    place: str
    quote: str
    language: str
    date: str
    original: str
    archived: str
    sha256: str
    sealed: str


def citation_items(citations: Iterable[Citation], choice: Choice) -> tuple[CitationItem, ...]:
    return tuple(_item(c, choice) for c in citations if c.document.is_public)


def _item(citation: Citation, choice: Choice) -> CitationItem:
    document = citation.document
    sealed = document.sealed_at is not None
    return CitationItem(
        document=document.pk,
        title=document.title,
        url=citation_url(citation, choice),
        place=place(citation),
        quote="" if sealed else citation.quote,
        language=document.language,
        date=document_date(document),
        original="" if sealed else document.url,
        archived="" if sealed else document.archived_url,
        sha256=document.sha256,
        sealed=sealed_words(document),
    )


def citation_url(citation: Citation, choice: Choice) -> str:
    """Our copy of the document, at the cited page, with the quoted words marked."""
    page = citation.page if citation.page.isascii() and citation.page.isdigit() else ""
    return choice.url("document", citation.document_id, page=page, cite=citation.pk) + "#page"


def sealed_words(document: SourceDocument) -> str:
    """What is said where a sealed document's words were; empty if it is not sealed."""
    if document.sealed_at is None:
        return ""
    day = long_date(clock.day_of(document.sealed_at))
    return _("Sealed by court order on %(day)s") % {"day": day}


def place(citation: Citation) -> str:
    """Where in the document: "page 12", "section 'Holds'", "sheet Data, row 12, cell F12"."""
    parts = []
    if citation.page:
        is_number = citation.page[0].isdigit()
        parts.append(_("page %(page)s") % {"page": citation.page} if is_number else citation.page)
    if citation.sheet:
        parts.append(_("sheet %(sheet)s") % {"sheet": citation.sheet})
    if citation.row:
        parts.append(_("row %(row)s") % {"row": citation.row})
    if citation.cell:
        parts.append(_("cell %(cell)s") % {"cell": citation.cell})
    return ", ".join(parts)


def document_date(document: SourceDocument) -> str:
    if not document.published_on:
        return ""
    return long_date(document.published_on, document.published_on_precision)

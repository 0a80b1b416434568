"""Citations and documents as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.explanations import long_date
from policies.models import Citation, SourceDocument
from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class CitationItem:
    """`place`: page or cell. `url`: our page on the document; `original`: the publisher's."""

    title: str
    url: str
    place: str
    quote: str
    language: str
    date: str
    original: str
    archived: str
    sha256: str


def citation_items(citations: Iterable[Citation], choice: Choice) -> tuple[CitationItem, ...]:
    return tuple(_item(c, choice) for c in citations if c.document.is_public)


def _item(citation: Citation, choice: Choice) -> CitationItem:
    document = citation.document
    return CitationItem(
        title=document.title,
        url=choice.url("document", document.pk),
        place=place(citation),
        quote="" if document.sealed_at else citation.quote,
        language=document.language,
        date=document_date(document),
        original=document.url,
        archived=document.archived_url,
        sha256=document.sha256,
    )


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

"""Where in a document to open it: at the page that a citation means, with the words on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policies.models import Citation, DocumentPage, SourceDocument
from policies.quotes import pages_cited
from policies.quotes_check import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A page, counted from 1. `has_quote`: None if there is no quote to look for."""

    number: int
    count: int
    labels: Sequence[str]
    has_quote: bool | None = None
    #: Whether the citation names a page, and this is it.
    as_cited: bool = True


def labels(document: SourceDocument) -> list[str]:
    """What is printed on each page, empty where nobody knows; as many as there are pages."""
    return list(document.pages.order_by("number").values_list("label", flat=True))


def text_of(document: SourceDocument, number: int) -> str:
    found = DocumentPage.objects.filter(document=document, number=number)
    return found.values_list("text", flat=True).first() or ""


def place_of(document: SourceDocument, citation: Citation, named: Sequence[str]) -> Place | None:
    """The page with the quoted words: as cited if they are there, else where they are.

    None if they are nowhere and the citation names no page either.
    """
    cited = pages_cited(citation.page, named)
    if cited:
        around = document.pages.filter(number__gte=cited[0], number__lte=cited[-1] + 1)
        near = Words.of(around.order_by("number"))
        # Numbered from the first of them.
        at = near.found_on(citation.quote, range(1, len(cited) + 1))
        if at and at <= len(cited):
            return Place(cited[0] + at - 1, len(named), named, True)
    found = Words.of(document.pages.order_by("number")).found_on(citation.quote)
    if found:
        return Place(found, len(named), named, True, not cited or found in cited)
    return Place(cited[0], len(named), named, False) if cited else None

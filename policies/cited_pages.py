"""The page of a public document that a citation means, with the quoted words marked in its text.

For readers who are shown drafts: of a document that is not public they get the quoted words alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from policies.document_search import Piece
from policies.models import Citation, DocumentPage
from policies.quotes import find, pages_cited


@dataclass(frozen=True, slots=True)
class CitedPage:
    """`text`: in pieces, those of the quote marked; `has_quote`: whether it stands there."""

    number: int
    text: tuple[Piece, ...]
    has_quote: bool


def citations_of(record) -> list[Citation]:
    """Those of the record and of its claims and exceptions, once each for the same words."""
    owners = [record, *_all(record, "claims"), *_all(record, "exceptions")]
    found = [citation for owner in owners for citation in owner.citations.all()]
    return list({(one.document_id, one.page, one.quote): one for one in found}.values())


def _all(record, name: str) -> Iterable:
    return getattr(record, name).all() if hasattr(record, name) else ()


def cited_pages(citations: Iterable[Citation]) -> dict[int, CitedPage]:
    """By the number of the citation; those that name no page of ours are missing. Two queries."""
    public = [c for c in citations if c.document.is_public and c.page and not c.document.sealed_at]
    labels: dict[int, list[str]] = defaultdict(list)
    pages = DocumentPage.objects.filter(document__in={c.document_id for c in public})
    for document, label in pages.order_by("document_id", "number").values_list(
        "document_id", "label"
    ):
        labels[document].append(label)
    wanted = {}
    for citation in public:
        numbers = pages_cited(citation.page, labels[citation.document_id])
        if numbers:
            wanted[citation] = (citation.document_id, numbers[0])
    texts = {
        (document, number): text
        for document, number, text in pages.filter(
            number__in={number for _document, number in wanted.values()}
        ).values_list("document_id", "number", "text")
    }
    return {
        citation.pk: _page(citation, place[1], texts.get(place, ""))
        for citation, place in wanted.items()
    }


def _page(citation: Citation, number: int, text: str) -> CitedPage:
    pieces: list[Piece] = []
    done = 0
    spans = find(citation.quote, text) if citation.quote else ()
    for span in spans:
        pieces += [Piece(text[done : span.start], False), Piece(text[span.start : span.end], True)]
        done = span.end
    pieces.append(Piece(text[done:], False))
    return CitedPage(number, tuple(one for one in pieces if one.text), bool(spans))

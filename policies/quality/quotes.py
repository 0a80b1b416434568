"""Quotes that do not occur in their document.

Kept to the bare words, so that a better reading of documents can take the place of `occurs`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from policies.models import Citation, SourceDocument
from policies.models.source import CITED_RECORDS
from policies.quality.base import of_published

_NOT_WORDS = re.compile(r"[^\w]+")


def occurs(quote: str, text: str) -> bool:
    """Whether the words occur in this order, whatever their spacing, case and punctuation."""
    return _words(quote) in _words(text)


def _words(text: str) -> str:
    return f" {_NOT_WORDS.sub(' ', text).strip().casefold()} "


def unfound() -> Iterator[tuple[dict, SourceDocument]]:
    """Citations of published records whose words their document does not have, each with it.

    Documents without text, and sealed ones, say nothing either way. Two queries.
    """
    quoted: dict[int, list[dict]] = defaultdict(list)
    rows = Citation.objects.filter(of_published(), quote__regex=r"\S").exclude(
        document__extracted_text=""
    )
    for row in rows.order_by("pk").values(
        "document_id", "page", "quote", *CITED_RECORDS, "claim__provision", "exception__provision"
    ):
        quoted[row["document_id"]].append(row)
    if not quoted:
        return
    documents = SourceDocument.objects.exclude(extracted_text="").filter(sealed_at__isnull=True)
    for document in documents.only("pk", "title", "extracted_text").order_by("pk").iterator():
        if document.pk not in quoted:
            continue
        text = _words(document.extracted_text)
        for row in quoted[document.pk]:
            if _words(row["quote"]) not in text:
                yield row, document

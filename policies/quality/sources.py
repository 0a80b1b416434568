"""Checks of documents and quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import (
    Agreement,
    DocumentKind,
    IceList,
    LocalPolicy,
    PolicyWin,
    SourceDocument,
    StateProvision,
)
from policies.quality import quotes
from policies.quality.base import Check, Finding, Material, Severity, about, of_published

#: So much of a quote is repeated in the queue.
EXCERPT = 80
_RECORDS = (
    ("local_policy", LocalPolicy),
    ("provision", StateProvision),
    ("claim__provision", StateProvision),
    ("exception__provision", StateProvision),
    ("agreement", Agreement),
    ("ice_list", IceList),
    ("win", PolicyWin),
)


def without_archived_copy(material: Material) -> Iterator[Finding]:
    """One finding a document. A search note has nothing to archive, a sealed one must not be."""
    rows = (
        SourceDocument.objects.filter(
            of_published("citations__"), file="", archived_url="", sealed_at__isnull=True
        )
        .exclude(kind=DocumentKind.SEARCH_NOTE)
        .order_by("pk")
        .annotate(cited=Count("citations", distinct=True))
    )
    for pk, title, cited in rows.values_list("pk", "title", "cited"):
        yield Finding(
            key=str(pk),
            about=about(SourceDocument, pk),
            sentence=gettext_noop(
                "“%(title)s” has neither an archived file nor an archived address. Citations "
                "that rest on it: %(cited)s."
            ),
            values={"title": title, "cited": cited},
        )


def quotes_not_found(material: Material) -> Iterator[Finding]:
    """One finding a document and quote, however many records quote it."""
    seen = set()
    for row, document in quotes.unfound():
        digest = hashlib.sha256(row["quote"].encode()).hexdigest()[:16]
        key = f"{document.pk}:{digest}"
        if key in seen:
            continue
        seen.add(key)
        name, model = next((name, model) for name, model in _RECORDS if row[name])
        quote = row["quote"].strip()
        yield Finding(
            key=key,
            about=about(model, row[name]),
            sentence=gettext_noop("“%(quote)s” does not occur in “%(title)s”."),
            values={
                "quote": quote if len(quote) <= EXCERPT else f"{quote[:EXCERPT]}…",
                "title": document.title,
            },
        )


CHECKS = (
    Check(
        "quote-not-found",
        _("Quotes not found in their document"),
        _(
            "The words quoted for a published record do not occur in the text of the document: a "
            "typing error, the wrong document, or a page that could not be read."
        ),
        Severity.ERROR,
        quotes_not_found,
    ),
    Check(
        "no-archived-copy",
        _("Documents without an archived copy"),
        _(
            "Published records cite a document of which we keep no file and no archived address: "
            "if its publisher takes it down, the evidence is gone."
        ),
        Severity.WARNING,
        without_archived_copy,
    ),
)

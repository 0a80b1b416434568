"""Checks of documents and quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import (
    Agreement,
    Citation,
    DocumentKind,
    IceList,
    LocalPolicy,
    PolicyWin,
    SourceDocument,
    StateProvision,
)
from policies.quality.base import Check, Finding, Material, Severity, about, of_published
from policies.quotes_check import checkable, unfound_quotes

#: So much of a quote is repeated in the queue.
EXCERPT = 80
_RECORDS = (
    ("local_policy", LocalPolicy),
    ("provision", StateProvision),
    ("agreement", Agreement),
    ("ice_list", IceList),
    ("win", PolicyWin),
)
_NOWHERE = gettext_noop("“%(quote)s” does not occur in “%(title)s”.")
_ELSEWHERE = gettext_noop(
    "“%(quote)s” is not on page %(page)s of “%(title)s”, but on page %(found)s."
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
    cited = checkable().filter(of_published()).select_related("document", "claim", "exception")
    for unfound in unfound_quotes(cited):
        citation, document = unfound.citation, unfound.citation.document
        digest = hashlib.sha256(citation.quote.encode()).hexdigest()[:16]
        key = f"{document.pk}:{digest}"
        if key in seen:
            continue
        seen.add(key)
        quote = citation.quote.strip()
        yield Finding(
            key=key,
            about=_carried(citation),
            sentence=_ELSEWHERE if unfound.found_on else _NOWHERE,
            values={
                "quote": quote if len(quote) <= EXCERPT else f"{quote[:EXCERPT]}…",
                "title": document.title,
                "page": citation.page,
                "found": unfound.found_on,
            },
        )


def _carried(citation: Citation) -> tuple[str, str]:
    """The published record that the citation carries, or of which it carries a part."""
    part = citation.claim or citation.exception
    if part:
        return about(StateProvision, part.provision_id)
    name, model = next((n, m) for n, m in _RECORDS if getattr(citation, f"{n}_id"))
    return about(model, getattr(citation, f"{name}_id"))


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

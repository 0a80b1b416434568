"""Quotes held against the pages that they cite: a warning for whoever typed, a queue for staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from policies.models import Citation, DocumentPage
from policies.quotes import Text, pages_cited

#: A sentence may run over the end of a page, so two pages are also read as one.
_WITH_NEXT = 1


@dataclass(frozen=True, slots=True)
class Words:
    """The pages of one document, made ready for looking quotes up in them, each only once."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    _ready: dict[tuple[int, int], Text]

    @classmethod
    def of(cls, pages: Iterable[DocumentPage]) -> Words:
        pages = list(pages)
        return cls(tuple(p.text for p in pages), tuple(p.label for p in pages), {})

    def cited(self, page: str) -> tuple[int, ...]:
        return pages_cited(page, self.labels)

    def found_on(self, quote: str, cited: Sequence[int] = ()) -> int | None:
        """The page on which the words begin: of those cited if they are there, else the first."""
        everywhere = range(1, len(self.texts) + 1)
        for numbers in (cited, everywhere):
            for several in (0, _WITH_NEXT):
                for number in numbers:
                    if self._has(quote, number, several):
                        return number
        return None

    def _has(self, quote: str, number: int, several: int) -> bool:
        key = number, several
        if key not in self._ready:
            together = "\n".join(self.texts[number - 1 : number + several])
            self._ready[key] = Text.of(together)
        spans = self._ready[key].find(quote)
        # What begins overleaf is not on this page.
        return bool(spans) and spans[0].start < len(self.texts[number - 1])


@dataclass(frozen=True, slots=True)
class Unfound:
    """A citation whose words are not where it says. `found_on`: the page that has them, if any."""

    citation: Citation
    found_on: int | None

    def __str__(self) -> str:
        quote = self.citation.quote.strip()
        quote = f"{quote[:80]}…" if len(quote) > 80 else quote
        values = {"quote": quote, "document": self.citation.document, "page": self.citation.page}
        if self.found_on:
            words = _("“%(quote)s” is not on page %(page)s of %(document)s, but on page %(found)s.")
            return words % {**values, "found": self.found_on}
        if self.citation.page:
            return _("“%(quote)s” was not found on page %(page)s of %(document)s.") % values
        return _("“%(quote)s” was not found in %(document)s.") % values


def checkable() -> QuerySet[Citation]:
    """Citations with a quote, of documents whose words we have."""
    words = DocumentPage.objects.filter(document=OuterRef("document")).exclude(text="")
    return (
        Citation.objects.filter(Exists(words), document__sealed_at__isnull=True)
        .exclude(quote="")
        .select_related("document")
        .order_by("document", "pk")
    )


def unfound_quotes(citations: QuerySet[Citation] | None = None) -> Iterator[Unfound]:
    """Those of `citations` (all that can be checked) whose words are not on the page they cite.

    Two queries, however many there are; the pages of one document at a time are kept in memory.
    """
    found = list(checkable() if citations is None else citations)
    by_document = {
        number: list(group) for number, group in groupby(found, key=lambda one: one.document_id)
    }
    pages = DocumentPage.objects.filter(document__in=by_document).order_by("document", "number")
    for number, group in groupby(pages.iterator(chunk_size=500), key=lambda one: one.document_id):
        words = Words.of(group)
        for citation in by_document[number]:
            yield from _check(citation, words)


def _check(citation: Citation, words: Words) -> Iterator[Unfound]:
    """A page that is not known is not a page with other words: then anywhere will do."""
    cited = words.cited(citation.page)
    found_on = words.found_on(citation.quote, cited)
    if found_on is None or (cited and found_on not in cited):
        yield Unfound(citation, found_on)

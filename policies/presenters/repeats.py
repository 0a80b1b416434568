"""Words that are quoted for several factors are printed once, and pointed to after that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from policies.presenters.sources import CitationItem


@dataclass(frozen=True, slots=True)
class PrintedCitation(CitationItem):
    """`anchor`: where its words stand; `same_as`: the anchor of the same words further up."""

    anchor: str = ""
    same_as: str = ""


class Quotes:
    """Remembers what one page has quoted so far."""

    def __init__(self) -> None:
        self._anchors: dict[tuple[int, str], str] = {}

    def printed(self, citations: Iterable[CitationItem]) -> tuple[PrintedCitation, ...]:
        return tuple(self._printed(citation) for citation in citations)

    def _printed(self, citation: CitationItem) -> PrintedCitation:
        values = asdict(citation)
        if not citation.quote:
            return PrintedCitation(**values)
        key = citation.document, citation.quote
        if key in self._anchors:
            return PrintedCitation(**{**values, "quote": ""}, same_as=self._anchors[key])
        self._anchors[key] = f"words-{len(self._anchors) + 1}"
        return PrintedCitation(**values, anchor=self._anchors[key])

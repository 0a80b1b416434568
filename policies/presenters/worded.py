"""Words of the catalogue, ready to be printed, in whichever language they are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from policies import catalogue, markdown
from policies.models.reference import CatalogueRow


@dataclass(frozen=True, slots=True)
class Worded:
    """`html`: the words, clean. `text`: without any mark-up. `language`: what they are in."""

    html: SafeString
    text: str
    language: str

    @property
    def is_foreign(self) -> bool:
        """Whether they are not in the language of the page, which then says so."""
        return bool(self.text) and not (get_language() or "en").startswith(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def worded(row: CatalogueRow, column: str) -> Worded:
    """A column of Markdown."""
    words = catalogue.words(row, column)
    html = markdown.render(words.text)
    return Worded(html, _plain(html), words.language)


def named(row: CatalogueRow) -> Worded:
    """The row's name: one line, never Markdown."""
    words = catalogue.words(row, catalogue.NAMES[type(row)])
    return Worded(escape(words.text), words.text, words.language)


def _plain(html: str) -> str:
    return unescape(strip_tags(html)).strip()

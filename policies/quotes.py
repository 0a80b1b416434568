"""Whether quoted words occur in a text, and where: pure, and tolerant of how copies differ.

White space, hyphens at the ends of lines, curly quotation marks, ligatures and upper case make no
difference, and neither does the punctuation around a quote. "…", "..." and "[...]" stand for words
left out: what is before and after must follow in this order. "[S]hall" is "Shall"; any other words
in brackets are the writer's own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: Longer than any passage that carries an answer; a whole document is no quote.
LONGEST_QUOTE = 10_000

# Soft hyphens, and what PDFium writes for a hyphen at the end of a line.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\x02"))
_SINGLE = dict.fromkeys(map(ord, "‘’‚‛`´′"), "'")
_DOUBLE = dict.fromkeys(map(ord, "“”„‟«»″"), '"')
_SAME = _DROPPED | _SINGLE | _DOUBLE
_RUN = re.compile(r"[^\s\-\u2010-\u2015\u2212]+")
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\s*\.\s*\.)\s*\]|…|\.\s?\.\s?\.")
_ONE_LETTER = re.compile(r"\[(\w)\]")
_INSERTED = re.compile(r"\[[^\[\]]*\]")
_AROUND = " \t\r\n.,;:!?()\"'"
_NUMBER = re.compile(r"\d+", re.ASCII)


class Span(NamedTuple):
    """From `start` until before `end`, in the characters of the text as it was given."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready for looking things up in it. `of` makes one."""

    squeezed: str
    _starts: tuple[int, ...]  # where each run of characters begins in `squeezed`
    _runs: tuple[Span, ...]  # and where it is in the text

    @classmethod
    def of(cls, text: str) -> Text:
        pieces: list[str] = []
        starts: list[int] = []
        runs: list[Span] = []
        length = 0
        for match in _RUN.finditer(text):
            piece = _plain(match.group())
            if piece:
                pieces.append(piece)
                starts.append(length)
                runs.append(Span(*match.span()))
                length += len(piece)
        return cls("".join(pieces), tuple(starts), tuple(runs))

    def find(self, quote: str) -> tuple[Span, ...]:
        """Where the parts of `quote` stand, in order; empty if it does not occur."""
        for parts in _readings(quote):
            spans = self._find_all(parts)
            if spans:
                return spans
        return ()

    def _find_all(self, parts: Sequence[str]) -> tuple[Span, ...]:
        spans: list[Span] = []
        position = 0
        for part in parts:
            at = self._find_whole_words(part, position)
            if at < 0:
                return ()
            position = at + len(part)
            spans.append(Span(self._original(at), self._original(position - 1) + 1))
        return tuple(spans)

    def _find_whole_words(self, part: str, position: int) -> int:
        at = self.squeezed.find(part, position)
        while at >= 0 and not (self._is_edge(at) and self._is_edge(at + len(part))):
            at = self.squeezed.find(part, at + 1)
        return at

    def _is_edge(self, at: int) -> bool:
        """Whether a word may begin or end between this character and the one before."""
        if at <= 0 or at >= len(self.squeezed):
            return True
        if not (self.squeezed[at - 1].isalnum() and self.squeezed[at].isalnum()):
            return True
        return self._starts[bisect_right(self._starts, at) - 1] == at

    def _original(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        run = self._runs[number]
        # A ligature is one character of the text and two of ours: never beyond its run.
        return min(run.start + at - self._starts[number], run.end - 1)


def find(quote: str, text: str) -> tuple[Span, ...]:
    """Where `quote` stands in `text`: a span for each part of it; empty if it does not occur."""
    return Text.of(text).find(quote)


def occurs(quote: str, text: str) -> bool:
    """Whether the words of `quote` stand in `text`. A quote without words occurs nowhere."""
    return bool(find(quote, text))


def pages_cited(page: str, labels: Sequence[str]) -> tuple[int, ...]:
    """The numbers, counted from 1, of the pages that a citation's "12", "iv" or "12-14" means.

    `labels`: what is printed on each page, empty where nobody knows. Empty if it names no page,
    as "section 4" does.
    """
    named = [part.strip() for part in re.split(r"[-–—,;]|\band\b", page) if part.strip()]
    numbers = [_page_number(name, labels) for name in named[:2]]
    found = [number for number in numbers if number]
    if not found or len(found) != len(numbers):
        return ()
    return tuple(range(min(found), max(found) + 1))


def _page_number(name: str, labels: Sequence[str]) -> int | None:
    name = re.sub(r"^(?:pages?|pp?\.?|p[áa]ginas?)\s*", "", name, flags=re.IGNORECASE)
    if name in labels:
        return labels.index(name) + 1
    if any(labels) or not _NUMBER.fullmatch(name) or len(name) > 6:
        return None
    number = int(name)
    return number if 1 <= number <= len(labels) else None


def _readings(quote: str) -> Iterable[tuple[str, ...]]:
    """The parts of a quote: with brackets as they stand, then with those left out."""
    literal = _ONE_LETTER.sub(r"\1", quote)
    yield from filter(None, (_parts(_LEFT_OUT.split(literal)),))
    if _INSERTED.search(literal):
        yield from filter(None, (_parts(_LEFT_OUT.split(_INSERTED.sub("…", literal))),))


def _parts(pieces: Iterable[str]) -> tuple[str, ...]:
    squeezed = ("".join(map(_plain, _RUN.findall(piece.strip(_AROUND)))) for piece in pieces)
    return tuple(
        part for part in (one.strip(_AROUND) for one in squeezed) if any(map(str.isalnum, part))
    )


def _plain(run: str) -> str:
    return unicodedata.normalize("NFKC", run.translate(_SAME)).translate(_SAME).casefold()

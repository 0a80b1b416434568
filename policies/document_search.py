"""Full-text search in the pages of documents: one interface, whichever database there is.

PostgreSQL and SQLite's FTS5 each find stems of English words, without regard to accents, and mark
them in a passage. What people type never reaches either as a query: only its words do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from policies.models import SourceDocument

#: Typed words beyond this are ignored.
MOST_WORDS = 16
LONGEST_WORD = 60
#: Marks around a found word on its way out of the database; no kept text contains them.
START, STOP = "\ue000", "\ue001"
_MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
_TYPED = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")

#: Later than any document is kept.
_NEVER = datetime(2999, 1, 1, tzinfo=UTC)

#: A phrase is one word, or several that were typed in quotation marks or joined by punctuation.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A page with the words: `passage` in pieces, found words marked."""

    document: SourceDocument
    page: int
    passage: tuple[Piece, ...]


def search(
    words: str,
    *,
    public_only: bool = True,
    limit: int,
    offset: int = 0,
    kept_before: datetime | None = None,
) -> list[Hit]:
    """The pages in which all `words` occur, best first. Two queries; none if there are no words.

    Words in quotation marks are looked for as they stand. Whatever is typed, nothing is refused.
    `kept_before`: only documents that were on record before that moment.
    """
    phrases = phrases_of(words)
    if not phrases:
        return []
    find = _in_postgresql if connection.vendor == "postgresql" else _in_sqlite
    before = connection.ops.adapt_datetimefield_value(kept_before or _NEVER)
    rows = find(phrases, public_only, before, limit, offset)
    documents = SourceDocument.objects.in_bulk({number for number, _page, _passage in rows})
    return [Hit(documents[number], page, pieces(passage)) for number, page, passage in rows]


def documents_with(words: str, documents: QuerySet[SourceDocument]) -> QuerySet[SourceDocument]:
    """Of `documents` those whose pages, title, publisher or address have all the words."""
    phrases = phrases_of(words)
    if not phrases:
        return documents.none() if words.strip() else documents
    return documents.filter(Q(pk__in=_pages_with(phrases)) | Q(pk__in=titled(words, documents)))


def titled(words: str, documents: QuerySet[SourceDocument]) -> QuerySet[SourceDocument]:
    """Of `documents` those whose title, publisher or address has all the words."""
    phrases = phrases_of(words)
    for phrase in phrases:
        for word in phrase:
            named = Q(title__icontains=word) | Q(publisher__icontains=word)
            documents = documents.filter(named | Q(url__icontains=word))
    return documents if phrases else documents.none()


def phrases_of(typed: str) -> tuple[Phrase, ...]:
    """The words that were typed, those in quotation marks together."""
    typed = re.sub("[“”„«»]", '"', typed)
    phrases: list[Phrase] = []
    for match in _TYPED.finditer(typed):
        found = _WORD.findall(match.group(1) or match.group(2) or "")
        if found:
            phrases.append(tuple(word[:LONGEST_WORD] for word in found[:MOST_WORDS]))
    return tuple(phrases[:MOST_WORDS])


def pieces(passage: str) -> tuple[Piece, ...]:
    """A passage as it came from the database, in marked and unmarked pieces."""
    found = [
        Piece(text, bool(number % 2)) for number, text in enumerate(_MARKED.split(passage)) if text
    ]
    return tuple(
        Piece(piece.text.replace(START, "").replace(STOP, ""), piece.marked) for piece in found
    )


# --- SQLite ------------------------------------------------------------------------------------

_SQLITE = """
SELECT page.document_id, page.number,
       snippet(policies_documentpage_words, 0, %s, %s, ' … ', 40)
FROM policies_documentpage_words
JOIN policies_documentpage AS page ON page.id = policies_documentpage_words.rowid
JOIN policies_sourcedocument AS document ON document.id = page.document_id
WHERE policies_documentpage_words MATCH %s
  AND document.sealed_at IS NULL AND (document.is_public OR NOT %s)
  AND document.created_at < %s
ORDER BY bm25(policies_documentpage_words), page.document_id, page.number
LIMIT %s OFFSET %s
"""
_SQLITE_PAGES = """
SELECT DISTINCT page.document_id FROM policies_documentpage_words
JOIN policies_documentpage AS page ON page.id = policies_documentpage_words.rowid
WHERE policies_documentpage_words MATCH %s
"""


def _in_sqlite(phrases, public_only: bool, before, limit: int, offset: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE, [START, STOP, _match(phrases), public_only, before, limit, offset])
        return cursor.fetchall()


def _match(phrases: tuple[Phrase, ...]) -> str:
    """Each phrase as a string of FTS5: nothing within it is an operator."""
    return " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


# --- PostgreSQL --------------------------------------------------------------------------------

_POSTGRESQL = """
SELECT found.document_id, found.number,
       ts_headline('policies_words'::regconfig, found.text, found.asked, %s)
FROM (
    SELECT page.document_id, page.number, page.text, asked,
           ts_rank(to_tsvector('policies_words'::regconfig, page.text), asked) AS rank
    FROM policies_documentpage AS page
    JOIN policies_sourcedocument AS document ON document.id = page.document_id,
    (SELECT {asked} AS asked) AS question
    WHERE to_tsvector('policies_words'::regconfig, page.text) @@ asked
      AND document.sealed_at IS NULL AND (document.is_public OR NOT %s)
      AND document.created_at < %s
    ORDER BY rank DESC, page.document_id, page.number
    LIMIT %s OFFSET %s
) AS found
ORDER BY found.rank DESC, found.document_id, found.number
"""
_POSTGRESQL_PAGES = """
SELECT DISTINCT document_id FROM policies_documentpage
WHERE to_tsvector('policies_words'::regconfig, text) @@ ({asked})
"""
_HEADLINE = f"StartSel={START}, StopSel={STOP}, MaxWords=40, MinWords=20, MaxFragments=1"
_PHRASE = "phraseto_tsquery('policies_words'::regconfig, %s)"


def _in_postgresql(phrases, public_only: bool, before, limit: int, offset: int) -> list[tuple]:
    sql, words = _asked(_POSTGRESQL, phrases)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_HEADLINE, *words, public_only, before, limit, offset])
        return cursor.fetchall()


def _asked(sql: str, phrases: tuple[Phrase, ...]) -> tuple[str, list[str]]:
    """The statement with one placeholder a phrase, and what goes into them."""
    return sql.format(asked=" && ".join([_PHRASE] * len(phrases))), [" ".join(p) for p in phrases]


def _pages_with(phrases: tuple[Phrase, ...]) -> list[int]:
    if connection.vendor == "postgresql":
        sql, parameters = _asked(_POSTGRESQL_PAGES, phrases)
    else:
        sql, parameters = _SQLITE_PAGES, [_match(phrases)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]

"""What a search in the documents found, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policies.document_search import Hit, Piece
from policies.models import SourceDocument
from policies.presenters.choice import Choice
from policies.presenters.documents import DocumentItem, document_item


@dataclass(frozen=True, slots=True)
class HitItem:
    document: DocumentItem
    url: str
    page: int
    passage: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    asked: str
    titled: tuple[DocumentItem, ...]
    hits: tuple[HitItem, ...]
    page: int
    previous_url: str
    next_url: str


def shown(
    asked: str,
    page: int,
    titled: Iterable[SourceDocument],
    found: Sequence[Hit],
    per_page: int,
    choice: Choice,
) -> Found:
    """`found`: one more than goes on a page, if there is a next one."""

    def turn(number: int) -> str:
        return choice.url("documents", q=asked, page=number)

    return Found(
        asked=asked,
        titled=tuple(document_item(one, choice) for one in titled),
        hits=tuple(_item(hit, choice) for hit in found[:per_page]),
        page=page,
        previous_url=turn(page - 1) if page > 1 else "",
        next_url=turn(page + 1) if len(found) > per_page else "",
    )


def _item(hit: Hit, choice: Choice) -> HitItem:
    return HitItem(
        document=document_item(hit.document, choice),
        url=choice.url("document", hit.document.pk, page=hit.page) + "#page",
        page=hit.page,
        passage=hit.passage,
    )

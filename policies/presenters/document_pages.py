"""One page of a document as a reader sees it: its picture and words, and what is marked in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from policies.document_search import Piece
from policies.documents import page_images, reading
from policies.documents.page_images import Box
from policies.models import Citation, SourceDocument, TextState
from policies.presenters.choice import Choice
from policies.presenters.sources import place as place_in_words
from policies.quotes import find


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    width: int
    height: int
    marks: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """`text`: in pieces, those of the quote marked. `notice`: what a reader should know first."""

    number: int
    count: int
    label: str
    picture: Picture | None
    text: tuple[Piece, ...]
    notice: str
    quote: str
    previous_url: str
    next_url: str
    is_marked: bool


def shown(
    document: SourceDocument, place: reading.Place, citation: Citation | None, choice: Choice
) -> ShownPage:
    quote = citation.quote if citation else ""
    text = reading.text_of(document, place.number)
    # A sentence that runs on overleaf is marked as far as it stands on this page.
    pieces = _pieces(quote, text)
    picture = _picture(document, place.number, quote)
    label = place.labels[place.number - 1]

    def turn(number: int) -> str:
        if not 1 <= number <= place.count:
            return ""
        return choice.url("document", document.pk, page=number) + "#page"

    return ShownPage(
        number=place.number,
        count=place.count,
        label="" if label == str(place.number) else label,
        picture=picture,
        text=pieces,
        notice=_notice(document, place, citation),
        quote=quote,
        previous_url=turn(place.number - 1),
        next_url=turn(place.number + 1),
        is_marked=any(piece.marked for piece in pieces) or bool(picture and picture.marks),
    )


def _picture(document: SourceDocument, number: int, quote: str) -> Picture | None:
    image = page_images.page_image(document, number)
    if image is None:
        return None
    url = reverse("document-picture", args=[document.pk, number])
    return Picture(url, image.width, image.height, image.marks(quote) if quote else ())


def _pieces(quote: str, text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for span in find(quote, text) if quote else ():
        pieces += [Piece(text[done : span.start], False), Piece(text[span.start : span.end], True)]
        done = span.end
    pieces.append(Piece(text[done:], False))
    return tuple(piece for piece in pieces if piece.text)


def _notice(document: SourceDocument, place: reading.Place, citation: Citation | None) -> str:
    if document.text_state == TextState.NO_TEXT:
        return _("This copy is a picture without text: it can be read by eye, but not searched.")
    if citation is None or place.has_quote is None:
        return ""
    if not place.has_quote:
        return _("The quoted words were not found in the text of this copy.")
    if not place.as_cited:
        cited = place_in_words(citation)
        return _("The citation says %(place)s; the words stand here.") % {"place": cited}
    return ""

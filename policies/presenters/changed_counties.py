"""The counties of a comparison, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counties.models import County
from policies.compared import Asked
from policies.comparison import CountyChange, Direction, FactorChange
from policies.presenters.change_words import CAUSE_WORDS, DIRECTION_WORDS, MAP_CLASSES
from policies.presenters.choice import Choice
from policies.presenters.marks import SCORE_CLASSES, word
from policies.texts import FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer that differs."""

    factor: str
    before: str
    after: str
    causes: str


@dataclass(frozen=True, slots=True)
class Side:
    """A score on one side of a county's row; `text` is a dash if there is none."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class CountyRow:
    name: str
    usps: str
    url: str
    before: Side
    after: Side
    direction: str
    css: str
    answers: tuple[AnswerRow, ...]


def in_order(rows: Iterable[CountyChange]) -> list[CountyChange]:
    """Raised first, then lowered and so on; within these the greatest steps, then by code."""
    order = list(Direction)

    def key(row: CountyChange):
        both = row.from_score is not None and row.to_score is not None
        step = abs((row.to_score or 0) - (row.from_score or 0)) if both else 0
        return order.index(row.direction), -step, row.fips

    return sorted(rows, key=key)


def county_rows(
    rows: Iterable[CountyChange], counties: Mapping[str, County], asked: Asked, choice: Choice
) -> tuple[CountyRow, ...]:
    """`counties`: those of the rows, by code. Their pages are of the second day."""
    later = {"as_of": asked.until.as_of}
    return tuple(
        CountyRow(
            county.name,
            county.state_id,
            choice.url("county", county.state_id.lower(), county.slug, **later),
            _side(row.from_score),
            _side(row.to_score),
            str(DIRECTION_WORDS[row.direction]),
            MAP_CLASSES.get(row.direction, ""),
            tuple(_answer(change) for change in row.factors),
        )
        for row in rows
        for county in (counties[row.fips],)
    )


def _side(score: int | None) -> Side:
    return Side("u", "–") if score is None else Side(SCORE_CLASSES[score], str(score))


def _answer(change: FactorChange) -> AnswerRow:
    return AnswerRow(
        str(FACTOR_TEXTS[change.code].name),
        word(change.before),
        word(change.after),
        ", ".join(str(CAUSE_WORDS[one][0]) for one in change.causes),
    )

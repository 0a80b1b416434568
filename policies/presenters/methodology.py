"""The rubric and the published figures as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policies.explanations import long_date
from policies.lens import SCORE_CLASSES
from policies.models import PublishedFigure
from policies.presenters.choice import Choice
from policies.presenters.wins import Place
from policies.rubric import FACTORS, MAX_SCORE, Factor
from policies.texts import BAND_TEXTS, FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class RubricRow:
    number: int
    code: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Band:
    score: int
    css: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Rubric:
    factors: tuple[RubricRow, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    label: str
    counties: str
    percent: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    title: str
    as_of: str
    document: Place | None
    rows: tuple[FigureRow, ...]


def rubric_rows() -> Rubric:
    return Rubric(
        tuple(
            RubricRow(
                FACTOR_TEXTS[factor].number,
                factor.value,
                str(FACTOR_TEXTS[factor].name),
                str(FACTOR_TEXTS[factor].meaning),
            )
            for factor in FACTORS
        ),
        tuple(
            Band(score, SCORE_CLASSES[score], str(BAND_TEXTS[score]))
            for score in range(MAX_SCORE, -1, -1)
        ),
    )


def figure_tables(figures: Iterable[PublishedFigure], choice: Choice) -> tuple[FigureTable, ...]:
    """Figures as a document printed them, one table for each that it has."""
    groups: dict[tuple, list[PublishedFigure]] = {}
    for figure in figures:
        groups.setdefault((figure.as_of, figure.document, figure.table), []).append(figure)
    return tuple(
        FigureTable(
            str(rows[0].get_table_display()).capitalize(),
            long_date(as_of),
            Place(document.title, choice.url("document", document.pk))
            if document.is_public
            else None,
            tuple(_figure(row) for row in rows),
        )
        for (as_of, document, _table), rows in groups.items()
    )


def _figure(figure: PublishedFigure) -> FigureRow:
    is_factor = figure.table == "by_factor" and figure.code in set(FACTORS)
    return FigureRow(
        str(FACTOR_TEXTS[Factor(figure.code)].name) if is_factor else figure.label,
        "" if figure.counties is None else f"{figure.counties:,}",
        "" if figure.percent_printed is None else f"{figure.percent_printed:g}",
        figure.note,
    )

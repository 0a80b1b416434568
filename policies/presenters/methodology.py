"""The rubric as tables."""

from __future__ import annotations

from dataclasses import dataclass

from policies.lens import SCORE_CLASSES
from policies.rubric import FACTORS, MAX_SCORE
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

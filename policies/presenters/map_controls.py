"""The map's controls as they stand: a plain form, which the map's script answers at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.filters import STATE_NAMES
from policies.lens import Kind
from policies.lens_query import Query
from policies.presenters.choice import Choice
from policies.rubric import FACTORS
from policies.texts import FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """One policy among several. `asked`: `in_force`, `not_in_force` or empty."""

    code: str
    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Slider:
    """Months from the first with a record to today's. `at`: the month shown."""

    first: str
    most: int
    at: int


@dataclass(frozen=True, slots=True)
class Controls:
    since: str
    states: tuple[tuple[str, str], ...]
    policies: tuple[PolicyChoice, ...]
    slider: Slider | None
    #: Whether something is chosen that is out of sight until the panel is opened.
    is_in_use: bool


def controls(query: Query, choice: Choice, first_day: date | None) -> Controls:
    lens = query.lens
    asked = dict.fromkeys(lens.in_force, "in_force")
    asked |= dict.fromkeys(lens.not_in_force, "not_in_force")
    return Controls(
        since=lens.since.isoformat() if lens.since else "",
        states=tuple(STATE_NAMES),
        policies=tuple(
            PolicyChoice(f.value, str(FACTOR_TEXTS[f].name), asked.get(f, "")) for f in FACTORS
        ),
        slider=_slider(first_day, choice) if first_day and first_day < choice.today else None,
        is_in_use=lens.kind == Kind.TOGETHER or query.is_filtered,
    )


def _slider(first: date, choice: Choice) -> Slider:
    def months(day: date) -> int:
        return (day.year - first.year) * 12 + day.month - first.month

    most = months(choice.today)
    return Slider(
        first=f"{first:%Y-%m}", most=most, at=max(0, min(most, months(choice.when.as_of)))
    )

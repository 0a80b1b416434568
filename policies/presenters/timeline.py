"""A county's score over the years as a step chart, drawn by the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.assessments import Explanation
from policies.explanations import long_date
from policies.lens import map_class
from policies.models import Precision
from policies.presenters.history import answers_on, start_precisions
from policies.presenters.marks import SQUARE, score_label
from policies.rubric import FACTORS, MAX_SCORE, Answer, Score, score
from policies.texts import ANSWER_WORDS, FACTOR_TEXTS

WIDTH, HEIGHT = 720, 104
_STEP = HEIGHT / (MAX_SCORE + 1)
#: A narrower bar has no room for its score.
_ROOM = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the same answers: its place in the chart, and what it says.

    `what`: which answers are others than before, as (class of the square, words).
    """

    x: float
    y: float
    width: float
    height: float
    css: str
    label: str
    since: str
    #: The score printed on top of the bar; empty where there is no room, or no score.
    text: str
    what: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class ScoreTimeline:
    """`is_charted`: some stretch has a score; otherwise the table says it all."""

    bars: tuple[Bar, ...]
    is_charted: bool
    years: tuple[Year, ...]
    now: float


def score_timeline(explanation: Explanation, as_of: date, today: date) -> ScoreTimeline | None:
    """None if nothing is known, or if nothing ever changed: then a sentence says it all."""
    days = sorted({d for f in explanation.factors for d, _ in f.history if d <= max(today, as_of)})
    runs: list[tuple[date, tuple]] = []
    for day in days:
        answers = answers_on(explanation, day)
        if not runs or runs[-1][1] != answers:
            runs.append((day, answers))
    if len(runs) < 2:
        return None
    first = date(runs[0][0].year, 1, 1).toordinal()
    last = date(max(today, as_of).year + 1, 1, 1).toordinal()

    def x(day: date) -> float:
        return round(WIDTH * (day.toordinal() - first) / (last - first), 1)

    precisions = start_precisions(explanation.factors)
    bars = []
    ends = [day for day, _ in runs[1:]] + [max(today, as_of)]
    before: tuple[Answer, ...] = (Answer.UNKNOWN,) * MAX_SCORE
    for (day, answers), end in zip(runs, ends, strict=True):
        counted = score(answers)
        width = max(1.0, round(x(end) - x(day), 1))
        height = round(_STEP * (counted.at_least + 1), 1)
        bars.append(
            Bar(
                x(day),
                round(HEIGHT - height, 1),
                width,
                height,
                map_class(counted) or "u",
                score_label(counted),
                long_date(day, precisions.get(day, Precision.DAY)),
                _text(counted) if width >= _ROOM else "",
                _what(before, answers),
            )
        )
        before = answers
    span = range(date.fromordinal(first).year, date.fromordinal(last).year)
    every = 1 if len(span) <= 12 else 5
    years = tuple(Year(x(date(y, 1, 1)), str(y)) for y in span if y % every == 0 or every == 1)
    charted = any(score(answers).value is not None for _, answers in runs)
    return ScoreTimeline(tuple(bars), charted, years, x(as_of))


def _what(before: tuple[Answer, ...], after: tuple[Answer, ...]) -> tuple[tuple[str, str], ...]:
    """The answers that changed, each answer with the factors that have it now."""
    found: dict[Answer, list[str]] = {}
    for factor, was, now in zip(FACTORS, before, after, strict=True):
        if was != now:
            found.setdefault(now, []).append(str(FACTOR_TEXTS[factor].name))
    return tuple(
        (SQUARE[answer], f"{ANSWER_WORDS[answer]}: {', '.join(found[answer])}")
        for answer in Answer
        if answer in found
    )


def _text(counted: Score) -> str:
    if counted.value is not None:
        return str(counted.value)
    return f"{counted.at_least}+" if counted.at_least else ""

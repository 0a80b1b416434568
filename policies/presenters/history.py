"""How answers changed over time, read from the histories of an explanation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policies.assessments import ExplainedFactor, Explanation
from policies.explanations import long_date
from policies.models import Precision
from policies.presenters.marks import SQUARE
from policies.rubric import Answer
from policies.texts import ANSWER_WORDS, RULE_WORDS


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a factor's history."""

    since: str
    answer: str
    css: str
    rule: str


def start_precisions(factors: Iterable[ExplainedFactor]) -> dict[date, str]:
    """How exactly the first days of the records at hand are known."""
    records = [record for f in factors for record in (f.source, f.local)]
    return {
        record.effective_from: record.effective_from_precision
        for record in records
        if hasattr(record, "effective_from_precision")
    }


def stretches(explained: ExplainedFactor) -> tuple[Stretch, ...]:
    """Newest first; neighbours with the same answer and the same rule are one."""
    precisions = start_precisions([explained])
    previous = None
    found = []
    for day, decision in explained.history:
        if (decision.answer, decision.rule) == previous:
            continue
        previous = decision.answer, decision.rule
        found.append(
            Stretch(
                long_date(day, precisions.get(day, Precision.DAY)),
                str(ANSWER_WORDS[decision.answer]),
                SQUARE[decision.answer],
                str(RULE_WORDS[decision.rule]),
            )
        )
    return tuple(reversed(found))


def answers_since(explanation: Explanation, as_of: date) -> date | None:
    """The first day of these seven answers, in one unbroken run up to `as_of`."""
    days = sorted({d for f in explanation.factors for d, _ in f.history if d <= as_of})
    since = None
    for day in reversed(days):
        if answers_on(explanation, day) != explanation.assessment.answers:
            break
        since = day
    return since if explanation.assessment.score.known else None


def answers_on(explanation: Explanation, day: date) -> tuple[Answer, ...]:
    """The seven answers of a past day, read from the histories."""
    answers = []
    for explained in explanation.factors:
        earlier = [decision for since, decision in explained.history if since <= day]
        answers.append(earlier[-1].answer if earlier else Answer.UNKNOWN)
    return tuple(answers)

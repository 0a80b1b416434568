"""How a county's answers came about: its score periods, each with the cause of every change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from counties.models import County
from policies import explanations, timeline
from policies.api.rows import FACTOR_CODES
from policies.assessments import ExplainedFactor, Explanation, records_behind
from policies.resolution import UNKNOWN, Decision
from policies.rubric import FACTORS, Answer, Factor
from policies.timeline import Period


@dataclass(frozen=True, slots=True)
class Change:
    """A factor whose answer became another on a day, with the decision that made it so."""

    day: date
    factor: Factor
    before: Answer
    decision: Decision


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period of equal answers and what changed on its first day."""

    period: Period
    changes: tuple[Change, ...]


def stretches(explanation: Explanation, until: date | None = None) -> list[Stretch]:
    """All stretches, oldest first; those that begin after `until` are left out. Pure."""
    histories = {explained.factor: explained.history for explained in explanation.factors}
    found: list[Stretch] = []
    before = dict.fromkeys(FACTORS, Answer.UNKNOWN)
    for period in _merged(timeline.periods([histories[factor] for factor in FACTORS])):
        if until is not None and period.effective_from > until:
            break
        if found and found[-1].period.effective_until != period.effective_from:
            before = dict.fromkeys(FACTORS, Answer.UNKNOWN)  # nothing was known in between
        after = dict(zip(FACTORS, period.answers, strict=True))
        found.append(
            Stretch(
                period,
                tuple(
                    Change(
                        period.effective_from,
                        factor,
                        before[factor],
                        _decision_on(histories[factor], period.effective_from),
                    )
                    for factor in FACTORS
                    if before[factor] != after[factor]
                ),
            )
        )
        before = after
    return found


def _merged(periods: Iterable[Period]) -> list[Period]:
    """Neighbouring periods with equal answers are one."""
    merged: list[Period] = []
    for period in periods:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.effective_until == period.effective_from
            and last.answers == period.answers
        ):
            merged[-1] = replace(last, effective_until=period.effective_until)
        else:
            merged.append(period)
    return merged


def _decision_on(history: Sequence[tuple[date, Decision]], day: date) -> Decision:
    return next((decision for start, decision in reversed(history) if start <= day), UNKNOWN)


def period_rows(county: County, found: Sequence[Stretch]) -> list[dict]:
    """The stretches as the API gives them. Four queries."""
    causes = _causes(county, [change for stretch in found for change in stretch.changes])
    rows = []
    for stretch in found:
        period, counted = stretch.period, stretch.period.score
        rows.append(
            {
                "effective_from": period.effective_from,
                "effective_until": period.effective_until,
                "score": counted.value,
                "status": counted.status.value,
                "at_least": counted.at_least,
                "factors_known": counted.known,
                "band": counted.band,
                **dict(zip(FACTOR_CODES, period.answers, strict=True)),
                "changes": [
                    {
                        "code": change.factor.value,
                        "from": change.before.value,
                        "to": change.decision.answer.value,
                        "decided_by": change.decision.rule.value,
                        "cause": causes[change],
                    }
                    for change in stretch.changes
                ],
            }
        )
    return rows


def _causes(county: County, changes: Sequence[Change]) -> dict[Change, str]:
    """A sentence for each change, from the record that decides since then."""
    records = records_behind(change.decision.basis for change in changes)
    return {
        change: explanations.sentence(
            ExplainedFactor(
                factor=change.factor,
                decision=change.decision,
                source=records.get(change.decision.basis),
                local=None,
                conflicts=(),
                citations=(),
                local_citations=(),
                stale=False,
                history=(),
            ),
            county,
        )
        for change in changes
    }

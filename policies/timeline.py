"""Answers over time: of one factor, and of seven cut into the periods that are stored.

Pure: no ORM, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from policies.resolution import UNKNOWN as UNDECIDED
from policies.resolution import (
    AgreementEvidence,
    ClaimEvidence,
    Decision,
    ExceptionEvidence,
    FactorEvidence,
    ListEvidence,
    RecordEvidence,
    Rule,
    resolve,
)
from policies.rubric import FACTORS, Answer, Factor, Score, score

#: Evidence ages: an answer is stale when its newest evidence is older than this.
STALE_AFTER_YEARS = 2
#: ICE's 287(g) lists come out about monthly, so they age sooner.
STALE_287G_LIST_AFTER = timedelta(days=90)

#: One letter per rule, so that a stored period keeps all seven in one short column.
RULE_LETTERS = {
    Rule.AGREEMENT: "a",
    Rule.STATE_PROVISION: "p",
    Rule.COUNTY_RECORD: "c",
    Rule.STATE_RECORD: "s",
    Rule.ABSENT_FROM_LIST: "l",
    Rule.NONE: "-",
}
RULES_BY_LETTER = {letter: rule for rule, letter in RULE_LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """Seven answers that hold from `effective_from` until before `effective_until`.

    `rules` has a letter of RULE_LETTERS for each factor. `fresh_until` is the last day on which
    no answer is stale, leaving out those read from ICE's lists, which every newer list renews.
    Flags are one character a factor, `1` or `0`.
    """

    effective_from: date
    effective_until: date | None
    answers: tuple[Answer, ...]
    rules: str
    fresh_until: date | None
    preempted: str
    at_risk: str

    @property
    def score(self) -> Score:
        return score(self.answers)


_Dated = AgreementEvidence | ClaimEvidence | ExceptionEvidence | RecordEvidence


def change_days(evidence: FactorEvidence) -> list[date]:
    """Every day on which the answer could change, in order. Sorted, distinct."""
    days: set[date] = set()
    dated: tuple[Sequence[_Dated], ...] = (
        evidence.agreements,
        evidence.claims,
        evidence.exceptions,
        evidence.county_records,
        evidence.state_records,
    )
    for items in dated:
        for item in items:
            days.add(item.effective_from)
            if item.effective_until:
                days.add(item.effective_until)
    days.update(claim.decides_from for claim in evidence.claims if claim.compliance_date)
    days.update(ice_list.list_date for ice_list in evidence.lists)
    return sorted(days)


def history(evidence: FactorEvidence) -> list[tuple[date, Decision]]:
    """(first day, decision) for every stretch, in order; the last one stays open.

    Before the first day the factor is unknown. Consecutive equal decisions are one stretch.
    """
    stretches: list[tuple[date, Decision]] = []
    previous = UNDECIDED
    for day in change_days(evidence):
        decision = resolve(evidence, day)
        if decision != previous:
            stretches.append((day, decision))
            previous = decision
    return stretches


@lru_cache(maxsize=10_000)  # few factors and days, asked for thousands of counties
def fresh_until(factor: Factor, evidence_on: date, *, from_list: bool) -> date:
    """The last day on which evidence of that day, a list by ICE or other, is not yet stale."""
    if factor == Factor.NO_287G and from_list:
        return evidence_on + STALE_287G_LIST_AFTER
    try:
        return evidence_on.replace(year=evidence_on.year + STALE_AFTER_YEARS)
    except ValueError:  # 29 February
        return evidence_on.replace(year=evidence_on.year + STALE_AFTER_YEARS, day=28)


def is_stale(factor: Factor, decision: Decision, on: date) -> bool:
    """Whether the newest evidence of an answer is too old on the day `on`."""
    day = decision.evidence_on
    return day is not None and on > fresh_until(factor, day, from_list=decision.from_list)


def periods(histories: Sequence[Sequence[tuple[date, Decision]]]) -> list[Period]:
    """Merge seven histories (in the order of FACTORS) into consecutive periods.

    Stretches in which nothing at all is known are left out; neighbours with the same content
    are one period.
    """
    days = sorted({day for stretches in histories for day, _ in stretches})
    positions = [0] * len(FACTORS)
    current = [UNDECIDED] * len(FACTORS)
    merged: list[Period] = []
    previous_key: tuple[object, ...] | None = None
    for day in days:
        for index, stretches in enumerate(histories):
            position = positions[index]
            if position < len(stretches) and stretches[position][0] == day:
                current[index] = stretches[position][1]
                positions[index] = position + 1
        key = content(current)
        if key == previous_key:
            continue
        if merged and merged[-1].effective_until is None:
            merged[-1] = _closed(merged[-1], day)
        if any(decision.answer != Answer.UNKNOWN for decision in current):
            merged.append(Period(day, None, *key))
        previous_key = key
    return merged


Content = tuple[tuple[Answer, ...], str, date | None, str, str]


def content(decisions: Sequence[Decision]) -> Content:
    """What a period keeps of seven decisions, in the order of FACTORS."""
    ages = [
        fresh_until(factor, decision.evidence_on, from_list=decision.from_list)
        for factor, decision in zip(FACTORS, decisions, strict=True)
        if decision.evidence_on and not isinstance(decision.basis, ListEvidence)
    ]
    return (
        tuple(decision.answer for decision in decisions),
        "".join(RULE_LETTERS[decision.rule] for decision in decisions),
        min(ages) if ages else None,
        "".join("1" if decision.preempted else "0" for decision in decisions),
        "".join("1" if decision.at_risk else "0" for decision in decisions),
    )


def _closed(period: Period, until: date) -> Period:
    return Period(
        period.effective_from,
        until,
        period.answers,
        period.rules,
        period.fresh_until,
        period.preempted,
        period.at_risk,
    )

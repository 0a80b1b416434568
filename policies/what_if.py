"""What a county could do by itself about each factor, and where its score would stand then.

Pure: no ORM, no clock. Whether a policy could be adopted is not decided by rules of its own: the
policy is put among the evidence, the county's agreements are taken out, and `resolve` answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from policies.resolution import (
    ClaimEvidence,
    Effect,
    FactorEvidence,
    RecordEvidence,
    Rule,
    applicable_claims,
    resolve,
)
from policies.rubric import FACTORS, JAIL_FACTORS, MAX_SCORE, Answer, Factor


class Power(StrEnum):
    """What the county could do about a factor by itself."""

    IN_FORCE = "in_force"
    ADOPT = "adopt"
    END_AGREEMENT = "end_agreement"
    #: State law mandates the cooperation, or forbids policies against it.
    MANDATED = "mandated"
    FORBIDDEN = "forbidden"
    #: The state runs the jail.
    NOT_ITS_OWN = "not_its_own"


#: Those that a county can switch.
OPEN = frozenset({Power.ADOPT, Power.END_AGREEMENT})


@dataclass(frozen=True, slots=True)
class Lever:
    """`law`: the claim of state law that blocks it, or that requires it already."""

    factor: Factor
    power: Power
    law: ClaimEvidence | None = None

    @property
    def is_open(self) -> bool:
        return self.power in OPEN


def levers(
    evidence: dict[Factor, FactorEvidence], on: date, *, state_runs_jails: bool
) -> tuple[Lever, ...]:
    """One lever a factor, in the order of FACTORS, as things stand on the day `on`."""
    return tuple(
        _lever(factor, evidence.get(factor, FactorEvidence()), on, state_runs_jails)
        for factor in FACTORS
    )


def _lever(factor: Factor, evidence: FactorEvidence, on: date, state_runs_jails: bool) -> Lever:
    now = resolve(evidence, on)
    if now.answer == Answer.YES:
        return Lever(factor, Power.IN_FORCE)
    policy = RecordEvidence(0, Answer.YES, on, None, on)
    then = resolve(replace(evidence, agreements=(), county_records=(policy,)), on)
    by_law = then.basis if isinstance(then.basis, ClaimEvidence) else None
    if state_runs_jails and factor in JAIL_FACTORS:
        return Lever(factor, Power.NOT_ITS_OWN, by_law)
    if then.answer != Answer.YES:
        return Lever(factor, Power.MANDATED, by_law)
    if then.at_risk:
        forbidding = [
            c
            for c in applicable_claims(evidence, on)
            if c.effect == Effect.FORBIDS and c.decides_from <= on
        ]
        return Lever(factor, Power.FORBIDDEN, max(forbidding, key=lambda c: (c.level, c.id)))
    ends = now.rule == Rule.AGREEMENT
    return Lever(factor, Power.END_AGREEMENT if ends else Power.ADOPT, by_law)


@dataclass(frozen=True, slots=True)
class Rank:
    """`place` of `among` counties with all seven answers, `shared` with so many others."""

    place: int
    among: int
    shared: int


def rank(value: int, others: Iterable[int]) -> Rank:
    """Where a score stands among the scores of all the other complete counties."""
    counts = Counter(others)
    higher = sum(counts[score] for score in range(value + 1, MAX_SCORE + 1))
    return Rank(1 + higher, 1 + counts.total(), counts[value])

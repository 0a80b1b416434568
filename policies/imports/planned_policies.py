"""What a file's answers become, in the words of the record: plain values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.imports.facts import PolicyFact
from policies.rubric import Answer, Factor

#: Place (FIPS of a county, postal code of a state) and factor: what one timeline is about.
Key = tuple[str, Factor]
#: Code and message.
Problem = tuple[str, str]


class Outcome(StrEnum):
    """What becomes of one answer or one row. CONFIRMED counts as unchanged in reports."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    SKIPPED = "skipped"
    ERROR = "error"


class Act(StrEnum):
    """How the record is written: values of models.ChangeKind."""

    NEW = "new"
    POLICY_CHANGE = "policy_change"
    CORRECTION = "correction"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A published period of one place and factor. `evidence_on`: newest day it was seen to hold.

    `pk` is None for a period that this very file would add.
    """

    pk: int | None
    answer: Answer
    effective_from: date
    effective_until: date | None
    in_force_by: bool
    evidence_on: date
    qualification: str = ""
    title: str = ""
    from_precision: str = "day"
    until_precision: str = "day"

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )


@dataclass(frozen=True, slots=True)
class PlannedPolicy:
    """What one fact would do.

    `succeeds`: number of the published row whose place the new one takes. `keeps_until`: the old
    row lives on as a period that ends on that day (exclusive). `before`: what is published now.
    `problem`: why nothing is written. An error without one is that of another answer of its row.
    """

    fact: PolicyFact
    outcome: Outcome
    act: Act | None = None
    succeeds: int | None = None
    keeps_until: date | None = None
    starts: date | None = None
    ends: date | None = None
    ends_precision: str = "day"
    in_force_by: bool = False
    before: StoredPolicy | None = None
    problem: Problem | None = None


def refused(
    fact: PolicyFact, code: str, message: str, before: StoredPolicy | None = None
) -> PlannedPolicy:
    """A fact that is not written, and why. `before`: the published period that it is about."""
    return PlannedPolicy(fact, Outcome.ERROR, before=before, problem=(code, message))

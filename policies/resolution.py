"""What answers a factor for one county on one date, and why. Pure: no ORM, no clock.

The order (first that applies):

1. an active agreement with ICE (factors 1 and 2): `no`, even against state law;
2. a state provision that binds county agencies: `requires` is `yes`, `mandates` is `no`,
   `forbids` changes nothing by itself;
3. the county's own record (in a unified-jail state, the state's record as well), and
4. absence from ICE's complete list; between 3 and 4 the newer evidence wins;
5. otherwise unknown.

Periods are half-open: `effective_from` inclusive, `effective_until` exclusive, None = still in
force. Nothing here looks at what takes effect after the date asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeVar

from policies.rubric import Answer


class Rule(StrEnum):
    """Which step of the order decided."""

    AGREEMENT = "agreement"
    STATE_PROVISION = "state_provision"
    COUNTY_RECORD = "county_record"
    STATE_RECORD = "state_record"
    ABSENT_FROM_LIST = "absent_from_list"
    NONE = "none"


class Effect(StrEnum):
    """What a provision does to a factor."""

    REQUIRES = "requires"
    MANDATES = "mandates"
    FORBIDS = "forbids"


class Level(IntEnum):
    """Rank of a source of law; the higher wins where provisions conflict."""

    DIRECTIVE = 1
    EXECUTIVE_ORDER = 1  # an alias: a governor's order ranks as a directive
    REGULATION = 2
    STATUTE = 3
    CONSTITUTION = 4


@dataclass(frozen=True, slots=True)
class AgreementEvidence:
    """A deciding agreement. `evidence_on`: the newest day on which it was known to exist;
    `listed`: known on that day from one of ICE's lists, rather than from a document of its own.
    """

    id: int
    effective_from: date
    effective_until: date | None
    evidence_on: date
    listed: bool


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """One factor that a provision binding county agencies claims, in one period."""

    id: int
    effect: Effect
    level: Level
    effective_from: date
    effective_until: date | None
    compliance_date: date | None
    evidence_on: date

    @property
    def decides_from(self) -> date:
        """A provision with a compliance date decides only from that date."""
        return max(self.effective_from, self.compliance_date or self.effective_from)


@dataclass(frozen=True, slots=True)
class ExceptionEvidence:
    """This county is excepted from a claim for a period."""

    claim_id: int
    effective_from: date
    effective_until: date | None


@dataclass(frozen=True, slots=True)
class RecordEvidence:
    """What the county itself (or, in a unified-jail state, the state) was recorded to do."""

    id: int
    answer: Answer
    effective_from: date
    effective_until: date | None
    evidence_on: date


@dataclass(frozen=True, slots=True)
class ListEvidence:
    """One complete list by ICE, and whether this county is on it."""

    id: int
    list_date: date
    listed: bool


@dataclass(frozen=True, slots=True)
class FactorEvidence:
    """All that bears on one county and factor, over all time."""

    agreements: tuple[AgreementEvidence, ...] = ()
    claims: tuple[ClaimEvidence, ...] = ()
    exceptions: tuple[ExceptionEvidence, ...] = ()
    county_records: tuple[RecordEvidence, ...] = ()
    state_records: tuple[RecordEvidence, ...] = ()
    lists: tuple[ListEvidence, ...] = ()
    #: Unified-jail states, factors about the jail: the state's record comes before the county's.
    state_record_first: bool = False


Dated = TypeVar("Dated", AgreementEvidence, ClaimEvidence, ExceptionEvidence, RecordEvidence)
Basis = AgreementEvidence | ClaimEvidence | RecordEvidence | ListEvidence


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer on one date, what decided it, and what it set aside.

    `local_answer`: what the county's own record, or its absence from ICE's list, says before
    agreements and state law. `required_by`: the compliance date of a provision that is in force
    but does not decide yet. `conflicts`: provisions set aside by a stronger one.
    """

    answer: Answer
    rule: Rule
    basis: Basis | None = None
    local_answer: Answer = Answer.UNKNOWN
    local: RecordEvidence | ListEvidence | None = None
    preempted: bool = False
    at_risk: bool = False
    contrary_to_law: bool = False
    required_by: date | None = None
    conflicts: tuple[ClaimEvidence, ...] = ()

    @property
    def evidence_on(self) -> date | None:
        """The newest day for which there is evidence of this answer."""
        if self.basis is None:
            return None
        if isinstance(self.basis, ListEvidence):
            return self.basis.list_date
        return self.basis.evidence_on

    @property
    def from_list(self) -> bool:
        """Whether that evidence is one of ICE's lists."""
        if isinstance(self.basis, AgreementEvidence):
            return self.basis.listed
        return isinstance(self.basis, ListEvidence)


UNKNOWN = Decision(Answer.UNKNOWN, Rule.NONE)


def in_force(items: Iterable[Dated], on: date) -> list[Dated]:
    """Those whose half-open period covers `on`."""
    return [
        item
        for item in items
        if item.effective_from <= on and (item.effective_until is None or on < item.effective_until)
    ]


def resolve(evidence: FactorEvidence, on: date) -> Decision:
    """The answer to one factor for one county on the day `on`."""
    local_answer, local_rule, local = _local(evidence, on)
    if not evidence.agreements and not evidence.claims:  # most counties, most factors
        return Decision(local_answer, local_rule, local, local_answer, local)
    claims = sorted(applicable_claims(evidence, on), key=_strength, reverse=True)
    deciding = [c for c in claims if c.effect != Effect.FORBIDS and c.decides_from <= on]
    strongest = deciding[0] if deciding else None
    forbidding = [c for c in claims if c.effect == Effect.FORBIDS and c.decides_from <= on]
    conflicts = tuple(c for c in deciding[1:] if strongest and c.effect != strongest.effect)
    if strongest and strongest.effect == Effect.REQUIRES:
        conflicts += tuple(forbidding)
    pending = [c.decides_from for c in claims if on < c.decides_from and c.effect != Effect.FORBIDS]
    required_by = min(pending) if pending else None
    # Absence from a list is no policy that law could preempt or put at risk.
    protects = local_answer == Answer.YES and isinstance(local, RecordEvidence)

    agreements = in_force(evidence.agreements, on)
    if agreements:
        newest = max(agreements, key=lambda a: (a.evidence_on, a.effective_from, a.id))
        return Decision(
            Answer.NO,
            Rule.AGREEMENT,
            newest,
            local_answer,
            local,
            contrary_to_law=strongest is not None and strongest.effect == Effect.REQUIRES,
            required_by=required_by,
            conflicts=conflicts,
        )
    if strongest:
        requires = strongest.effect == Effect.REQUIRES
        return Decision(
            Answer.YES if requires else Answer.NO,
            Rule.STATE_PROVISION,
            strongest,
            local_answer,
            local,
            preempted=protects and not requires,
            required_by=required_by,
            conflicts=conflicts,
        )
    return Decision(
        local_answer,
        local_rule,
        local,
        local_answer,
        local,
        at_risk=protects and bool(forbidding),
        required_by=required_by,
    )


def applicable_claims(evidence: FactorEvidence, on: date) -> list[ClaimEvidence]:
    """The claims in force on that day from which the county is not excepted."""
    excepted = {e.claim_id for e in in_force(evidence.exceptions, on)}
    return [c for c in in_force(evidence.claims, on) if c.id not in excepted]


def _strength(claim: ClaimEvidence) -> tuple[int, date, bool, date, int]:
    """Higher source, then later effect, then the mandate (`no`).

    Among those that agree, the newest evidence is shown; the number only makes the order certain.
    """
    mandates = claim.effect == Effect.MANDATES
    return claim.level, claim.decides_from, mandates, claim.evidence_on, claim.id


def _local(
    evidence: FactorEvidence, on: date
) -> tuple[Answer, Rule, RecordEvidence | ListEvidence | None]:
    """Steps 3 to 5: the record, or absence from the latest list, or nothing."""
    record, rule = _record(evidence, on)
    latest = _latest(evidence.lists, on) if evidence.lists else None  # few are on any
    if latest and not latest.listed and (not record or record.evidence_on < latest.list_date):
        return Answer.YES, Rule.ABSENT_FROM_LIST, latest
    if record:
        return record.answer, rule, record
    return Answer.UNKNOWN, Rule.NONE, None


def _latest(lists: Iterable[ListEvidence], on: date) -> ListEvidence | None:
    published = [item for item in lists if item.list_date <= on]
    return max(published, key=lambda item: (item.list_date, item.listed, item.id), default=None)


def _record(evidence: FactorEvidence, on: date) -> tuple[RecordEvidence | None, Rule]:
    county = _first_in_force(evidence.county_records, on)
    state = _first_in_force(evidence.state_records, on)
    if state and (evidence.state_record_first or not county):
        return state, Rule.STATE_RECORD
    return county, Rule.COUNTY_RECORD if county else Rule.NONE


def _first_in_force(records: Iterable[RecordEvidence], on: date) -> RecordEvidence | None:
    for record in records:
        if record.effective_from <= on and (
            record.effective_until is None or on < record.effective_until
        ):
            return record
    return None

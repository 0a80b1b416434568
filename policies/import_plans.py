"""From a received file to a plan of what it would change: read, matched, compared. Writes nothing.

The same road for the admin and the command. `make` is all of it; `submissions.py` keeps and applies
what it returns.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import ModuleType

from django.db.models import Q

from counties.lookups import fips_changes, known_fips, name_index
from counties.models import County, State
from policies import list_plans
from policies.assessments import revision
from policies.bulk import collector_paused
from policies.effects import Effect, counties_of, effects, overlay_of_policies
from policies.imports import headings, policy_plan, reading
from policies.imports.context import Context, Gazetteer
from policies.imports.facts import Engagement, Reading
from policies.imports.kinds import ice_287g, ice_detention, ilrc
from policies.imports.kinds import policies as policies_kind
from policies.imports.memory import give_back
from policies.imports.planned_policies import Act, Outcome, PlannedPolicy
from policies.imports.tables import Finding, Severity, Skip, Table
from policies.list_plans import ListPlan
from policies.models import ImportChoice, SubmissionKind
from policies.published_policies import no_longer_said, stored_policies

KINDS: Mapping[str, ModuleType] = {
    SubmissionKind.POLICIES: policies_kind,
    SubmissionKind.ILRC: ilrc,
    SubmissionKind.ICE_287G: ice_287g,
    SubmissionKind.ICE_DETENTION: ice_detention,
}


@dataclass(frozen=True, slots=True)
class Received:
    """A file and what its sender says of it. `partner_id`: whose remembered columns to use."""

    data: bytes
    filename: str
    kind: str
    as_of: date
    sheet: str = ""
    partner_id: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Plan:
    """What a file would change. `revision`: of the record that it was compared with.

    `blocked`: rows with an error or an open question; none of their facts would be written.
    """

    kind: str
    sha256: str
    as_of: date
    sheet: str
    rows: int
    revision: int
    headings: dict[str, str]
    findings: list[Finding]
    skipped: Mapping[int, Skip]
    blocked: frozenset[int]
    policies: list[PlannedPolicy] = field(default_factory=list)
    engagements: Sequence[Engagement] = ()
    ice_list: ListPlan | None = None
    removed: Sequence[tuple[str, str, str]] = ()
    effects: list[Effect] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """What keeps a row from being applied."""
        return [one for one in self.findings if self._blocks(one)]

    @property
    def warnings(self) -> list[Finding]:
        """What stops nothing. Open questions first: nothing else here waits for an answer."""
        found = [one for one in self.findings if not self._blocks(one)]
        return sorted(found, key=lambda one: one.severity != Severity.QUESTION)

    @property
    def open_questions(self) -> int:
        """Questions that hold up no row of others, such as whether two agencies are one."""
        return sum(one.severity == Severity.QUESTION for one in self.warnings)

    def _blocks(self, one: Finding) -> bool:
        return one.severity == Severity.ERROR or (
            one.severity == Severity.QUESTION and one.row in self.blocked
        )

    def counts(self) -> dict[str, int]:
        """How many answers or agreements have which outcome; `confirmed` is part of `unchanged`."""
        by_outcome = Counter(one.outcome for one in self.policies)
        if self.ice_list:
            by_outcome.update(self.ice_list.counts())
        return {
            "new": by_outcome[Outcome.NEW],
            "changed": by_outcome[Outcome.CHANGED],
            "unchanged": by_outcome[Outcome.UNCHANGED] + by_outcome[Outcome.CONFIRMED],
            "confirmed": by_outcome[Outcome.CONFIRMED],
            "removed": len(self.removed) + by_outcome[Outcome.REMOVED],
            "skipped": len(self.skipped) + by_outcome[Outcome.SKIPPED],
        }

    @property
    def changes_something(self) -> bool:
        by_list = self.ice_list is not None and self.ice_list.changes_something
        return by_list or any(one.act is not None for one in self.policies)


@collector_paused()
def make(received: Received, today: date) -> Plan:
    """Read the file and compare it with the record. Raises FileError if it cannot be read."""
    kind = KINDS[received.kind]
    context = _context(received, today)
    table = headings.find_table(
        reading.read_workbook(received.data, received.filename),
        kind.COLUMNS,
        sheet=received.sheet,
        chosen=columns_among(context.choices),
    )
    read = kind.read(table, context)
    table = replace(table, rows=())  # read: a large file's cells need not stay in memory
    if received.kind in list_plans.AGREEMENT_KIND:
        return _compared_list(received, table, read, context)
    del context  # nor the names of all counties
    return _compared(received, table, read, today)


def _compared_list(received: Received, table: Table, read: Reading, context: Context) -> Plan:
    """A list by ICE: its rows with an open question stay in it, unresolved, and hold nothing up."""
    compared = list_plans.compare(received.kind, received.as_of, read.entries, context)
    errors = {one.row for one in read.findings if one.severity == Severity.ERROR}
    findings = [*read.findings, *compared.findings]
    plan = _plan(received, table, read, findings, read.bad_rows & errors)
    plan.ice_list = compared
    if compared.changes_something:
        plan.effects = effects(list_plans.overlay(compared), None, context.today)
    return plan


def _compared(received: Received, table: Table, read: Reading, today: date) -> Plan:
    facts = read.policies
    stored = stored_policies({fact.place.key for fact in facts})
    planned = policy_plan.plan(facts, stored, received.as_of)
    bad = [one for one in planned if one.outcome == Outcome.ERROR]
    problems = [_problem(table, one) for one in bad if one.problem]
    blocked = read.bad_rows | {one.fact.row for one in bad}
    plan = _plan(received, table, read, [*read.findings, *problems], blocked)
    plan.policies = planned
    plan.engagements = [one for one in read.engagements if one.row not in blocked]
    if received.kind == SubmissionKind.ILRC:
        plan.removed = no_longer_said(facts, received.as_of)
    touched = {one.fact.place.key for one in planned if one.act not in (None, Act.CONFIRMED)}
    if touched:
        give_back()
        overlay = overlay_of_policies(planned, stored, received.as_of)
        plan.effects = effects(overlay, counties_of(touched), today)
    return plan


def _plan(
    received: Received,
    table: Table,
    read: Reading,
    findings: list[Finding],
    blocked: frozenset[int],
) -> Plan:
    return Plan(
        kind=received.kind,
        sha256=received.sha256,
        as_of=received.as_of,
        sheet=table.sheet,
        rows=read.rows,
        revision=revision(),
        headings=dict(table.headings),
        findings=list(dict.fromkeys([*table.findings, *findings])),
        skipped=read.skipped,
        blocked=frozenset(blocked),
        figures=dict(read.figures),
    )


def _problem(table: Table, one: PlannedPolicy) -> Finding:
    code, message = one.problem or ("", "")
    fact = one.fact
    if code == "other_start":
        day = str(fact.effective_from)
        return table.finding(Severity.ERROR, code, message, fact.row, "effective_from", day)
    name = fact.factor if fact.factor in table.headings else "answer"
    return table.finding(Severity.ERROR, code, message, fact.row, name, fact.answer)


def _context(received: Received, today: date) -> Context:
    return Context(
        as_of=received.as_of,
        today=today,
        gazetteer=gazetteer(),
        choices=remembered(received.kind, received.partner_id),
    )


def remembered(kind: str, partner_id: int | None) -> dict[tuple[str, str], str]:
    """(scope, key) -> what was chosen for this partner, else for everybody. One query."""
    choices = ImportChoice.objects.filter(
        Q(kind="") | Q(kind=kind), Q(partner__isnull=True) | Q(partner=partner_id)
    )
    ordered = sorted(
        choices.values_list("partner_id", "scope", "key", "value"), key=lambda row: row[0] or 0
    )
    return {(scope, key): value for _partner, scope, key, value in ordered}


def columns_among(choices: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Heading -> the field that somebody chose for it."""
    return {key: value for (scope, key), value in choices.items() if scope == "column"}


def gazetteer() -> Gazetteer:
    """Our counties, as the pure modules need them. A fixed number of queries."""
    unified = State.objects.filter(unified_jail=True).values_list("pk", "jail_authority")
    return Gazetteer(
        names=name_index(),
        known=known_fips(),
        changes=fips_changes(),
        county_names=dict(County.objects.order_by().values_list("fips", "name")),
        unified_jails=dict(unified),
    )

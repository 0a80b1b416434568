"""What a list by ICE would change: compared with all lists that came before, or after. Reads only.

Lists arrive in any order of date, so agreements are always worked out from every list there is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from counties.models import County, State
from policies.evidence import FACTOR_OF_AGREEMENT, Overlay
from policies.imports import agreement_plan
from policies.imports.agencies import Agency, decides
from policies.imports.agreement_plan import DatedList, PlannedAgreement, StoredAgreement
from policies.imports.context import Context
from policies.imports.facts import Entry
from policies.imports.ice_entries import counties_listed, pack, rows_that_differ, unpack
from policies.imports.planned_policies import Act, Outcome
from policies.imports.tables import Finding, Severity
from policies.models import Agreement, AgreementKind, ChangeKind, IceList, SubmissionKind
from policies.resolution import AgreementEvidence, ListEvidence
from policies.rubric import Factor

AGREEMENT_KIND = {
    SubmissionKind.ICE_287G: AgreementKind.PROGRAM_287G,
    SubmissionKind.ICE_DETENTION: AgreementKind.DETENTION,
}
#: By what the list that is being compared goes, among the lists that have numbers.
ARRIVED = "arrived"
#: How many rows the warning about a corrected list names.
ROWS_NAMED = 5


@dataclass(slots=True)
class ListPlan:
    """What becomes of the list itself and of the agreements.

    `act`: None if a list of that day with the same rows is published; CORRECTION, of the list
    numbered `succeeds`, if its rows were others. `listed`: FIPS of counties with a deciding agency.
    """

    kind: str
    list_date: date
    entries: tuple[Entry, ...]
    listed: frozenset[str]
    act: Act | None
    succeeds: int | None
    agreements: list[PlannedAgreement]
    findings: list[Finding] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return self.act is not None or any(one.act is not None for one in self.agreements)

    def row_outcomes(self) -> Mapping[tuple[str, int], Outcome]:
        """(sheet, row) -> what becomes of it."""
        return agreement_plan.row_outcomes(self.agreements, ARRIVED)

    @property
    def no_longer_listed(self) -> list[PlannedAgreement]:
        return [one for one in self.agreements if one.outcome == Outcome.REMOVED]

    def counts(self) -> Counter[Outcome]:
        """Outcomes of the list's rows, and of agreements that it lists no longer."""
        counted = Counter(self.row_outcomes().values())
        counted[Outcome.REMOVED] = len(self.no_longer_listed)
        return counted


def compare(kind: str, list_date: date, entries: Sequence[Entry], context: Context) -> ListPlan:
    """Compare a list's rows with what is published. `kind`: a SubmissionKind."""
    agreement_kind = AGREEMENT_KIND[kind]
    published = list(IceList.objects.published().filter(kind=agreement_kind))
    same_day = next((one for one in published if one.list_date == list_date), None)
    return plan_lists(
        agreement_kind,
        [one for one in published if one is not same_day],
        DatedList(ARRIVED, list_date, tuple(entries), agreement_kind),
        same_day,
        context.choices,
    )


def plan_lists(
    kind: str,
    others: Sequence[IceList],
    arrived: DatedList,
    same_day: IceList | None,
    choices: Mapping[tuple[str, str], str],
) -> ListPlan:
    """The plan for one list among the `others`; `same_day` is what it takes the place of."""
    lists = [dated(one) for one in others]
    if arrived.entries or same_day is None:
        lists.append(arrived)
    derived = agreement_plan.derive(lists, choices)
    planned = agreement_plan.plan(derived.agreements, stored_agreements(kind), lists, ARRIVED)
    rows = [pack(entry) for entry in sorted(arrived.entries, key=lambda entry: entry.row)]
    findings = agreement_plan.rename_findings(derived.renames, arrived)
    act: Act | None = Act.NEW
    if same_day is not None:
        differing = rows_that_differ(same_day.entries, rows)
        act = Act.CORRECTION if differing else None
        findings += [_corrected(arrived.list_date, differing)] if differing else []
    return ListPlan(
        kind=kind,
        list_date=arrived.list_date,
        entries=tuple(arrived.entries),
        listed=frozenset(counties_listed(arrived.entries, counties_of_unified_states())),
        act=act,
        succeeds=same_day.pk if same_day is not None and act else None,
        agreements=planned,
        findings=findings,
    )


def _corrected(list_date: date, differing: Sequence[int]) -> Finding:
    """That a list is replaced is told even where no agreement changes by it."""
    first = ", ".join(map(str, differing[:ROWS_NAMED]))
    more = ", …" if len(differing) > ROWS_NAMED else ""
    message = (
        f"A list of {list_date} is in the record already. This one differs in {len(differing):,} "
        f"of the rows that count ({first}{more}) and takes its place, as a correction."
    )
    return Finding(Severity.WARNING, "list_corrected", message)


def dated(record: IceList) -> DatedList:
    """A published list as the pure modules take it."""
    entries = tuple(unpack(row) for row in record.entries)
    return DatedList(str(record.pk), record.list_date, entries, record.kind)


def stored_agreements(kind: str) -> list[StoredAgreement]:
    """Published agreements that come from lists. Two queries."""
    rows = Agreement.objects.published().filter(kind=kind).exclude(list_key="").order_by("pk")
    counties: dict[int, list[str]] = defaultdict(list)
    through = Agreement.counties.through.objects.filter(agreement__in=rows).order_by("county_id")
    for number, fips in through.values_list("agreement_id", "county_id"):
        counties[number].append(fips)
    return [
        StoredAgreement(
            pk=row.pk,
            list_key=row.list_key,
            state=row.state_id,
            agency_name=row.agency_name,
            agency_type=row.agency_type,
            fips=tuple(counties[row.pk]),
            model=row.model,
            signed_on=row.signed_on,
            effective_from=row.effective_from,
            in_force_by=row.in_force_by,
            effective_until=row.effective_until,
            ended_as=row.ended_as,
            last_listed_on=row.last_listed_on,
            edited=edited_by_hand(row),
        )
        for row in rows
    ]


def edited_by_hand(row: Agreement) -> bool:
    """Neither a file, nor its undoing, nor the baseline wrote this row: a person did, and it keeps
    its content. (A row that a list renews after that belongs to no file either.)"""
    by_file = row.submission_id is not None or row.change_kind == ChangeKind.UNDO
    return not by_file and not (row.origin or "").startswith("baseline:")


def counties_of_unified_states() -> dict[str, list[str]]:
    """The counties of each state with one jail system. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = County.objects.filter(state__unified_jail=True).order_by("pk")
    for fips, usps in rows.values_list("fips", "state_id"):
        found[usps].append(fips)
    return found


def overlay(plan: ListPlan) -> Overlay:
    """Evidence as it would be with the list and its agreements."""
    factor = FACTOR_OF_AGREEMENT[AgreementKind(plan.kind)]
    unified = set(State.objects.filter(unified_jail=True).values_list("pk", flat=True))
    acting = [one for one in plan.agreements if one.act is not None]
    closed = {one.succeeds for one in acting if one.succeeds is not None}
    closed |= {number for one in acting for number in one.withdraws}
    added: dict[tuple[str, Factor], list[AgreementEvidence]] = defaultdict(list)
    for number, one in enumerate(acting, start=1):
        what = one.agreement
        if not decides(what.agency_type, what.state, unified):
            continue
        places = [what.state] if what.agency_type == Agency.STATE_CORRECTIONS else what.fips
        seen = max(what.effective_from, what.last_listed_on)
        for place in places:
            added[place, factor].append(
                AgreementEvidence(-number, what.effective_from, what.effective_until, seen, True)
            )
    lists = {}
    if plan.act is not None:
        lists[factor] = [(ListEvidence(0, plan.list_date, listed=False), plan.listed)]
    return Overlay(agreements=added, closed=frozenset(closed), lists=lists)

"""What ICE's lists would do to the published agreements that come from lists. Pure.

`derive` (agreement_spells) works out from all lists what there was; `plan` compares that with what
is published. A row that staff edited by hand keeps its content: only the day on which it was last
listed moves, and a newly arrived list that lacks it ends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policies.imports.agencies import normalised
from policies.imports.agreement_renames import Rename, rename_key
from policies.imports.agreement_spells import (
    KIND_287G,
    KIND_DETENTION,
    DatedList,
    Derived,
    DerivedAgreement,
    Listing,
    derive,
    entry_key,
)
from policies.imports.planned_policies import Act, Outcome
from policies.imports.tables import Finding, Severity, shown

__all__ = [
    "KIND_287G",
    "KIND_DETENTION",
    "DatedList",
    "Derived",
    "DerivedAgreement",
    "Listing",
    "PlannedAgreement",
    "Rename",
    "StoredAgreement",
    "derive",
    "entry_key",
    "plan",
    "rename_findings",
    "rename_key",
    "row_outcomes",
]

#: What a list may correct in a row that came from lists.
_COMPARED = ("agency_type", "fips", "model", "signed_on", "effective_from", "in_force_by")
_ENDING = ("effective_until", "ended_as")


@dataclass(frozen=True, slots=True)
class StoredAgreement:
    """A published agreement that has a key of ICE's lists. `edited`: by hand, since a list."""

    pk: int
    list_key: str
    state: str
    agency_name: str
    agency_type: str
    fips: tuple[str, ...]
    model: str
    signed_on: date | None
    effective_from: date
    in_force_by: bool
    effective_until: date | None
    ended_as: str
    last_listed_on: date | None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAgreement:
    """What becomes of one agreement.

    `agreement` holds the values to write, also where the row keeps some of its own. `succeeds`:
    number of the published row whose place it takes. `withdraws`: rows that turned out to be the
    same agreement under another name. `cites`: rows of lists to cite in addition to what is cited.
    `ended_by`: id of the list that lacks it, to be cited for the ending. `changes`: field, before,
    after. REMOVED: it is no longer listed. `problem`: why nothing can be written.
    """

    agreement: DerivedAgreement
    outcome: Outcome
    act: Act | None = None
    succeeds: int | None = None
    before: StoredAgreement | None = None
    changes: tuple[tuple[str, object, object], ...] = ()
    withdraws: tuple[int, ...] = ()
    cites: tuple[Listing, ...] = ()
    ended_by: str = ""
    problem: tuple[str, str] | None = None


def plan(
    derived: Sequence[DerivedAgreement],
    stored: Iterable[StoredAgreement],
    lists: Sequence[DatedList],
    arrived: str = "",
) -> list[PlannedAgreement]:
    """One plan for every derived agreement, in their order.

    `lists`: those that `derived` comes from; `arrived`: the id of the new one among them. Without
    one a list was taken back, and what it alone had told goes with it.
    """
    by_key: dict[str, list[StoredAgreement]] = defaultdict(list)
    for row in stored:
        by_key[row.list_key].append(row)
    list_on = {one.list_date: one.id for one in lists}
    taken: set[int] = set()
    spells_of: dict[str, list[DerivedAgreement]] = defaultdict(list)
    for agreement in derived:
        spells_of[agreement.list_key].append(agreement)
    planned = []
    for agreement in derived:
        candidates = sorted(
            (row for key in agreement.keys for row in by_key.get(key, ()) if row.pk not in taken),
            key=lambda row: (row.effective_from, row.pk),
        )
        matching = [row for row in candidates if _overlap(agreement, row)]
        before = matching[0] if matching else None
        others = [
            row.pk
            for row in matching[1:]
            if not row.edited
            and not any(
                _overlap(other, row)
                for other in spells_of[agreement.list_key]
                if other is not agreement
            )
        ]
        taken |= {*others, *([before.pk] if before else [])}
        one = _compare(agreement, before, list_on, arrived)
        planned.append(replace(one, withdraws=tuple(others)) if others else one)
    return planned


def _overlap(agreement: DerivedAgreement, row: StoredAgreement) -> bool:
    return (row.effective_until is None or agreement.effective_from < row.effective_until) and (
        agreement.effective_until is None or row.effective_from < agreement.effective_until
    )


def _compare(
    agreement: DerivedAgreement,
    before: StoredAgreement | None,
    list_on: Mapping[date, str],
    arrived: str,
) -> PlannedAgreement:
    ended_by = list_on[agreement.effective_until] if agreement.effective_until else ""
    if before is None:
        if agreement.unresolved:
            message = (
                f"What “{agreement.agency_name}” is, or which county it belongs to, is an open "
                "question; its agreement waits for the answer."
            )
            return PlannedAgreement(agreement, Outcome.ERROR, problem=("unresolved", message))
        return PlannedAgreement(
            agreement, Outcome.NEW, Act.NEW, cites=agreement.listings, ended_by=ended_by
        )
    cites = tuple(row for row in agreement.listings if row.list_id == arrived)
    writes = _what_to_write(agreement, before, ended_by == arrived != "")
    changes = _changes(before, writes)
    made = PlannedAgreement(
        writes,
        Outcome.UNCHANGED,
        succeeds=before.pk,
        before=before,
        changes=changes,
        cites=cites,
        ended_by=ended_by if writes.effective_until != before.effective_until else "",
    )
    fields = {name for name, _, _ in changes} - {"last_listed_on"}
    if not fields:
        if changes:
            return replace(made, outcome=Outcome.CONFIRMED, act=Act.CONFIRMED)
        return replace(made, succeeds=None, cites=())
    ends = before.effective_until is None and writes.effective_until is not None
    return replace(
        made,
        outcome=Outcome.REMOVED if ends else Outcome.CHANGED,
        # Ending and correcting at once is shown as the correction, which may rewrite the past.
        act=Act.POLICY_CHANGE if ends and fields <= set(_ENDING) else Act.CORRECTION,
    )


def _what_to_write(
    agreement: DerivedAgreement, before: StoredAgreement, ended_now: bool
) -> DerivedAgreement:
    """The derived values, except where the row's own content stays."""
    last_listed = agreement.last_listed_on
    if before.edited:
        last_listed = max(last_listed, before.last_listed_on or date.min)
    writes = replace(agreement, last_listed_on=last_listed, list_key=before.list_key)
    if agreement.unresolved or before.edited:
        writes = replace(writes, agency_type=before.agency_type, fips=before.fips, unresolved=False)
    if not before.edited:
        return writes
    ends = (
        ended_now
        and before.effective_until is None
        and agreement.effective_until is not None
        and agreement.effective_until > before.effective_from
    )
    return replace(
        writes,
        agency_name=before.agency_name,
        model=before.model,
        signed_on=before.signed_on,
        effective_from=before.effective_from,
        in_force_by=before.in_force_by,
        effective_until=agreement.effective_until if ends else before.effective_until,
        ended_as=agreement.ended_as if ends else before.ended_as,
    )


def _changes(
    before: StoredAgreement, writes: DerivedAgreement
) -> tuple[tuple[str, object, object], ...]:
    """What differs. A name that is only written otherwise is no change."""
    found: list[tuple[str, object, object]] = []
    if normalised(before.agency_name) != normalised(writes.agency_name):
        found.append(("agency_name", before.agency_name, writes.agency_name))
    for name in (*_COMPARED, *_ENDING):
        old, new = getattr(before, name), getattr(writes, name)
        if name == "fips":
            old, new = tuple(sorted(old)), tuple(sorted(new))
        if old != new:
            found.append((name, old, new))
    if before.last_listed_on != writes.last_listed_on:
        found.append(("last_listed_on", before.last_listed_on, writes.last_listed_on))
    return tuple(found)


def row_outcomes(
    planned: Iterable[PlannedAgreement], arrived: str
) -> dict[tuple[str, int], Outcome]:
    """(sheet, row) of the arrived list -> what becomes of it. Rows that do not count are missing.

    A row whose question is open is an error, even where its agreement is known from other lists.
    """
    found = {}
    for one in planned:
        for listing in one.agreement.listings:
            if listing.list_id == arrived:
                entry = listing.entry
                outcome = Outcome.ERROR if entry.unresolved else one.outcome
                found[entry.sheet, entry.row] = outcome
    return found


def rename_findings(
    renames: Iterable[Rename], arrived: DatedList, column: str = "LAW ENFORCEMENT AGENCY"
) -> list[Finding]:
    """The questions about names that the arrived list raises, each at its row there.

    They hold no row back: both names are taken for one agency until somebody answers.
    """
    found = []
    for one in renames:
        entry = {one.new_on: one.new, one.old_on: one.old}.get(arrived.list_date)
        if entry is not None:
            found.append(
                Finding(
                    Severity.QUESTION,
                    "rename",
                    one.message,
                    entry.sheet,
                    entry.row,
                    column,
                    shown(entry.agency),
                    ("same", "different"),
                    "rename",
                    one.key,
                )
            )
    return found

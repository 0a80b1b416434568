"""A plan as lines that a person reads: each answer or agreement, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.imports.agreement_plan import DerivedAgreement, PlannedAgreement, StoredAgreement
from policies.imports.planned_policies import Outcome, PlannedPolicy, StoredPolicy
from policies.list_plans import ARRIVED, ListPlan

if TYPE_CHECKING:
    from policies.import_plans import Plan


#: Outcomes that change no answer.
STAYS = frozenset({Outcome.UNCHANGED, Outcome.CONFIRMED, Outcome.SKIPPED})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview. `place`: FIPS, postal code of a state, or "". `delta`: points by
    which the county would move today."""

    sheet: str
    row: int | None
    outcome: Outcome
    place: str = ""
    what: str = ""
    before: str = ""
    after: str = ""
    message: str = ""
    delta: int = 0


def lines(plan: Plan) -> list[Line]:
    """The preview, one line an answer and one a row without any; the largest effects first, then
    what would be written, then what stays."""
    delta = {effect.fips: effect.size for effect in plan.effects}
    found = [
        Line(
            one.fact.sheet,
            one.fact.row,
            one.outcome,
            one.fact.place.key,
            one.fact.factor,
            _words(one.before),
            _after(one),
            one.problem[1] if one.problem else "",
            delta.get(one.fact.place.fips, 0) if one.act else 0,
        )
        for one in plan.policies
    ]
    if plan.ice_list:
        found.extend(_list_lines(plan.ice_list))
    told = {line.row for line in found}
    for row, skip in plan.skipped.items():
        found.append(Line(plan.sheet, row, Outcome.SKIPPED, message=skip.message))
    for one in plan.errors:
        if one.row is not None and one.row not in told:
            found.append(
                Line(one.sheet, one.row, Outcome.ERROR, what=one.column, message=one.message)
            )
    found.extend(
        Line("", None, Outcome.REMOVED, place, factor, before=answer)
        for place, factor, answer in plan.removed
    )
    return sorted(found, key=lambda line: (-line.delta, line.outcome in STAYS, line.row or 0))


def _list_lines(plan: ListPlan) -> Iterable[Line]:
    """One line a row of the list, and one an agreement that it lists no longer."""
    for one in plan.agreements:
        what = one.agreement
        name = f"{what.agency_name}, {what.model}"
        place = what.fips[0] if len(what.fips) == 1 else what.state
        before = _spell(one.before) if one.before else ""
        message = one.problem[1] if one.problem else _changed(one)
        if one.outcome == Outcome.REMOVED:
            yield Line("", None, one.outcome, place, name, before, _spell(what), message)
        for listing in what.listings:
            if listing.list_id == ARRIVED:
                entry = listing.entry
                outcome = Outcome.ERROR if entry.unresolved else one.outcome
                yield Line(
                    entry.sheet, entry.row, outcome, place, name, before, _spell(what), message
                )


def _changed(one: PlannedAgreement) -> str:
    """Which of its fields would change, besides the day on which it was last listed."""
    named = [name.replace("_", " ") for name, _old, _new in one.changes if name != "last_listed_on"]
    return f"Changes: {', '.join(named)}." if named else ""


def _spell(what: DerivedAgreement | StoredAgreement) -> str:
    start = f"by {what.effective_from}" if what.in_force_by else f"from {what.effective_from}"
    end = f" to {what.effective_until}, no longer listed" if what.effective_until else ""
    return f"{what.agency_type}, {start}{end}"


def _words(stored: StoredPolicy | None) -> str:
    if stored is None:
        return ""
    start = f"by {stored.effective_from}" if stored.in_force_by else f"from {stored.effective_from}"
    end = f" to {stored.effective_until}" if stored.effective_until else ""
    return f"{stored.answer}, {start}{end}"


def _after(one: PlannedPolicy) -> str:
    if one.act is None:
        return str(one.fact.answer)
    start = f"by {one.starts}" if one.in_force_by else f"from {one.starts}"
    end = f" to {one.ends}" if one.ends else ""
    return f"{one.fact.answer}, {start}{end}"

"""Published answers as the planner of imports takes them. Reads only, one query each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from policies.evidence import LARGEST_SUBSET
from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import StoredPolicy
from policies.models import LocalPolicy, SubmissionKind
from policies.rubric import Answer, Factor


def stored_policies(
    places: Iterable[str],
) -> dict[tuple[str, Factor], list[StoredPolicy]]:
    """Published periods of these places (FIPS or postal codes), by place and factor. One query."""
    wanted = set(places)
    found: dict[tuple[str, Factor], list[StoredPolicy]] = {}
    if not wanted:
        return found
    answers = {answer.value: answer for answer in Answer}
    factors = {factor.value: factor for factor in Factor}
    rows = LocalPolicy.objects.published().order_by()
    if len(wanted) <= LARGEST_SUBSET:
        rows = rows.filter(Q(county__in=wanted) | Q(state__in=wanted))
    for county, state, factor, answer, observed, verified, *rest in rows.values_list(
        *("county_id", "state_id", "factor", "answer", "observed_on", "last_verified"),
        *("pk", "effective_from", "effective_until", "in_force_by"),
        *("qualification", "title", "effective_from_precision", "effective_until_precision"),
    ):
        place = county or state
        if place not in wanted:
            continue
        pk, start, end, in_force_by, *words = rest
        evidence_on = max(day for day in (start, observed, verified) if day)
        found.setdefault((place, factors[factor]), []).append(
            StoredPolicy(pk, answers[answer], start, end, in_force_by, evidence_on, *words)
        )
    return found


def no_longer_said(facts: Sequence[PolicyFact], as_of: date) -> list[tuple[str, str, str]]:
    """(place, factor, answer) of the organisation's earlier sheet that this one leaves blank."""
    said = {(fact.place.key, fact.factor.value) for fact in facts}
    rows = (
        LocalPolicy.objects.published()
        .in_force(as_of)
        .filter(submission__kind=SubmissionKind.ILRC)
        .order_by("county_id", "factor")
    )
    return [
        (county or state, factor, answer)
        for county, state, factor, answer in rows.values_list(
            "county_id", "state_id", "factor", "answer"
        )
        if (county or state, factor) not in said
    ]

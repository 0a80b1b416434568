"""What must hold for any evidence whatever. A counterexample here is a wrong score somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policies.resolution import (
    UNKNOWN,
    Effect,
    FactorEvidence,
    ListEvidence,
    RecordEvidence,
    Rule,
    in_force,
    resolve,
)
from policies.rubric import Answer
from policies.timeline import change_days, history
from tests.policies.strategies import ALL_DAYS, any_day, claims, days, evidences

KINDS = ("agreements", "claims", "exceptions", "county_records", "state_records", "lists")


def points(evidence, on) -> int:
    return resolve(evidence, on).answer == Answer.YES


def applying(evidence: FactorEvidence, effect: Effect, on):
    """Claims of this effect that decide on that day for a county that is not excepted."""
    excepted = {item.claim_id for item in in_force(evidence.exceptions, on)}
    return [
        claim
        for claim in in_force(evidence.claims, on)
        if claim.effect == effect and claim.decides_from <= on and claim.id not in excepted
    ]


def begins(item):
    return item.list_date if isinstance(item, ListEvidence) else item.effective_from


def known_by(evidence: FactorEvidence, on) -> FactorEvidence:
    """Only what took effect by that day, and no ending that came after it."""
    kept = {}
    for kind in KINDS:
        items = [item for item in getattr(evidence, kind) if begins(item) <= on]
        kept[kind] = tuple(
            replace(item, effective_until=None)
            if not isinstance(item, ListEvidence)
            and item.effective_until
            and item.effective_until > on
            else item
            for item in items
        )
    return replace(evidence, **kept)


def outcome(decision):
    """Everything a reader sees of a decision, with records by number."""
    return (
        decision.answer,
        decision.rule,
        decision.basis and decision.basis.id,
        decision.local_answer,
        decision.local and decision.local.id,
        decision.preempted,
        decision.at_risk,
        decision.contrary_to_law,
        decision.required_by,
        [claim.id for claim in decision.conflicts],
    )


@given(evidences(), any_day)
def test_resolving_does_not_depend_on_what_takes_effect_later(evidence, on):
    assert outcome(resolve(evidence, on)) == outcome(resolve(known_by(evidence, on), on))


@given(evidences(), any_day, days)
def test_adding_a_county_yes_never_lowers_a_score(evidence, on, verified):
    yes = RecordEvidence(99, Answer.YES, on, on + timedelta(days=1), max(on, verified))
    others = tuple(r for r in evidence.county_records if not in_force([r], on))
    better = replace(evidence, county_records=(*others, yes))
    assert points(better, on) >= points(evidence, on)


@given(evidences(), any_day)
def test_turning_a_records_answer_into_yes_never_lowers_a_score(evidence, on):
    better = replace(
        evidence,
        county_records=tuple(replace(r, answer=Answer.YES) for r in evidence.county_records),
        state_records=tuple(replace(r, answer=Answer.YES) for r in evidence.state_records),
    )
    assert points(better, on) >= points(evidence, on)


@given(evidences(), claims(number=99), any_day)
def test_adding_a_requirement_never_lowers_a_score(evidence, claim, on):
    required = replace(claim, effect=Effect.REQUIRES)
    better = replace(evidence, claims=(*evidence.claims, required))
    assert points(better, on) >= points(evidence, on)


@given(evidences(), claims(number=99), any_day)
def test_adding_a_mandate_never_raises_a_score(evidence, claim, on):
    mandate = replace(claim, effect=Effect.MANDATES)
    worse = replace(evidence, claims=(*evidence.claims, mandate))
    assert points(worse, on) <= points(evidence, on)


@given(evidences(), claims(number=99), any_day)
def test_forbidding_protection_changes_no_answer(evidence, claim, on):
    forbidding = replace(claim, effect=Effect.FORBIDS)
    more = resolve(replace(evidence, claims=(*evidence.claims, forbidding)), on)
    less = resolve(evidence, on)
    assert (more.answer, more.rule, more.basis) == (less.answer, less.rule, less.basis)


@given(evidences(), any_day)
def test_no_county_sits_below_a_requirement_without_an_agreement_or_a_listed_conflict(evidence, on):
    found = resolve(evidence, on)
    for claim in applying(evidence, Effect.REQUIRES, on):
        if found.answer != Answer.YES:
            flagged = found.rule == Rule.AGREEMENT and found.contrary_to_law
            assert flagged or claim in found.conflicts


@given(evidences(), any_day)
def test_no_county_sits_above_a_mandate_without_a_stronger_law_that_is_listed(evidence, on):
    found = resolve(evidence, on)
    for claim in applying(evidence, Effect.MANDATES, on):
        if found.answer == Answer.YES:
            assert found.rule == Rule.STATE_PROVISION
            assert claim in found.conflicts
            assert found.basis.level >= claim.level


@given(evidences(), any_day)
def test_an_active_agreement_is_always_no(evidence, on):
    if in_force(evidence.agreements, on):
        assert resolve(evidence, on).answer == Answer.NO


@given(evidences(), any_day)
def test_the_record_that_decided_was_in_force_that_day(evidence, on):
    basis = resolve(evidence, on).basis
    if isinstance(basis, ListEvidence):
        assert basis.list_date <= on
        assert not basis.listed
    elif basis:
        assert in_force([basis], on)


@given(evidences(), any_day)
def test_an_answer_is_unknown_exactly_when_nothing_decided(evidence, on):
    found = resolve(evidence, on)
    assert (found.answer == Answer.UNKNOWN) == (found.rule == Rule.NONE) == (found.basis is None)


@given(evidences(), any_day)
def test_preempted_and_at_risk_are_only_ever_said_of_a_local_yes(evidence, on):
    found = resolve(evidence, on)
    if found.preempted or found.at_risk:
        assert found.local_answer == Answer.YES
    assert not (found.preempted and found.at_risk)


@given(evidences(), any_day, st.data())
def test_the_order_of_the_evidence_does_not_matter(evidence, on, data):
    shuffled = replace(
        evidence,
        **{
            kind: tuple(data.draw(st.permutations(getattr(evidence, kind)), label=kind))
            for kind in KINDS
        },
    )
    assert resolve(shuffled, on) == resolve(evidence, on)
    assert history(shuffled) == history(evidence)


@given(evidences())
def test_history_says_on_every_day_what_resolving_that_day_says(evidence):
    stretches = history(evidence)
    for on in ALL_DAYS:
        begun = [decision for first, decision in stretches if first <= on]
        assert (begun[-1] if begun else UNKNOWN) == resolve(evidence, on)


@given(evidences())
def test_history_is_in_order_and_every_stretch_differs_from_the_one_before(evidence):
    stretches = history(evidence)
    firsts = [first for first, _ in stretches]
    assert firsts == sorted(set(firsts))
    before = [UNKNOWN, *(decision for _, decision in stretches)]
    assert all(old != new for old, new in pairwise(before))


@given(evidences())
def test_nothing_changes_between_two_days_of_change(evidence):
    changing = set(change_days(evidence))
    for on in ALL_DAYS[1:]:
        if on not in changing:
            assert resolve(evidence, on) == resolve(evidence, on - timedelta(days=1))

"""Withdrawing, and what a change of policy may not do."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import actions, score_periods
from policies.assessments import When, assess
from policies.models import ChangeKind, LocalPolicy, Precision
from policies.rubric import Answer, Factor
from tests.factories import (
    PUBLISHED_AT,
    CitationFactory,
    LocalPolicyFactory,
    UserFactory,
    published,
)

pytestmark = pytest.mark.django_db
BEGAN, CHANGED = date(2017, 2, 1), date(2019, 7, 1)


def answer_on(policy, day: date) -> Answer | None:
    found = assess(When(day)).get(policy.county_id)
    return found.answer(Factor.LIMITS_HOLDS) if found else None


def changed(policy, **values) -> LocalPolicy:
    by = UserFactory()
    draft = actions.draft_successor(
        record=policy, kind=ChangeKind.POLICY_CHANGE, by=by, with_citations=False
    )
    CitationFactory(local_policy=draft)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    return actions.publish(record=draft, by=by, at=PUBLISHED_AT)


def test_withdrawing_a_change_lets_what_held_before_go_on():
    policy = published(LocalPolicyFactory, effective_from=BEGAN)
    change = changed(policy, effective_from=CHANGED, answer="none_found")
    assert answer_on(policy, CHANGED) == Answer.NONE_FOUND

    actions.withdraw(record=change, by=UserFactory(), at=PUBLISHED_AT, reason="A wrong county.")

    assert answer_on(policy, CHANGED) == Answer.YES
    assert list(
        LocalPolicy.objects.published().values_list("effective_from", "effective_until")
    ) == [(BEGAN, None)]
    assert score_periods.differences() == []


def test_withdrawing_a_change_keeps_the_end_that_there_was_before():
    ended = date(2022, 1, 1)
    policy = published(LocalPolicyFactory, effective_from=BEGAN, effective_until=ended)
    change = changed(policy, effective_from=CHANGED, answer="none_found")
    actions.withdraw(record=change, by=UserFactory(), at=PUBLISHED_AT, reason="A wrong county.")
    assert LocalPolicy.objects.published().get().effective_until == ended


def test_withdrawing_a_first_record_leaves_nothing():
    policy = published(LocalPolicyFactory, effective_from=BEGAN)
    actions.withdraw(record=policy, by=UserFactory(), at=PUBLISHED_AT, reason="Not this county.")
    assert answer_on(policy, CHANGED) is None


def test_a_change_with_the_old_start_cannot_say_something_else():
    policy = published(LocalPolicyFactory, effective_from=BEGAN)
    with pytest.raises(ValidationError, match="rewrite the past"):
        changed(policy, answer="none_found", effective_until=CHANGED)
    assert answer_on(policy, BEGAN) == Answer.YES


def test_a_change_may_end_what_began_with_the_same_start():
    policy = published(LocalPolicyFactory, effective_from=BEGAN)
    changed(policy, effective_until=CHANGED)
    assert answer_on(policy, BEGAN) == Answer.YES
    assert answer_on(policy, CHANGED) is None


def test_the_draft_of_a_change_does_not_inherit_how_exactly_the_old_start_was_known():
    policy = published(
        LocalPolicyFactory,
        effective_from=BEGAN,
        effective_from_precision=Precision.MONTH,
        observed_on=BEGAN,
        observed_on_precision=Precision.MONTH,
    )
    draft = actions.draft_successor(
        record=policy, kind=ChangeKind.POLICY_CHANGE, by=UserFactory(), with_citations=False
    )
    assert draft.effective_from_precision == Precision.DAY
    assert (draft.observed_on, draft.observed_on_precision) == (None, Precision.DAY)


def test_a_month_that_does_not_start_on_its_first_day_is_refused_readably():
    draft = LocalPolicyFactory(effective_from=BEGAN)
    draft.effective_from = date(2017, 2, 15)
    draft.effective_from_precision = Precision.MONTH
    with pytest.raises(ValidationError, match="counts from its first day"):
        actions.publish(record=draft, by=UserFactory(), at=PUBLISHED_AT)

"""Withdrawals, and the public change log that tells the acts apart."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies.models import ChangeEvent, LocalPolicy, RecordStatus, ScorePeriod
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return published(LocalPolicyFactory)


def published_answers(county):
    rows = LocalPolicy.objects.published().filter(county=county).order_by("effective_from")
    return [row.answer for row in rows]


# --- Withdrawal --------------------------------------------------------------------------------


def test_a_withdrawn_record_is_closed_and_its_score_goes(old):
    withdraw(old)
    row = LocalPolicy.objects.get(pk=old.pk)
    assert (row.status, row.closed_at) == (RecordStatus.WITHDRAWN, noon("2020-06-01"))
    assert not ScorePeriod.objects.exists()


def test_withdrawing_brings_no_predecessor_back(old):
    withdraw(correct(old, answer="no"))
    assert published_answers(old.county) == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_withdrawal_needs_a_reason(old, reason):
    with pytest.raises(ValidationError, match="Say why"):
        withdraw(old, reason=reason)
    assert LocalPolicy.objects.get(pk=old.pk).status == RecordStatus.PUBLISHED


def test_only_what_is_published_can_be_withdrawn(old):
    with pytest.raises(ValidationError, match="Only a published record"):
        withdraw(LocalPolicyFactory())


def test_a_record_that_another_corrected_meanwhile_is_not_withdrawn(old):
    same = LocalPolicy.objects.get(pk=old.pk)
    correct(old, answer="no")
    with pytest.raises(ValidationError, match="Only a published record"):
        withdraw(same, on="2020-07-01")
    row = LocalPolicy.objects.get(pk=old.pk)
    assert (row.status, row.closed_at) == (RecordStatus.SUPERSEDED, noon("2020-06-01"))


# --- The change log ----------------------------------------------------------------------------


def newest():
    return ChangeEvent.objects.order_by("-pk").first()


def test_the_log_tells_a_change_of_policy_from_a_correction(old):
    changed = change(old, answer="no", effective_from=date(2018, 5, 1))
    correct(changed, answer="none_found")
    withdraw(LocalPolicy.objects.published().get(answer="yes"))
    kinds = list(ChangeEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["new", "policy_change", "correction", "correction"]


def test_every_act_is_one_entry_with_its_counties_its_moment_and_its_author(old):
    before = ChangeEvent.objects.count()
    new = change(old, effective_from=date(2019, 5, 1))
    event = newest()
    assert ChangeEvent.objects.count() == before + 1
    assert (event.at, event.actor) == (noon("2020-06-01"), new.published_by)
    assert [county.pk for county in event.counties.all()] == [old.county_id]


def test_the_log_says_why(old):
    correct(old, answer="no", change_note="We had misread page 3.")
    assert "We had misread page 3." in newest().summary


def test_the_log_gives_the_reason_of_a_withdrawal(old):
    withdraw(old, reason="Forged.")
    assert newest().summary.endswith("Forged.")


def test_the_log_names_the_state_of_a_provision():
    county = CountyFactory()
    law = published_provision(claims=[{}])
    assert newest().state_id == law.state_id
    assert [one.pk for one in newest().counties.all()] == [county.pk]

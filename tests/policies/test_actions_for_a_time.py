"""A change of policy that ends within the period it changes: what held before holds again."""

from datetime import date

import pytest

from policies import actions
from policies.models import Agreement, ChangeKind, LocalPolicy
from policies.score_periods import differences
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    UserFactory,
    change,
    correct,
    noon,
    published,
    withdraw,
)

pytestmark = pytest.mark.django_db
FROM, UNTIL = date(2019, 1, 1), date(2019, 6, 1)


@pytest.fixture
def old():
    return published(LocalPolicyFactory, in_force_by=True, last_verified=date(2018, 6, 1))


@pytest.fixture(autouse=True)
def scores_follow():
    yield
    assert differences() == []


def suspended(old, **values):
    return change(
        old, **{"answer": "no", "effective_from": FROM, "effective_until": UNTIL} | values
    )


def periods():
    rows = LocalPolicy.objects.published().order_by("effective_from")
    return [
        (str(row.effective_from), row.effective_until and str(row.effective_until), row.answer)
        for row in rows
    ]


def last():
    return LocalPolicy.objects.published().order_by("effective_from").last()


THREE = [
    ("2017-02-01", "2019-01-01", "yes"),
    ("2019-01-01", "2019-06-01", "no"),
    ("2019-06-01", None, "yes"),
]


def test_it_makes_three_periods(old):
    suspended(old)
    assert periods() == THREE


def test_so_it_does_for_a_unified_jail_state():
    suspended(published(StateRecordFactory))
    assert periods() == THREE


def test_the_last_ends_where_the_whole_would_have_ended():
    suspended(published(LocalPolicyFactory, effective_until=date(2022, 1, 1)))
    assert periods()[-1] == ("2019-06-01", "2022-01-01", "yes")


@pytest.mark.parametrize("end", [None, date(2022, 1, 1), date(2022, 1, 2)])
def test_a_change_that_does_not_end_earlier_is_followed_by_nothing(end):
    suspended(published(LocalPolicyFactory, effective_until=date(2022, 1, 1)), effective_until=end)
    assert len(periods()) == 2


def test_the_last_begins_on_a_known_day_as_exact_as_the_end_of_the_change(old):
    suspended(old, effective_until_precision="month")
    assert (last().in_force_by, last().effective_from_precision) == (False, "month")


def test_the_last_cites_what_carried_it_and_the_document_that_ends_the_change(old):
    draft = actions.draft_successor(
        record=old, kind=ChangeKind.POLICY_CHANGE, by=UserFactory(), with_citations=False
    )
    CitationFactory(local_policy=draft, quote="suspended until June 1")
    draft.effective_from, draft.effective_until = FROM, UNTIL
    actions.publish(record=draft, by=UserFactory(), at=noon("2020-06-01"))
    quotes = [citation.quote for citation in last().citations.all()]
    assert quotes == [old.citations.get().quote, "suspended until June 1"]


def test_a_last_one_that_nobody_has_seen_since_is_to_be_verified(old):
    suspended(old)
    assert last().needs_verification
    assert "2019-06-01" in last().verification_note
    assert last().last_verified is None


def test_a_last_one_that_was_seen_since_keeps_that_evidence():
    suspended(published(LocalPolicyFactory, last_verified=UNTIL))
    assert (last().needs_verification, last().last_verified) == (False, UNTIL)


def test_an_agreement_that_was_replaced_for_a_time_does_not_come_back():
    agreement = published(AgreementFactory, effective_from=date(2018, 1, 1))
    change(
        agreement,
        model="Task Force Model",
        effective_from=FROM,
        effective_until=UNTIL,
        ended_as="terminated",
    )
    assert [row.effective_until for row in Agreement.objects.published()] == [FROM, UNTIL]


def test_withdrawing_the_change_makes_the_three_one_again(old):
    withdraw(suspended(old))
    assert periods() == [("2017-02-01", None, "yes")]
    assert not last().needs_verification


def test_withdrawing_the_last_leaves_the_time_after_the_change_unknown(old):
    suspended(old)
    withdraw(last())
    assert periods() == THREE[:2]


def test_withdrawing_the_change_leaves_a_last_one_that_was_corrected_since(old):
    suspending = suspended(old)
    correct(last(), answer="none_found")
    withdraw(suspending)
    assert periods() == [("2017-02-01", "2019-06-01", "yes"), ("2019-06-01", None, "none_found")]


@pytest.mark.parametrize("end", ["2019-05-01", "2019-07-01"])
def test_correcting_the_end_of_the_change_moves_the_start_of_the_last(old, end):
    correct(suspended(old), effective_until=date.fromisoformat(end))
    assert periods() == [
        THREE[0],
        ("2019-01-01", end, "no"),
        (end, None, "yes"),
    ]


def test_correcting_the_change_to_have_no_end_takes_the_last_back(old):
    correct(suspended(old), effective_until=None)
    assert periods() == [THREE[0], ("2019-01-01", None, "no")]


def test_correcting_a_change_to_have_been_for_a_time_brings_back_what_held_before(old):
    correct(change(old, answer="no", effective_from=FROM), effective_until=UNTIL)
    assert periods() == THREE

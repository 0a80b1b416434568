"""What goes on when a change of policy is withdrawn, or corrected: the periods on both sides."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import succession
from policies.models import Agreement, ChangeKind, LocalPolicy, RecordStatus
from policies.score_periods import differences
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    change,
    correct,
    published,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return published(LocalPolicyFactory, title="Resolution 12", last_verified=date(2019, 1, 1))


@pytest.fixture(autouse=True)
def scores_follow():
    yield
    assert differences() == []


def periods():
    rows = LocalPolicy.objects.published().order_by("effective_from")
    return [
        (str(row.effective_from), row.effective_until and str(row.effective_until), row.answer)
        for row in rows
    ]


def only():
    return LocalPolicy.objects.published().get()


# --- An ending that is withdrawn ---------------------------------------------------------------


def test_withdrawing_an_ending_reopens_what_it_ended(old):
    withdraw(change(old, effective_until=date(2019, 5, 1)))
    assert periods() == [("2017-02-01", None, "yes")]


def test_what_is_reopened_is_as_it_stood_before(old):
    withdraw(change(old, effective_until=date(2019, 5, 1), title="Repeal of Resolution 12"))
    again = only()
    assert (again.title, again.last_verified) == ("Resolution 12", date(2019, 1, 1))
    assert again.citations.get().quote == old.citations.get().quote
    assert (again.succeeds, again.change_kind) == (old, ChangeKind.UNDO)


def test_an_earlier_end_that_is_withdrawn_brings_the_later_one_back(old):
    ended = change(old, effective_until=date(2019, 5, 1))
    withdraw(change(ended, effective_until=date(2018, 5, 1)))
    assert periods() == [("2017-02-01", "2019-05-01", "yes")]


def test_withdrawing_a_corrected_ending_reopens_too(old):
    ended = change(old, effective_until=date(2019, 5, 1))
    withdraw(correct(ended, effective_until=date(2019, 6, 1)))
    assert periods() == [("2017-02-01", None, "yes")]


def test_what_is_reopened_ends_where_it_was_adopted_again(old):
    ended = change(old, effective_until=date(2018, 5, 1))
    change(ended, effective_from=date(2019, 5, 1), effective_until=None)
    withdraw(LocalPolicy.objects.published().get(effective_until=date(2018, 5, 1)))
    assert periods() == [("2017-02-01", "2019-05-01", "yes"), ("2019-05-01", None, "yes")]


def test_what_was_reopened_can_itself_be_withdrawn(old):
    withdraw(change(old, effective_until=date(2019, 5, 1)))
    withdraw(only())
    assert periods() == []


def test_an_agreement_that_was_no_longer_listed_is_active_again_when_that_is_withdrawn():
    agreement = published(AgreementFactory, counties=[CountyFactory()])
    withdraw(change(agreement, effective_until=date(2019, 5, 1), ended_as="not_listed"))
    again = Agreement.objects.published().get()
    assert (again.effective_until, again.ended_as) == (None, "")
    assert again.counties.get() == agreement.counties.get()


def test_before_an_ending_is_withdrawn_the_row_that_goes_on_is_known(old):
    assert succession.goes_on_without(change(old, effective_until=date(2019, 5, 1))) == old


# --- A change that is withdrawn ----------------------------------------------------------------


def test_withdrawing_a_corrected_change_lets_what_held_before_go_on(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    withdraw(correct(changed, answer="none_found"))
    assert periods() == [("2017-02-01", None, "yes")]


def test_what_goes_on_is_what_held_before_as_corrected_since(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    correct(LocalPolicy.objects.published().get(answer="yes"), answer="none_found")
    withdraw(changed)
    assert periods() == [("2017-02-01", None, "none_found")]


def test_the_middle_one_of_three_periods_that_is_withdrawn_is_filled_by_the_first(old):
    middle = change(old, answer="no", effective_from=date(2018, 5, 1))
    change(middle, answer="none_found", effective_from=date(2019, 1, 1))
    withdraw(LocalPolicy.objects.published().get(answer="no"))
    assert periods() == [("2017-02-01", "2019-01-01", "yes"), ("2019-01-01", None, "none_found")]


def test_withdrawing_the_period_kept_before_a_change_leaves_the_change(old):
    change(old, answer="no", effective_from=date(2018, 5, 1))
    withdraw(LocalPolicy.objects.published().get(answer="yes"))
    assert periods() == [("2018-05-01", None, "no")]


def test_withdrawing_what_was_adopted_again_leaves_the_end_before_it(old):
    ended = change(old, effective_until=date(2018, 1, 1))
    withdraw(change(ended, effective_from=date(2019, 5, 1), effective_until=None))
    assert periods() == [("2017-02-01", "2018-01-01", "yes")]


def test_every_county_of_an_agreement_that_goes_on_is_scored_again():
    one, other = CountyFactory(), CountyFactory()
    agreement = published(AgreementFactory, counties=[one, other])
    changed = change(agreement, model="Task Force Model", effective_from=date(2019, 5, 1))
    fewer = correct(changed)
    fewer.counties.set([one])
    withdraw(fewer)
    assert set(Agreement.objects.published().get().counties.all()) == {one, other}


# --- A change that is corrected ----------------------------------------------------------------


@pytest.mark.parametrize("start", ["2018-11-01", "2019-07-01"])
def test_correcting_the_first_day_of_a_change_moves_the_end_of_what_held_before(old, start):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    correct(changed, effective_from=date.fromisoformat(start))
    assert periods() == [("2017-02-01", start, "yes"), (start, None, "no")]


def test_the_moved_end_is_a_correction_and_as_exact_as_the_corrected_day(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 15))
    correct(changed, effective_from=date(2019, 5, 1), effective_from_precision="month")
    before = LocalPolicy.objects.published().get(answer="yes")
    assert (before.change_kind, before.effective_until_precision) == ("correction", "month")


def test_the_first_day_of_a_change_cannot_be_corrected_to_before_the_period_it_ends(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    kept = LocalPolicy.objects.published().get(answer="yes")
    with pytest.raises(ValidationError) as error:
        correct(changed, effective_from=date(2017, 2, 1))
    assert f"ends record {kept.pk}" in error.value.messages[0]
    assert LocalPolicy.objects.get(pk=kept.pk).status == RecordStatus.PUBLISHED


def test_a_correction_of_other_words_leaves_what_held_before_alone(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    kept = LocalPolicy.objects.published().get(answer="yes")
    correct(changed, title="Ordinance 7")
    assert LocalPolicy.objects.get(pk=kept.pk).status == RecordStatus.PUBLISHED


def test_what_had_ended_before_the_change_keeps_its_end(old):
    ended = change(old, effective_until=date(2018, 1, 1))
    again = change(ended, effective_from=date(2019, 5, 1), effective_until=None)
    correct(again, effective_from=date(2019, 7, 1))
    assert periods() == [("2017-02-01", "2018-01-01", "yes"), ("2019-07-01", None, "yes")]


def test_a_change_that_was_about_another_county_lets_what_held_before_go_on(old):
    changed = change(old, answer="no", effective_from=date(2019, 5, 1))
    correct(changed, county=CountyFactory())
    assert periods() == [("2017-02-01", None, "yes"), ("2019-05-01", None, "no")]


def test_correcting_the_start_of_a_changed_agreement_moves_the_end_of_the_one_before():
    agreement = published(AgreementFactory, counties=[CountyFactory()])
    changed = change(agreement, model="Task Force Model", effective_from=date(2019, 5, 1))
    correct(changed, effective_from=date(2019, 7, 1))
    before = Agreement.objects.published().order_by("effective_from").first()
    assert (before.effective_until, before.ended_as) == (date(2019, 7, 1), "replaced")

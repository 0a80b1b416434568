"""A change of policy, a correction and a withdrawal: three acts, told apart for ever."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import actions
from policies.assessments import When, assess
from policies.models import Agreement, ChangeKind, LocalPolicy, RecordStatus, ScorePeriod
from policies.resolution import Rule
from policies.rubric import Factor
from policies.score_periods import differences
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    UserFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return published(
        LocalPolicyFactory,
        at=noon("2018-01-10"),
        effective_from=date(2017, 2, 1),
        effective_from_precision="month",
        title="Resolution 12",
    )


def periods(county):
    rows = LocalPolicy.objects.published().filter(county=county).order_by("effective_from")
    return [
        (str(row.effective_from), row.effective_until and str(row.effective_until), row.answer)
        for row in rows
    ]


# --- A change of policy ------------------------------------------------------------------------


def test_a_change_keeps_what_held_before_as_a_closed_period(old):
    change(old, answer="no", effective_from=date(2019, 5, 1))
    assert periods(old.county) == [("2017-02-01", "2019-05-01", "yes"), ("2019-05-01", None, "no")]


def test_the_kept_period_has_the_citations_of_the_row_it_copies(old):
    change(old, effective_from=date(2019, 5, 1))
    kept = LocalPolicy.objects.published().get(effective_until=date(2019, 5, 1))
    assert kept.title == "Resolution 12"
    assert kept.main_citation == kept.citations.get()
    assert kept.citations.get().quote == old.citations.get().quote


def test_the_kept_period_ends_as_exactly_as_the_change_is_known(old):
    change(old, effective_from=date(2019, 5, 1), effective_from_precision="month")
    kept = LocalPolicy.objects.published().get(effective_until=date(2019, 5, 1))
    assert (kept.effective_from_precision, kept.effective_until_precision) == ("month", "month")


def test_the_row_that_was_published_is_closed_and_otherwise_as_it_was(old):
    before = LocalPolicy.objects.filter(pk=old.pk).values().get()
    new = change(old, answer="no", effective_from=date(2019, 5, 1))
    after = LocalPolicy.objects.filter(pk=old.pk).values().get()
    expected = {
        "status": RecordStatus.SUPERSEDED,
        "closed_at": noon("2020-06-01"),
        "closed_by_id": new.published_by_id,
    }
    assert after == before | expected


def test_both_successors_name_the_row_they_succeed(old):
    change(old, effective_from=date(2019, 5, 1))
    assert old.successors.published().count() == 2


def test_adopted_again_after_a_gap_leaves_the_gap(old):
    ended = change(old, effective_until=date(2018, 1, 1))
    change(ended, effective_from=date(2019, 5, 1), effective_until=None)
    assert periods(old.county) == [
        ("2017-02-01", "2018-01-01", "yes"),
        ("2019-05-01", None, "yes"),
    ]


def test_an_ending_is_a_change_that_begins_where_the_period_began(old):
    change(old, effective_until=date(2019, 5, 1))
    assert periods(old.county) == [("2017-02-01", "2019-05-01", "yes")]


@pytest.mark.parametrize("end", [None, date(2019, 1, 1)])
def test_a_change_does_not_take_an_end_back(old, end):
    ended = change(old, effective_until=date(2018, 1, 1))
    with pytest.raises(ValidationError, match="a period of its own"):
        change(ended, effective_until=end)


def test_an_end_can_be_corrected_to_a_later_day(old):
    ended = change(old, effective_until=date(2018, 1, 1))
    correct(ended, effective_until=date(2019, 1, 1))
    assert periods(old.county) == [("2017-02-01", "2019-01-01", "yes")]


def test_an_ending_keeps_the_citations_of_what_it_ended(old):
    draft = actions.draft_successor(
        record=old, kind=ChangeKind.POLICY_CHANGE, by=UserFactory(), with_citations=False
    )
    CitationFactory(local_policy=draft, quote="is hereby repealed")
    draft.effective_until = date(2019, 5, 1)
    ended = actions.publish(record=draft, by=UserFactory(), at=noon("2020-06-01"))
    quotes = [citation.quote for citation in ended.citations.order_by("pk")]
    assert quotes == ["is hereby repealed", old.citations.get().quote]


def test_several_changes_leave_a_chain_of_periods(old):
    second = change(old, answer="no", effective_from=date(2018, 5, 1))
    change(second, answer="yes", effective_from=date(2019, 5, 1))
    assert periods(old.county) == [
        ("2017-02-01", "2018-05-01", "yes"),
        ("2018-05-01", "2019-05-01", "no"),
        ("2019-05-01", None, "yes"),
    ]


def test_a_change_cannot_begin_before_the_period_it_ends(old):
    with pytest.raises(ValidationError, match="cannot begin before the period it ends"):
        change(old, effective_from=date(2017, 1, 31))


def test_a_change_that_changes_no_date_is_refused(old):
    with pytest.raises(ValidationError, match="Say from when the policy changed"):
        change(old, answer="no")


def observed():
    return published(
        LocalPolicyFactory,
        factor="no_287g",
        answer="none_found",
        effective_from=date(2017, 2, 1),
        effective_from_precision="month",
        in_force_by=True,
        observed_on=date(2017, 2, 15),
        last_verified=date(2019, 1, 1),
    )


def test_what_was_observed_of_the_old_policy_is_no_evidence_of_the_new_one():
    new = change(observed(), answer="no", effective_from=date(2019, 5, 1))
    assert (new.observed_on, new.last_verified, new.in_force_by) == (None, None, False)


def test_a_policy_that_is_said_to_have_ended_keeps_what_was_observed_of_it():
    """Otherwise an older list by ICE would answer for the time in which it was observed."""
    row = observed()
    published(IceListFactory, list_date=date(2018, 6, 1))
    ended = change(row, effective_until=date(2019, 5, 1))
    assert (ended.observed_on, ended.last_verified) == (row.observed_on, row.last_verified)
    assert (ended.in_force_by, ended.effective_from_precision) == (True, "month")
    found = assess(When(date(2018, 7, 1)))[row.county_id]
    assert found.rule(Factor.NO_287G) == Rule.COUNTY_RECORD


def test_an_agreement_that_changes_keeps_its_closed_period_and_counties():
    county = CountyFactory()
    old_model = published(AgreementFactory, counties=[county])
    change(old_model, model="Task Force Model", effective_from=date(2019, 5, 1))
    kept, new = Agreement.objects.published().order_by("effective_from")
    assert (kept.effective_until, kept.ended_as) == (date(2019, 5, 1), "replaced")
    assert (new.effective_until, new.ended_as) == (None, "")
    assert [list(row.counties.all()) for row in (kept, new)] == [[county], [county]]


def test_an_agreement_that_had_ended_keeps_how_it_ended_when_signed_again():
    ended = published(AgreementFactory, effective_until=date(2019, 3, 1), ended_as="expired")
    change(ended, effective_from=date(2019, 5, 1), effective_until=None, ended_as="")
    kept = Agreement.objects.published().order_by("effective_from").first()
    assert (kept.effective_until, kept.ended_as) == (date(2019, 3, 1), "expired")


def test_a_new_version_of_a_provision_replaces_the_whole_of_it():
    county = CountyFactory()
    old_law = published_provision(claims=[{}], exceptions=[{"county": county}])
    draft = actions.draft_successor(record=old_law, kind=ChangeKind.POLICY_CHANGE, by=UserFactory())
    ClaimFactory(provision=draft, factor="no_287g")
    actions.publish(record=draft, by=UserFactory(), at=noon("2020-02-01"))
    assert old_law.claims.count() == 1
    assert draft.claims.count() == 2
    assert all(claim.citations.exists() for claim in draft.claims.all())
    assert draft.exceptions.get().county == county


# --- A correction ------------------------------------------------------------------------------


def test_a_correction_takes_the_place_of_the_row_and_keeps_no_period(old):
    correct(old, answer="none_found")
    assert periods(old.county) == [("2017-02-01", None, "none_found")]


def test_a_correction_may_say_that_it_began_earlier(old):
    correct(old, effective_from=date(2014, 6, 1))
    assert periods(old.county) == [("2014-06-01", None, "yes")]


def test_a_correction_that_it_began_later_leaves_the_time_before_unknown(old):
    correct(old, effective_from=date(2018, 6, 1))
    assert periods(old.county) == [("2018-06-01", None, "yes")]


def test_a_corrected_row_is_closed_and_keeps_what_it_said(old):
    correct(old, answer="no")
    row = LocalPolicy.objects.get(pk=old.pk)
    assert (row.status, row.answer, row.closed_at) == ("superseded", "yes", noon("2020-06-01"))


def test_a_correction_that_runs_into_another_period_is_refused_with_its_number(old):
    closed = correct(old, effective_until=date(2018, 1, 1))
    later = published(
        LocalPolicyFactory, county=old.county, answer="no", effective_from=date(2018, 1, 1)
    )
    with pytest.raises(ValidationError) as error:
        correct(closed, effective_until=date(2018, 1, 2))
    assert f"record {later.pk}" in error.value.messages[0]


def test_a_correction_that_moves_a_record_rescores_both_counties(old):
    other = CountyFactory()
    correct(old, county=other)
    assert [row.county_id for row in ScorePeriod.objects.all()] == [other.pk]
    assert differences() == []


def test_what_was_changed_meanwhile_cannot_be_succeeded(old):
    draft = actions.draft_successor(record=old, kind=ChangeKind.CORRECTION, by=UserFactory())
    correct(old, answer="no")
    with pytest.raises(ValidationError) as error:
        actions.publish(record=draft, by=UserFactory(), at=noon("2020-06-02"))
    assert f"Record {old.pk}" in error.value.messages[0]
    assert "changed meanwhile" in error.value.messages[0]
    assert periods(old.county) == [("2017-02-01", None, "no")]


# --- An older observation ----------------------------------------------------------------------


def observe(old, start, **values):
    return published(
        LocalPolicyFactory,
        county=old.county,
        answer="none_found",
        effective_from=date.fromisoformat(start),
        **values,
    )


def test_an_older_open_observation_runs_until_the_existing_period_starts(old):
    earlier = observe(old, "2014-01-01")
    assert periods(old.county)[0] == ("2014-01-01", "2017-02-01", "none_found")
    assert earlier.effective_until_precision == "month"


def test_an_older_open_observation_runs_until_the_first_of_several_periods(old):
    change(old, answer="no", effective_from=date(2019, 5, 1))
    observe(old, "2014-01-01")
    assert periods(old.county)[0] == ("2014-01-01", "2017-02-01", "none_found")


def test_observations_may_arrive_in_any_order(old):
    observe(old, "2014-01-01")
    observe(old, "2012-01-01")
    assert [(start, end) for start, end, _ in periods(old.county)] == [
        ("2012-01-01", "2014-01-01"),
        ("2014-01-01", "2017-02-01"),
        ("2017-02-01", None),
    ]


def test_an_older_observation_with_an_end_of_its_own_must_not_overlap(old):
    with pytest.raises(ValidationError) as error:
        observe(old, "2014-01-01", effective_until=date(2017, 2, 2))
    assert f"record {old.pk}" in error.value.messages[0]


def test_an_older_observation_of_another_factor_stays_open(old):
    assert observe(old, "2014-01-01", factor="no_287g").effective_until is None

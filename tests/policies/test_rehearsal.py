"""What an act would move, without doing it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import actions
from policies.models import ChangeEvent, RecordStatus, ScorePeriod
from policies.rehearsal import counties_touched, day_to_show, days_of, rehearse
from policies.rubric import Factor
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    ExceptionFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 1)


def publishing(record):
    """Publishes the row as it is stored: what was taken back is still in the object in memory."""
    by, rows = UserFactory(), type(record).objects
    return lambda: actions.publish(record=rows.get(pk=record.pk), by=by, at=noon("2020-03-01"))


def rehearsed(record, act=None, day=DAY):
    return rehearse(act or publishing(record), fips=counties_touched(record), day=day)


def draft(**claim):
    provision = ProvisionFactory()
    ClaimFactory(provision=provision, **claim)
    return provision


def test_every_county_of_the_state_that_would_move_is_named_and_no_other():
    one, other = CountyFactory(), CountyFactory()
    CountyFactory(usps="AL")
    published(LocalPolicyFactory, county=other, factor="limits_holds", answer="none_found")
    moved = rehearsed(draft()).moved
    assert {m.county for m in moved} == {one, other}
    assert [m.points for m in moved] == [1, 1]


def test_nothing_of_it_stays():
    CountyFactory()
    provision = draft()
    before = list(ScorePeriod.objects.values())
    rehearsed(provision)
    provision.refresh_from_db()
    assert provision.status == RecordStatus.DRAFT
    assert list(ScorePeriod.objects.values()) == before
    assert not ChangeEvent.objects.exists()


def test_a_preempted_local_policy_is_named():
    county = CountyFactory()
    published(LocalPolicyFactory, county=county, factor="limits_holds", answer="yes")
    (moved,) = rehearsed(draft(effect="mandates")).moved
    assert moved.newly_preempted == (Factor.LIMITS_HOLDS,)
    assert moved.points == -1


def test_a_local_policy_that_the_law_forbids_is_at_risk_and_keeps_its_point():
    county = CountyFactory()
    published(LocalPolicyFactory, county=county, factor="limits_holds", answer="yes")
    (moved,) = rehearsed(draft(effect="forbids")).moved
    assert (moved.newly_at_risk, moved.points) == ((Factor.LIMITS_HOLDS,), 0)


def test_an_excepted_county_does_not_move():
    excepted, bound = CountyFactory(), CountyFactory()
    provision = draft()
    ExceptionFactory(provision=provision, county=excepted)
    assert [m.county for m in rehearsed(provision).moved] == [bound]


def test_an_agreement_that_holds_against_the_law_is_told():
    county = CountyFactory()
    published(AgreementFactory, state=county.state, counties=[county])
    provision = draft(factor="no_287g")
    ClaimFactory(provision=provision, factor="limits_holds")
    (moved,) = rehearsed(provision).moved
    assert moved.held_by_agreement == (Factor.NO_287G,)
    assert moved.points == 1


def test_an_injunction_as_the_end_of_a_claim_gives_the_local_answer_back():
    county = CountyFactory()
    published(LocalPolicyFactory, county=county, factor="limits_holds", answer="yes")
    law = published_provision(claims=[{"effect": "mandates", "effective_from": date(2018, 1, 1)}])
    enjoined = actions.draft_successor(record=law, kind="policy_change", by=UserFactory())
    enjoined.claims.update(effective_until=date(2019, 1, 1))
    (moved,) = rehearsed(enjoined).moved
    assert moved.points == 1
    assert rehearsed(enjoined, day=date(2018, 12, 31)).moved == ()


def test_withdrawing_is_rehearsed_the_same_way():
    CountyFactory()
    law = published_provision(claims=[{}])

    def act():
        actions.withdraw(record=law, by=UserFactory(), at=noon("2020-03-01"), reason="Wrong.")

    assert [m.points for m in rehearsed(law, act).moved] == [-1]


def test_what_is_not_fit_to_be_published_is_an_error_and_leaves_nothing():
    with pytest.raises(ValidationError):
        rehearsed(draft(effective_from=date(2018, 1, 1), cited=None))
    assert not ChangeEvent.objects.exists()


def test_the_days_of_a_law_are_today_and_those_of_its_parts():
    provision = draft(effective_from=date(2018, 1, 1), effective_until=date(2021, 1, 1))
    days = days_of(provision, DAY)
    assert days == [date(2018, 1, 1), DAY, date(2021, 1, 1)]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([date(2018, 1, 1), DAY], DAY),
        ([DAY, date(2020, 1, 1)], date(2020, 1, 1)),
        ([DAY], DAY),
    ],
)
def test_today_is_shown_unless_all_lies_ahead(days, shown):
    assert day_to_show(days, DAY) == shown


def queries(counties: int) -> int:
    CountyFactory.create_batch(counties)
    provision = draft()
    act = publishing(provision)
    with CaptureQueriesContext(connection) as caught:
        rehearse(act, fips=counties_touched(provision), day=DAY)
    return len(caught)


def test_as_many_queries_for_many_counties_as_for_few():
    assert queries(3) == queries(40)

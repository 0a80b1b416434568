"""Two clocks: what was in force on a day, and what we knew on a day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import actions, evidence
from policies.assessments import When, assess, revision, unknown
from policies.models import ChangeEvent
from policies.resolution import Rule
from policies.rubric import Answer, Factor, Status
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    succeed,
    withdraw,
)

pytestmark = pytest.mark.django_db

HOLDS, F287 = Factor.LIMITS_HOLDS, Factor.NO_287G
TODAY = date(2021, 1, 1)


def day(text):
    return date.fromisoformat(text)


@pytest.fixture
def sf():
    return CountyFactory(fips="06075")


def holds(as_of, known_on=None, factor=HOLDS):
    """The answer of San Francisco on a day, or "missing" if nothing at all is known."""
    found = assess(When(day(as_of), day(known_on) if known_on else None))
    return found["06075"].answer(factor).value if "06075" in found else "missing"


# --- In force on -------------------------------------------------------------------------------


@pytest.mark.parametrize("known_on", [None, "2021-01-01"])
@pytest.mark.parametrize(
    ("as_of", "answer"),
    [
        ("2017-01-31", "missing"),
        ("2017-02-01", "yes"),
        ("2018-12-31", "yes"),
        ("2019-01-01", "no"),
        ("2031-01-01", "no"),
    ],
)
def test_the_answer_is_the_one_in_force_that_day(sf, as_of, answer, known_on):
    row = published(LocalPolicyFactory, county=sf)
    change(row, answer="no", effective_from=day("2019-01-01"))
    assert holds(as_of, known_on) == answer


@pytest.mark.parametrize(("precision", "first"), [("month", "2017-02-01"), ("year", "2017-01-01")])
def test_a_date_known_to_the_month_or_year_counts_from_its_first_day(sf, precision, first):
    published(
        LocalPolicyFactory,
        county=sf,
        effective_from=day(first),
        effective_from_precision=precision,
    )
    before = str(day(first) - timedelta(days=1))
    assert [holds(before), holds(first)] == ["missing", "yes"]


def test_a_future_day_shows_what_is_enacted_for_it(sf):
    published_provision(claims=[{"effective_from": day("2030-01-01")}])
    assert [holds("2029-12-31"), holds("2030-01-01")] == ["missing", "yes"]


def test_before_any_record_everything_is_unknown(sf):
    published(LocalPolicyFactory, county=sf)
    assert assess(When(day("1776-07-04"))) == {}
    assert assess(When(day("1776-07-04"), TODAY)) == {}


def test_of_an_unknown_county_nothing_is_said():
    nothing = unknown("06075")
    assert (nothing.score.status, nothing.score.value) == (Status.UNKNOWN, None)
    assert set(nothing.answers) == {Answer.UNKNOWN}
    assert nothing.rule(HOLDS) == Rule.NONE


def test_the_period_says_since_when(sf):
    published(LocalPolicyFactory, county=sf)
    assert assess(When(TODAY))["06075"].since == day("2017-02-01")


# --- Known on ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known_on", "answer"),
    [("2019-12-31", "missing"), ("2020-01-01", "yes"), ("2020-01-02", "yes")],
)
def test_a_record_is_known_from_the_day_of_its_publication(sf, known_on, answer):
    published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    assert holds("2019-06-01", known_on) == answer


@pytest.mark.parametrize(
    ("moment", "known_on", "answer"),
    [
        # Winter: midnight in New York is 05:00 UTC.
        ("2020-01-02T04:59:59.999999+00:00", "2020-01-01", "yes"),
        ("2020-01-02T05:00:00+00:00", "2020-01-01", "missing"),
        ("2020-01-02T05:00:00+00:00", "2020-01-02", "yes"),
        # Summer: 04:00 UTC.
        ("2020-07-02T03:59:59.999999+00:00", "2020-07-01", "yes"),
        ("2020-07-02T04:00:00+00:00", "2020-07-01", "missing"),
        # The nights on which the clocks change.
        ("2020-03-08T04:59:59+00:00", "2020-03-07", "yes"),
        ("2020-03-09T03:59:59+00:00", "2020-03-08", "yes"),
        ("2020-03-09T04:00:00+00:00", "2020-03-08", "missing"),
        ("2020-11-02T04:59:59+00:00", "2020-11-01", "yes"),
        ("2020-11-02T05:00:00+00:00", "2020-11-01", "missing"),
    ],
)
def test_a_day_of_knowledge_ends_at_midnight_in_new_york(sf, moment, known_on, answer):
    published(LocalPolicyFactory, county=sf, at=datetime.fromisoformat(moment))
    assert holds("2020-06-01", known_on) == answer


def test_after_a_correction_the_old_answer_stays_what_we_knew_then(sf):
    row = published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    correct(row, answer="none_found", on="2020-03-01")
    known = ("2020-01-01", "2020-02-29", "2020-03-01", None)
    assert [holds("2019-01-01", k) for k in known] == ["yes", "yes", "none_found", "none_found"]


def test_of_two_corrections_on_one_day_the_last_is_what_we_knew(sf):
    row = published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    correct(correct(row, answer="no", on="2020-03-01"), answer="none_found", on="2020-03-01")
    assert holds("2019-01-01", "2020-03-01") == "none_found"


def test_after_a_withdrawal_it_stays_known_for_the_days_before(sf):
    row = published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    withdraw(row, on="2020-03-01")
    known = ("2020-02-29", "2020-03-01", None)
    assert [holds("2019-01-01", k) for k in known] == ["yes", "missing", "missing"]


def test_before_we_knew_of_a_change_the_old_policy_seemed_to_go_on(sf):
    row = published(LocalPolicyFactory, county=sf, at=noon("2020-01-01"))
    change(row, answer="no", effective_from=day("2020-02-01"), on="2020-03-01")
    assert holds("2020-02-15", "2020-02-29") == "yes"
    assert holds("2020-02-15", "2020-03-01") == "no"
    assert holds("2020-01-31", "2020-03-01") == "yes"


def test_an_exception_is_known_from_the_version_of_the_provision_that_has_it(sf):
    law = published_provision(claims=[{}], at=noon("2020-01-01"))
    draft = actions.draft_successor(record=law, kind="policy_change", by=law.published_by)
    ExceptionFactory(provision=draft, county=sf)
    actions.publish(record=draft, by=law.published_by, at=noon("2020-03-01"))
    assert holds("2020-04-01", "2020-02-29") == "yes"
    assert holds("2020-04-01", "2020-03-01") == "missing"


def test_agreements_and_lists_are_known_from_their_publication(sf):
    published(IceListFactory, at=noon("2020-01-01"), list_date=day("2019-12-01"))
    agreement = published(AgreementFactory, counties=[sf], at=noon("2020-02-01"))
    withdraw(agreement, on="2020-03-01")
    known = ("2019-12-31", "2020-01-01", "2020-02-01", "2020-03-01")
    found = [holds("2020-06-01", k, F287) for k in known]
    assert found == ["missing", "yes", "no", "yes"]


def test_an_agreement_corrected_to_another_county_is_known_as_it_was(sf):
    other = CountyFactory(fips="06037")
    agreement = published(AgreementFactory, counties=[sf], at=noon("2020-01-01"))
    draft = actions.draft_successor(record=agreement, kind="correction", by=agreement.published_by)
    draft.counties.set([other])
    actions.publish(record=draft, by=agreement.published_by, at=noon("2020-03-01"))
    assert holds("2020-06-01", "2020-02-01", F287) == "no"
    assert holds("2020-06-01", "2020-03-01", F287) == "missing"


# --- Stale -------------------------------------------------------------------------------------


def stale(as_of, known_on=None):
    return assess(When(day(as_of), known_on))["06075"].stale


@pytest.mark.parametrize("known_on", [None, TODAY])
@pytest.mark.parametrize(("as_of", "old"), [("2019-02-01", False), ("2019-02-02", True)])
def test_an_answer_is_stale_after_24_months(sf, as_of, old, known_on):
    published(LocalPolicyFactory, county=sf)
    assert stale(as_of, known_on) is old


@pytest.mark.parametrize("known_on", [None, TODAY])
@pytest.mark.parametrize(("as_of", "old"), [("2020-03-31", False), ("2020-04-01", True)])
def test_an_answer_read_from_a_287g_list_is_stale_after_90_days(sf, as_of, old, known_on):
    published(IceListFactory, list_date=day("2020-01-01"))
    assert stale(as_of, known_on) is old


@pytest.mark.parametrize("known_on", [None, TODAY])
@pytest.mark.parametrize(("as_of", "old"), [("2021-01-01", False), ("2021-01-02", True)])
def test_an_agreement_known_by_its_signed_text_is_stale_after_24_months(sf, as_of, old, known_on):
    published(AgreementFactory, counties=[sf], effective_from=day("2019-01-01"))
    assert stale(as_of, known_on) is old


@pytest.mark.parametrize("known_on", [None, TODAY])
@pytest.mark.parametrize(("as_of", "old"), [("2020-03-31", False), ("2020-04-01", True)])
def test_an_agreement_known_from_a_list_is_stale_after_90_days(sf, as_of, old, known_on):
    published(AgreementFactory, counties=[sf], last_listed_on=day("2020-01-01"))
    assert stale(as_of, known_on) is old


@pytest.mark.parametrize("known_on", [None, TODAY])
def test_a_newer_list_renews_the_answer(sf, known_on):
    published(IceListFactory, list_date=day("2020-01-01"))
    published(IceListFactory, list_date=day("2020-04-01"))
    assert [stale(on, known_on) for on in ("2020-03-31", "2020-04-01", "2020-06-30")] == [
        False,
        False,
        False,
    ]
    assert stale("2020-07-01", known_on)


@pytest.mark.parametrize("known_on", [None, TODAY])
def test_a_list_that_came_later_renews_nothing_before_its_day(sf, known_on):
    published(IceListFactory, list_date=day("2020-01-01"))
    published(IceListFactory, list_date=day("2020-08-01"))
    assert [stale(on, known_on) for on in ("2020-07-31", "2020-08-01")] == [True, False]


@pytest.mark.parametrize("known_on", [None, TODAY])
def test_an_old_detention_list_does_not_make_a_287g_answer_stale(sf, known_on):
    published(IceListFactory, list_date=day("2020-01-01"))
    published(IceListFactory, kind="detention", list_date=day("2018-12-01"))
    assert not stale("2020-03-01", known_on)
    assert not stale("2019-12-01", known_on)


# --- Subsets and queries -----------------------------------------------------------------------


@pytest.mark.parametrize("largest", [500, 1])
@pytest.mark.parametrize("known_on", [None, TODAY])
def test_a_subset_is_what_all_would_say_of_it(sf, known_on, largest, monkeypatch):
    monkeypatch.setattr(evidence, "LARGEST_SUBSET", largest)
    counties = [sf, CountyFactory(fips="06037"), CountyFactory(fips="06001")]
    for county in counties[:2]:
        published(LocalPolicyFactory, county=county)
    everything = assess(When(TODAY, known_on))
    wanted = assess(When(TODAY, known_on), fips=["06037", "06001"])
    assert wanted == {"06037": everything["06037"]}


@pytest.mark.parametrize(("known_on", "queries"), [(None, 2), (TODAY, None)])
def test_assessing_takes_a_fixed_number_of_queries(sf, known_on, queries):
    def count():
        with CaptureQueriesContext(connection) as captured:
            assess(When(TODAY, known_on))
        return len(captured)

    def add(county):
        row = published(LocalPolicyFactory, county=county)
        correct(row, answer="no")
        published(AgreementFactory, counties=[county])
        published_provision(claims=[{}], exceptions=[{"county": county}])

    add(sf)
    few = count()
    for number in range(1, 20, 2):
        add(CountyFactory(fips=f"06{number:03d}"))
    assert count() == few
    assert queries in (None, few)


def test_the_revision_is_the_number_of_the_newest_change(sf):
    assert revision() == 0
    row = published(LocalPolicyFactory, county=sf)
    first = revision()
    succeed(row, "correction", on="2020-06-01", answer="no")
    assert revision() == ChangeEvent.objects.latest("pk").pk > first

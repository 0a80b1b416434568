"""Stored score periods: what is stored is what the records say, after every act."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import evidence, score_periods
from policies.actions import draft_successor, publish
from policies.models import ChangeKind, LocalPolicy, ScorePeriod
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    withdraw,
)

pytestmark = pytest.mark.django_db


def stored(fips="06075"):
    """(first day, end, score, at least, known) of a county's periods."""
    return [
        (
            str(row.effective_from),
            row.effective_until and str(row.effective_until),
            row.score,
            row.at_least,
            row.factors_known,
        )
        for row in ScorePeriod.objects.filter(county=fips).order_by("effective_from")
    ]


@pytest.fixture
def sf():
    return CountyFactory(fips="06075")


def answer(county, factor="limits_holds", **values):
    return published(LocalPolicyFactory, county=county, factor=factor, **values)


def test_a_county_without_records_has_no_periods(sf):
    assert score_periods.rebuild() == 0
    assert stored() == []


def test_seven_answers_make_a_score(sf):
    for factor in FACTORS[:6]:
        answer(sf, factor)
    assert stored() == [("2017-02-01", None, None, 6, 6)]
    answer(sf, FACTORS[6], answer="none_found", effective_from=date(2018, 1, 1))
    assert stored() == [("2017-02-01", "2018-01-01", None, 6, 6), ("2018-01-01", None, 6, 6, 7)]


def test_a_stored_period_keeps_answers_rules_and_flags(sf):
    answer(sf)
    answer(sf, "limits_notifications")
    published_provision(
        claims=[{"effect": "mandates"}, {"factor": "limits_notifications", "effect": "forbids"}],
        last_verified=date(2018, 1, 1),
    )
    row = ScorePeriod.objects.get(effective_until=None)
    assert (row.limits_holds, row.limits_notifications, row.no_287g) == ("no", "yes", "unknown")
    assert (row.rules, row.preempted, row.at_risk) == ("--pc---", "0010000", "0001000")
    assert row.fresh_until == date(2019, 2, 1)


def test_the_scores_follow_every_act(sf):
    row = answer(sf)
    assert stored() == [("2017-02-01", None, None, 1, 1)]
    new = change(row, answer="no", effective_from=date(2019, 1, 1))
    assert stored() == [("2017-02-01", "2019-01-01", None, 1, 1), ("2019-01-01", None, None, 0, 1)]
    corrected = correct(new, answer="yes")
    assert stored() == [("2017-02-01", "2019-01-01", None, 1, 1), ("2019-01-01", None, None, 1, 1)]
    withdraw(corrected)
    assert stored() == [("2017-02-01", None, None, 1, 1)]
    assert score_periods.differences() == []


def test_a_law_gives_every_county_of_its_state_a_period(sf):
    CountyFactory(fips="06037")
    CountyFactory(fips="44001", usps="RI")
    law = published_provision(claims=[{}])
    assert [p.county_id for p in ScorePeriod.objects.all()] == ["06037", "06075"]
    withdraw(law)
    assert not ScorePeriod.objects.exists()


def test_a_list_gives_every_county_a_period(sf):
    CountyFactory(fips="44001", usps="RI")
    published(IceListFactory, listed_counties=[sf])
    assert [p.county_id for p in ScorePeriod.objects.all()] == ["44001"]


def test_an_agreement_that_is_moved_to_another_county_rescores_both(sf):
    other = CountyFactory(fips="06037")
    agreement = published(AgreementFactory, counties=[sf])
    draft = draft_successor(record=agreement, kind=ChangeKind.CORRECTION, by=agreement.published_by)
    draft.counties.set([other])
    publish(record=draft, by=agreement.published_by, at=noon("2020-06-01"))
    assert (stored(), len(stored("06037"))) == ([], 1)


# --- Rebuilding --------------------------------------------------------------------------------


@pytest.fixture
def records(sf):
    """A bit of everything."""
    CountyFactory(fips="06037")
    CountyFactory(fips="44001", usps="RI")
    change(answer(sf), answer="no", effective_from=date(2019, 1, 1))
    published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"), factor="no_287g")
    published_provision(claims=[{}], exceptions=[{"county": sf}])
    published(AgreementFactory, counties=[sf])
    published(IceListFactory, listed_counties=[sf], list_date=date(2020, 1, 1))


def contents():
    return sorted(
        tuple(str(value) for name, value in row.items() if name != "id")
        for row in ScorePeriod.objects.values()
    )


def test_what_acts_stored_step_by_step_is_what_a_full_rebuild_stores(records):
    before = contents()
    score_periods.rebuild()
    assert contents() == before


def test_rebuilding_some_counties_leaves_the_others_alone(records, sf):
    ScorePeriod.objects.update(rules="XXXXXXX")
    score_periods.rebuild([sf.pk])
    wrong = {row.county_id for row in ScorePeriod.objects.filter(rules="XXXXXXX")}
    assert wrong == {"06037", "44001"}


def test_rebuilding_more_counties_than_can_be_named_rebuilds_all(records, monkeypatch):
    before = contents()
    monkeypatch.setattr(evidence, "LARGEST_SUBSET", 1)
    ScorePeriod.objects.update(rules="XXXXXXX")
    assert score_periods.rebuild(["06075", "06037"]) == len(before)
    assert contents() == before


def test_rebuilding_no_county_changes_nothing(records):
    before = contents()
    assert score_periods.rebuild([]) == 0
    assert contents() == before


def test_rebuilding_twice_gives_the_same(records):
    assert score_periods.rebuild() == score_periods.rebuild() == len(contents())


def test_drafts_are_not_scored(records):
    before = contents()
    LocalPolicyFactory(county_id="06075", county=None, factor="no_status_inquiry")
    score_periods.rebuild()
    assert contents() == before


def test_a_rebuild_takes_the_same_number_of_queries_however_many_counties(sf):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            score_periods.rebuild()
        return len(captured)

    answer(sf)
    few = queries()
    for number in range(1, 60, 2):
        answer(CountyFactory(fips=f"06{number:03d}"), by=UserFactory())
    assert ScorePeriod.objects.count() == 31
    assert queries() == few


# --- Differences -------------------------------------------------------------------------------


def test_a_missing_a_wrong_and_a_surplus_period_are_each_found(records):
    assert score_periods.differences() == []
    row = ScorePeriod.objects.filter(county="44001").first()
    row.delete()
    assert len(score_periods.differences()) == 1
    ScorePeriod.objects.filter(county="06037").update(effective_until=date(2090, 1, 1))
    lines = score_periods.differences()
    assert any("06037" in line and "2090" in line for line in lines)
    row.pk, row.county_id, row.effective_from = None, "06075", date(2000, 1, 1)
    row.save()
    assert any(line.startswith("stored, not computed") for line in score_periods.differences())


@pytest.mark.parametrize(
    "column",
    [f.attname for f in ScorePeriod._meta.concrete_fields if f.name not in ("id", "county")],
)
def test_a_difference_in_any_column_is_found(sf, column):
    for factor in FACTORS:
        answer(sf, factor)
    value = getattr(ScorePeriod.objects.get(), column)
    if column in ("score", "at_least"):
        other = {"score": 6, "at_least": 6}
    elif column == "factors_known":
        other = {"factors_known": 6, "score": None}
    elif isinstance(value, date) or value is None:
        other = {column: date(2031, 1, 1)}
    else:
        other = {column: "1111111" if len(value) == 7 else "no"}
    ScorePeriod.objects.update(**other)
    assert len(score_periods.differences()) == 2


def test_a_record_changed_behind_the_actions_is_found(sf):
    row = answer(sf)
    LocalPolicy.objects.filter(pk=row.pk).update(answer="none_found")
    assert len(score_periods.differences()) == 2

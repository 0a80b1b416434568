"""Wins are linked to the points they gained."""

from datetime import date

import pytest

from policies import actions
from policies.models import WinFactor
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    LocalPolicyFactory,
    UserFactory,
    WinFactory,
    published,
    published_provision,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db

WON = date(2019, 7, 1)


@pytest.fixture
def county():
    return CountyFactory()


def won(*factors, **values):
    win = WinFactory(title="A win", date_earliest=WON, **values)
    for factor in factors:
        WinFactor.objects.create(win=win, factor=factor)
    return actions.publish(record=win, by=UserFactory(), at=PUBLISHED_AT)


def test_a_dated_win_that_names_no_factor_is_found(county):
    won(counties=[county])
    assert said("win-not-linked") == ["“A win” names no factor that it gained a point for."]


def test_an_undated_win_moves_nothing_and_is_not(county):
    published(WinFactory, date_earliest=None, counties=[county])
    assert not findings("win-not-linked")


def test_a_win_without_the_answer_it_gained_is_found(county):
    won("limits_holds", counties=[county])
    assert said("win-not-linked") == [
        "“A win” (2019-07-01): the record has no yes from about that day for 3 Limits holds."
    ]


@pytest.mark.parametrize("start", [date(2017, 2, 1), WON, date(2019, 12, 1)])
def test_a_win_whose_answer_is_yes_from_about_its_day_is_not(county, start):
    published(LocalPolicyFactory, county=county, effective_from=start)
    won("limits_holds", counties=[county])
    assert not findings("win-not-linked")


@pytest.mark.parametrize(
    "record",
    [
        {"effective_from": date(2020, 2, 1)},
        {"effective_from": date(2018, 1, 1), "effective_until": WON},
        {"effective_from": WON, "answer": "none_found"},
    ],
    ids=["much later", "over before", "no yes"],
)
def test_a_win_whose_answer_is_another_is_found(county, record):
    published(LocalPolicyFactory, county=county, **record)
    won("limits_holds", counties=[county])
    assert findings("win-not-linked")


def test_every_county_of_a_win_has_to_gain(county):
    published(LocalPolicyFactory, county=county)
    won("limits_holds", counties=[county, CountyFactory()])
    assert findings("win-not-linked")


def test_a_states_win_needs_a_provision_that_requires_it():
    won("limits_holds", kind="state_law")
    assert findings("win-not-linked")
    published_provision(claims=[{"effective_from": date(2019, 10, 1)}])
    assert not findings("win-not-linked")


def test_a_citys_win_gains_no_point_but_names_a_factor(county):
    won("limits_holds", place="Springfield", counties=[county])
    assert not findings("win-not-linked")

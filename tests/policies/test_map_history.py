from __future__ import annotations

from datetime import date

import pytest

from policies.assessments import When, assess
from policies.clock import end_of_day
from policies.map_history import LETTERS, history_file
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    correct,
    noon,
    published,
)

pytestmark = pytest.mark.django_db


def letters_on(file: dict, position: int, day: str) -> str:
    """As the map's script reads it."""
    runs = file["counties"][position]
    state = 0
    for at in range(0, len(runs), 2):
        if file["days"][runs[at]] <= day:
            state = runs[at + 1]
    return file["states"][state][0]


@pytest.fixture
def autauga():
    """The first county of the map."""
    return CountyFactory(fips="001", usps="AL")


def test_a_county_without_records_is_unknown_on_every_day(autauga):
    file = history_file(None)

    assert len(file["counties"]) == 3143
    assert letters_on(file, 0, "2030-01-01") == "uuuuuuu"


@pytest.mark.parametrize("day", ["2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01"])
def test_every_day_has_the_answers_of_the_assessment(autauga, day):
    published(
        LocalPolicyFactory,
        county=autauga,
        factor="limits_holds",
        answer="yes",
        effective_from=date(2018, 1, 1),
        effective_until=date(2019, 1, 1),
    )
    known = assess(When(date.fromisoformat(day))).get(autauga.pk)
    expected = "".join(LETTERS[answer] for answer in known.answers) if known else "uuuuuuu"

    assert letters_on(history_file(None), 0, day) == expected
    assert expected == ("uuyuuuu" if day in ("2018-01-01", "2018-12-31") else "uuuuuuu")


def test_as_known_on_a_past_day(autauga):
    policy = published(
        LocalPolicyFactory,
        at=noon("2020-01-01"),
        county=autauga,
        factor="limits_holds",
        answer="yes",
        effective_from=date(2018, 1, 1),
    )
    correct(policy, on="2021-01-01", answer="no")

    assert letters_on(history_file(None), 0, "2019-01-01") == "uunuuuu"
    then = history_file(end_of_day(date(2020, 6, 1)))
    assert letters_on(then, 0, "2019-01-01") == "uuyuuuu"


def test_agreements_and_the_age_of_lists_are_told(autauga):
    published(
        AgreementFactory, state=autauga.state, counties=[autauga], effective_from=date(2019, 1, 1)
    )
    published(IceListFactory, list_date=date(2019, 6, 1))
    file = history_file(None)

    assert "0" in {state[3] for state in file["states"]}
    assert file["lists"] == {0: [("2019-06-01", "2019-08-30")]}


def test_it_takes_two_queries(autauga, django_assert_num_queries):
    with django_assert_num_queries(2):
        history_file(None)

"""Counties known in part, and totals that others added up."""

from datetime import date

import pytest

from policies.models import IceEngagement
from policies.rubric import FACTORS
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    LocalPolicyFactory,
    SubmissionFactory,
    UserFactory,
    published,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db


def answered(county, factors, **values):
    for factor in factors:
        published(LocalPolicyFactory, county=county, factor=factor.value, **values)


def test_a_county_analysed_in_part_is_found_with_what_is_missing():
    county = CountyFactory()
    answered(county, FACTORS[:5])
    assert said("known-in-part") == [
        "5 of seven answers are known. Missing: 6 No status inquiry; 7 No general assistance."
    ]
    assert findings("known-in-part")[0].county == county.pk


def test_complete_counties_and_unknown_ones_are_not():
    answered(CountyFactory(), FACTORS)
    CountyFactory()
    assert not findings("known-in-part")


def test_what_was_known_in_part_once_is_not():
    answered(CountyFactory(), FACTORS[:5], effective_until=date(2018, 1, 1))
    assert not findings("known-in-part")


def stated(county, total, *, status="applied", as_of=date(2019, 9, 1)):
    decided = {"decided_at": PUBLISHED_AT, "decided_by": UserFactory()}
    submission = SubmissionFactory(
        status=status, as_of=as_of, **(decided if status == "applied" else {})
    )
    IceEngagement.objects.create(submission=submission, row=12, county=county, stated_total=total)
    return submission


@pytest.mark.parametrize("total", ["8", "31", "many", "1"])
def test_a_total_that_the_answers_do_not_add_up_to_is_found(total):
    county = CountyFactory()
    answered(county, FACTORS[:2])
    submission = stated(county, total)
    (found,) = findings("stated-total")
    assert found.about == ("policies.submission", str(submission.pk))
    assert said("stated-total") == [
        f"“sheet.csv”, row 12, states a total of {total}; its own answers add up to 2."
    ]


@pytest.mark.parametrize("total", ["2", " 2.0 ", ""])
def test_a_total_that_adds_up_or_is_not_given_is_not(total):
    county = CountyFactory()
    answered(county, FACTORS[:2])
    answered(county, FACTORS[2:3], answer="none_found")
    answered(county, FACTORS[3:4], effective_from=date(2019, 12, 1))
    stated(county, total)
    assert not findings("stated-total")


def test_a_sheet_that_was_not_applied_says_nothing():
    stated(CountyFactory(), "5", status="planned")
    assert not findings("stated-total")


def test_the_newest_sheet_counts():
    county = CountyFactory()
    answered(county, FACTORS[:2])
    stated(county, "5", as_of=date(2018, 1, 1))
    stated(county, "2")
    assert not findings("stated-total")

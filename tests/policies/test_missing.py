"""Which state law is named as standing in a county's way, or as deciding later."""

from datetime import date

import pytest

from policies.models import StateProvision
from policies.presenters.claims import claims_on
from policies.rubric import Factor
from tests.factories import CountyFactory, published_provision

pytestmark = pytest.mark.django_db

FROM, UNTIL = date(2018, 1, 1), date(2019, 1, 1)


def applies(on: date, **claim) -> bool:
    """Whether the claim binds a county that is excepted for the year 2018."""
    county = CountyFactory()
    excepted = {"county": county, "effective_from": FROM, "effective_until": UNTIL}
    published_provision(
        claims=[{"effective_from": date(2017, 1, 1)} | claim], exceptions=[excepted]
    )
    return bool(list(claims_on(StateProvision.objects.all(), county, Factor.LIMITS_HOLDS, on)))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2017, 12, 31), True),
        (FROM, False),
        (date(2018, 12, 31), False),
        (UNTIL, True),
    ],
)
def test_a_county_is_excepted_only_while_the_exception_is_in_force(on, expected):
    assert applies(on) is expected


def test_of_a_law_that_decides_later_the_exception_counts_on_its_first_day():
    assert not applies(date(2017, 6, 1), effective_from=date(2018, 6, 1))


def test_an_exception_that_ends_before_a_law_decides_does_not_count():
    assert applies(date(2018, 6, 1), effective_from=UNTIL)

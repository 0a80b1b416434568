"""Days that follow from other days."""

from datetime import date

import pytest

from policies import clock


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2020, 2, 29), date(2019, 2, 28)),
        (date(2021, 2, 28), date(2020, 2, 28)),
        (date(1776, 5, 1), date(1775, 5, 1)),
    ],
)
def test_a_year_before(day, before):
    assert clock.year_before(day) == before

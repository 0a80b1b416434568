"""Numbers as pages write them."""

import pytest
from django.utils import translation

from policies.presenters.figures import share


@pytest.mark.parametrize(
    ("percent", "places", "written"),
    [
        (200 / 3, 0, "67%"),
        (200 / 3, 1, "66.7%"),
        (12.56, 1, "12.6%"),
        (99.96, 1, "100.0%"),
        (0, 0, "0%"),
        (5, 1, "5.0%"),
    ],
)
def test_a_share_is_rounded_not_cut_off(percent, places, written):
    with translation.override("en"):
        assert share(percent, places) == written

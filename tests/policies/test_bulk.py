"""Many rows at once: all of them arrive, whatever their number, and with the values given."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from policies import bulk
from policies.models import ScorePeriod
from policies.rubric import FACTORS
from policies.score_periods import NAMES
from tests.factories import CountyFactory

pytestmark = pytest.mark.django_db


def period(number: int, *, known: int = 0) -> tuple:
    year = 1900 + number
    flags = ("0" * 7, "0" * 7)
    return (
        *("06001", date(year, 1, 1), date(year + 1, 1, 1), "-" * 7),
        *(None, 0, known, None, *flags),
        *(["unknown"] * len(FACTORS)),
    )


# 58 rows of ScorePeriod fit into one of SQLite's statements.
@pytest.mark.parametrize("count", [0, 1, 2, 57, 58, 59, 117])
def test_every_row_arrives_once_and_in_order(count):
    CountyFactory(fips="06001")
    rows = [period(number) for number in range(count)]
    bulk.insert(ScorePeriod, NAMES, iter(rows), {})
    assert list(ScorePeriod.objects.order_by("pk").values_list(*NAMES)) == rows


@pytest.mark.parametrize("batch", [1, 7, 60])
def test_batches_make_no_difference(monkeypatch, batch):
    monkeypatch.setattr(bulk, "BATCH", batch)
    monkeypatch.setattr(bulk, "PIECE", batch)
    CountyFactory(fips="06001")
    rows = [period(number) for number in range(65)]
    bulk.insert(ScorePeriod, NAMES, rows, {})
    assert list(ScorePeriod.objects.order_by("pk").values_list(*NAMES)) == rows


@pytest.mark.parametrize("bad", [0, 30, 64])
def test_one_row_against_a_constraint_keeps_all_out(bad):
    CountyFactory(fips="06001")
    rows = [period(number, known=7 if number == bad else 0) for number in range(65)]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(ScorePeriod, NAMES, rows, {})
    assert not ScorePeriod.objects.exists()

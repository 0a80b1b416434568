"""As many queries for a file of many rows as for one of few, at every step of its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from policies import submissions
from policies.models import LocalPolicy, Submission
from policies.rubric import AGREEMENT_FACTORS, FACTORS
from tests.factories import CountyFactory, StateFactory, UserFactory, noon
from tests.policies.submissions.sheets import AS_OF, TODAY, answer, received

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 30
INSERTED = re.compile(r'^(?:\d+ times: )?INSERT INTO ("\w+")')
LATER = date(2019, 12, 1)
AT = noon("2020-01-01")


@pytest.fixture(scope="module")
def counties() -> list[str]:
    return [f"06{number:03}" for number in range(1, 2 * MANY, 2)]


@pytest.fixture(autouse=True)
def places(counties):
    state = StateFactory(usps="CA")
    for fips in counties:
        CountyFactory(fips=fips, short_name=f"County {fips}", state=state)


def rows(counties, *, changed: bool = False):
    """An answer to every factor of each county; those to factor 3 are others if `changed`."""
    for fips in counties:
        for factor in FACTORS:
            no = "no" if factor in AGREEMENT_FACTORS else "none_found"
            other = changed and factor == "limits_holds"
            yield answer(
                fips,
                factor.value,
                no if other else "yes",
                source_title=f"Survey, part {factor.value}",
                source_date="2019-08-15",
            )


def queries(work: Callable[[], object]) -> int:
    """How many statements, those that insert the next rows into the same table counted once."""
    with CaptureQueriesContext(connection) as captured:
        work()
    tables = [INSERTED.search(query["sql"]) for query in captured]
    repeated = sum(bool(one and two and one[1] == two[1]) for one, two in pairwise(tables))
    return len(tables) - repeated


def sends(by, what, as_of=AS_OF) -> list[int]:
    """Queries of receiving and comparing, and of applying what that stored."""
    file = received(*what, as_of=as_of)

    def preview() -> None:
        submission = submissions.receive(
            received=file, source_title="A partner's sheet", by=by, at=AT
        )
        submissions.compare(submission=submission, today=TODAY)

    def apply() -> None:
        submissions.apply(submission=Submission.objects.latest("pk"), by=by, at=AT, today=TODAY)

    return [queries(preview), queries(apply)]


def all_steps(counties) -> dict[str, list[int]]:
    """Queries of a file sent, sent again, a later one, and the undoing of that and of the first."""
    by = UserFactory()
    steps = {
        "first": sends(by, rows(counties)),
        "again": sends(by, rows(counties)),
        "later": sends(by, rows(counties, changed=True), LATER),
    }
    first, _again, later = Submission.objects.order_by("pk")
    return steps | {"undo the later": undoes(by, later), "undo the first": undoes(by, first)}


def undoes(by, submission) -> list[int]:
    return [queries(lambda: submissions.undo(submission=submission, by=by, at=AT))]


def test_queries_do_not_grow_with_the_rows(counties):
    with transaction.atomic():
        few = all_steps(counties[:FEW])
        assert not LocalPolicy.objects.published().exists()
        transaction.set_rollback(True)
    assert all_steps(counties) == few

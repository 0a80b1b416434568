"""How much a review costs, and what it would do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import review_items
from policies.assessments import When, assess
from policies.models import ChangeEvent, LocalPolicy
from tests.factories import (
    AgreementFactory,
    LocalPolicyFactory,
    published,
)
from tests.policies.reviewing import TODAY, approved, draft_of, in_review

pytestmark = pytest.mark.django_db


def queries_to_approve(author, reader, number):
    rows = [LocalPolicyFactory() for _ in range(number)]
    rows += [AgreementFactory(counties=[row.county]) for row in rows]
    change_set = in_review(author, *rows)
    with CaptureQueriesContext(connection) as queries:
        approved(change_set, reader)
    return len(queries)


def test_many_new_records_take_as_many_queries_as_few(author, reader):
    queries_to_approve(author, reader, 2)  # what is asked once in a process is asked here
    few = queries_to_approve(author, reader, 2)
    assert queries_to_approve(author, reader, 12) == few


def test_the_effect_is_told_and_nothing_is_written(author):
    old = published(LocalPolicyFactory)
    change_set = in_review(author, draft_of(old, author, answer="no"), LocalPolicyFactory())
    moved = review_items.effect_of(change_set, TODAY)
    assert {(one.before.score.at_least, one.after.score.at_least) for one in moved} == {
        (1, 0),
        (0, 1),
    }
    assert LocalPolicy.objects.published().get() == old
    assert ChangeEvent.objects.count() == 1
    assert assess(When(TODAY))[old.county_id].score.at_least == 1


def test_the_effect_of_many_new_records_takes_as_many_queries(author):
    def queries(number):
        change_set = in_review(author, *(LocalPolicyFactory() for _ in range(number)))
        with CaptureQueriesContext(connection) as found:
            assert len(review_items.effect_of(change_set, TODAY)) == number
        return len(found)

    assert queries(2) == queries(12)

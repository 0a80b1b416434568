"""Requests overdue, and what readers report."""

from datetime import date

import pytest

from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    UserFactory,
)
from tests.factories_queue import ErrorReportFactory, RecordsRequestFactory
from tests.policies.quality.found import TODAY, findings, said

pytestmark = pytest.mark.django_db


def test_a_request_overdue_is_found():
    RecordsRequestFactory(agency="Sheriff", county=CountyFactory())
    assert said("request-overdue") == [
        "Sheriff was asked on 2020-01-01; an answer was due on 2020-01-11."
    ]


@pytest.mark.parametrize("what", [{"due_on": TODAY}, {"answered_on": date(2020, 2, 1)}])
def test_a_request_that_is_not_due_yet_or_answered_is_not(what):
    RecordsRequestFactory(**what)
    assert not findings("request-overdue")


def test_a_report_that_nobody_answered_is_found():
    ErrorReportFactory(text="It  ended\nin May.")
    assert said("error-report") == ["A reader writes: “It ended in May.”"]


def test_a_report_that_was_answered_is_not():
    ErrorReportFactory(status="mended", handled_by=UserFactory(), handled_at=PUBLISHED_AT)
    assert not findings("error-report")

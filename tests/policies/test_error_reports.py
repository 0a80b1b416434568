"""Reports by readers: received within limits, answered once."""

import pytest
from django.core.exceptions import ValidationError

from policies import error_reports
from policies.models import ErrorReport
from tests.factories import CountyFactory, UserFactory, noon
from tests.factories_queue import ErrorReportFactory

pytestmark = pytest.mark.django_db

AT = noon("2020-03-01")


def test_a_report_is_kept_as_it_came():
    county = CountyFactory()
    report = error_reports.receive(
        text=" It ended in May.\x00 ",
        at=AT,
        page="/counties/ca/alpine/",
        county=county,
        reply_to="a@example.org",
        language="es",
    )
    report.refresh_from_db()
    assert (report.text, report.county, report.language) == ("It ended in May.", county, "es")
    assert (report.status, report.received_at) == ("open", AT)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": " \x00\n"}),
        ("text", {"text": "x" * 5001}),
        ("page", {"page": "/" * 501}),
        ("reply_to", {"reply_to": "not an address"}),
        ("reply_to", {"reply_to": f"{'a' * 250}@example.org"}),
    ],
)
def test_what_is_empty_too_long_or_no_address_is_refused_by_field(field, values):
    with pytest.raises(ValidationError) as refused:
        error_reports.receive(**{"text": "Wrong.", "at": AT, **values})
    assert set(refused.value.message_dict) == {field}
    assert not ErrorReport.objects.exists()


def test_the_longest_allowed_is_taken():
    error_reports.receive(text="x" * 5000, at=AT, page="/" * 500)
    assert ErrorReport.objects.count() == 1


def test_a_report_sent_twice_is_kept_once():
    for _ in range(2):
        error_reports.receive(text="Wrong.", at=AT, page="/")
    error_reports.receive(text="Wrong.", at=AT, page="/counties/")
    assert ErrorReport.objects.count() == 2


def test_nothing_is_kept_of_the_reader_but_what_they_wrote():
    names = {field.name for field in ErrorReport._meta.fields}
    assert not names & {"ip", "ip_address", "user", "user_agent", "session", "name"}


def test_it_is_answered_once():
    report, reader = ErrorReportFactory(), UserFactory()
    about = {"status": "mended", "answer": "Thank you.", "by": reader, "at": AT}
    error_reports.handle(report=report, **about)
    report.refresh_from_db()
    assert (report.status, report.handled_by, report.answer) == ("mended", reader, "Thank you.")
    with pytest.raises(ValidationError):
        error_reports.handle(report=report, **about)


@pytest.mark.parametrize("status", ["open", "lost", ""])
def test_an_answer_says_what_came_of_it(status):
    with pytest.raises(ValidationError):
        error_reports.handle(
            report=ErrorReportFactory(), status=status, answer="", by=UserFactory(), at=AT
        )

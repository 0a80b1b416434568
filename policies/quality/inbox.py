"""What waits for somebody outside, or came from outside."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import ErrorReport, PublicRecordsRequest
from policies.quality.base import Check, Finding, Material, Severity, about
from policies.quality.sources import EXCERPT


def overdue_requests(material: Material) -> Iterator[Finding]:
    rows = PublicRecordsRequest.objects.filter(answered_on=None, due_on__lt=material.today)
    for pk, county, usps, agency, sent, due in rows.order_by("pk").values_list(
        "pk", "county_id", "state_id", "agency", "sent_on", "due_on"
    ):
        yield Finding(
            key=str(pk),
            about=about(PublicRecordsRequest, pk),
            sentence=gettext_noop(
                "%(agency)s was asked on %(sent_on)s; an answer was due on %(due_on)s."
            ),
            values={
                "agency": agency,
                "sent_on": sent.isoformat(),
                "due_on": due.isoformat(),
            },
            county=county,
            state=usps,
        )


def open_reports(material: Material) -> Iterator[Finding]:
    rows = ErrorReport.objects.filter(status=ErrorReport.Status.OPEN)
    for pk, county, text in rows.order_by("pk").values_list("pk", "county_id", "text"):
        words = " ".join(text.split())
        yield Finding(
            key=str(pk),
            about=about(ErrorReport, pk),
            sentence=gettext_noop("A reader writes: “%(text)s”"),
            values={"text": words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"},
            county=county,
        )


CHECKS = (
    Check(
        "error-report",
        _("Error reports from the public"),
        _("A reader says that something is wrong, and nobody has answered yet."),
        Severity.WARNING,
        open_reports,
    ),
    Check(
        "request-overdue",
        _("Public-records requests overdue"),
        _("A request for records was sent and not answered by the day the law sets."),
        Severity.WARNING,
        overdue_requests,
    ),
)

"""Files as partners send them through the form, and the addresses of what can be done with them."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies import clock, submissions
from policies.import_plans import Received
from policies.models import Submission
from tests.factories import CountyFactory, noon

HEADER = "fips,state,county,factor,answer,effective_from\n"
GOOD = HEADER + "06001,,,limits_holds,yes,2018-01-01\n"
#: One good row, and two with the same misspelt county.
MISSPELT = GOOD + (
    ",CA,San Fransico,limits_holds,yes,2018-01-01\n"
    ",CA,San Fransico,limits_notifications,yes,2018-01-01\n"
)
#: A row that no choice can mend.
BAD_DATE = GOOD + "06075,,,limits_holds,yes,7/72025\n"
#: A heading that is not known, and nothing else to tell the factor by.
ODD_HEADING = "fips,Which policy,answer\n06001,limits_holds,yes\n"


def places() -> None:
    for fips, name in (("06001", "Alameda"), ("06075", "San Francisco"), ("06003", "Alpine")):
        CountyFactory(fips=fips, short_name=name)


def form(text: str | bytes = GOOD, name: str = "sheet.csv", **values) -> dict:
    data = text.encode() if isinstance(text, str) else text
    return {
        "file": SimpleUploadedFile(name, data),
        "kind": "policies",
        "as_of": "2019-09-01",
        "source_title": "A partner's sheet",
        **values,
    }


def add_url() -> str:
    return reverse("admin:policies_submission_add")


def url(submission: Submission, act: str = "change") -> str:
    return reverse(f"admin:policies_submission_{act}", args=[submission.pk])


def sent(by, text: str = GOOD, name: str = "sheet.csv", **values) -> Submission:
    """A file received from that account and compared, as the form does it."""
    received = Received(text.encode(), name, "policies", date(2019, 9, 1), partner_id=by.pk)
    submission = submissions.receive(
        received=received,
        source_title="A partner's sheet",
        by=by,
        at=values.pop("at", noon("2020-01-01")),
    )
    submissions.compare(submission=submission, today=clock.today())
    return submission


def now(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def agree(client, submission: Submission, **values):
    """Open the page that asks for consent, and give it."""
    page = client.get(url(submission, "apply"), {"skip": "1"} if values.get("skip") else {})
    seen = page.context["form"]["seen"].value() if page.status_code == 200 else ""
    return client.post(url(submission, "apply"), {"seen": seen, **values}, follow=True)


def said(response) -> str:
    """The messages that the page shows."""
    return " ".join(str(message) for message in response.context["messages"])

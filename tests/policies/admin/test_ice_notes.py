"""ICE's notes that the organisation's sheet repeats: read in the admin, gone with their file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from policies import submissions
from tests.factories import CountyFactory, UserFactory, noon
from tests.policies.submissions.organisation_sheet import HEADINGS
from tests.policies.submissions.sheets import applied, csv_bytes

pytestmark = pytest.mark.django_db

ROW = {
    **dict.fromkeys(HEADINGS, ""),
    **{"County": "Alameda", "State": "CA", "GEOID - FIPS": "6001", "No ICE holds": "1"},
    "ICE Comments": "The sheriff was met twice.",
}


def notes(client) -> str:
    return client.get(reverse("admin:policies_iceengagement_changelist")).content.decode()


@pytest.fixture
def submission(db):
    CountyFactory(fips="06001", short_name="Alameda")
    return applied(data=csv_bytes([ROW]), kind="ilrc")


def test_what_the_sheet_says_of_ice_can_be_read(reviewer, submission):
    assert "Alameda County, CA" in notes(reviewer)
    one = submission.engagements.get()
    page = reviewer.get(reverse("admin:policies_iceengagement_change", args=[one.pk]))
    assert "The sheriff was met twice." in page.content.decode()


def test_undone_with_its_file_it_is_gone(reviewer, submission):
    submissions.undo(submission=submission, by=UserFactory(), at=noon("2020-03-01"))
    assert "Alameda County, CA" not in notes(reviewer)


def test_partners_do_not_read_it(partner, submission):
    response = partner.get(reverse("admin:policies_iceengagement_changelist"))
    assert response.status_code == 403

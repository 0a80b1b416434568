"""The organisation's own sheet, full size: in, out of the API, and undone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from policies import score_periods, submissions
from policies.models import ChangeEvent, IceEngagement, LocalPolicy, ScorePeriod, Submission
from policies.rubric import FACTORS
from tests.factories import UserFactory, noon
from tests.policies.submissions.organisation_sheet import expected, sheet, vectors
from tests.policies.submissions.sheets import applied

AS_OF = date(2018, 6, 1)


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """The sheet, applied once for all tests here; rolled back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        yield applied(data=sheet(), kind="ilrc", as_of=AS_OF, at=noon("2018-07-01"))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_its_transaction(imported, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_answer_of_the_sheet_is_in_the_record():
    given = sum(answer is not None for row in vectors().values() for answer in row)
    assert LocalPolicy.objects.published().count() == given
    report = Submission.objects.get().report
    assert (report["new"], report["changed"], report["errors"]) == (given, 0, [])


def test_what_is_no_county_is_said_and_left_out():
    report = Submission.objects.get().report
    assert report["skipped"] == 3
    assert report["rows"] == len(vectors()) + 3


@pytest.mark.parametrize(("row", "total"), [(3, "8"), (4, "31")])
def test_a_total_that_cannot_be_is_reported_with_its_row(row, total):
    warnings = Submission.objects.get().report["warnings"]
    (found,) = [one for one in warnings if one["row"] == row and one["column"] == "ILRC Total"]
    assert (found["code"], found["value"]) == ("total_contradicts", total)


def test_a_state_that_is_missing_is_reported():
    warnings = Submission.objects.get().report["warnings"]
    missing = [one["message"] for one in warnings if one["code"] == "state_missing"]
    assert any("Wyoming" in message or "WY" in message for message in missing)


@pytest.mark.parametrize("fips", ["01001", "01003", "01005", "06075", "48453", "51510"])
def test_the_api_gives_the_sheets_own_answers(fips, client):
    county = client.get(f"/api/v1/counties/{fips}/?as_of={AS_OF}").json()
    given = vectors()[fips]
    assert [one["local_answer"] for one in county["factors"]] == [
        expected(answer, index) for index, answer in enumerate(given)
    ]


def test_a_state_row_answers_for_every_county_of_a_unified_system(client):
    county = client.get(f"/api/v1/counties/44007/?as_of={AS_OF}").json()
    assert (county["score"], county["factors"][2]["decided_by"]) == (4, "state_record")


def test_a_policy_named_in_the_sheet_is_cited(client):
    county = client.get(f"/api/v1/counties/06075/?as_of={AS_OF}").json()
    cited = {
        citation["title"]
        for factor in county["factors"][2:]
        if factor["answer"] == "yes"
        for citation in factor["citations"]
    }
    assert cited == {"Sanctuary ordinance"}


def test_the_summary_has_the_right_totals(client):
    summary = client.get(f"/api/v1/reports/summary/?as_of={AS_OF}").json()
    known = [row for key, row in vectors().items() if len(key) == 5 and None not in row]
    known += [vectors()["RI"]] * 5
    assert summary["counties_analysed"] == len(known)
    assert summary["counties_partial"] == 2
    assert [one["yes"] for one in summary["by_factor"]] == [
        sum(row[i] for row in known) for i in range(7)
    ]
    by_score = Counter(sum(row) for row in known)
    assert {one["score"]: one["counties"] for one in summary["by_score"]} == {
        score: by_score[score] for score in range(8)
    }
    assert summary["points"] == sum(score * count for score, count in by_score.items())


def test_what_ice_noted_is_kept_beside_the_record():
    note = IceEngagement.objects.get(county="06075")
    assert (note.field_office, note.met_by) == ("NOL", "FOD")
    assert (note.first_engaged_on, note.last_engaged_on) == (date(2015, 7, 31), date(2015, 9, 1))
    assert note.acceptance.startswith("4: Willing")
    assert IceEngagement.objects.get(state="RI").jurisdiction.startswith("Rhode Island")


def test_the_same_sheet_again_changes_nothing():
    again = applied(data=sheet(), kind="ilrc", as_of=AS_OF, at=noon("2018-07-02"))
    assert (again.report["new"], again.report["changed"]) == (0, 0)
    assert again.report["unchanged"] == LocalPolicy.objects.count()


def test_what_a_later_sheet_no_longer_says_is_compared_not_deleted():
    shorter = sheet().replace(b",01001\r\n", b",1001\r\n").split(b"\r\n")
    without = [line for line in shorter if not line.endswith(b",6075")]
    later = applied(
        data=b"\r\n".join(without), kind="ilrc", as_of=date(2018, 8, 1), at=noon("2018-08-02")
    )
    assert later.report["removed"] == len(FACTORS)
    assert LocalPolicy.objects.published().filter(county="06075").count() == len(FACTORS)


def test_undo_restores_every_answer_and_the_log_tells_both():
    submission = Submission.objects.get()
    submissions.undo(submission=submission, by=UserFactory(), at=noon("2018-08-01"))
    assert not LocalPolicy.objects.published().exists()
    assert not ScorePeriod.objects.exists()
    assert score_periods.differences() == []
    assert {"new", "undo"} <= set(ChangeEvent.objects.values_list("kind", flat=True))

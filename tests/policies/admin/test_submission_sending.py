"""The form that sends a file: what it refuses, and that nothing is lost or doubled."""

import html
import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from policies.imports.file_types import EMPTY
from policies.models import ImportChoice, Submission
from tests.factories import UserFactory
from tests.policies.admin.sending import (
    GOOD,
    MISSPELT,
    ODD_HEADING,
    add_url,
    form,
    now,
    places,
    said,
    sent,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    places()


def errors(page) -> str:
    return str(page.context["adminform"].form.errors)


def test_a_good_file_is_kept_and_compared(partner):
    page = partner.post(add_url(), form(message="Please look at row 2."), follow=True)
    submission = Submission.objects.get()
    assert (submission.status, submission.received_from) == ("planned", partner.user)
    assert submission.file.read() == GOOD.encode()
    assert page.redirect_chain[-1][0] == url(submission)
    assert "Received" in said(page)
    assert "Please look at row 2." in page.content.decode()


def test_the_script_is_told_where_to_go(partner):
    response = partner.post(add_url(), form(), headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 201
    assert json.loads(response.content) == {"location": url(Submission.objects.get())}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"text": b""}, EMPTY),
        ({"name": "sheet.pdf"}, "“sheet.pdf” are not read"),
        ({"name": "sheet"}, "“sheet” are not read"),
        ({"as_of": ""}, "required"),
        ({"as_of": "9/31/2019"}, "valid date"),
        ({"as_of": "2099-01-01"}, "still to come"),
        ({"as_of": "0019-09-01"}, "not plausible"),
        ({"kind": "letters"}, "not one of the available choices"),
        ({"source_title": ""}, "required"),
        ({"source_url": "javascript:alert(1)"}, "valid URL"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_refused_is_said_and_nothing_is_kept(partner, values, expected):
    page = partner.post(add_url(), form(**values))
    assert page.status_code == 200
    assert expected in errors(page)
    assert not Submission.objects.exists()


def test_a_form_without_a_file_is_refused(partner):
    data = form()
    del data["file"]
    assert "required" in errors(partner.post(add_url(), data))


def test_a_file_over_the_limit_is_refused_by_its_size(partner, settings):
    settings.LARGEST_UPLOAD = 50
    page = partner.post(add_url(), form())
    assert "at most 0 MB" in errors(page)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<!doctype html><html><body>Log in</body></html>", "sheet.xls"),
        (b"<html><body>Log in</body></html>", "sheet.csv"),
        (b"PK\x03\x04 not a workbook", "sheet.xlsx"),
        (b"\x00\x01\x02\x03" * 50, "sheet.csv"),
    ],
    ids=["html", "html as csv", "damaged", "binary"],
)
def test_what_cannot_be_read_is_kept_with_the_reason(partner, data, name):
    page = partner.post(add_url(), form(data, name), follow=True)
    submission = Submission.objects.get()
    assert submission.status == "received"
    assert submission.file.read() == data
    assert submission.report["errors"][0]["message"] in html.unescape(page.content.decode())
    assert "It could not be read." in page.content.decode()


def test_the_form_posted_twice_makes_one_submission(partner):
    first = partner.post(add_url(), form())
    second = partner.post(add_url(), form())
    assert Submission.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    "values", [{"as_of": "2019-10-01"}, {"sheet": "2019"}, {"message": "Again, with a reason"}]
)
def test_the_same_file_with_other_words_is_another_submission(partner, values):
    partner.post(add_url(), form())
    partner.post(add_url(), form(**values))
    assert Submission.objects.count() == 2


def test_the_same_file_from_somebody_else_is_another_submission(partner, reviewer):
    partner.post(add_url(), form())
    page = reviewer.post(add_url(), form(), follow=True)
    assert Submission.objects.count() == 2
    assert "The very same file was received" in page.content.decode()


def test_the_same_file_a_minute_later_is_another_submission(partner):
    sent(partner.user)
    partner.post(add_url(), form())
    assert Submission.objects.count() == 2


def test_the_form_names_what_it_takes(partner):
    page = partner.get(add_url()).content.decode()
    assert "at most 50 MB" in page
    assert "multipart/form-data" in page
    assert "policies/upload.js" in page


# --- Sheets and columns, which the sender may choose -------------------------------------------


def test_a_sheet_is_chosen_where_several_fit(partner, workbook):
    partner.post(add_url(), form(workbook, "two.xlsx"))
    submission = Submission.objects.get()
    assert submission.report["sheets"] == ["2018", "2019"]
    page = partner.post(url(submission, "sheet"), {"sheet": "2019"}, follow=True)
    assert now(submission).status == "planned"
    assert "No errors are left." in said(page)


@pytest.fixture
def workbook() -> bytes:
    book = Workbook()
    first, second = book.active, book.create_sheet("2019")
    first.title = "2018"
    for sheet in (first, second):
        sheet.append(["fips", "factor", "answer"])
        sheet.append(["06001", "limits_holds", "yes"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sender_says_what_a_column_means_for_their_own_files(partner, reviewer):
    partner.post(add_url(), form(ODD_HEADING))
    submission = Submission.objects.get()
    assert "Which policy" in partner.get(url(submission)).content.decode()
    data = {"scope": "column", "key": "Which policy", "field": "factor"}
    page = partner.post(url(submission, "choose"), data, follow=True)
    assert now(submission).status == "planned"
    assert "“Which policy” is factor" in said(page)
    choice = ImportChoice.objects.get()
    assert (choice.partner, choice.kind, choice.chosen_by) == (
        partner.user,
        "policies",
        partner.user,
    )
    reviewer.post(add_url(), form(ODD_HEADING))
    assert Submission.objects.latest("pk").status == "received"
    partner.post(add_url(), form(ODD_HEADING + "06075,limits_holds,yes\n"))
    assert Submission.objects.latest("pk").report["new"] == 2


def test_a_sender_may_not_choose_for_everybody(partner):
    partner.post(add_url(), form(ODD_HEADING))
    data = {"scope": "column", "key": "Which policy", "field": "factor", "everybody": "1"}
    partner.post(url(Submission.objects.get(), "choose"), data)
    assert ImportChoice.objects.get().partner == partner.user


def test_a_sender_may_not_say_which_county_is_meant(partner):
    submission = sent(partner.user, MISSPELT)
    data = {"scope": "county", "key": "CA|sanfransico", "value": "06075"}
    assert partner.post(url(submission, "choose"), data).status_code == 403
    assert not ImportChoice.objects.exists()


# --- The request as a whole --------------------------------------------------------------------


def test_a_request_larger_than_any_file_may_be_is_not_looked_at(partner, settings):
    settings.LARGEST_UPLOAD = 1_000
    page = partner.post(add_url(), form("x" * 2_000_000))
    assert page.status_code == 413
    assert "may have at most" in page.content.decode()
    assert not Submission.objects.exists()


def test_a_large_request_of_a_stranger_is_refused_alike(client, settings):
    settings.LARGEST_UPLOAD = 1_000
    assert client.post(reverse("map"), form("x" * 2_000_000)).status_code == 413


def test_csrf_is_checked(partner):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(username="strict", is_superuser=True))
    assert strict.post(add_url(), form()).status_code == 403
    submission = sent(partner.user)
    for act in ("apply", "reject", "undo", "compare", "sheet", "choose"):
        assert strict.post(url(submission, act), {}).status_code == 403


def test_a_file_sent_again_under_another_name_is_another_file(partner):
    """The remedy for a wrong ending is to rename the file and send it at once."""
    book = BytesIO()
    Workbook().save(book)
    partner.post(add_url(), form(book.getvalue(), name="sheet.csv"))
    partner.post(add_url(), form(book.getvalue(), name="sheet.xlsx"))
    names = Submission.objects.order_by("pk").values_list("filename", flat=True)
    assert list(names) == ["sheet.csv", "sheet.xlsx"]


def test_the_front_page_shows_partners_their_own_files_and_the_way_to_send(partner):
    sent(UserFactory(), name="of somebody else.csv")
    assert "You have sent no file yet." in partner.get(reverse("admin:index")).content.decode()
    sent(partner.user, name="mine.csv")
    html = partner.get(reverse("admin:index")).content.decode()
    assert f'href="{add_url()}"' in html
    assert "mine.csv" in html
    assert "of somebody else.csv" not in html
    assert "nothing to verify" not in html

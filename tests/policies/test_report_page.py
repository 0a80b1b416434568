"""A reader reports an error: without an account, a cookie or a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from policies import clock, error_reports, report_tokens
from policies.models import ErrorReport
from tests.factories import CountyFactory, noon
from tests.factories_queue import ErrorReportFactory

pytestmark = pytest.mark.django_db

FETCHED = noon("2020-03-01")
PAGE = "/counties/tx/travis/?as_of=2019-12-01"
FORM = "/report-an-error/"


@pytest.fixture
def travis():
    return CountyFactory(usps="TX", fips="48453", short_name="Travis", slug="travis")


@pytest.fixture
def at(monkeypatch):
    """Sets the clock: seconds after the form was fetched."""

    def later(seconds: float):
        monkeypatch.setattr(clock, "now", lambda: FETCHED + timedelta(seconds=seconds))

    later(0)
    return later


def token_in(response) -> str:
    return re.search(r'name="token" value="([^"]*)"', response.content.decode())[1]


def fetched(client, page=PAGE, form=FORM) -> dict[str, str]:
    return {"page": page, "token": token_in(client.get(form, {"page": page}))}


def test_a_report_reaches_the_queue_and_gets_a_number(client, travis, at):
    values = fetched(client)
    at(60)
    response = client.post(FORM, {**values, "text": "SB 4 is older.", "reply_to": "a@b.org"})
    report = ErrorReport.objects.get()

    assert response.status_code == 302
    assert (report.county, report.page, report.text) == (travis, PAGE, "SB 4 is older.")
    assert (report.reply_to, report.language, report.status) == ("a@b.org", "en", "open")
    said = client.get(response["Location"]).content.decode()
    assert f"<strong>{report.pk}</strong>" in said


def test_in_spanish(client, travis, at):
    form = f"/es{FORM}"
    values = fetched(client, f"/es{PAGE}", form)
    at(60)
    response = client.post(form, {**values, "text": "La fecha es otra."})

    assert ErrorReport.objects.get().language == "es"
    assert ErrorReport.objects.get().county == travis
    assert "Su aviso ha llegado" in client.get(response["Location"]).content.decode()


def test_nothing_of_it_sets_a_cookie_or_is_kept_by_caches(client, travis, at):
    values = fetched(client)
    at(60)
    sent = client.post(FORM, {**values, "text": "Wrong."})
    for response in (client.get(FORM, {"page": PAGE}), sent, client.get(sent["Location"])):
        assert not response.cookies
    assert client.get(FORM)["Cache-Control"] == "private, no-store"
    assert "noindex" in client.get(FORM).content.decode()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "That was very fast"),
        (2, ""),
        (24 * 3600, ""),
        (24 * 3600 + 1, "This form had expired"),
    ],
)
def test_a_form_is_taken_neither_at_once_nor_for_ever(client, travis, at, seconds, said):
    values = fetched(client)
    at(seconds)
    response = client.post(FORM, {**values, "text": "Wrong."})

    assert ErrorReport.objects.exists() is not bool(said)
    if said:
        assert response.status_code == 400
        assert said in response.content.decode()
        assert "Wrong.</textarea>" in response.content.decode()


def test_what_was_refused_can_be_sent_again(client, travis, at):
    at(0)
    values = {"page": PAGE, "token": "made up", "text": "Wrong."}
    refused = client.post(FORM, values)
    at(5)
    again = client.post(FORM, {**values, "token": token_in(refused)})

    assert (refused.status_code, again.status_code) == (400, 302)


def test_a_token_is_for_its_own_page(client, travis, at):
    values = fetched(client, "/states/")
    at(60)
    assert client.post(FORM, {**values, "page": PAGE, "text": "Wrong."}).status_code == 400


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"text": "x" * (error_reports.LONGEST_TEXT + 1)},
        {"text": "Wrong.", "reply_to": "nobody"},
        {"text": "Wrong.", "website": "https://example.org"},
    ],
)
def test_what_does_not_fit_is_refused_and_said(client, travis, at, values):
    given = fetched(client)
    at(60)
    response = client.post(FORM, {**given, **values})

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert "errorlist" in response.content.decode()
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "/nowhere/",
        "/admin/",
        "/review/abc/",
        "/es/reply/abc/",
        "counties/",
        "/" * 501,
    ],
)
def test_only_pages_of_ours_are_reported(client, at, page):
    for response in (client.get(FORM, {"page": page}), client.post(FORM, {"page": page})):
        assert response.status_code == 400
        assert "There is no such page here." in response.content.decode()


@pytest.mark.parametrize("page", ["", "/states/", "/documents/?q=hold"])
def test_it_need_not_be_about_a_county(client, at, page):
    values = fetched(client, page)
    at(60)
    client.post(FORM, {**values, "text": "Wrong."})

    assert ErrorReport.objects.get().county is None
    assert ErrorReport.objects.get().page == page


@pytest.mark.parametrize("query", ["received=12", "received=12~abc", "page=/&page=/", "x=1"])
def test_a_number_cannot_be_made_up_nor_a_parameter(client, query):
    assert client.get(f"{FORM}?{query}").status_code == 400


def test_a_flood_is_held_off_for_an_hour_and_no_words_are_lost(client, travis, at, monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_AN_HOUR", 2)
    ErrorReportFactory.create_batch(2, received_at=FETCHED)
    values = {**fetched(client), "text": "Wrong."}
    at(3599)
    held_off = client.post(FORM, values)
    at(3600)
    taken = client.post(FORM, values)

    assert (held_off.status_code, taken.status_code) == (503, 302)
    assert "Wrong.</textarea>" in held_off.content.decode()


def test_another_method_is_refused(client):
    assert client.put(FORM).status_code == 405


def test_a_receipt_is_no_form_token():
    assert report_tokens.number_of(report_tokens.receipt_of(7)) == 7
    with pytest.raises(report_tokens.NotOursError):
        report_tokens.check(report_tokens.receipt_of(7), "", FETCHED)

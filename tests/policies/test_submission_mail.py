"""Letters to those who send files: a receipt, and what became of it."""

import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from policies.models import Submission
from tests.factories import UserFactory
from tests.policies.admin.conftest import as_role, partner, reviewer  # noqa: F401
from tests.policies.admin.sending import BAD_DATE, add_url, agree, form, now, places, sent, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    places()


@pytest.fixture
def sender():
    return UserFactory(email="sender@example.org")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the end of the transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_receipt(partner, committed, settings):  # noqa: F811
    settings.SITE_URL = "https://example.org"
    with committed():
        partner.post(add_url(), form())
        partner.post(add_url(), form())
    (letter,) = mail.outbox
    submission = Submission.objects.get()
    assert letter.to == ["partner@example.org"]
    assert letter.subject == f"Submission {submission.pk}: received"
    assert "sheet.csv (“A partner's sheet”, as of 2019-09-01)" in letter.body
    assert f"https://example.org{url(submission)}" in letter.body
    assert "&" not in letter.body


def test_applied_says_what_and_what_was_left_out(reviewer, sender, committed):  # noqa: F811
    submission = sent(sender, BAD_DATE)
    with committed():
        agree(reviewer, submission, skip="1")
    (letter,) = mail.outbox
    assert letter.to == ["sender@example.org"]
    assert letter.subject == f"Submission {submission.pk}: applied"
    assert "New: 1. Changed: 0. The same as before: 0." in letter.body
    assert "1 row has errors and was left out" in letter.body


def test_rejected_says_why(reviewer, sender, committed):  # noqa: F811
    submission = sent(sender)
    with committed():
        reviewer.post(url(submission, "reject"), {"reason": "Which resolution? Row 2 & 3."})
    assert "Which resolution? Row 2 & 3." in mail.outbox[0].body


def test_undone(reviewer, sender, committed):  # noqa: F811
    submission = sent(sender)
    agree(reviewer, submission)
    with committed():
        reviewer.post(url(submission, "undo"))
    assert "taken back" in mail.outbox[-1].body


def test_no_letter_without_an_address_or_to_oneself(reviewer, committed):  # noqa: F811
    nameless, own = sent(UserFactory()), sent(reviewer.user)
    with committed():
        agree(reviewer, nameless)
        agree(reviewer, own, reason="Alone.")
    assert mail.outbox == []


def test_nothing_is_written_if_nothing_was_done(reviewer, sender, committed):  # noqa: F811
    submission = sent(sender, BAD_DATE)
    with committed():
        agree(reviewer, submission)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_breaks_nothing(
    reviewer,  # noqa: F811
    sender,
    committed,
    monkeypatch,
    caplog,
):
    def down(self, messages):
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    submission = sent(sender)
    with caplog.at_level(logging.ERROR), committed():
        assert agree(reviewer, submission).status_code == 200
    assert now(submission).status == "applied"
    assert "could not be sent" in caplog.text


def test_a_name_with_line_breaks_makes_no_header(partner, committed):  # noqa: F811
    with committed():
        partner.post(add_url(), form(name="a\nBcc: x@example.org.csv", source_title="b"))
    assert len(mail.outbox) == 1
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["partner@example.org"]

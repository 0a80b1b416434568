"""A county is sent its draft answers, replies once, and decides nothing."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from policies import clock, county_replies, review_links, reviews
from policies.models import ReviewLink, ReviewNote, SourceDocument
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
)
from tests.policies.outside import DUE, SITE, asked, path_of
from tests.policies.reviewing import AT, LATER, in_review, statuses

pytestmark = pytest.mark.django_db
REPLY = {"name": "Lee Law", "role": "County attorney", "text": "Order 3 was repealed."}


@pytest.fixture
def county(db):
    return CountyFactory(fips="06075", short_name="San Francisco")


@pytest.fixture
def draft(author, county):
    return LocalPolicyFactory(
        created_by=author, county=county, qualification="Unless a judge signs.", notes="Doubtful."
    )


@pytest.fixture
def change_set(author, draft):
    elsewhere = LocalPolicyFactory(created_by=author, title="Elsewhere", factor="no_287g")
    return in_review(author, draft, elsewhere)


def test_the_letter_has_the_link_and_the_day(
    change_set, county, reader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        link = asked(change_set, county, reader)
    (letter,) = mail.outbox
    assert letter.to == ["lee@county.example"]
    assert "San Francisco County" in letter.subject
    assert f"{SITE}/reply/{review_links.token_of(link)}/" in letter.body
    assert "Feb. 20, 2020" in letter.body or "February 20, 2020" in letter.body


def test_to_the_same_address_it_is_the_same_link_with_a_new_day(change_set, county, reader):
    first = asked(change_set, county, reader)
    again = asked(change_set, county, reader, at=LATER, due_on=date(2020, 3, 1))
    assert (again.pk, again.due_on, again.last_sent_at) == (first.pk, date(2020, 3, 1), LATER)
    assert again.created_at == AT
    assert again.expires_at > first.expires_at


def test_to_another_address_the_old_link_is_good_for_nothing(change_set, county, reader):
    first = asked(change_set, county, reader)
    second = asked(change_set, county, reader, at=LATER, email="sheriff@county.example")
    assert second.pk != first.pk
    assert ReviewLink.objects.get(pk=first.pk).revoked_by == reader


def test_an_expired_letter_can_be_sent_again(change_set, county, reader):
    first = asked(change_set, county, reader)
    later = first.expires_at + timedelta(days=1)
    again = asked(change_set, county, reader, at=later, due_on=clock.day_of(later) + timedelta(9))
    assert review_links.state_of(again, later) == ""


def test_after_a_reply_a_new_letter_is_a_new_link(change_set, county, reader):
    first = asked(change_set, county, reader)
    county_replies.reply(link=first, at=LATER, reply=county_replies.Reply("No.", "Lee", ""))
    assert asked(change_set, county, reader, at=LATER).pk != first.pk


def test_posted_twice_it_is_sent_once(
    change_set, county, reader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked(change_set, county, reader)
        with pytest.raises(reviews.AlreadyDoneError):
            asked(change_set, county, reader, at=AT + timedelta(seconds=5))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("days", [0, -1, 181])
def test_a_day_that_is_over_or_too_far(change_set, county, reader, days):
    with pytest.raises(ValidationError, match="from tomorrow on"):
        asked(change_set, county, reader, due_on=clock.day_of(AT) + timedelta(days=days))


def test_a_county_that_is_not_in_it(change_set, reader):
    with pytest.raises(ValidationError, match="nothing about that county"):
        asked(change_set, CountyFactory(), reader)


def test_a_set_that_is_not_in_review(author, change_set, county, reader):
    reviews.take_back(change_set=change_set, by=author, at=LATER)
    with pytest.raises(reviews.AlreadyDoneError):
        asked(change_set, county, reader)


def test_who_can_be_asked(author, county):
    other = CountyFactory()
    agreement = AgreementFactory(created_by=author, counties=[other])
    found = county_replies.counties_of([LocalPolicyFactory(county=county), agreement])
    assert set(found) == {county, other}


# --- The page ----------------------------------------------------------------------------------


@pytest.fixture
def link(change_set, county, reader):
    today = clock.today()
    return asked(change_set, county, reader, at=clock.now(), due_on=today + timedelta(days=9))


def page(link):
    return Client().get(path_of(link))


def text(response) -> str:
    return response.content.decode()


def test_it_shows_the_countys_own_answers_in_plain_words(link):
    shown = text(page(link))
    for words in (
        "Will the jail hold someone longer for ICE?",
        "The county limits or refuses such holds.",
        "Unless a judge signs.",
        "shall not hold any person",
    ):
        assert words in shown
    for words in ("Elsewhere", "immigration agents", "Doubtful.", "Ordinance 12", "Approve"):
        assert words not in shown


def test_it_shows_an_agreement(author, county, reader):
    agreement = AgreementFactory(created_by=author, counties=[county], agency_name="The Sheriff")
    due = clock.today() + timedelta(days=9)
    link = asked(in_review(author, agreement), county, reader, at=clock.now(), due_on=due)
    assert "The Sheriff has a" in text(page(link))


def test_of_a_private_document_only_the_quoted_words_are_shown(draft, link):
    secret = DocumentFactory(title="Nightfall", is_public=False, text="Before. Held. After.")
    draft.citations.update(document=secret, quote="Held.", note="Nightfall")
    shown = text(page(link))
    assert "Held." in shown
    assert "Nightfall" not in shown
    assert "Before." not in shown


def test_a_reply_is_kept_beside_the_set(author, change_set, link):
    assert Client().post(path_of(link), REPLY).status_code == 302
    note = ReviewNote.objects.get()
    assert (note.kind, note.author, note.text) == ("county_reply", None, REPLY["text"])
    assert note.who == "Lee Law, County attorney (San Francisco County, CA)"
    assert "your reply is with us" in text(page(link))
    change_set.refresh_from_db()
    assert change_set.status == "in_review"


def test_posted_twice_it_is_kept_once(link):
    Client().post(path_of(link), REPLY)
    assert Client().post(path_of(link), REPLY).status_code == 410
    assert ReviewNote.objects.count() == 1


@pytest.mark.parametrize("missing", REPLY)
def test_what_is_missing_is_asked_for_and_the_rest_kept(link, missing):
    response = Client().post(path_of(link), {**REPLY, missing: " "})
    assert response.status_code == 400
    kept = next(value for name, value in REPLY.items() if name != missing)
    assert kept in text(response)
    assert not ReviewNote.objects.exists()


def test_too_long_a_reply(link):
    assert Client().post(path_of(link), {**REPLY, "text": "x" * 10_001}).status_code == 400
    assert not ReviewNote.objects.exists()


def test_it_has_no_power_to_approve(draft, link):
    Client().post(path_of(link), {**REPLY, "act": "approve"})
    assert statuses(draft) == ["in_review"]
    token = review_links.token_of(link)
    assert Client().post(f"/review/{token}/", {"act": "approve"}).status_code == 404


def test_a_file_is_kept_for_staff_alone(link):
    file = SimpleUploadedFile("order.txt", b"Order 3 is repealed by Order 9.")
    Client().post(path_of(link), {**REPLY, "file": file})
    document = ReviewNote.objects.get().document
    assert not document.is_public
    assert document.file
    assert "San Francisco" in document.title
    assert Client().get(f"/documents/{document.pk}/").status_code == 404
    assert Client().get(f"/documents/{document.pk}/file/").status_code == 404


def test_a_hostile_file_is_refused_and_the_words_are_kept(link):
    file = SimpleUploadedFile("order.pdf", b"MZ\x90\x00 not a pdf")
    response = Client().post(path_of(link), {**REPLY, "file": file})
    assert response.status_code == 400
    assert REPLY["text"] in text(response)
    assert not SourceDocument.objects.filter(is_public=False).exists()
    assert not ReviewNote.objects.exists()


def test_a_sealed_file_is_refused_without_its_title(link):
    content = b"Sealed words of an order."
    DocumentFactory(
        title="Nightfall",
        sha256=hashlib.sha256(content).hexdigest(),
        sealed_at=AT,
        sealed_by=UserFactory(),
        sealed_reason="A court.",
    )
    file = SimpleUploadedFile("order.txt", content)
    response = Client().post(path_of(link), {**REPLY, "file": file})
    assert response.status_code == 400
    assert "This file cannot be kept." in text(response)
    assert "Nightfall" not in text(response)


def test_answers_that_are_worked_on_again_are_not_shown_but_can_be_replied_to(
    author, change_set, link
):
    reviews.take_back(change_set=change_set, by=author, at=clock.now())
    shown = text(page(link))
    assert "being worked on again" in shown
    assert "shall not hold" not in shown
    assert Client().post(path_of(link), REPLY).status_code == 302
    assert ReviewNote.objects.get().kind == "county_reply"


def test_published_answers_can_still_be_replied_to(change_set, reader, link):
    reviews.approve(change_set=change_set, by=reader, at=clock.now())
    assert "were published meanwhile" in text(page(link))
    Client().post(path_of(link), REPLY)
    assert ReviewNote.objects.filter(kind="county_reply").exists()


def test_answers_that_were_given_up(author, change_set, link):
    reviews.take_back(change_set=change_set, by=author, at=clock.now())
    reviews.abandon(change_set=change_set, by=author, at=clock.now())
    response = page(link)
    assert response.status_code == 410
    assert "given up" in text(response)
    assert Client().post(path_of(link), REPLY).status_code == 410


def test_late_is_said_and_much_too_late_is_refused(link):
    past = clock.today() - timedelta(days=3)
    ReviewLink.objects.filter(pk=link.pk).update(due_on=past)
    assert "a late reply is still read" in text(page(link))
    ReviewLink.objects.filter(pk=link.pk).update(expires_at=clock.now())
    assert page(link).status_code == 410


def test_a_letter_stays_open_for_thirty_days_after_the_day(change_set, county, reader):
    link = asked(change_set, county, reader)
    assert link.expires_at == clock.end_of_day(DUE + timedelta(days=30))

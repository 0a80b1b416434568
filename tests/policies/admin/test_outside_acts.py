"""Inviting a reader, asking a county and revoking, from the page of a change-set."""

from datetime import timedelta

import pytest
from django.core import mail

from policies import clock, review_links, reviews, roles
from policies.models import ReviewLink, ReviewNote
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory
from tests.factories_review import ReviewNoteFactory
from tests.policies.admin.reviewing import in_review, url

pytestmark = pytest.mark.django_db
READER = {"name": "Ada Bar", "email": "ada@example.org", "language": "en", "days": "14"}


@pytest.fixture
def county(db):
    return CountyFactory(fips="06075")


@pytest.fixture
def change_set(editor, county):
    return in_review(editor, LocalPolicyFactory(created_by=editor.user, county=county))


def letter(county, **values):
    due = (clock.today() + timedelta(days=20)).isoformat()
    address = {"name": "Lee Law", "email": "lee@county.example", "language": "en"}
    return {"county": county.pk, "due_on": due, **address, **values}


def text(response) -> str:
    return response.content.decode()


def test_inviting(change_set, reviewer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert reviewer.post(url(change_set, "invite"), READER).status_code == 302
    token = review_links.token_of(ReviewLink.objects.get())
    assert f"http://testserver/review/{token}/" in mail.outbox[0].body


def test_a_refused_invitation_keeps_what_was_typed(change_set, reviewer):
    response = reviewer.post(url(change_set, "invite"), {**READER, "days": "900"})
    assert response.status_code == 400
    assert "Ada Bar" in text(response)
    assert not ReviewLink.objects.exists()


def test_an_author_who_reviews_too_is_offered_no_invitation_and_refused(as_role, county):
    author = as_role(roles.REVIEWERS, "author")
    change_set = in_review(author, LocalPolicyFactory(created_by=author.user, county=county))
    assert "Invite an outside reader" not in text(author.get(url(change_set)))
    response = author.post(url(change_set, "invite"), READER)
    assert response.status_code == 409
    assert not ReviewLink.objects.exists()


def test_the_address_is_shown_to_the_inviter_alone(change_set, reviewer, editor, as_role):
    reviewer.post(url(change_set, "invite"), READER)
    token = review_links.token_of(ReviewLink.objects.get())
    assert token in text(reviewer.get(url(change_set)))
    for other in (editor, as_role(roles.REVIEWERS, "other"), as_role(roles.ADMINISTRATORS, "adm")):
        shown = text(other.get(url(change_set)))
        assert "Ada Bar" in shown
        assert token not in shown


def test_revoking(change_set, reviewer):
    reviewer.post(url(change_set, "invite"), READER)
    link = ReviewLink.objects.get()
    for _ in range(2):
        response = reviewer.post(url(change_set, "revoke_link"), {"link": link.pk})
        assert response.status_code == 302
    link.refresh_from_db()
    assert link.revoked_by == reviewer.user


def test_a_link_of_another_set_is_not_revoked(change_set, reviewer, editor):
    reviewer.post(url(change_set, "invite"), READER)
    other = in_review(editor, LocalPolicyFactory(created_by=editor.user))
    reviewer.post(url(other, "revoke_link"), {"link": ReviewLink.objects.get().pk})
    assert ReviewLink.objects.get().revoked_at is None


def test_asking_a_county_and_again(change_set, county, reviewer):
    assert reviewer.post(url(change_set, "ask_county"), letter(county)).status_code == 302
    sooner = (clock.today() + timedelta(days=5)).isoformat()
    shown = text(reviewer.get(url(change_set)))
    assert "Send again" in shown
    reviewer.post(url(change_set, "ask_county"), letter(county, due_on=sooner))
    assert ReviewLink.objects.get().due_on.isoformat() == sooner


def test_only_counties_of_the_set_are_offered(change_set, county, reviewer):
    other = CountyFactory()
    shown = text(reviewer.get(url(change_set)))
    assert f'value="{county.pk}"' in shown
    assert f'value="{other.pk}"' not in shown
    response = reviewer.post(url(change_set, "ask_county"), letter(other))
    assert response.status_code == 409
    assert not ReviewLink.objects.exists()


def test_a_reply_is_shown_to_reviewers_with_its_document(change_set, reviewer):
    document = DocumentFactory(title="Sent with the reply", is_public=False)
    ReviewNoteFactory(
        change_set=change_set,
        author=None,
        author_name="Lee Law, County attorney",
        kind=ReviewNote.Kind.COUNTY_REPLY,
        text="Order 3 was repealed.",
        document=document,
    )
    shown = text(reviewer.get(url(change_set)))
    for words in ("Lee Law, County attorney", "Order 3 was repealed.", "Sent with the reply"):
        assert words in shown


def test_a_link_to_what_was_sent_anew_is_said_to_be_of_no_use(change_set, reviewer, editor):
    reviewer.post(url(change_set, "invite"), READER)
    reviews.take_back(change_set=change_set, by=editor.user, at=clock.now())
    assert "changed or decided since" in text(reviewer.get(url(change_set)))

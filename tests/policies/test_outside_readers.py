"""An outside reader is invited, comments, approves or returns: once, and only what was sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils.translation import override

from policies import outside_readers, review_links, reviews
from policies.models import ChangeEvent, LocalPolicy, ReviewLink, ReviewNote
from tests.factories import LocalPolicyFactory, UserFactory
from tests.policies.outside import SITE, a_reviewer, invited
from tests.policies.reviewing import AT, LATER, in_review, statuses

pytestmark = pytest.mark.django_db
READER = ReviewLink.Purpose.OUTSIDE_READER


@pytest.fixture
def inviter(db):
    return a_reviewer(username="inviter", email="inviter@example.org", first_name="Ina")


@pytest.fixture
def draft(author):
    return LocalPolicyFactory(created_by=author)


@pytest.fixture
def link(author, inviter, draft):
    return invited(author, inviter, draft)


def now(link):
    return ReviewLink.objects.get(pk=link.pk)


# --- Inviting ----------------------------------------------------------------------------------


def test_the_letter_has_the_link(author, inviter, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        link = invited(author, inviter, draft)
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert f"{SITE}/review/{review_links.token_of(link)}/" in letter.body
    assert "Ina" in letter.body
    assert "“Ordinance 12”" in letter.body
    assert "Ordinance 12" not in letter.subject


def test_a_letter_in_spanish_leads_to_the_spanish_page(
    author, inviter, draft, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invited(author, inviter, draft, language="es")
    assert f"{SITE}/es/review/" in mail.outbox[0].body


@pytest.mark.parametrize("superuser", [False, True])
def test_no_author_invites(author, draft, superuser):
    author.is_superuser = superuser
    author.save()
    with pytest.raises(ValidationError, match="somebody else has to invite"):
        invited(author, author, draft)
    assert not ReviewLink.objects.exists()


def test_who_sent_it_does_not_invite(author, inviter):
    change_set = in_review(inviter, LocalPolicyFactory(created_by=author))
    with pytest.raises(ValidationError, match="somebody else has to invite"):
        invited(author, inviter, change_set=change_set)


def test_no_author_is_invited(author, inviter, draft):
    author.email = "Author@Example.org"
    author.save()
    with pytest.raises(ValidationError, match="wrote or sent some of it"):
        invited(author, inviter, draft, email="author@example.ORG")


def test_nobody_invites_themselves(author, inviter, draft):
    with pytest.raises(ValidationError, match="your own address"):
        invited(author, inviter, draft, email="INVITER@example.org")


@pytest.mark.parametrize(
    "values",
    [{"name": " "}, {"name": "x" * 151}, {"email": "ada"}, {"days": 0}, {"days": 61}],
    ids=str,
)
def test_an_invitation_that_is_not_fit(author, inviter, draft, values):
    with pytest.raises(ValidationError):
        invited(author, inviter, draft, **values)


def test_a_set_that_is_not_in_review(author, inviter, link):
    reviews.take_back(change_set=link.change_set, by=author, at=LATER)
    with pytest.raises(reviews.AlreadyDoneError):
        invited(author, inviter, change_set=link.change_set, email="other@example.org")


def test_the_same_reader_is_invited_once(author, inviter, link):
    with pytest.raises(reviews.AlreadyDoneError):
        invited(author, inviter, change_set=link.change_set)
    outside_readers.revoke(link=link, by=inviter, at=LATER)
    assert invited(author, inviter, change_set=link.change_set).pk != link.pk


# --- Tokens ------------------------------------------------------------------------------------


def found(token, at=AT, purpose=READER):
    return review_links.find(token, purpose, at)


def test_a_token_opens_its_link(link):
    assert found(review_links.token_of(link)) == link


def test_a_token_that_was_tampered_with(author, inviter, link):
    other = invited(author, inviter, LocalPolicyFactory(created_by=author))
    token = review_links.token_of(link)
    value, _sep, signature = token.partition("~")
    forged = review_links.token_of(other).partition("~")[0]
    for wrong in (
        *("", "x", value, f"{value}~", f"{forged}~{signature}", token[:-1], f"{token}x"),
        token.swapcase(),
        "9" * 5000,
    ):
        with pytest.raises(review_links.UnknownLinkError):
            found(wrong)


def test_a_token_is_good_for_its_purpose_only(link):
    with pytest.raises(review_links.UnknownLinkError):
        found(review_links.token_of(link), purpose=ReviewLink.Purpose.COUNTY_REPLY)


def test_a_token_of_a_row_of_another_life(link):
    token = review_links.token_of(link)
    ReviewLink.objects.filter(pk=link.pk).update(created_at=AT - timedelta(days=1))
    with pytest.raises(review_links.UnknownLinkError):
        found(token)
    ReviewLink.objects.all().delete()
    with pytest.raises(review_links.UnknownLinkError):
        found(token)


def test_it_is_good_until_the_moment_in_which_it_expires(link):
    token = review_links.token_of(link)
    assert found(token, at=link.expires_at - timedelta(microseconds=1)) == link
    with pytest.raises(review_links.DeadLinkError, match="expired"):
        found(token, at=link.expires_at)


def test_revoked(inviter, link):
    outside_readers.revoke(link=link, by=inviter, at=LATER)
    with pytest.raises(review_links.DeadLinkError, match="revoked"):
        found(review_links.token_of(link), at=LATER)
    with pytest.raises(reviews.AlreadyDoneError):
        outside_readers.revoke(link=link, by=inviter, at=LATER)


# --- Deciding ----------------------------------------------------------------------------------


def test_approving_publishes_and_names_the_reader(inviter, draft, link):
    outside_readers.approve(link=link, at=LATER, text="Well read.")
    published = LocalPolicy.objects.get(pk=draft.pk)
    assert (published.status, published.published_by) == ("published", inviter)
    note = ReviewNote.objects.get()
    assert (note.kind, note.author, note.author_name) == ("outside_approval", inviter, "Ada Bar")
    assert "Approved by Ada Bar (outside reader)." in ChangeEvent.objects.get().summary
    assert now(link).used_at == LATER


def test_the_change_log_is_written_in_the_records_language(link):
    with override("es"):
        outside_readers.approve(link=link, at=LATER)
    assert "Approved by Ada Bar (outside reader)." in ChangeEvent.objects.get().summary


@pytest.mark.parametrize("act", ["approve", "send_back", "comment"])
def test_once_decided_it_does_nothing_more(link, act):
    outside_readers.send_back(link=link, at=LATER, reason="Page 3 says otherwise.")
    words = {"approve": {}, "send_back": {"reason": "No."}, "comment": {"text": "Hm."}}[act]
    with pytest.raises(review_links.DeadLinkError, match="used"):
        getattr(outside_readers, act)(link=link, at=LATER, **words)
    assert ReviewNote.objects.count() == 1


def test_returning_tells_the_authors_why(draft, link):
    outside_readers.send_back(link=link, at=LATER, reason="Page 3 says otherwise.")
    note = ReviewNote.objects.get()
    assert (note.kind, note.who, note.text) == ("returned", "Ada Bar", "Page 3 says otherwise.")
    assert statuses(draft) == ["draft"]


def test_returning_takes_a_reason(draft, link):
    with pytest.raises(ValidationError, match="Say why"):
        outside_readers.send_back(link=link, at=LATER, reason=" ")
    assert statuses(draft) == ["in_review"]
    assert now(link).used_at is None


def test_a_comment_does_not_use_the_link_up(draft, link):
    outside_readers.comment(link=link, at=LATER, text="Which page?")
    with pytest.raises(reviews.AlreadyDoneError):
        outside_readers.comment(link=link, at=LATER, text="Which page?")
    assert ReviewNote.objects.get().who == "Ada Bar"
    outside_readers.approve(link=link, at=LATER)
    assert statuses(draft) == ["published"]


def test_what_was_sent_anew_is_not_approved(author, draft, link):
    reviews.take_back(change_set=link.change_set, by=author, at=LATER)
    reviews.submit(change_set=link.change_set, by=author, at=LATER)
    for act in (
        lambda: outside_readers.approve(link=link, at=LATER),
        lambda: outside_readers.send_back(link=link, at=LATER, reason="No."),
        lambda: outside_readers.comment(link=link, at=LATER, text="Hm."),
    ):
        with pytest.raises(review_links.DeadLinkError, match="changed"):
            act()
    assert statuses(draft) == ["in_review"]


def test_what_was_taken_back_is_not_approved(author, draft, link):
    reviews.take_back(change_set=link.change_set, by=author, at=LATER)
    with pytest.raises(review_links.DeadLinkError, match="changed"):
        outside_readers.approve(link=link, at=LATER)
    assert statuses(draft) == ["draft"]


def test_expired_between_reading_and_approving(draft, link):
    with pytest.raises(review_links.DeadLinkError, match="expired"):
        outside_readers.approve(link=link, at=link.expires_at)
    assert statuses(draft) == ["in_review"]


def test_an_author_who_is_signed_in_does_not_approve(author, draft, link):
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        outside_readers.approve(link=link, at=LATER, account=author)
    assert statuses(draft) == ["in_review"]
    assert now(link).used_at is None


def test_somebody_else_who_is_signed_in_does(draft, link):
    outside_readers.approve(link=link, at=LATER, account=UserFactory())
    assert statuses(draft) == ["published"]


def test_an_address_that_is_an_authors_by_now(author, draft, link):
    author.email = link.email
    author.save()
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        outside_readers.approve(link=link, at=LATER)
    assert statuses(draft) == ["in_review"]


@pytest.mark.parametrize("superuser", [False, True])
def test_an_inviter_who_is_an_author_by_now(inviter, draft, link, superuser):
    inviter.is_superuser = superuser
    inviter.save()
    LocalPolicy.objects.filter(pk=draft.pk).update(created_by=inviter)
    with pytest.raises(ValidationError):
        outside_readers.approve(link=link, at=LATER, text="A reason, as an override would have.")
    assert statuses(draft) == ["in_review"]


def test_an_outside_name_is_no_override_for_an_author(author, draft):
    author.is_superuser = True
    author.save()
    change_set = in_review(author, draft)
    with pytest.raises(ValidationError):
        reviews.approve(
            change_set=change_set, by=author, at=LATER, reason="Why not.", approver_name="Ada"
        )
    assert statuses(draft) == ["in_review"]


@pytest.mark.parametrize("lost", ["account", "role"])
def test_an_inviter_who_may_no_longer(inviter, draft, link, lost):
    inviter.groups.clear() if lost == "role" else None
    inviter.is_active = lost == "role"
    inviter.save()
    with pytest.raises(ValidationError, match="may not have changes approved"):
        outside_readers.approve(link=link, at=LATER)
    assert statuses(draft) == ["in_review"]


def test_what_is_not_fit_is_not_published_and_the_link_stays_good(draft, link):
    draft.citations.all().delete()
    with pytest.raises(outside_readers.NotFitError):
        outside_readers.approve(link=link, at=LATER)
    assert statuses(draft) == ["in_review"]
    assert now(link).used_at is None
    assert not ReviewNote.objects.exists()

"""The pages that a link opens: what they show, what they keep to themselves, how they refuse."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from policies import clock, outside_readers, review_links, reviews
from policies.documents.archive import seal
from policies.models import (
    ChangeKind,
    ChangeSet,
    LocalPolicy,
    ReviewLink,
    ReviewNote,
    StateProvision,
)
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    ExceptionFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    published,
)
from tests.policies.outside import a_reviewer, invited, path_of
from tests.policies.reviewing import draft_of, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_afterwards():
    """A request in Spanish leaves its thread in Spanish."""
    with override("en"):
        yield


SECRET = "Operation Nightfall memorandum"


@pytest.fixture
def inviter(db):
    return a_reviewer(username="inviter", email="inviter@example.org")


@pytest.fixture
def link(author, inviter):
    document = DocumentFactory(title="Order 3", text="The jail shall not hold any person at all.")
    draft = LocalPolicyFactory(
        created_by=author, county=CountyFactory(fips="06075"), notes="For staff: doubtful."
    )
    draft.citations.update(document=document)
    return invited(author, inviter, draft, at=clock.now())


def page(link, **values):
    return Client().get(path_of(link), **values)


def text(response) -> str:
    return response.content.decode()


def post(link, act, words="", client=None):
    return (client or Client()).post(path_of(link), {"act": act, "text": words})


def test_it_shows_the_set_its_quotes_and_its_effect(link):
    shown = text(page(link))
    for words in ("Ordinance 12", "Limits holds", "shall not hold any person", "Order 3"):
        assert words in shown
    assert "<mark>shall not hold any person</mark>" in shown
    assert "1 county would not be the same." in shown


def test_it_shows_before_and_after(author, inviter):
    old = published(LocalPolicyFactory)
    draft = draft_of(old, author, ChangeKind.CORRECTION, answer="no")
    shown = text(page(invited(author, inviter, draft, at=clock.now())))
    assert "<del>yes, a protective policy</del>" in shown
    assert "<ins>no" in shown


def test_no_cookie_no_cache_no_index_no_referrer(link):
    for response in (page(link), post(link, "comment", "Hm."), Client().get("/review/x/")):
        assert not response.cookies
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_it_works_where_forms_are_checked_for_forgery(link):
    assert post(link, "approve", client=Client(enforce_csrf_checks=True)).status_code == 302
    assert statuses(LocalPolicy.objects.get()) == ["published"]


def test_nothing_for_staff_is_shown(author, link):
    reviews.comment(change_set=link.change_set, by=author, at=clock.now(), text="Between us.")
    shown = text(page(link))
    assert "doubtful" not in shown
    assert "Between us" not in shown
    assert "/admin/" not in shown


def test_another_set_is_not_shown(author, link):
    other = LocalPolicyFactory(created_by=author, title="Sheriff's Order 99")
    reviews.send(record=other, by=author, at=clock.now())
    assert "Order 99" not in text(page(link))


def private_set(author, inviter):
    """A set whose records cite private documents in every way in which they can."""
    secret = DocumentFactory(
        title=SECRET, is_public=False, publisher=SECRET, text="Before. Held words here. After."
    )
    policy = LocalPolicyFactory(created_by=author)
    cited = {"document": secret, "quote": "Held words here", "note": SECRET}
    policy.citations.update(**cited)
    provision = ProvisionFactory(created_by=author)
    provision.citations.update(**cited)
    claim = ClaimFactory(provision=provision)
    claim.citations.update(**cited)
    exception = ExceptionFactory(provision=provision)
    CitationFactory(exception=exception, **cited)
    made = reviews.open_set(title="S", by=author, at=clock.now(), records=[policy, provision])
    # Past the check on sending, which refuses private documents: the page is safe by itself.
    ChangeSet.objects.filter(pk=made.pk).update(
        status="in_review", submitted_at=clock.now(), submitted_by=author
    )
    for model in (LocalPolicy, StateProvision):
        model.objects.update(status="in_review")
    made.refresh_from_db()
    return invited(author, inviter, change_set=made, at=clock.now())


def test_of_a_private_document_only_the_quoted_words_are_shown(author, inviter):
    shown = text(page(private_set(author, inviter)))
    assert "Held words here" in shown
    assert "a document that is not public" in shown
    for secret in (SECRET, "Before.", "After.", "/documents/"):
        assert secret not in shown.replace('href="/documents/"', "")


def test_the_link_opens_no_private_document(author, inviter):
    link = private_set(author, inviter)
    document = LocalPolicy.objects.get().citations.get().document
    client = Client()
    client.get(path_of(link))
    for address in (f"/documents/{document.pk}/", f"/documents/{document.pk}/file/"):
        assert client.get(address).status_code == 404


def test_the_words_of_a_sealed_document_are_not_shown(author, inviter, link):
    document = LocalPolicy.objects.get().citations.get().document
    seal(document=document, by=author, at=clock.now(), reason="A court.")
    shown = text(page(link))
    assert "Sealed by court order" in shown
    assert "shall not hold" not in shown


# --- Deciding ----------------------------------------------------------------------------------


def test_approving(link):
    response = post(link, "approve", "Well read.")
    assert response.status_code == 302
    after = page(link)
    assert after.status_code == 410
    assert "your decision is with us" in text(after)
    assert statuses(LocalPolicy.objects.get()) == ["published"]
    assert "Ada Bar (outside reader)" in Client().get("/data/changes/").content.decode()


def test_posted_twice_it_is_done_once(link):
    post(link, "approve")
    second = post(link, "approve")
    assert second.status_code == 410
    assert ReviewNote.objects.count() == 1


def test_a_comment_posted_twice_is_kept_once(link):
    for _ in range(2):
        assert post(link, "comment", "Which page?").status_code == 302
    assert ReviewNote.objects.count() == 1
    assert "Which page?" in text(page(link))


@pytest.mark.parametrize(
    ("act", "words"),
    [("return", " "), ("comment", ""), ("publish", "x"), ("", "x"), ("approve", "x" * 10_001)],
)
def test_what_is_not_fit_is_refused_with_what_was_typed(link, act, words):
    response = post(link, act, words)
    assert response.status_code == 400
    assert statuses(LocalPolicy.objects.get()) == ["in_review"]


def test_returning(link):
    post(link, "return", "Page 3 says otherwise.")
    assert statuses(LocalPolicy.objects.get()) == ["draft"]
    assert ReviewNote.objects.get().kind == "returned"


def test_an_author_signed_in_is_refused(author, link):
    client = Client()
    client.force_login(author)
    response = post(link, "approve", "Mine.", client)
    assert response.status_code == 403
    assert "somebody else has to approve it" in text(response)
    assert "Mine." in text(response)
    assert statuses(LocalPolicy.objects.get()) == ["in_review"]


def test_what_cannot_be_published_is_said_without_reasons(link):
    LocalPolicy.objects.get().citations.all().delete()
    response = post(link, "approve", "Fine.")
    assert response.status_code == 409
    assert "nothing was published" in text(response)
    assert ReviewLink.objects.get().used_at is None


# --- Links that open nothing -------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("page_name", ["review", "reply"])
def test_a_guessed_token_is_a_404_without_a_word(link, page_name, language):
    for token in ("x", "1-1~abc", review_links.token_of(link)[:-1], "a" * 3000):
        for response in (
            Client().get(f"{language}/{page_name}/{token}/"),
            Client().post(f"{language}/{page_name}/{token}/", {"act": "approve"}),
        ):
            assert response.status_code == 404
            assert "Ordinance 12" not in text(response)


def test_a_readers_token_opens_no_reply(link):
    assert Client().get(f"/reply/{review_links.token_of(link)}/").status_code == 404


def expired(link, inviter, author):
    moved = {"created_at": link.created_at, "expires_at": clock.now()}
    ReviewLink.objects.filter(pk=link.pk).update(**moved)


def revoked(link, inviter, author):
    outside_readers.revoke(link=link, by=inviter, at=clock.now())


def changed(link, inviter, author):
    reviews.take_back(change_set=link.change_set, by=author, at=clock.now())
    reviews.submit(change_set=link.change_set, by=author, at=clock.now())


def decided(link, inviter, author):
    reviews.approve(change_set=link.change_set, by=inviter, at=clock.now())


@pytest.mark.parametrize(
    ("become", "words"),
    [
        (expired, "This link has expired"),
        (revoked, "This link was taken back"),
        (changed, "changed or decided since you were invited"),
        (decided, "changed or decided since you were invited"),
    ],
)
def test_a_dead_link_says_why_and_no_more(author, inviter, link, become, words):
    become(link, inviter, author)
    before = statuses(LocalPolicy.objects.get())
    for response in (page(link), post(link, "approve")):
        assert response.status_code == 410
        assert words in text(response)
        for secret in ("Ordinance 12", "Ada Bar", "shall not hold", "Limits holds"):
            assert secret not in text(response)
    assert statuses(LocalPolicy.objects.get()) == before


def test_other_methods_are_refused(link):
    assert Client().put(path_of(link)).status_code == 405


def test_queries_do_not_grow_with_records(author, inviter, django_assert_max_num_queries):
    def link_to(count):
        drafts = [LocalPolicyFactory(created_by=author) for _ in range(count)]
        address = f"a{count}@example.org"
        return invited(author, inviter, *drafts, at=clock.now(), email=address)

    few, many = link_to(2), link_to(12)
    with CaptureQueriesContext(
        connection,
    ) as used:
        page(few)
    with django_assert_max_num_queries(len(used)):
        page(many)


def test_the_page_in_spanish(link):
    response = Client().get(path_of(link, "es"))
    assert response.status_code == 200
    assert 'lang="es"' in text(response)
    assert "Su decisión" in text(response)

"""What each role can do with texts of the site, documents and reports of readers, by state."""

from __future__ import annotations

import pytest
from django.urls import reverse

from policies import clock, error_reports, site_text_actions, site_texts
from policies.documents import archive
from policies.models import SiteText, SourceDocument
from tests.factories import UserFactory
from tests.factories_queue import ErrorReportFactory
from tests.policies.documents.files import archived, pdf
from tests.policies.permissions.cells import DONE, REFUSED, Act, cells, come_of, rows_of
from tests.policies.permissions.people import ADMINISTRATORS, READERS, REVIEWERS, STAFF, WRITERS

pytestmark = pytest.mark.django_db

# --- Texts of the site ---------------------------------------------------------------------------

AUTHORS = ("author", "author_who_reviews", "author_who_is_superuser")
OWN = frozenset({"author_who_reviews", "author_who_is_superuser"})
TEXTS = {
    "publish": Act(REVIEWERS | OWN, ("draft",), not_own=OWN),
    "publish_for_a_reason": Act(
        REVIEWERS | OWN, ("draft",), not_own=frozenset({"author_who_reviews"})
    ),
    "restore": Act(WRITERS | {"author"} | OWN, ("draft", "in_force", "overtaken")),
}
TEXT_STATES = ("draft", "in_force", "overtaken")


@pytest.fixture(scope="module")
def texts(people, django_db_blocker):
    """By author and state, each of a text of its own."""
    keys = (key for key in site_texts.registry() if key.startswith("factor."))
    with django_db_blocker.unblock():
        return {(w, s): text(people[w], next(keys), s) for w in AUTHORS for s in TEXT_STATES}


def text(author, key: str, state: str) -> SiteText:
    def written(words: str, seen=None) -> SiteText:
        return site_text_actions.write(
            key=key, english=words, spanish=words, by=author, at=clock.now(), seen=seen
        )

    first = written("One?")
    if state == "draft":
        return first
    other = {"by": UserFactory(), "at": clock.now()}
    if state == "in_force":
        return site_text_actions.publish(version=first, **other)
    second = written("Two?", first.pk)
    site_text_actions.publish(version=second, **other)
    return first


@pytest.mark.parametrize(("who", "act", "state"), cells((*STAFF, *AUTHORS), TEXTS, TEXT_STATES))
def test_text(people, texts, who, act, state):
    version = texts[who if who in AUTHORS else "author", state]
    name = act.removesuffix("_for_a_reason")
    page = reverse(f"admin:policies_sitetext_{name}", args=[version.pk])
    data = {"reason": "Nobody else is there."} if name != act else {}
    client = people.client(who)
    came = come_of(lambda: client.post(page, data), rows_of(SiteText))
    assert came == TEXTS[act].expected(who, state)


# --- Documents -----------------------------------------------------------------------------------

DOCUMENT_STATES = ("public", "private", "sealed")
SEALING = Act(ADMINISTRATORS, ("public", "private"))


@pytest.fixture(scope="module")
def documents(people, django_db_blocker):
    with django_db_blocker.unblock():
        found = {
            state: archived(pdf(f"It is {state}."), is_public=state != "private")
            for state in DOCUMENT_STATES
        }
        archive.seal(document=found["sealed"], by=UserFactory(), at=clock.now(), reason="Order 7")
    return {state: SourceDocument.objects.get(pk=one.pk) for state, one in found.items()}


@pytest.mark.parametrize(("who", "act", "state"), cells(STAFF, ("seal",), DOCUMENT_STATES))
def test_sealing(people, documents, who, act, state):
    page = reverse("admin:policies_sourcedocument_seal", args=[documents[state].pk])
    client = people.client(who)
    came = come_of(lambda: client.post(page, {"reason": "Order 8"}), rows_of(SourceDocument))
    assert came == SEALING.expected(who, state)


#: The public's pages of a document, which show a private one to staff who may see documents.
PUBLIC = {"document": {}, "document-file": {}, "document-picture": {"number": 1}}


@pytest.mark.parametrize(
    ("who", "look", "state"), cells(("anonymous", "outsider", *STAFF), PUBLIC, DOCUMENT_STATES)
)
def test_a_document_read(people, documents, who, look, state):
    address = reverse(look, kwargs={"pk": documents[state].pk, **PUBLIC[look]})
    response = people.client(who).get(address)
    gone = state == "sealed" and look != "document"
    hidden = state == "private" and who not in READERS
    assert response.status_code == (404 if gone or hidden else 200)
    if state == "private" and not hidden:
        assert "no-store" in response["Cache-Control"]


# --- Reports of readers --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(people, django_db_blocker):
    with django_db_blocker.unblock():
        answered = ErrorReportFactory()
        error_reports.handle(
            report=answered, status="mended", answer="", by=UserFactory(), at=clock.now()
        )
        return {"open": ErrorReportFactory(), "mended": answered}


@pytest.mark.parametrize(("who", "act", "state"), cells(STAFF, ("answer",), ("open", "mended")))
def test_a_report_is_answered_once(people, reports, who, act, state):
    page = reverse("admin:policies_errorreport_change", args=[reports[state].pk])
    data = {"status": "mended", "answer": "Thank you.", "_save": "1"}
    client = people.client(who)
    came = come_of(lambda: client.post(page, data), rows_of(type(reports["open"])))
    assert came == (DONE if who in WRITERS and state == "open" else REFUSED)

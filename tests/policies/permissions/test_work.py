"""What each role can do with findings, second codings, texts, documents and reports, by state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from policies import clock, error_reports, roles, second_coding, site_text_actions
from policies.documents import archive
from policies.models import CodedAnswer, CodingTask, QualityItem, SiteText, SourceDocument
from tests.factories import PUBLISHED_AT, CountyFactory, UserFactory
from tests.factories_queue import ErrorReportFactory, QualityItemFactory
from tests.policies.admin.test_coding import posted
from tests.policies.documents.files import archived, pdf
from tests.policies.permissions.cells import DONE, LATE, REFUSED, come_of
from tests.policies.permissions.people import (
    ADMINISTRATORS,
    EDITOR,
    READERS,
    REVIEWERS,
    STAFF,
    WRITERS,
)
from tests.policies.test_second_coding import all_coded

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Act:
    """`who` may, `when` something comes of it; `not_own`: not by who wrote it."""

    who: frozenset[str]
    when: tuple[str, ...]
    not_own: frozenset[str] = frozenset()


def expected(row: Act, who: str, state: str) -> str:
    if who not in row.who:
        return REFUSED
    return DONE if state in row.when and who not in row.not_own else LATE


def cells_of(who, acts, states):
    return [
        pytest.param(one, act, state, id=f"{one}-{act}-{state}")
        for one in who
        for act in acts
        for state in states
    ]


def rows_of(model) -> Callable[[], list]:
    return lambda: list(model.objects.order_by("pk").values())


# --- Second codings ------------------------------------------------------------------------------

CODERS = ("coder", "coder_who_reviews")
ASKING = REVIEWERS | {"coder_who_reviews"}
CODINGS = {
    "code": Act(frozenset(CODERS), ("asked",)),
    "submit": Act(frozenset(CODERS), ("asked",)),
    "cancel": Act(ASKING, ("asked",)),
    "queue": Act(ASKING, ("done",)),
    "comment": Act(ASKING, ("done",)),
}
CODING_STATES = ("asked", "done", "cancelled")


@pytest.fixture(scope="module")
def codings(world, django_db_blocker):
    """By coder and state; the answers of those that are done differ from the record."""
    with django_db_blocker.unblock():
        world.people.add("coder_who_reviews", roles.REVIEWERS)
        return {(who, s): coding(world, who, s) for who in CODERS for s in CODING_STATES}


def coding(world, who: str, state: str) -> CodingTask:
    coder, order = world.people[who], world.document
    about = {"by": UserFactory(), "at": clock.now()}
    task = second_coding.ask(county=CountyFactory(), documents=[order], coder=coder, **about)
    if state == "done":
        own = {"task": task, "by": coder, "at": clock.now()}
        second_coding.save(answers=all_coded(order), **own)
        second_coding.submit(**own)
    if state == "cancelled":
        second_coding.cancel(task=task, **about)
    return task


def coding_state():
    kept = CodedAnswer.objects.order_by("pk").values_list("task", "factor", "raised_at")
    return list(kept), rows_of(CodingTask)(), QualityItem.objects.count()


@pytest.mark.parametrize(
    ("who", "act", "state"), cells_of((*STAFF, *CODERS), CODINGS, CODING_STATES)
)
def test_coding(world, codings, who, act, state):
    task = codings[who if who in CODERS else "coder", state]
    data = {"factor": "limits_holds", "change_set": world.sent_set.pk}
    if act in ("code", "submit"):
        data = {**posted(world.document), **({"submit": "1"} if act == "submit" else {})}
    page = reverse(f"admin:policies_codingtask_{act.replace('submit', 'code')}", args=[task.pk])
    client = world.people.client(who)

    def state_of():
        return coding_state(), world.sent_set.notes.count()

    assert come_of(lambda: client.post(page, data), state_of) == expected(CODINGS[act], who, state)


@pytest.mark.parametrize(
    ("who", "act", "state"), cells_of((*STAFF, *CODERS), ("see", "read"), CODING_STATES)
)
def test_coding_seen(world, codings, who, act, state):
    task = codings[who if who in CODERS else "coder", state]
    page = reverse("admin:policies_codingtask_change", args=[task.pk])
    if act == "read":
        page = reverse("admin:policies_codingtask_read", args=[task.pk, world.document.pk])
    response = world.people.client(who).get(page)
    seen = who in REVIEWERS or who in CODERS
    assert response.status_code == (200 if seen else 404 if who == EDITOR else 403)


# --- Findings ------------------------------------------------------------------------------------

FINDINGS = {
    "take": Act(WRITERS, ("open",)),
    "give": Act(WRITERS, ("open",)),
    "resolve": Act(WRITERS, ("open",)),
    "leave": Act(WRITERS, ("open",)),
    "leave_for_no_reason": Act(WRITERS, ()),
    "reopen": Act(WRITERS, ("resolved", "wont_fix")),
}
FINDING_STATES = ("open", "resolved", "wont_fix")


@pytest.fixture(scope="module")
def findings(world, django_db_blocker):
    decided = {"decided_by": world.author, "decided_at": PUBLISHED_AT}
    with django_db_blocker.unblock():
        return {
            state: QualityItemFactory(
                status=state,
                **({} if state == "open" else decided),
                **({"reason": "Known."} if state == "wont_fix" else {}),
            )
            for state in FINDING_STATES
        }


@pytest.mark.parametrize(("who", "act", "state"), cells_of(STAFF, FINDINGS, FINDING_STATES))
def test_finding(world, findings, who, act, state):
    client = world.people.client(who)
    data = {
        "action": act.removesuffix("_for_no_reason"),
        "_selected_action": findings[state].pk,
        "to": world.people[EDITOR].pk if act == "give" else "",
        "because": "Known." if act == "leave" else "",
    }
    page = reverse("admin:policies_qualityitem_changelist") + "?standing=all"
    came = come_of(lambda: client.post(page, data), rows_of(QualityItem))
    if who == "viewer":  # who sees the list, and is offered nothing on it
        assert came == LATE
    else:
        assert came == expected(FINDINGS[act], who, state)


# --- Texts of the site ---------------------------------------------------------------------------

WRITERS_OF_TEXTS = {
    "author": WRITERS,
    "author_who_reviews": REVIEWERS,
    "author_who_is_superuser": REVIEWERS,
}
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
def texts(world, django_db_blocker):
    """By author and state, each of a text of its own."""
    with django_db_blocker.unblock():
        world.people.add("author_who_reviews", roles.REVIEWERS)
        world.people.add("author_who_is_superuser", is_superuser=True)
        keys = iter(sorted(key for key in texts_with_room()))
        return {
            (who, s): text(world.people[who], next(keys), s)
            for who in WRITERS_OF_TEXTS
            for s in TEXT_STATES
        }


def texts_with_room() -> list[str]:
    from policies import site_texts

    return [key for key in site_texts.registry() if key.startswith("factor.")]


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


@pytest.mark.parametrize(
    ("who", "act", "state"), cells_of((*STAFF, *WRITERS_OF_TEXTS), TEXTS, TEXT_STATES)
)
def test_text(world, texts, who, act, state):
    version = texts[who if who in WRITERS_OF_TEXTS else "author", state]
    name = act.removesuffix("_for_a_reason")
    page = reverse(f"admin:policies_sitetext_{name}", args=[version.pk])
    data = {"reason": "Nobody else is there."} if name != act else {}
    client = world.people.client(who)
    came = come_of(lambda: client.post(page, data), rows_of(SiteText))
    assert came == expected(TEXTS[act], who, state)


# --- Documents -----------------------------------------------------------------------------------

DOCUMENT_STATES = ("public", "private", "sealed")
SEALING = Act(ADMINISTRATORS, ("public", "private"))


@pytest.fixture(scope="module")
def documents(world, django_db_blocker):
    with django_db_blocker.unblock():
        found = {
            state: archived(pdf(f"It is {state}."), is_public=state != "private")
            for state in DOCUMENT_STATES
        }
        archive.seal(document=found["sealed"], by=UserFactory(), at=clock.now(), reason="Order 7")
    return {state: SourceDocument.objects.get(pk=one.pk) for state, one in found.items()}


@pytest.mark.parametrize(("who", "act", "state"), cells_of(STAFF, ("seal",), DOCUMENT_STATES))
def test_sealing(world, documents, who, act, state):
    page = reverse("admin:policies_sourcedocument_seal", args=[documents[state].pk])
    client = world.people.client(who)
    came = come_of(lambda: client.post(page, {"reason": "Order 8"}), rows_of(SourceDocument))
    assert came == expected(SEALING, who, state)


#: The public's pages of a document, which show a private one to staff who may see documents.
PUBLIC = {"document": {}, "document-file": {}, "document-picture": {"number": 1}}


@pytest.mark.parametrize(
    ("who", "page", "state"), cells_of(("anonymous", "outsider", *STAFF), PUBLIC, DOCUMENT_STATES)
)
def test_a_document_read(world, documents, who, page, state):
    address = reverse(page, kwargs={"pk": documents[state].pk, **PUBLIC[page]})
    response = world.people.client(who).get(address)
    gone = state == "sealed" and page != "document"
    hidden = state == "private" and who not in READERS
    assert response.status_code == (404 if gone or hidden else 200)
    if state == "private" and not hidden:
        assert "no-store" in response["Cache-Control"]


# --- Reports of readers --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(world, django_db_blocker):
    with django_db_blocker.unblock():
        answered = ErrorReportFactory()
        error_reports.handle(
            report=answered, status="mended", answer="", by=UserFactory(), at=clock.now()
        )
        return {"open": ErrorReportFactory(), "mended": answered}


@pytest.mark.parametrize(("who", "act", "state"), cells_of(STAFF, ("answer",), ("open", "mended")))
def test_a_report_is_answered_once(world, reports, who, act, state):
    page = reverse("admin:policies_errorreport_change", args=[reports[state].pk])
    data = {"status": "mended", "answer": "Thank you.", "_save": "1"}
    client = world.people.client(who)
    came = come_of(lambda: client.post(page, data), rows_of(type(reports["open"])))
    assert came == (DONE if who in WRITERS and state == "open" else REFUSED)

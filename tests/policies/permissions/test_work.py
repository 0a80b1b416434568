"""What each role can do with second codings and findings, in each of their states."""

from __future__ import annotations

import pytest
from django.urls import reverse

from policies import clock, roles, second_coding
from policies.models import CodedAnswer, CodingTask, QualityItem
from tests.factories import PUBLISHED_AT, CountyFactory, DocumentFactory, UserFactory
from tests.factories_queue import QualityItemFactory
from tests.factories_review import ChangeSetFactory
from tests.policies.admin.test_coding import posted
from tests.policies.permissions.cells import LATE, Act, cells, come_of, rows_of
from tests.policies.permissions.people import EDITOR, REVIEWERS, STAFF, VIEWER, WRITERS
from tests.policies.test_second_coding import all_coded

pytestmark = pytest.mark.django_db

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
def order(people, django_db_blocker):
    """What is read."""
    with django_db_blocker.unblock():
        return DocumentFactory(text="Nobody is held.")


@pytest.fixture(scope="module")
def change_set(people, django_db_blocker):
    """In which a difference can be said."""
    with django_db_blocker.unblock():
        return ChangeSetFactory()


@pytest.fixture(scope="module")
def codings(people, order, django_db_blocker):
    """By coder and state; the answers of those that are done differ from the record."""
    with django_db_blocker.unblock():
        people.add("coder", roles.EDITORS)
        people.add("coder_who_reviews", roles.REVIEWERS)
        return {(who, s): coding(people[who], order, s) for who in CODERS for s in CODING_STATES}


def coding(coder, order, state: str) -> CodingTask:
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


@pytest.mark.parametrize(("who", "act", "state"), cells((*STAFF, *CODERS), CODINGS, CODING_STATES))
def test_coding(people, order, change_set, codings, who, act, state):
    task = codings[who if who in CODERS else "coder", state]
    data = {"factor": "limits_holds", "change_set": change_set.pk}
    if act in ("code", "submit"):
        data = {**posted(order), **({"submit": "1"} if act == "submit" else {})}
    page = reverse(f"admin:policies_codingtask_{act.replace('submit', 'code')}", args=[task.pk])
    client = people.client(who)

    def state_of():
        return coding_state(), change_set.notes.count()

    assert come_of(lambda: client.post(page, data), state_of) == CODINGS[act].expected(who, state)


@pytest.mark.parametrize(
    ("who", "act", "state"), cells((*STAFF, *CODERS), ("see", "read"), CODING_STATES)
)
def test_coding_seen(people, order, codings, who, act, state):
    task = codings[who if who in CODERS else "coder", state]
    page = reverse("admin:policies_codingtask_change", args=[task.pk])
    if act == "read":
        page = reverse("admin:policies_codingtask_read", args=[task.pk, order.pk])
    response = people.client(who).get(page)
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
def findings(people, django_db_blocker):
    decided = {"decided_by": people["author"], "decided_at": PUBLISHED_AT}
    with django_db_blocker.unblock():
        return {
            state: QualityItemFactory(
                status=state,
                **({} if state == "open" else decided),
                **({"reason": "Known."} if state == "wont_fix" else {}),
            )
            for state in FINDING_STATES
        }


@pytest.mark.parametrize(("who", "act", "state"), cells(STAFF, FINDINGS, FINDING_STATES))
def test_finding(people, findings, who, act, state):
    client = people.client(who)
    data = {
        "action": act.removesuffix("_for_no_reason"),
        "_selected_action": findings[state].pk,
        "to": people[EDITOR].pk if act == "give" else "",
        "because": "Known." if act == "leave" else "",
    }
    page = reverse("admin:policies_qualityitem_changelist") + "?standing=all"
    came = come_of(lambda: client.post(page, data), rows_of(QualityItem))
    if who == VIEWER:  # who sees the list, and is offered nothing on it
        assert came == LATE
    else:
        assert came == FINDINGS[act].expected(who, state)

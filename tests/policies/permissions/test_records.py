"""What each role can do with a record, in each of its states."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.urls import reverse

from policies import clock, reviews
from policies.models import LocalPolicy
from tests.factories import LocalPolicyFactory, UserFactory, correct, published, withdraw
from tests.policies.admin.form_fields import fields_of
from tests.policies.permissions.cells import DONE, LATE, REFUSED, cells, come_of
from tests.policies.permissions.people import (
    BOSS,
    READERS,
    REVIEWERS,
    STAFF,
    SUPERUSER,
    WRITERS,
)

pytestmark = pytest.mark.django_db

#: `author` is an editor who wrote the record and sent it.
WHO = (*STAFF, "author")
STATES = ("draft", "in_review", "returned", "published", "superseded", "withdrawn")
OPEN = ("draft", "returned")
SAVE = {"title": "Order 4", "_save": "1"}
ALONE = {"_publish": "1"}


@dataclass(frozen=True)
class Act:
    """`who` may; `when` something comes of it. `otherwise`: what comes of it in other states.
    `form`: what is posted with the form of the draft; `post`: without it."""

    who: frozenset[str]
    when: tuple[str, ...]
    page: str = "change"
    form: dict | None = None
    post: dict | None = None
    how: str = ""
    otherwise: str = LATE


WRITE = WRITERS | {"author"}
ACTS = {
    "edit": Act(WRITE, OPEN, form=SAVE),
    "delete": Act(WRITE, OPEN, "delete", post={"post": "yes"}, otherwise=REFUSED),
    # What was returned is in a change-set, and is sent with it.
    "send": Act(WRITE, ("draft",), form={"_send": "1"}),
    "publish_alone": Act(BOSS, (), form=ALONE),
    "publish_alone_with_a_reason": Act(BOSS, ("draft",), form={**ALONE, "_reason": "Nobody."}),
    "change": Act(WRITE, ("published",), "succeed", how="change"),
    "correct": Act(WRITE, ("published",), "succeed", how="correction"),
    "withdraw": Act(REVIEWERS, ("published",), "withdraw", post={"reason": "Misread."}),
    "withdraw_without_a_reason": Act(REVIEWERS, (), "withdraw", post={"reason": " "}),
    "restore": Act(WRITE, ("superseded", "withdrawn"), "restore"),
}
SEEN = ("change", "history")


def made(author, state: str) -> LocalPolicy:
    if state in ("published", "superseded", "withdrawn"):
        record = published(LocalPolicyFactory, created_by=author)
        if state == "superseded":
            correct(record, change_note="Misread.")
        return withdraw(record) if state == "withdrawn" else now(record)
    record = LocalPolicyFactory(created_by=author)
    about = {"by": author, "at": clock.now()}
    if state != "draft":
        sent = reviews.send(record=record, **about)
        if state == "returned":
            reviews.send_back(
                change_set=sent, by=UserFactory(), at=clock.now(), reason="Which page?"
            )
    return now(record)


def now(record) -> LocalPolicy:
    return LocalPolicy.objects.get(pk=record.pk)


def address(record, page: str, how: str = "") -> str:
    arguments = [record.pk, how] if how else [record.pk]
    return reverse(f"admin:policies_localpolicy_{page}", args=arguments)


@pytest.fixture(scope="module")
def records(world, django_db_blocker):
    with django_db_blocker.unblock():
        return {state: made(world.author, state) for state in STATES}


@pytest.fixture(scope="module")
def form(world, records, django_db_blocker):
    """What the page of the draft posts, for those who may edit it."""
    with django_db_blocker.unblock():
        page = world.people.client(SUPERUSER).get(address(records["draft"], "change"))
        found = fields_of(page)
    return {name: value for name, value in found.items() if name != "_seen"}


def everything() -> list:
    """Of every record what an act could move."""
    return list(LocalPolicy.objects.order_by("pk").values_list("pk", "status", "title", "succeeds"))


def expected(who: str, act: str, state: str) -> str:
    row = ACTS[act]
    if who not in row.who:
        return REFUSED
    return DONE if state in row.when else row.otherwise


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ACTS, STATES))
def test_cell(world, records, form, who, act, state):
    row, record, client = ACTS[act], records[state], world.people.client(who)
    data = {**form, **row.form} if row.form else row.post or {}
    if row.form and state == "returned":
        data = without_citations(data)
    url = address(record, row.page, row.how)
    came = come_of(lambda: client.post(url, data), everything)
    assert came == expected(who, act, state)


def without_citations(data: dict) -> dict:
    """The form of another draft, whose citations this one has not."""
    kept = {name: value for name, value in data.items() if not name.startswith("citations-0")}
    return kept | {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"}


@pytest.mark.parametrize(("who", "page", "state"), cells(WHO, SEEN, STATES))
def test_seen(world, records, who, page, state):
    response = world.people.client(who).get(address(records[state], page))
    assert response.status_code == (200 if who in READERS | {"author"} else 403)

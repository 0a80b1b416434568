"""What each role can do with a record, in each of its states."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.urls import reverse

from policies import clock, reviews
from policies.models import LocalPolicy
from tests.factories import LocalPolicyFactory, UserFactory, correct, published, withdraw
from tests.policies.admin.form_fields import fields_of
from tests.policies.permissions.cells import REFUSED, Act, cells, come_of
from tests.policies.permissions.people import (
    BOSS,
    READERS,
    REVIEWERS,
    STAFF,
    SUPERUSER,
    WRITERS,
    undrawn,
)

pytestmark = pytest.mark.django_db

#: `author` is an editor who wrote the record and sent it.
WHO = (*STAFF, "author")
STATES = ("draft", "in_review", "returned", "published", "superseded", "withdrawn")
OPEN = ("draft", "returned")
SAVE = {"title": "Order 4", "_save": "1"}
ALONE = {"_publish": "1"}


@dataclass(frozen=True)
class RecordAct(Act):
    """`form`: what is posted together with the form of the draft; `how`: in its address."""

    page: str = "change"
    form: dict = field(default_factory=dict)
    how: str = ""


WRITE = WRITERS | {"author"}
ACTS = {
    "edit": RecordAct(WRITE, OPEN, form=SAVE),
    "delete": RecordAct(WRITE, OPEN, page="delete", post={"post": "yes"}, otherwise=REFUSED),
    # What was returned is in a change-set, and is sent with it.
    "send": RecordAct(WRITE, ("draft",), form={"_send": "1"}),
    "publish_alone": RecordAct(BOSS, (), form=ALONE),
    "publish_alone_with_a_reason": RecordAct(
        BOSS, ("draft",), form={**ALONE, "_reason": "Nobody."}
    ),
    "change": RecordAct(WRITE, ("published",), page="succeed", how="change"),
    "correct": RecordAct(WRITE, ("published",), page="succeed", how="correction"),
    "withdraw": RecordAct(REVIEWERS, ("published",), page="withdraw", post={"reason": "Misread."}),
    "withdraw_without_a_reason": RecordAct(REVIEWERS, (), page="withdraw", post={"reason": " "}),
    "restore": RecordAct(WRITE, ("superseded", "withdrawn"), page="restore"),
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
def records(people, django_db_blocker):
    with django_db_blocker.unblock():
        return {state: made(people["author"], state) for state in STATES}


@pytest.fixture(scope="module")
def form(people, records, django_db_blocker):
    """What the page of the draft posts, for those who may edit it."""
    with django_db_blocker.unblock():
        page = people.client(SUPERUSER).get(address(records["draft"], "change"))
        found = fields_of(page)
    return {name: value for name, value in found.items() if name != "_seen"}


def everything() -> list:
    """Of every record what an act could move."""
    return list(LocalPolicy.objects.order_by("pk").values_list("pk", "status", "title", "succeeds"))


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ACTS, STATES))
def test_cell(people, records, form, who, act, state):
    row, record, client = ACTS[act], records[state], people.client(who)
    data = {**form, **row.form} if row.form else row.post
    if row.form and state == "returned":
        data = without_citations(data)
    url = address(record, row.page, row.how)
    came = come_of(lambda: client.post(url, data), everything)
    assert came == ACTS[act].expected(who, state)


def without_citations(data: dict) -> dict:
    """The form of another draft, whose citations this one has not."""
    kept = {name: value for name, value in data.items() if not name.startswith("citations-0")}
    return kept | {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"}


@pytest.mark.parametrize(("who", "look", "state"), cells(WHO, SEEN, STATES))
def test_seen(people, records, who, look, state):
    with undrawn():
        response = people.client(who).get(address(records[state], look))
    assert response.status_code == (200 if who in READERS | {"author"} else 403)

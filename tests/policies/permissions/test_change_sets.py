"""What each role can do with a change-set, in each of its states. No author approves their own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from policies import clock, outside_readers, reviews
from policies.admin.reviews import ChangeSetAdmin
from policies.models import ChangeSet, ReviewLink
from tests.factories import LocalPolicyFactory, UserFactory
from tests.policies.admin.reviewing import approval, now, url
from tests.policies.permissions.cells import Act, cells, come_of
from tests.policies.permissions.own_pages import REVIEW_PAGES
from tests.policies.permissions.people import REVIEWERS, STAFF, WRITERS

pytestmark = pytest.mark.django_db

#: Those who wrote and sent a set themselves, by what else they are.
AUTHORS = (
    *("author", "author_who_reviews"),
    *("author_who_administers", "author_who_is_superuser"),
)
DECIDING_AUTHORS = frozenset(AUTHORS) - {"author"}
BOSS_AUTHOR = frozenset({"author_who_is_superuser"})
WHO = (*STAFF, *AUTHORS)
STATES = ("open", "in_review", "returned", "published", "given_up")
BEING_WRITTEN = ("open", "returned")
REASON = {"reason": "Nobody else is there."}


THE_AUTHORS = frozenset({"superuser", *AUTHORS})
DECIDING = REVIEWERS | DECIDING_AUTHORS
ACTS = {
    "describe": Act(THE_AUTHORS, BEING_WRITTEN, page="submit", post={"keep": "1"}),
    "submit": Act(THE_AUTHORS, BEING_WRITTEN),
    "remove": Act(THE_AUTHORS, BEING_WRITTEN),
    "abandon": Act(THE_AUTHORS, BEING_WRITTEN),
    "take_back": Act(THE_AUTHORS, ("in_review",)),
    "comment": Act(WRITERS | frozenset(AUTHORS), STATES),
    "claim": Act(DECIDING, ("in_review",), not_own=DECIDING_AUTHORS - BOSS_AUTHOR),
    "send_back": Act(DECIDING, ("in_review",)),
    "approve": Act(DECIDING, ("in_review",), not_own=DECIDING_AUTHORS),
    "approve_with_a_reason": Act(
        DECIDING,
        ("in_review",),
        not_own=DECIDING_AUTHORS - BOSS_AUTHOR,
        page="approve",
        post=REASON,
    ),
    "invite": Act(DECIDING, ("in_review",), not_own=DECIDING_AUTHORS),
    "revoke_link": Act(DECIDING, ("in_review",)),
    "ask_county": Act(DECIDING, ("in_review",)),
}


def test_every_act_of_the_code_has_its_cells():
    assert {act.page or name for name, act in ACTS.items()} == set(ChangeSetAdmin.ACTS)


def made(author, other, state: str) -> ChangeSet:
    """A set of that author, in that state."""
    about = {"by": author, "at": clock.now()}
    record = LocalPolicyFactory(created_by=author)
    found = reviews.open_set(title="Order 3", records=[record], **about)
    decided = {"change_set": found, "by": other, "at": clock.now()}
    if state == "given_up":
        return reviews.abandon(change_set=found, **about)
    if state != "open":
        decided["change_set"] = reviews.submit(change_set=found, **about)
    if state == "in_review":
        outside_readers.invite(
            name="Ada Bar", email="ada@example.org", site="https://example.org", **decided
        )
    if state == "returned":
        reviews.send_back(reason="Page 3.", **decided)
    if state == "published":
        reviews.approve(**decided)
    return now(found)


@pytest.fixture(scope="module")
def sets(people, django_db_blocker):
    """By author and state."""
    with django_db_blocker.unblock():
        other = UserFactory()
        return {
            (who, state): made(people[who], other, state) for who in AUTHORS for state in STATES
        }


def posted(change_set: ChangeSet, act: str) -> dict:
    """What the table of pages posts, for this set."""
    if act == "approve":
        return approval(change_set)
    link = change_set.links.first() or ReviewLink(pk=0)
    of_this = SimpleNamespace(open_set=change_set, sent_set=change_set, link=link)
    return REVIEW_PAGES[f"policies_changeset_{act}"].post(of_this)


def state_of(change_set: ChangeSet):
    current = now(change_set)
    return (
        *(current.status, current.title, current.claimed_by_id, current.override_reason),
        *(current.items.filter(is_current=True).count(), current.notes.count()),
        list(current.links.values_list("pk", "revoked_at")),
        set(current.items.values_list("local_policy__status", flat=True)),
    )


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ACTS, STATES))
def test_cell(people, sets, who, act, state):
    change_set = sets[who if who in AUTHORS else "author", state]
    name = ACTS[act].page or act
    data = {**posted(change_set, name), **ACTS[act].post}
    if act == "describe":
        data["title"] = "Order 4"
    client = people.client(who)
    came = come_of(lambda: client.post(url(change_set, name), data), lambda: state_of(change_set))
    assert came == ACTS[act].expected(who, state)

"""What each role can do with a change-set, in each of its states. No author approves their own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from policies import clock, outside_readers, reviews, roles
from policies.admin.reviews import ChangeSetAdmin
from policies.models import ChangeSet
from tests.factories import LocalPolicyFactory, UserFactory
from tests.policies.admin.reviewing import approval, now, url
from tests.policies.permissions.cells import DONE, LATE, REFUSED, cells, come_of
from tests.policies.permissions.pages import REVIEW_PAGES
from tests.policies.permissions.people import REVIEWERS, STAFF, WRITERS

pytestmark = pytest.mark.django_db

#: Those who wrote and sent a set themselves, by what else they are.
AUTHORS = {
    "author": "author",
    "author_who_reviews": "author_who_reviews",
    "author_who_administers": "author_who_administers",
    "author_who_is_superuser": "author_who_is_superuser",
}
DECIDING_AUTHORS = frozenset(AUTHORS) - {"author"}
BOSS_AUTHOR = frozenset({"author_who_is_superuser"})
WHO = (*STAFF, *AUTHORS)
STATES = ("open", "in_review", "returned", "published", "given_up")
BEING_WRITTEN = ("open", "returned")
REASON = {"reason": "Nobody else is there."}


@dataclass(frozen=True)
class Act:
    """`who` may; of these, `not_own` may not with what they wrote. `when`: the states in which
    something comes of it."""

    who: frozenset[str]
    when: tuple[str, ...]
    not_own: frozenset[str] = frozenset()
    as_act: str = ""
    more: tuple[tuple[str, str], ...] = ()


THE_AUTHORS = frozenset({"superuser", *AUTHORS})
DECIDING = REVIEWERS | DECIDING_AUTHORS
ACTS = {
    "describe": Act(THE_AUTHORS, BEING_WRITTEN, as_act="submit", more=(("keep", "1"),)),
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
        as_act="approve",
        more=tuple(REASON.items()),
    ),
    "invite": Act(DECIDING, ("in_review",), not_own=DECIDING_AUTHORS),
    "revoke_link": Act(DECIDING, ("in_review",)),
    "ask_county": Act(DECIDING, ("in_review",)),
}


def test_every_act_of_the_code_has_its_cells():
    assert {act.as_act or name for name, act in ACTS.items()} == set(ChangeSetAdmin.ACTS)


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
def sets(world, django_db_blocker):
    """By author and state."""
    people = world.people
    with django_db_blocker.unblock():
        people.add("author_who_reviews", roles.REVIEWERS)
        people.add("author_who_administers", roles.ADMINISTRATORS)
        people.add("author_who_is_superuser", is_superuser=True)
        other = UserFactory()
        return {
            (who, state): made(people[who], other, state) for who in AUTHORS for state in STATES
        }


class Asked:
    """What the acts post, of any set."""

    def __init__(self, world, change_set: ChangeSet):
        self.__dict__ |= {"open_set": change_set, "sent_set": change_set}
        self.link = change_set.links.first() or world.link


def posted(world, change_set: ChangeSet, act: str) -> dict:
    if act == "approve":
        return approval(change_set)
    return REVIEW_PAGES[f"policies_changeset_{act}"].post(Asked(world, change_set))


def state_of(change_set: ChangeSet):
    current = now(change_set)
    return (
        *(current.status, current.title, current.claimed_by_id, current.override_reason),
        *(current.items.filter(is_current=True).count(), current.notes.count()),
        list(current.links.values_list("pk", "revoked_at")),
        set(current.items.values_list("local_policy__status", flat=True)),
    )


def expected(who: str, act: str, state: str) -> str:
    row = ACTS[act]
    if who not in row.who:
        return REFUSED
    return DONE if state in row.when and who not in row.not_own else LATE


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ACTS, STATES))
def test_cell(world, sets, who, act, state):
    change_set = sets[who if who in AUTHORS else "author", state]
    name = ACTS[act].as_act or act
    data = {**posted(world, change_set, name), **dict(ACTS[act].more)}
    if act == "describe":
        data["title"] = "Order 4"
    client = world.people.client(who)
    came = come_of(lambda: client.post(url(change_set, name), data), lambda: state_of(change_set))
    assert came == expected(who, act, state)

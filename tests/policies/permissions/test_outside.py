"""What a link opens to somebody without an account, in each of its states: one change-set, for one
purpose, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from policies import clock, county_replies, outside_readers, review_links, reviews
from policies.models import ChangeSet, LocalPolicy, ReviewLink, ReviewNote
from tests.factories import LocalPolicyFactory
from tests.policies.outside import asked, invited
from tests.policies.permissions.cells import DONE, LATE, REFUSED, Act, cells, come_of
from tests.policies.permissions.people import ANONYMOUS, OUTSIDER, REVIEWER, answer

pytestmark = pytest.mark.django_db

READER, COUNTY = "outside-review", "county-reply"
#: Where the link is opened: nobody is signed in there, or somebody is.
WHO = (ANONYMOUS, OUTSIDER, REVIEWER, "author", "author_who_is_superuser")
AUTHORS = frozenset({"author", "author_who_is_superuser"})
EVERYBODY = frozenset(WHO)
#: `other_purpose`: shown at the other page; `forged`: with another number under its signature.
READER_STATES = (
    *("good", "used", "revoked", "expired", "taken_back", "sent_anew", "published"),
    *("other_purpose", "forged"),
)
COUNTY_STATES = (
    *("good", "taken_back", "published", "used", "revoked", "expired", "given_up"),
    *("other_purpose", "forged"),
)
READER_ACTS = {
    "comment": Act(EVERYBODY, ("good",), post={"act": "comment", "text": "Which page?"}),
    "return": Act(EVERYBODY, ("good",), post={"act": "return", "text": "Page 3."}),
    "approve": Act(EVERYBODY, ("good",), not_own=AUTHORS, post={"act": "approve", "text": "Yes."}),
}
#: A county decides nothing, so it may answer whatever became of the set, unless it was given up.
ANSWERED = ("good", "taken_back", "published")
REPLY = Act(EVERYBODY, ANSWERED, post={"text": "It was repealed.", "name": "Lee", "role": "Clerk"})


def link_of(people, purpose: str, state: str) -> tuple[ReviewLink, str]:
    """A link to a set of the author who is a superuser too, and the address to ask for."""
    author, inviter, at = people["author_who_is_superuser"], people["inviter"], clock.now()
    record = LocalPolicyFactory(created_by=people["author"])
    link = invited(author, inviter, record, at=at)
    if purpose == COUNTY:
        due = clock.today() + timedelta(days=10)
        link = asked(link.change_set, record.county, inviter, at=at, due_on=due)
    lead(link, author, inviter, state)
    link.refresh_from_db()
    token, page = review_links.token_of(link), purpose
    if state == "other_purpose":
        page = COUNTY if purpose == READER else READER
    if state == "forged":
        token = token.replace(f"{link.pk}-", f"{link.pk + 1}-", 1)
    return link, reverse(page, args=[token])


def lead(link: ReviewLink, author, inviter, state: str) -> None:
    """The link, or its set, into that state."""
    at, change_set = clock.now(), ChangeSet.objects.get(pk=link.change_set_id)
    if state == "used" and link.purpose == ReviewLink.Purpose.COUNTY_REPLY:
        county_replies.reply(link=link, at=at, reply=county_replies.Reply("Hm.", "Lee", ""))
    elif state == "used":
        outside_readers.approve(link=link, at=at)
    elif state == "revoked":
        outside_readers.revoke(link=link, by=inviter, at=at)
    elif state == "expired":
        ReviewLink.objects.filter(pk=link.pk).update(expires_at=at)
    elif state == "published":
        reviews.approve(change_set=change_set, by=inviter, at=at)
    elif state in ("taken_back", "sent_anew", "given_up"):
        reviews.take_back(change_set=change_set, by=author, at=at)
    if state == "sent_anew":
        reviews.submit(change_set=change_set, by=author, at=at)
    if state == "given_up":
        reviews.abandon(change_set=change_set, by=author, at=at)


@pytest.fixture(scope="module")
def links(people, django_db_blocker):
    """By page and state."""
    with django_db_blocker.unblock():
        people.add("inviter", "Reviewers")
        asked_for = [*((READER, s) for s in READER_STATES), *((COUNTY, s) for s in COUNTY_STATES)]
        return {(page, state): link_of(people, page, state) for page, state in asked_for}


def everything():
    """Of every set, record and link what an act could move."""
    return (
        list(ChangeSet.objects.order_by("pk").values_list("pk", "status", "submitted_at")),
        list(LocalPolicy.objects.order_by("pk").values_list("pk", "status")),
        list(ReviewLink.objects.order_by("pk").values_list("pk", "used_at", "revoked_at")),
        ReviewNote.objects.count(),
    )


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, READER_ACTS, READER_STATES))
def test_a_reader(people, links, who, act, state):
    _link, address = links[READER, state]
    row, client = READER_ACTS[act], people.client(who)
    came = come_of(lambda: client.post(address, row.post), everything, tries=True)
    dead = state not in row.when or who in row.not_own
    assert came == (REFUSED if dead else DONE)


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ("reply",), COUNTY_STATES))
def test_a_county(people, links, who, act, state):
    _link, address = links[COUNTY, state]
    client = people.client(who)
    came = come_of(lambda: client.post(address, REPLY.post), everything)
    assert came == (DONE if state in REPLY.when else REFUSED)


@pytest.mark.parametrize(
    ("purpose", "state"),
    [*((READER, s) for s in READER_STATES), *((COUNTY, s) for s in COUNTY_STATES)],
    ids="-".join,
)
def test_seen(people, links, purpose, state):
    _link, address = links[purpose, state]
    before = everything()
    response = people.client(ANONYMOUS).get(address)
    opened = ("good",) if purpose == READER else ANSWERED
    unknown = ("other_purpose", "forged")
    assert answer(response) == (200 if state in opened else 404 if state in unknown else 410)
    assert everything() == before


@pytest.mark.parametrize("act", READER_ACTS)
def test_an_act_moves_its_own_set_alone(people, links, act):
    link, address = links[READER, "good"]

    def others():
        rest = ChangeSet.objects.exclude(pk=link.change_set_id).order_by("pk")
        return list(rest.values_list("pk", "status", "notes", "items__local_policy__status"))

    came = come_of(lambda: people.client(ANONYMOUS).post(address, READER_ACTS[act].post), others)
    assert came == LATE


@pytest.mark.parametrize("purpose", [READER, COUNTY])
def test_no_other_set_is_shown(people, links, purpose):
    link, address = links[purpose, "good"]
    html = people.client(ANONYMOUS).get(address).content.decode()
    records = LocalPolicy.objects.exclude(change_items__change_set=link.change_set_id)
    assert not [one for one in records.select_related("county") if str(one.county) in html]

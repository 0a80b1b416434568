"""What each role can do with a received file, in each of its states. Of files that others sent,
partners and editors see nothing; and nobody applies their own but a superuser, for a reason."""

from __future__ import annotations

import pytest

from policies import clock, roles, submissions
from policies.admin.submissions import SubmissionAdmin
from policies.import_report import seen
from policies.models import Submission
from tests.factories import UserFactory
from tests.policies.admin.sending import GOOD, ODD_HEADING, now, places, sent, url
from tests.policies.permissions.cells import Act, cells, come_of
from tests.policies.permissions.people import REVIEWERS, STAFF, undrawn

pytestmark = pytest.mark.django_db

#: Those who sent the file themselves, by what else they are; the file of the others is `sender`'s.
SENDERS = ("sender", "sender_who_edits", "sender_who_reviews", "sender_who_is_superuser")
WHO = (*STAFF, *SENDERS)
STATES = ("unread", "planned", "applied", "rejected", "undone")
UNDECIDED = ("unread", "planned")
DECIDING = REVIEWERS | {"sender_who_reviews", "sender_who_is_superuser"}
SEEING = REVIEWERS | frozenset(SENDERS)


WHY = {"reason": "Nobody else is there."}
ACTS = {
    "apply": Act(DECIDING, ("planned",), not_own=frozenset(SENDERS)),
    "apply_for_a_reason": Act(
        DECIDING, ("planned",), frozenset({"sender_who_reviews"}), "apply", WHY
    ),
    "reject": Act(DECIDING, UNDECIDED, post=WHY),
    "undo": Act(DECIDING, ("applied",)),
    # Who sent it knows its sheets and columns; where a place is, is for reviewers to say.
    "compare": Act(SEEING, UNDECIDED),
    "sheet": Act(SEEING, UNDECIDED, post={"sheet": ""}),
    "choose": Act(
        SEEING,
        ("unread",),
        post={"scope": "column", "key": "Which policy", "value": "factor"},
    ),
    "choose_a_place": Act(
        DECIDING, (), page="choose", post={"scope": "county", "key": "CA|x", "value": "06075"}
    ),
}
#: Looking, which no state forbids.
LOOKS = ("change", "history", "file")


def test_every_act_of_the_code_has_its_cells():
    covered = {act.page or name for name, act in ACTS.items()} | {"bad_rows"}
    assert covered == set(SubmissionAdmin.ACTS)


def made(sender, state: str, name: str) -> Submission:
    found = sent(sender, ODD_HEADING if state == "unread" else GOOD, name=name)
    about = {"submission": found, "by": UserFactory(), "at": clock.now()}
    if state == "rejected":
        submissions.reject(reason="Unreadable.", **about)
    if state in ("applied", "undone"):
        submissions.apply(today=clock.today(), **about)
    if state == "undone":
        submissions.undo(**about)
    return now(found)


@pytest.fixture(scope="module")
def files(people, django_db_blocker):
    """By sender and state. Those applied first leave the others nothing new, so they are last."""
    with django_db_blocker.unblock():
        places()
        people.add("sender", roles.PARTNERS)
        people.add("sender_who_edits", roles.EDITORS)
        people.add("sender_who_reviews", roles.REVIEWERS)
        people.add("sender_who_is_superuser", is_superuser=True)
        return {
            (who, state): made(people[who], state, f"{who}-{state}.csv")
            for state in ("unread", "planned", "rejected", "undone", "applied")
            for who in SENDERS
        }


def file_of(files, who: str, state: str) -> Submission:
    return files[who if who in SENDERS else "sender", state]


def as_stored(submission: Submission):
    current = now(submission)
    return current.status, current.report, current.column_map, current.planned_revision


@pytest.mark.parametrize(("who", "act", "state"), cells(WHO, ACTS, STATES))
def test_cell(people, files, who, act, state):
    submission, row = file_of(files, who, state), ACTS[act]
    if row.page == "" and act in ("compare", "sheet"):
        Submission.objects.filter(pk=submission.pk).update(planned_revision=0, report={})
    data = {"seen": seen(submission.lines) if submission.lines else "", **row.post}
    address, client = url(submission, row.page or act), people.client(who)
    came = come_of(lambda: client.post(address, data), lambda: as_stored(submission))
    assert came == row.expected(who, state)


@pytest.mark.parametrize(("who", "look", "state"), cells(WHO, LOOKS, STATES))
def test_seen(people, files, who, look, state):
    address = url(file_of(files, who, state), look)
    with undrawn():
        response = people.client(who).get(address)
    assert response.status_code == (200 if who in SEEING else 404)

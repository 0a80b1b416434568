"""What is done with a change-set in the admin, and what happens when it is done twice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from policies import clock, reviews
from policies.models import ChangeEvent, ChangeSet
from tests.factories import (
    LocalPolicyFactory,
)
from tests.factories_review import ChangeSetFactory
from tests.policies.admin.posting import said
from tests.policies.admin.reviewing import approval, in_review, now, url

pytestmark = pytest.mark.django_db


def test_a_set_is_begun_described_and_sent(editor):
    response = editor.post(
        reverse("admin:policies_changeset_add"), {"title": "Order", "summary": ""}
    )
    change_set = ChangeSet.objects.get()
    assert response.headers["Location"] == url(change_set)
    reviews.add(change_set=change_set, records=[LocalPolicyFactory()], by=editor.user)
    words = {"title": "Order 3", "summary": "The board voted.", "due_on": ""}
    editor.post(url(change_set, "submit"), {**words, "keep": "1"})
    assert (now(change_set).title, now(change_set).status) == ("Order 3", "open")
    day = clock.today() + timedelta(days=7)
    editor.post(url(change_set, "submit"), {**words, "due_on": day.isoformat()})
    assert (now(change_set).status, now(change_set).due_on) == ("in_review", day)


@pytest.mark.parametrize("day", ["5025-01-01", "1999-01-01", "soon"])
def test_a_due_day_that_cannot_be_is_refused_and_nothing_is_lost(editor, day):
    change_set = reviews.open_set(
        title="Order", by=editor.user, at=clock.now(), records=[LocalPolicyFactory()]
    )
    data = {"title": "Typed for an hour", "summary": "", "due_on": day}
    response = editor.post(url(change_set, "submit"), data)
    assert response.status_code in (400, 409)
    assert "Typed for an hour" in response.content.decode()
    assert now(change_set).title == "Order"


def test_a_reviewer_approves_and_a_second_post_is_harmless(editor, reviewer):
    draft = LocalPolicyFactory()
    change_set = in_review(editor, draft)
    data = approval(change_set)
    assert "Approved" in said(reviewer.post(url(change_set, "approve"), data, follow=True))
    assert now(draft).status == "published"
    again = reviewer.post(url(change_set, "approve"), data, follow=True)
    assert "is approved by now; nothing was done" in said(again)
    assert ChangeEvent.objects.count() == 1


def test_what_was_sent_anew_is_to_be_read_anew(editor, reviewer):
    change_set = in_review(editor, LocalPolicyFactory())
    read = approval(change_set)
    reviews.take_back(change_set=change_set, by=editor.user, at=clock.now())
    reviews.submit(change_set=change_set, by=editor.user, at=clock.now())
    response = reviewer.post(url(change_set, "approve"), read)
    assert "since you read it" in said(response)
    assert now(change_set).status == "in_review"


def test_an_override_asks_for_its_reason(staff, boss):
    staff.user = boss
    change_set = in_review(staff, LocalPolicyFactory())
    assert "Publish without a second reader" in staff.get(url(change_set)).content.decode()
    assert staff.post(url(change_set, "approve"), approval(change_set)).status_code == 409
    staff.post(url(change_set, "approve"), approval(change_set, reason="A court decides."))
    assert now(change_set).override_reason == "A court decides."


def test_comments_and_returns_are_kept_once(editor, reviewer):
    draft = LocalPolicyFactory()
    change_set = in_review(editor, draft)
    item = change_set.items.get()
    for _ in range(2):
        reviewer.post(url(change_set, "comment"), {"text": "Which page?", "item": item.pk})
    assert [note.item for note in change_set.notes.all()] == [item]
    assert reviewer.post(url(change_set, "send_back"), {"reason": " "}).status_code == 400
    for _ in range(2):
        reviewer.post(url(change_set, "send_back"), {"reason": "See my comment."})
    assert change_set.notes.count() == 2
    assert (now(change_set).status, now(draft).status) == ("open", "draft")
    html = editor.get(url(change_set)).content.decode()
    assert "Which page?" in html
    assert "See my comment." in html


def test_another_sets_item_is_not_reached(editor):
    mine = reviews.open_set(title="Mine", by=editor.user, at=clock.now())
    theirs = ChangeSetFactory()
    reviews.add(change_set=theirs, records=[LocalPolicyFactory()], by=theirs.created_by)
    item = theirs.items.get()
    editor.post(url(mine, "remove"), {"item": item.pk})
    editor.post(url(mine, "remove"), {"item": "x"})
    assert theirs.items.get() == item


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x" * 10_001])
def test_hostile_words_are_shown_as_words_or_refused(editor, reviewer, text):
    change_set = in_review(editor, LocalPolicyFactory())
    response = reviewer.post(url(change_set, "comment"), {"text": text}, follow=True)
    assert "<script>alert" not in response.content.decode()
    assert change_set.notes.count() == (len(text) < 10_000)

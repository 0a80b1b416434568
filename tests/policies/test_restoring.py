"""Going back to a past version, and drafts that somebody else's publishing has overtaken."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import actions, restoring, reviews
from policies.documents import archive
from policies.models import ChangeKind, RecordStatus
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    WinFactory,
    change,
    correct,
    noon,
    published,
    withdraw,
)
from tests.policies.reviewing import draft_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory", [LocalPolicyFactory, ProvisionFactory, AgreementFactory, WinFactory, IceListFactory]
)
def test_a_past_version_becomes_the_draft_of_a_correction(factory, author):
    old = published(factory)
    new = correct(old)
    draft = restoring.restore(record=old, by=author)
    assert (draft.status, draft.change_kind) == (RecordStatus.DRAFT, ChangeKind.CORRECTION)
    assert (draft.succeeds, draft.created_by) == (new, author)
    assert [one.quote for one in draft.citations.all()] == [
        one.quote for one in old.citations.all()
    ]
    assert f"record {old.pk} said" in draft.change_note
    new.refresh_from_db()
    assert new.status == RecordStatus.PUBLISHED


def test_the_old_content_comes_back_through_review_with_its_claims(author, reader):
    law = ProvisionFactory(title="As it was")
    ClaimFactory(provision=law)
    old = actions.publish(record=law, by=author, at=noon("2020-01-01"))
    correct(old, title="Mistaken")
    draft = restoring.restore(record=old, by=author)
    sent = reviews.send(record=draft, by=author, at=noon("2020-07-01"))
    reviews.approve(change_set=sent, by=reader, at=noon("2020-07-02"))
    draft.refresh_from_db()
    assert (draft.status, draft.title) == (RecordStatus.PUBLISHED, "As it was")
    assert draft.claims.get().citations.get().quote == "shall not hold any person"


def test_asked_twice_there_is_one_draft(author):
    old = published(LocalPolicyFactory)
    correct(old, answer="no")
    first = restoring.restore(record=old, by=author)
    assert restoring.restore(record=old, by=author) == first


def test_one_that_was_edited_since_is_left_alone(author):
    old = published(LocalPolicyFactory)
    correct(old, answer="no")
    first = restoring.restore(record=old, by=author)
    first.title = "Mended"
    first.save()
    assert restoring.restore(record=old, by=author) != first


def test_of_a_withdrawn_record_a_new_draft_is_made(author):
    old = withdraw(published(WinFactory))
    draft = restoring.restore(record=old, by=author)
    assert (draft.succeeds, draft.change_kind) == (None, ChangeKind.NEW)
    assert draft.title == old.title


def test_a_withdrawn_change_of_policy_changes_again_what_holds_now(author):
    old = published(LocalPolicyFactory)
    new = change(old, answer="no", effective_from=date(2019, 1, 1))
    draft = restoring.restore(record=withdraw(new, on="2020-07-01"), by=author)
    assert draft.change_kind == ChangeKind.POLICY_CHANGE
    assert draft.succeeds.effective_until is None
    actions.publish(record=draft, by=author, at=noon("2020-08-01"))
    spans = type(old).objects.published().order_by("effective_from")
    assert [(one.answer, one.effective_until) for one in spans] == [
        ("yes", date(2019, 1, 1)),
        ("no", None),
    ]


def test_what_a_change_ended_still_ends_there(author):
    old = published(LocalPolicyFactory, title="Right")
    wrong = correct(old, title="Wrong", on="2020-02-01")
    change(wrong, answer="no", effective_from=date(2019, 1, 1))
    draft = restoring.restore(record=old, by=author)
    assert (draft.title, draft.effective_until) == ("Right", date(2019, 1, 1))
    actions.publish(record=draft, by=author, at=noon("2020-08-01"))
    assert type(old).objects.published().count() == 2


def test_where_two_stand_in_its_place_they_are_named(author):
    old = published(AgreementFactory)
    new = change(old, effective_from=date(2019, 6, 1))
    moved = correct(old.successors.get(effective_from=old.effective_from), on="2020-07-01")
    for row in (moved, new):
        type(row).objects.filter(pk=row.pk).update(effective_from=date(2019, 2, 1))
    with pytest.raises(ValidationError, match=f"{new.pk}, {moved.pk}"):
        restoring.restore(record=old, by=author)


def test_what_is_live_or_never_was_is_refused(author):
    live = published(LocalPolicyFactory)
    with pytest.raises(ValidationError, match="nothing to restore"):
        restoring.restore(record=live, by=author)
    with pytest.raises(ValidationError, match="never published"):
        restoring.restore(record=draft_of(live, author), by=author)


def test_sealed_words_do_not_come_back_and_it_is_said(author):
    old = published(LocalPolicyFactory)
    document = old.citations.get().document
    correct(old, answer="no")
    archive.seal(document=document, by=author, at=noon("2020-07-01"), reason="Order of a court")
    draft = restoring.restore(record=old, by=author)
    assert draft.citations.get().quote == archive.SEALED_QUOTE
    assert restoring.sealed_documents(draft) == [document]


# --- Two drafts of one record ------------------------------------------------------------------


@pytest.fixture
def overtaken(author):
    """(the row that both began from, what the other published, my draft)"""
    old = published(LocalPolicyFactory)
    mine = draft_of(old, author, title="Mine")
    theirs = correct(old, title="Theirs")
    mine.refresh_from_db()
    return old, theirs, mine


def test_a_draft_of_what_is_live_is_not_overtaken(author):
    assert not restoring.is_overtaken(draft_of(published(LocalPolicyFactory), author))


def test_mine_can_be_kept_over_theirs(overtaken, author):
    _old, theirs, mine = overtaken
    assert restoring.is_overtaken(mine)
    kept = restoring.set_upon(draft=mine, live=theirs, by=author)
    actions.publish(record=kept, by=author, at=noon("2020-08-01"))
    kept.refresh_from_db()
    assert (kept.status, kept.title, kept.succeeds) == (RecordStatus.PUBLISHED, "Mine", theirs)


def test_what_was_changed_once_more_has_to_be_looked_at_again(overtaken, author):
    _old, theirs, mine = overtaken
    correct(theirs, title="Theirs again", on="2020-07-01")
    with pytest.raises(ValidationError, match="once more"):
        restoring.set_upon(draft=mine, live=theirs, by=author)


def test_a_draft_of_what_was_withdrawn_stands_for_itself(author):
    old = published(LocalPolicyFactory)
    mine = draft_of(old, author)
    withdraw(old)
    free = restoring.set_free(draft=mine, by=author)
    assert (free.succeeds, free.change_kind) == (None, ChangeKind.NEW)


def test_a_draft_of_what_stands_is_not_set_free(overtaken, author):
    with pytest.raises(ValidationError, match="once more"):
        restoring.set_free(draft=overtaken[2], by=author)

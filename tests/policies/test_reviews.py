"""What happens to a change-set: who may decide, what is refused, and what is written."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from policies import reviews
from policies.assessments import When, assess
from policies.models import ChangeEvent, ChangeKind, ChangeSet, RecordStatus
from tests.factories import (
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
    WinFactory,
    change,
    published,
    published_provision,
)
from tests.policies.reviewing import (
    AT,
    LATER,
    TODAY,
    approved,
    draft_of,
    in_review,
    set_of,
    statuses,
)

pytestmark = pytest.mark.django_db


# --- Into review -------------------------------------------------------------------------------


def test_submitting_takes_the_drafts_along(author):
    one, other = LocalPolicyFactory(), WinFactory()
    change_set = in_review(author, one, other, due_on=date(2020, 3, 1))
    assert statuses(one, other) == ["in_review", "in_review"]
    assert (change_set.status, change_set.submitted_by) == ("in_review", author)
    assert change_set.due_on == date(2020, 3, 1)
    assert not ChangeEvent.objects.exists()


def test_a_draft_is_in_one_set_only(author):
    draft = LocalPolicyFactory()
    set_of(author, draft, title="First")
    with pytest.raises(ValidationError, match="is in “First” already"):
        set_of(author, draft)
    assert ChangeSet.objects.count() == 1


def test_what_is_published_goes_into_no_set(author):
    with pytest.raises(ValidationError, match="only a draft"):
        set_of(author, published(LocalPolicyFactory))


def test_an_empty_set_is_not_sent(author):
    with pytest.raises(ValidationError, match="nothing in it"):
        in_review(author)


def test_a_draft_that_was_taken_out_may_go_elsewhere(author):
    draft = LocalPolicyFactory()
    change_set = set_of(author, draft)
    reviews.remove(item=change_set.items.get(), by=author)
    assert set_of(author, draft).items.count() == 1


def test_every_reason_against_it_is_named_before_review(author):
    old, other = published(LocalPolicyFactory), published(LocalPolicyFactory)
    bare = draft_of(old, author)
    bare.citations.all().delete()
    early = draft_of(other, author, ChangeKind.POLICY_CHANGE, effective_from=date(2010, 1, 1))
    change_set = set_of(author, bare, early)
    with pytest.raises(ValidationError) as refused:
        reviews.submit(change_set=change_set, by=author, at=AT)
    assert len(refused.value.messages) == 2
    assert "Nothing is published without a citation" in refused.value.messages[0]
    assert f"{bare}: " in refused.value.messages[0]
    assert "cannot begin before" in refused.value.messages[1]
    assert statuses(bare, early, old) == ["draft", "draft", "published"]


def test_a_correction_says_what_was_wrong(author):
    draft = draft_of(published(LocalPolicyFactory), author, change_note=" ")
    with pytest.raises(ValidationError, match="what was wrong"):
        in_review(author, draft)


def test_two_new_drafts_in_each_others_way_are_refused(author):
    one = LocalPolicyFactory()
    with pytest.raises(ValidationError, match="overlaps with"):
        in_review(author, one, LocalPolicyFactory(county=one.county))


def test_a_due_day_that_is_over_is_refused(author):
    with pytest.raises(ValidationError, match="over already"):
        in_review(author, LocalPolicyFactory(), due_on=date(2020, 1, 31))


def test_late_in_the_evening_it_may_still_be_due_today(author):
    evening = datetime(2020, 2, 1, 2, tzinfo=UTC)
    change_set = set_of(author, LocalPolicyFactory())
    due = date(2020, 1, 31)
    sent = reviews.submit(change_set=change_set, by=author, at=evening, due_on=due)
    assert sent.due_on == due


def test_taken_back_it_is_a_draft_again(author):
    draft = LocalPolicyFactory()
    change_set = in_review(author, draft)
    again = reviews.take_back(change_set=change_set, by=author, at=LATER)
    assert (again.status, again.submitted_by) == ("open", None)
    assert statuses(draft) == ["draft"]


def test_what_was_given_up_leaves_its_drafts_free(author):
    draft = LocalPolicyFactory()
    reviews.abandon(change_set=set_of(author, draft), by=author, at=AT)
    assert statuses(draft) == ["draft"]
    assert set_of(author, draft).items.count() == 1


# --- Deciding ----------------------------------------------------------------------------------


def test_a_second_reader_publishes_all_of_it(author, reader):
    county = CountyFactory()
    one = LocalPolicyFactory(county=county, created_by=author)
    other = LocalPolicyFactory(county=county, factor="no_status_inquiry", created_by=author)
    change_set = approved(in_review(author, one, other), reader)
    assert statuses(one, other) == ["published", "published"]
    one.refresh_from_db()
    assert (one.published_by, one.published_at) == (reader, LATER)
    assert (change_set.status, change_set.decided_by) == ("approved", reader)
    assert assess(When(TODAY))[county.pk].score.at_least == 2
    event = ChangeEvent.objects.get()
    assert event.summary == "Ordinance 12: 2 records."
    assert list(event.counties.all()) == [county]
    assert change_set.notes.get().kind == "approved"


def test_the_log_tells_corrections_from_new_records(author, reader):
    wrong = draft_of(published(LocalPolicyFactory), author, answer="no")
    ChangeEvent.objects.all().delete()
    approved(in_review(author, wrong, LocalPolicyFactory(), LocalPolicyFactory()), reader)
    assert set(ChangeEvent.objects.values_list("kind", "summary")) == {
        ("correction", f"{wrong}. Misread."),
        ("new", "Ordinance 12: 2 records."),
    }


def test_nobody_approves_what_they_wrote(author, reader):
    draft = LocalPolicyFactory(created_by=author)
    change_set = in_review(reader, draft)
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        approved(change_set, author)
    assert statuses(draft) == ["in_review"]


def test_nobody_approves_what_they_sent(author):
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        approved(in_review(author, LocalPolicyFactory()), author, reason="In a hurry.")


def test_nor_does_who_invited_an_outside_reader(author):
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        approved(in_review(author, LocalPolicyFactory()), author, approver_name="A. Lawyer")


def test_an_outside_readers_name_is_kept(author, reader):
    change_set = approved(
        in_review(author, LocalPolicyFactory()), reader, approver_name="A. Lawyer"
    )
    note = change_set.notes.get()
    assert (note.kind, note.who) == ("outside_approval", "A. Lawyer")


def test_a_superuser_may_for_a_reason_that_the_log_shows():
    boss = UserFactory(is_superuser=True)
    draft = LocalPolicyFactory(created_by=boss)
    change_set = in_review(boss, draft)
    with pytest.raises(ValidationError, match="Say why"):
        approved(change_set, boss, reason=" ")
    change_set = approved(change_set, boss, reason="The court decides tomorrow.")
    assert change_set.override_reason == "The court decides tomorrow."
    assert change_set.notes.get().kind == "override"
    assert "without a second reader: The court decides" in ChangeEvent.objects.get().summary


def test_a_superuser_who_only_reads_needs_no_reason(author):
    change_set = approved(in_review(author, LocalPolicyFactory()), UserFactory(is_superuser=True))
    assert change_set.override_reason == ""


def test_what_was_changed_meanwhile_is_named_and_nothing_is_published(author, reader):
    old = published(LocalPolicyFactory)
    draft, new = draft_of(old, author, answer="no"), LocalPolicyFactory()
    change_set = in_review(author, draft, new)
    change(old, effective_from=date(2019, 1, 1), answer="none_found")
    with pytest.raises(ValidationError) as refused:
        approved(change_set, reader)
    assert f"{draft}: Record {old.pk}" in refused.value.messages[0]
    assert "changed meanwhile" in refused.value.messages[0]
    assert statuses(draft, new) == ["in_review", "in_review"]


def test_what_was_sent_anew_since_it_was_read_is_not_approved(author, reader):
    read = in_review(author, LocalPolicyFactory())
    reviews.take_back(change_set=read, by=author, at=AT)
    reviews.submit(change_set=read, by=author, at=LATER)
    with pytest.raises(ValidationError, match="since you read it"):
        approved(read, reader)


def test_returned_for_a_reason_it_is_open_again(author, reader):
    draft = LocalPolicyFactory()
    change_set = in_review(author, draft)
    with pytest.raises(ValidationError, match="Say why"):
        reviews.send_back(change_set=change_set, by=reader, at=LATER, reason=" ")
    change_set = reviews.send_back(change_set=change_set, by=reader, at=LATER, reason="Page?")
    assert change_set.status == "open"
    assert statuses(draft) == ["draft"]
    assert change_set.notes.get().text == "Page?"


def test_one_claims_it_and_a_second_is_told(author, reader):
    change_set = in_review(author, LocalPolicyFactory())
    claimed = reviews.claim(change_set=change_set, by=reader, at=LATER)
    assert (claimed.claimed_by, claimed.claimed_at) == (reader, LATER)
    with pytest.raises(ValidationError, match="reader reviews it"):
        reviews.claim(change_set=change_set, by=UserFactory(), at=LATER)
    assert approved(change_set, UserFactory()).claimed_by == reader


def test_authors_do_not_claim_their_own(author):
    with pytest.raises(ValidationError, match="somebody else"):
        reviews.claim(change_set=in_review(author, LocalPolicyFactory()), by=author, at=LATER)


def act(name, change_set, user):
    words = {"send_back": {"reason": "Page?"}, "comment": {"text": "Page?"}}.get(name, {})
    return getattr(reviews, name)(change_set=change_set, by=user, at=LATER, **words)


@pytest.mark.parametrize("name", ["approve", "send_back", "claim", "comment", "take_back"])
def test_done_twice_nothing_more_happens(author, reader, name):
    change_set = in_review(author, LocalPolicyFactory())
    act(name, change_set, reader)
    before = (ChangeEvent.objects.count(), change_set.notes.count())
    with pytest.raises(reviews.AlreadyDoneError):
        act(name, change_set, reader)
    assert (ChangeEvent.objects.count(), change_set.notes.count()) == before


@pytest.mark.parametrize("name", ["submit", "abandon"])
def test_an_open_set_is_sent_or_given_up_once(author, name):
    change_set = set_of(author, LocalPolicyFactory())
    act(name, change_set, author)
    with pytest.raises(reviews.AlreadyDoneError):
        act(name, change_set, author)


def test_a_law_is_published_with_what_it_claims(author, reader):
    provision = published_provision(claims=[{}], state=CountyFactory().state)
    draft = draft_of(provision, author, title="Act as amended")
    approved(in_review(author, draft), reader)
    assert statuses(provision, draft) == ["superseded", "published"]
    assert ChangeEvent.objects.first().state == provision.state


def test_a_superuser_publishes_alone_in_one_go():
    boss, draft = UserFactory(is_superuser=True), LocalPolicyFactory()
    with pytest.raises(ValidationError, match="Say why"):
        reviews.publish_alone(record=draft, by=boss, at=AT, reason="")
    assert not ChangeSet.objects.exists()
    reviews.publish_alone(record=draft, by=boss, at=AT, reason="Nobody is there.")
    assert statuses(draft) == [RecordStatus.PUBLISHED]
    assert ChangeSet.objects.get().override_reason == "Nobody is there."


def test_nobody_else_publishes_alone(author):
    draft = LocalPolicyFactory()
    with pytest.raises(ValidationError, match="somebody else"):
        reviews.publish_alone(record=draft, by=author, at=AT, reason="Nobody is there.")
    assert statuses(draft) == ["draft"]
    assert not ChangeSet.objects.exists()


def test_a_draft_that_cites_a_private_document_is_named_early(author):
    draft = LocalPolicyFactory(cited__document=DocumentFactory(is_public=False))
    with pytest.raises(ValidationError, match="is not public"):
        in_review(author, draft)

"""Illegal rows of change-sets and what belongs to them."""

from __future__ import annotations

from policies.models import ChangeItem
from tests.factories import (
    AgreementFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    WinFactory,
)
from tests.factories_review import ChangeItemFactory, ChangeSetFactory, ReviewNoteFactory
from tests.policies.models.breaking import THEN, breaks


def someone(name: str, at=THEN) -> dict:
    return {f"{name}_at": at, f"{name}_by": UserFactory()}


@breaks("changeset_has_a_title")
def set_without_a_title():
    ChangeSetFactory(title="")


@breaks("changeset_submitted_by_someone")
def set_in_review_that_nobody_sent():
    ChangeSetFactory(status="in_review")


@breaks("changeset_submitted_by_someone")
def set_in_review_sent_by_nobody():
    ChangeSetFactory(status="in_review", submitted_at=THEN)


@breaks("changeset_submitted_by_someone")
def open_set_that_was_sent():
    ChangeSetFactory(**someone("submitted"))


@breaks("changeset_claimed_by_someone_once_submitted")
def open_set_that_is_claimed():
    ChangeSetFactory(**someone("claimed"))


@breaks("changeset_claimed_by_someone_once_submitted")
def set_claimed_by_nobody():
    ChangeSetFactory(status="in_review", **someone("submitted"), claimed_at=THEN)


@breaks("changeset_decided_by_someone")
def set_approved_by_nobody():
    ChangeSetFactory(status="approved", **someone("submitted"), decided_at=THEN)


@breaks("changeset_decided_by_someone")
def set_given_up_never():
    ChangeSetFactory(status="abandoned")


@breaks("changeset_decided_by_someone")
def open_set_that_is_decided():
    ChangeSetFactory(**someone("decided"))


@breaks("changeset_overridden_only_when_approved")
def open_set_with_an_override():
    ChangeSetFactory(override_reason="In a hurry.")


@breaks("changeset_due_in_a_plausible_year")
def set_due_in_5025():
    ChangeSetFactory(due_on="5025-01-01")


@breaks("changeitem_of_exactly_one_record")
def item_of_nothing():
    ChangeItem.objects.create(change_set=ChangeSetFactory())


@breaks("changeitem_of_exactly_one_record")
def item_of_two_records():
    ChangeItemFactory(agreement=AgreementFactory())


def register_second_set(field, factory):
    @breaks(f"changeitem_one_set_a_{field}")
    def draft_in_two_sets():
        record = factory()
        for _ in range(2):
            ChangeItem.objects.create(change_set=ChangeSetFactory(), **{field: record})


for _field, _factory in (
    ("local_policy", LocalPolicyFactory),
    ("provision", ProvisionFactory),
    ("agreement", AgreementFactory),
    ("win", WinFactory),
    ("ice_list", IceListFactory),
):
    register_second_set(_field, _factory)


@breaks("reviewnote_known_kind")
def note_of_no_known_kind():
    ReviewNoteFactory(kind="gossip")


@breaks("reviewnote_by_someone")
def note_by_nobody():
    ReviewNoteFactory(author=None)


def register_silent_note(kind):
    @breaks("reviewnote_says_something")
    def note_that_says_nothing():
        ReviewNoteFactory(kind=kind, text="")


for _kind in ("comment", "returned", "override", "county_reply"):
    register_silent_note(_kind)

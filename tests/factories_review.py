"""Change-sets, what is in them and what is said of them."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from policies.models import ChangeItem, ChangeSet, ReviewLink, ReviewNote
from tests.factories import PUBLISHED_AT, LocalPolicyFactory, UserFactory


class ChangeSetFactory(DjangoModelFactory):
    class Meta:
        model = ChangeSet

    title = factory.Sequence(lambda n: f"Change {n}")
    created_at = PUBLISHED_AT
    created_by = factory.SubFactory(UserFactory)


class ChangeItemFactory(DjangoModelFactory):
    class Meta:
        model = ChangeItem

    change_set = factory.SubFactory(ChangeSetFactory)
    local_policy = factory.SubFactory(LocalPolicyFactory)


class ReviewNoteFactory(DjangoModelFactory):
    class Meta:
        model = ReviewNote

    change_set = factory.SubFactory(ChangeSetFactory)
    author = factory.SubFactory(UserFactory)
    text = "Page 3 says otherwise."
    at = PUBLISHED_AT


class ReviewLinkFactory(DjangoModelFactory):
    """An invitation of an outside reader; a letter to a county if `purpose`, `county` say so."""

    class Meta:
        model = ReviewLink

    change_set = factory.SubFactory(ChangeSetFactory)
    purpose = "outside_reader"
    name = "Ada Bar"
    email = "ada@example.org"
    read_at = PUBLISHED_AT
    created_by = factory.SubFactory(UserFactory)
    created_at = PUBLISHED_AT
    last_sent_at = PUBLISHED_AT
    expires_at = PUBLISHED_AT + timedelta(days=14)

"""Illegal versions of texts of the site."""

from __future__ import annotations

from policies.models import SiteText
from tests.factories import UserFactory
from tests.policies.models.breaking import THEN, breaks


def version(**values):
    values = {"key": "about", "created_at": THEN, "created_by": UserFactory()} | values
    return SiteText.objects.create(**values)


@breaks("sitetext_of_something")
def of_no_text():
    version(key="")


@breaks("sitetext_published_by_someone")
def published_by_nobody():
    version(published_at=THEN)


@breaks("sitetext_published_by_someone")
def published_at_no_time():
    version(published_by=UserFactory())


@breaks("sitetext_second_reader_or_reason")
def published_by_its_author_without_a_reason():
    author = UserFactory()
    version(created_by=author, published_by=author, published_at=THEN)

"""People outside as the tests make them: invited readers and counties that were asked."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group

from policies import county_replies, outside_readers, review_links, roles
from policies.models import ReviewLink
from tests.factories import UserFactory
from tests.policies.reviewing import AT, in_review

SITE = "https://example.org"
DUE = date(2020, 2, 20)


def a_reviewer(**values):
    roles.make_groups()
    user = UserFactory(**values)
    user.groups.add(Group.objects.get(name=roles.REVIEWERS))
    return user


def invited(author, inviter, *records, at=AT, change_set=None, **values) -> ReviewLink:
    details = {"name": "Ada Bar", "email": "ada@example.org", "days": 14, **values}
    return outside_readers.invite(
        change_set=change_set or in_review(author, *records),
        by=inviter,
        at=at,
        site=SITE,
        **details,
    )


def asked(change_set, county, by, *, at=AT, **values) -> ReviewLink:
    details = {"name": "Lee Law", "email": "lee@county.example", "due_on": DUE, **values}
    return county_replies.ask(
        change_set=change_set, county=county, by=by, at=at, site=SITE, **details
    )


def path_of(link: ReviewLink, language: str = "") -> str:
    if language:
        link.language = language
    return review_links.address_of(link, "")

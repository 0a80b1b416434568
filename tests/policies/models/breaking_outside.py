"""Illegal rows of links for people without an account."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factories import PUBLISHED_AT, CountyFactory, UserFactory
from tests.factories_review import ChangeSetFactory, ReviewLinkFactory
from tests.policies.models.breaking import breaks

HOUR = timedelta(hours=1)


def letter(**values):
    county = {"county": CountyFactory(), "due_on": date(2020, 2, 1)}
    return ReviewLinkFactory(**{"purpose": "county_reply", **county, **values})


@breaks("reviewlink_known_purpose")
def link_for_no_known_purpose():
    ReviewLinkFactory(purpose="gossip")


@breaks("reviewlink_known_purpose")
def letter_to_no_county():
    letter(county=None)


@breaks("reviewlink_known_purpose")
def letter_due_on_no_day():
    letter(due_on=None)


@breaks("reviewlink_known_purpose")
def invitation_of_a_county():
    ReviewLinkFactory(county=CountyFactory())


@breaks("reviewlink_for_somebody")
def link_for_nobody():
    ReviewLinkFactory(name="")


@breaks("reviewlink_for_somebody")
def link_sent_nowhere():
    ReviewLinkFactory(email="")


@breaks("reviewlink_expires_after_it_was_made")
def link_expired_when_made():
    ReviewLinkFactory(expires_at=PUBLISHED_AT)


@breaks("reviewlink_sent_after_it_was_made")
def link_sent_before_it_was_made():
    ReviewLinkFactory(last_sent_at=PUBLISHED_AT - HOUR)


@breaks("reviewlink_revoked_by_someone")
def link_revoked_by_nobody():
    ReviewLinkFactory(revoked_at=PUBLISHED_AT)


@breaks("reviewlink_used_while_it_was_good")
def link_used_when_it_had_expired():
    ReviewLinkFactory(used_at=PUBLISHED_AT + HOUR, expires_at=PUBLISHED_AT + HOUR)


@breaks("reviewlink_used_while_it_was_good")
def link_used_before_it_was_made():
    ReviewLinkFactory(used_at=PUBLISHED_AT - HOUR)


@breaks("reviewlink_used_while_it_was_good")
def link_used_when_it_was_revoked():
    revoked = {"revoked_at": PUBLISHED_AT + HOUR, "revoked_by": UserFactory()}
    ReviewLinkFactory(**revoked, used_at=PUBLISHED_AT + 2 * HOUR)


@breaks("reviewlink_due_in_a_plausible_year")
def letter_due_in_5025():
    letter(due_on=date(5025, 1, 1))


@breaks("reviewlink_one_open_letter_a_county")
def second_open_letter_to_a_county():
    change_set, county = ChangeSetFactory(), CountyFactory()
    for _ in range(2):
        letter(change_set=change_set, county=county)

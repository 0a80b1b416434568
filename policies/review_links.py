"""Links for people without an account: signed, expiring, for one change-set and one purpose.

A token names a row and the moment in which it was made, signed with the site's secret key and a
salt of its purpose; whether it still opens anything is asked of the row each time.
"""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from policies.models import ReviewLink

Purpose = ReviewLink.Purpose
#: The page of each purpose.
PAGES = {Purpose.OUTSIDE_READER: "outside-review", Purpose.COUNTY_REPLY: "county-reply"}
_MOST = 200


class UnknownLinkError(Exception):
    """There is no such link, and never was."""


class DeadLinkError(Exception):
    """It opens nothing any more. `why`: "used", "revoked", "expired", "changed" or "given_up"."""

    def __init__(self, why: str, link: ReviewLink):
        super().__init__(why)
        self.why, self.link = why, link


def token_of(link: ReviewLink) -> str:
    return _signer(link.purpose).sign(f"{link.pk}-{_stamp(link)}")


def address_of(link: ReviewLink, site: str) -> str:
    """The page of the link in its reader's language. `site`: scheme and host."""
    with override(link.language):
        return site + reverse(PAGES[Purpose(link.purpose)], args=[token_of(link)])


def find(token: str, purpose: str, at: datetime) -> ReviewLink:
    """The link of a token. Raises UnknownLinkError, or DeadLinkError if it is good no longer."""
    try:
        pk, _dash, stamp = _signer(purpose).unsign(token[:_MOST]).partition("-")
    except BadSignature:
        raise UnknownLinkError from None
    link = (
        ReviewLink.objects.select_related("change_set", "county__state", "created_by")
        .filter(pk=int(pk), purpose=purpose)
        .first()
    )
    if link is None or _stamp(link) != stamp:
        raise UnknownLinkError
    _refuse_dead(link, at)
    return link


def locked(link: ReviewLink, at: datetime) -> ReviewLink:
    """The row as it is stored now, under a lock. Raises DeadLinkError."""
    rows = ReviewLink.objects.select_for_update(of=("self",))
    current = rows.select_related("created_by", "county").get(pk=link.pk)
    _refuse_dead(current, at)
    return current


def state_of(link: ReviewLink, at: datetime) -> str:
    """Why it is dead; empty while it is good. What was done with it comes first."""
    if link.used_at:
        return "used"
    if link.revoked_at:
        return "revoked"
    return "expired" if at >= link.expires_at else ""


def _refuse_dead(link: ReviewLink, at: datetime) -> None:
    if why := state_of(link, at):
        raise DeadLinkError(why, link)


def _stamp(link: ReviewLink) -> str:
    return str(int(link.created_at.timestamp() * 1000))


def _signer(purpose: str) -> Signer:
    # A letter, no dot: what people paste often loses a full stop at its end.
    return Signer(salt=f"policies.review_links.{purpose}", sep="~")

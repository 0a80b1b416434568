"""What a form without an account carries in place of a cookie: where and when it was fetched.

Whoever may send the form without an account needs no protection from having it sent in their name.
What the token does is to make sure that the form was fetched from us, by somebody who then took a
moment, and not so long ago that it is a stored copy.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

#: Nobody writes a report faster, and a form that is older was stored somewhere.
SOONEST = timedelta(seconds=2)
LATEST = timedelta(hours=24)
_MOST = 1000
_form = Signer(salt="policies.error_reports.form", sep="~")
_number = Signer(salt="policies.error_reports.received", sep="~")


class TooSoonError(Exception):
    """Sent back within moments of being fetched."""


class NotOursError(Exception):
    """Not fetched from us for this page, or too long ago."""


def issue(page: str, at: datetime) -> str:
    """For the form about `page`, fetched at the moment `at`."""
    return _form.sign(f"{int(at.timestamp())}|{page}")


def check(token: str, page: str, at: datetime) -> None:
    """Raises NotOursError or TooSoonError if a form with this token is not to be taken at `at`."""
    try:
        stamp, _bar, of = _form.unsign(token[:_MOST]).partition("|")
    except BadSignature:
        raise NotOursError from None
    age = timedelta(seconds=int(at.timestamp()) - int(stamp))
    if of != page or age > LATEST or age < timedelta(0):
        raise NotOursError
    if age < SOONEST:
        raise TooSoonError


def receipt_of(number: int) -> str:
    """What the address of the confirmation carries, so that nobody can make one up."""
    return _number.sign(str(number))


def number_of(receipt: str) -> int | None:
    """The number of a report, or None if that is no receipt of ours."""
    try:
        return int(_number.unsign(receipt[:_MOST]))
    except BadSignature:
        return None

"""Reading the query parameters that every page and API path shares, and refusing bad ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from policies.assessments import When

WHEN_PARAMETERS = ("as_of", "known_on")


class BadParameter(Exception):
    """A query parameter that is unknown or invalid. Answered with a 400 that names it."""

    def __init__(self, errors: Mapping[str, str]):
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def parse_day(name: str, text: str) -> date:
    """A day written YYYY-MM-DD. Raises BadParameter that says what is wrong with it."""
    try:
        if len(text) != 10:
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        message = _("“%(text)s” is not a date. Write a day that exists as YYYY-MM-DD.")
        raise BadParameter({name: message % {"text": text[:40]}}) from None
    if not 1776 <= day.year <= 2200:
        message = _("The year %(year)s is outside the range of this record, 1776 to 2200.")
        raise BadParameter({name: message % {"year": day.year}})
    return day


def when(query: Mapping[str, str], today: date) -> When:
    """The two clocks of a request: `as_of` (default `today`) and `known_on` (default: now).

    A future `as_of` is answered with enacted law; a future `known_on` is an error.
    """
    as_of = parse_day("as_of", query["as_of"]) if query.get("as_of") else today
    known_on = parse_day("known_on", query["known_on"]) if query.get("known_on") else None
    if known_on and known_on > today:
        raise BadParameter(
            {"known_on": _("%(day)s is in the future: nobody knows it yet.") % {"day": known_on}}
        )
    return When(as_of, known_on)


def refuse_unknown(query: Iterable[str], known: Iterable[str]) -> None:
    """Raise BadParameter if the query has a name that means nothing here."""
    known = sorted(known)
    unknown = [name for name in query if name not in known]
    if unknown:
        message = _("Unknown parameter. Known here: %(known)s.") % {"known": ", ".join(known)}
        raise BadParameter({name[:60]: message for name in unknown})

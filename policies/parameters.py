"""Reading the query parameters that every page and API path shares, and refusing bad ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from policies.assessments import When

WHEN_PARAMETERS = ("as_of", "known_on")
#: What every page takes, and every link within the pages carries on.
ALWAYS = (*WHEN_PARAMETERS, "palette")
#: What networks and newsletters add to a link; a page is answered as if it were not there.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|igshid|mc_[ce]id", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: Days that a page can be asked for, the last included.
FIRST_DAY, LAST_DAY = date(1776, 1, 1), date(2200, 12, 31)


class BadParameter(Exception):
    """A query parameter that is unknown or invalid. Answered with a 400 that names it."""

    def __init__(self, errors: Mapping[str, str]):
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def parse_day(name: str, text: str) -> date:
    """A day written YYYY-MM-DD. Raises BadParameter that says what is wrong with it."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        message = _("“%(text)s” is not a date. Write a day that exists as YYYY-MM-DD.")
        raise BadParameter({name: message % {"text": text[:40]}}) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        message = _("The year %(year)s is outside the range of this record, 1776 to 2200.")
        raise BadParameter({name: message % {"year": day.year}})
    return day


def pick(name: str, value: str, choices: Collection[str]) -> str:
    """The value if it is one of the choices, or empty. Raises BadParameter."""
    if value and value not in choices:
        message = _("“%(text)s” is not one of: %(choices)s.")
        raise BadParameter(
            {name: message % {"text": value[:40], "choices": ", ".join(sorted(choices))}}
        )
    return value


def when(query: Mapping[str, str], today: date) -> When:
    """The two clocks of a request: `as_of` (default `today`) and `known_on` (default: now).

    A future `as_of` is answered with enacted law; a future `known_on` is an error.
    """
    errors: dict[str, str] = {}
    days: dict[str, date] = {}
    for name in WHEN_PARAMETERS:
        if query.get(name):
            try:
                days[name] = parse_day(name, query[name])
            except BadParameter as error:
                errors |= error.errors
    known_on = days.get("known_on")
    if known_on and known_on > today:
        message = _("%(day)s is in the future: nobody knows it yet.")
        errors["known_on"] = message % {"day": known_on}
    if errors:
        raise BadParameter(errors)
    return When(days.get("as_of", today), known_on)


def page_number(query: Mapping[str, str]) -> int:
    """The page of a list that is asked for, the first if none is. Raises BadParameter."""
    number = query.get("page") or "1"
    if not _COUNT.fullmatch(number):
        raise BadParameter({"page": _("“%(text)s” is not a page.") % {"text": number[:40]}})
    return int(number)


def refuse_all(*checks: Callable[[], object]) -> None:
    """Run checks that raise BadParameter; raise one that names what any of them found."""
    errors: dict[str, str] = {}
    for check in checks:
        try:
            check()
        except BadParameter as error:
            errors |= error.errors
    if errors:
        raise BadParameter(errors)


def forget_tracking(request: HttpRequest) -> None:
    """Also in the links that keep what was asked."""
    if any(map(_TRACKING.fullmatch, request.GET)):
        kept = request.GET.copy()
        for name in filter(_TRACKING.fullmatch, request.GET):
            del kept[name]
        request.GET = kept
        request.META["QUERY_STRING"] = kept.urlencode()


def refuse_all_but(query: QueryDict, *known: str, repeatable: Iterable[str] = ()) -> None:
    """Raise BadParameter if a page is asked anything that it would ignore in silence."""
    refuse_all(
        lambda: refuse_unknown(query, (*ALWAYS, *known)),
        lambda: refuse_repeated(query, repeatable),
    )


def refuse_unknown(query: Iterable[str], known: Iterable[str]) -> None:
    """Raise BadParameter if the query has a name that means nothing here."""
    known = sorted(known)
    unknown = [name for name in query if name not in known]
    if unknown:
        message = _("Unknown parameter. Known here: %(known)s.") % {"known": ", ".join(known)}
        raise BadParameter({name[:60]: message for name in unknown})


def refuse_repeated(query: Mapping[str, str], repeatable: Iterable[str] = ()) -> None:
    """Raise BadParameter for a name given twice: one of its values would be ignored in silence."""
    if not hasattr(query, "lists"):
        return  # a plain dictionary
    repeated = [
        name for name, values in query.lists() if len(values) > 1 and name not in repeatable
    ]
    if repeated:
        raise BadParameter({name[:60]: _("Given more than once.") for name in repeated})

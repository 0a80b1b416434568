"""Numbers on the reports' pages: each with the address of exactly its rows, bars, citations."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext as _

from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class Linked:
    """A number, and where its rows are; a zero has none."""

    n: int
    address: str = ""

    @property
    def url(self) -> str:
        return self.address if self.n else ""

    def __str__(self) -> str:
        return f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero, `width` of 100."""

    css: str
    width: float


@dataclass(frozen=True, slots=True)
class Cite:
    """Words to cite a page by, and its address that will always say the same."""

    words: str
    url: str


def bar(css: str, part: int, whole: int) -> Bar:
    return Bar(css, round(100 * part / whole, 2) if whole else 0)


def share(percent: float, places: int = 1) -> str:
    """A share, as the language writes it. Rounded first: `number_format` cuts a float off."""
    return _("%(n)s%%") % {"n": formats.number_format(round(percent, places), places)}


def csv_url(path: str, choice: Choice, **query: object) -> str:
    """The same as CSV, by the API. `path`: after `/api/v1/`."""
    known_on = choice.when.known_on
    given = {**query, "known_on": known_on or "", "format": "csv"}
    return f"/api/v1/{path}/?" + urlencode({k: v for k, v in given.items() if v not in ("", None)})


def cite(title: str, request: HttpRequest, choice: Choice, **query: object) -> Cite:
    """`query`: what belongs to the page besides the day of knowledge, which is frozen here."""
    known_on = choice.when.known_on or choice.today
    given = {k: str(v) for k, v in {**query, "known_on": known_on}.items() if v not in ("", None)}
    words = _("“%(title)s” National Map of Local Entanglement with ICE, as known on %(known_on)s.")
    address = f"{request.build_absolute_uri(request.path)}?{urlencode(given)}"
    return Cite(words % {"title": title, "known_on": choice.known_on}, address)

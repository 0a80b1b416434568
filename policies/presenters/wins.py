"""Policy wins as news items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from policies.explanations import long_date
from policies.models import PolicyWin
from policies.presenters.choice import Choice
from policies.presenters.sources import CitationItem, citation_items
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class WinItem:
    pk: int
    title: str
    url: str
    when: str
    iso: str
    date_to_verify: bool
    kind: str
    state: Place
    city: str
    counties: tuple[Place, ...]
    summary: str
    note: str
    factors: tuple[str, ...]
    citations: tuple[CitationItem, ...]


def win_items(wins: Iterable[PolicyWin], choice: Choice) -> tuple[WinItem, ...]:
    return tuple(_item(win, choice) for win in wins)


#: How the record says that a date came from elsewhere: said at the date, not in a note.
_NO_DATE = "The date is not in the report."


def _item(win: PolicyWin, choice: Choice) -> WinItem:
    to_verify = win.note.startswith(_NO_DATE)
    return WinItem(
        pk=win.pk,
        title=win.title,
        url=win_url(win, choice),
        when=win_date(win),
        iso=win.date_earliest.isoformat() if win.date_earliest and not win.date_latest else "",
        date_to_verify=to_verify,
        kind=win.get_kind_display(),
        state=Place(win.state.name, choice.url("state", win.state_id.lower())),
        city=win.place,
        counties=tuple(
            Place(county.name, choice.url("county", county.state_id.lower(), county.slug))
            for county in win.counties.all()
        ),
        summary=win.summary,
        note=win.note.removeprefix(_NO_DATE).strip(),
        factors=tuple(str(FACTOR_TEXTS[Factor(w.factor)].name) for w in win.win_factors.all()),
        citations=citation_items(win.citations.all(), choice),
    )


def win_url(win: PolicyWin, choice: Choice, **query: object) -> str:
    """The address of the win's own page."""
    return choice.url("win", win.pk, win_slug(win), **query)


def win_slug(win: PolicyWin) -> str:
    return slugify(win.title)[:80].strip("-_") or "win"


def win_date(win: PolicyWin) -> str:
    """The date as exactly as it is known; a span if only that is known."""
    if not win.date_earliest:
        return _("date not known")
    earliest = long_date(win.date_earliest, win.date_precision)
    if not win.date_latest or win.date_latest == win.date_earliest:
        return earliest
    return _("between %(earliest)s and %(latest)s") % {
        "earliest": earliest,
        "latest": long_date(win.date_latest, win.date_precision),
    }

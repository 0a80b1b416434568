"""Wins: the list with its timeline and map, the page of one, and the feed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import When, assess
from policies.models import FactorChoices, PolicyWin, WinKind
from policies.parameters import (
    FIRST_DAY,
    LAST_DAY,
    BadParameter,
    page_number,
    refuse_all,
    refuse_all_but,
    refuse_repeated,
    refuse_unknown,
)
from policies.presenters.choice import Choice
from policies.presenters.picks import pick, state_options
from policies.presenters.win_map import STATE_NAMES, win_map
from policies.presenters.win_page import days_around, win_page
from policies.presenters.win_timeline import win_timeline
from policies.presenters.wins import win_date, win_items, win_slug, win_url
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS
from policies.views import queries, win_queries
from policies.views.page import public_page

PAGE_SIZE = 50
FEED_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for; each empty if nothing is."""

    kind: str = ""
    state: str = ""
    factor: str = ""
    year: str = ""

    @classmethod
    def of(cls, query) -> Asked:
        """Raises BadParameter for what makes no sense."""
        return cls(
            kind=pick("kind", query.get("kind", ""), dict(WinKind.choices)),
            state=pick("state", query.get("state", ""), dict(state_options())),
            factor=pick("factor", query.get("factor", ""), dict(FactorChoices.choices)),
            year=_year(query.get("year", "")),
        )

    def found(self, when: When):
        found = queries.wins(when)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.state:
            found = found.filter(state=self.state)
        if self.factor:
            found = win_queries.touching(found, self.factor)
        if self.year:
            found = win_queries.of_year(found, int(self.year))
        return found


def _year(text: str) -> str:
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    if text and not (text.isascii() and text.isdigit() and int(text[:9]) in years):
        raise BadParameter({"year": _("“%(text)s” is not a year.") % {"text": text[:40]}})
    return text


@public_page
def wins(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    refuse_all_but(request.GET, "kind", "state", "factor", "year", "page")
    asked = Asked.of(request.GET)
    number = page_number(request.GET)
    found = list(asked.found(choice.when))
    page = Paginator(found, PAGE_SIZE).get_page(number)
    filters = asdict(asked)
    context = {
        "wins": win_items(page.object_list, choice),
        "total": len(found),
        "page": page,
        "previous_url": choice.with_query(**filters, page=page.number - 1),
        "next_url": choice.with_query(**filters, page=page.number + 1),
        "timeline": win_timeline(found, choice, **filters),
        "map": win_map(found, win_queries.inhabitants(), choice, **filters),
        "asked": asked,
        "is_filtered": any(filters.values()),
        "kinds": WinKind.choices,
        "states": state_options(),
        "factors": [(factor.value, FACTOR_TEXTS[factor].name) for factor in Factor],
        "years": [str(year) for year in win_queries.years(choice.when)],
        "feed_query": Choice(choice.when, choice.today).with_query(
            kind=asked.kind, state=asked.state
        ),
    }
    return render(request, "policies/wins.html", context)


@public_page
def win(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    choice = request.choice
    refuse_all_but(request.GET)
    found = win_queries.win(pk, choice.when)
    if found is None:
        raise Http404(_("There is no such win on record."))
    if (found.pk, win_slug(found)) != (pk, slug):
        return redirect(win_url(found, choice))
    counties = list(found.counties.all()) or _of_state(found)
    days = days_around(found, choice.when.as_of)
    before, after = (
        assess(When(day, choice.when.known_on), fips=[county.pk for county in counties])
        if days
        else {}
        for day in days or (None, None)
    )
    context = {"win": win_page(found, counties, before, after, choice)}
    return render(request, "policies/win.html", context)


def _of_state(found: PolicyWin) -> list[County]:
    """A law of a state reaches all of its counties; another win without a county, none known."""
    if found.kind != WinKind.STATE_LAW:
        return []
    return list(County.objects.filter(state=found.state_id).order_by("name"))


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest wins as Atom: of all, of a state, of a kind."""
    refuse_all(  # it has no days to choose
        lambda: refuse_unknown(request.GET, ("kind", "state", "palette")),
        lambda: refuse_repeated(request.GET),
    )
    return WinsFeed()(request)


class WinsFeed(Feed):
    """News of today, so that it takes no dates. Called by `feed`, which checks what is asked."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> tuple[Asked, Choice]:
        return Asked.of(request.GET), Choice(When(request.choice.today), request.choice.today)

    def title(self, asked) -> str:
        of = (STATE_NAMES.get(asked[0].state), dict(WinKind.choices).get(asked[0].kind))
        name = _("Policy wins: National Map of Local Entanglement with ICE")
        return " · ".join([name, *(str(part) for part in of if part)])

    def subtitle(self, asked) -> str:
        return _("Policies that limit how local government helps ICE, as they are won.")

    def link(self, asked) -> str:
        return asked[1].url("wins", kind=asked[0].kind, state=asked[0].state)

    def feed_url(self, asked) -> str:
        return asked[1].url("wins-feed", kind=asked[0].kind, state=asked[0].state)

    def items(self, asked):
        given, choice = asked
        found = given.found(choice.when).filter(date_earliest__isnull=False)[:FEED_LENGTH]
        return [(win, choice) for win in found]

    def item_title(self, item) -> str:
        return item[0].title

    def item_description(self, item) -> str:
        return f"{win_date(item[0])}. {item[0].summary}"

    def item_link(self, item) -> str:
        return win_url(*item)

    def item_guid(self, item) -> str:
        return f"urn:win:{item[0].pk}"

    def item_pubdate(self, item):
        day = datetime.combine(item[0].date_earliest, time.min)
        return timezone.make_aware(day)

    def item_updateddate(self, item):
        return item[0].published_at

    def item_categories(self, item):
        return [item[0].get_kind_display(), item[0].state.name]

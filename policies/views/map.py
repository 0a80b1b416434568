"""The national map, and what its script fetches when somebody touches it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock

import brotli
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from counties import shapes
from counties.models import County, CountyAlias
from policies import clock, lens_query, map_history, reports
from policies.assessments import Assessment, When, assess
from policies.lens_query import Query
from policies.models import FactorChoices, ScorePeriod
from policies.presenters import map as presenter
from policies.presenters import map_figures, map_picture
from policies.presenters import map_index as index_presenter
from policies.presenters.choice import Choice
from policies.presenters.map_controls import controls
from policies.presenters.map_legend import address
from policies.presenters.states import state_rows
from policies.presenters.wins import win_items
from policies.texts import FACTOR_TEXTS
from policies.views import queries
from policies.views.page import public_page, send

#: The map page is the shapes of 3,143 counties: 72 kB at the quality of other pages, 61 kB at this
#: one, which takes a quarter of a second (half a second on a busy machine; quality 11 saves one
#: kB more and takes three times as long). So its bytes are kept, in this process, until the
#: record, the day or what was asked for is another.
QUALITY = 10
PAGES_KEPT = 32
NEWEST_WINS = 4
DAYS_OF_CHANGE = 4


@public_page
def map_page(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    query = lens_query.parse(request.GET, choice.when.as_of)
    newest = request.revision
    # Parameters that mean nothing here must not end up in a page that is kept.
    request.here = address("map", query, choice)
    site = request.build_absolute_uri("/")
    key = (site, get_language(), choice, query, newest)
    kept = _pages.get(key)
    if kept is None:
        kept = _keep(key, _render(request, query, newest).content)
    body, compressed = kept
    return send(request, body, "text/html; charset=utf-8", compressed)


_pages: dict[tuple, tuple[bytes, bytes]] = {}
_making_room = Lock()


def _keep(key: tuple, body: bytes) -> tuple[bytes, bytes]:
    kept = body, brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUALITY)
    with _making_room:
        while len(_pages) >= PAGES_KEPT:
            del _pages[next(iter(_pages))]
        _pages[key] = kept
    return kept


def _render(request: HttpRequest, query: Query, newest: int) -> HttpResponse:
    choice = request.choice
    now = assess(choice.when)
    version = f"{newest}-{choice.today:%Y%m%d}"
    context = {
        "query": query,
        "page": presenter.map_page(now, before(query, choice), inside(query), query, choice),
        "figures": _figures(now, choice),
        "states": state_rows(now, queries.effects_in_force(choice.when), choice),
        "wins": win_items(queries.wins(choice.when)[:NEWEST_WINS], choice),
        "controls": controls(query, choice, _first_day()),
        "factors": FactorChoices.choices,
        "rubric": [text.name for text in FACTOR_TEXTS.values()],
        "days": presenter.days(_days_of_change(choice), choice, query),
        "sources": map_picture.sources(choice),
        "frozen_url": request.build_absolute_uri(map_picture.frozen_address(query, choice)),
        "palette_url": address("map", query, choice, palette=choice.palette_of_the_other),
        "index_url": choice.url("map-index", v=f"{version}-{index_presenter.INDEX_FORM}"),
        "history_url": choice.url("map-history", v=f"{version}-{map_history.FORM}", as_of=""),
    }
    return render(request, "policies/map.html", context)


def before(query: Query, choice: Choice) -> Mapping[str, Assessment]:
    """The counties on the earlier of two days that are compared; empty if none are."""
    return assess(When(query.lens.since, choice.when.known_on)) if query.lens.since else {}


def inside(query: Query) -> frozenset[str] | None:
    """The counties that the filters leave; None for all."""
    if not query.is_filtered:
        return None
    asked = {
        "state": query.state or None,
        "population__gte": query.population_min,
        "population__lte": query.population_max,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return frozenset(County.objects.filter(**given).order_by().values_list("pk", flat=True))


def _figures(now: Mapping[str, Assessment], choice: Choice) -> tuple[map_figures.Figure, ...]:
    a_year_ago = clock.year_before(choice.when.as_of)
    then = assess(When(a_year_ago, choice.when.known_on))
    total = len(shapes.county_paths())
    return map_figures.figures(
        reports.summary(now.values(), total),
        reports.summary(then.values(), total),
        (map_figures.limiting_holds(then.values()), map_figures.limiting_holds(now.values())),
        a_year_ago,
        choice,
    )


def _first_day() -> date | None:
    """The first day for which anything is on record."""
    return ScorePeriod.objects.order_by().aggregate(first=Min("effective_from"))["first"]


def _days_of_change(choice: Choice) -> list[date]:
    """The days up to today on which the answers of most counties change. They are of what is known
    now, so there are none for a past day's knowledge."""
    if choice.when.known_on:
        return []
    rows = (
        ScorePeriod.objects.filter(effective_from__lte=choice.today)
        .order_by()
        .values_list("effective_from")
        .annotate(changed=Count("pk"))
        .order_by("-changed", "-effective_from")[:DAYS_OF_CHANGE]
    )
    return [day for day, _changed in rows]


@public_page
def map_index_file(request: HttpRequest) -> JsonResponse:
    """Its address names revision and day, so that browsers may keep it."""
    names = County.objects.order_by("pk").values_list("pk", "name", "slug", "state_id")
    aliases = CountyAlias.objects.order_by("county_id", "name").values_list("county_id", "name")
    index = index_presenter.county_index(
        assess(request.choice.when), names, aliases, request.choice
    )
    return _file(request, index)


@public_page
def map_history_file(request: HttpRequest) -> JsonResponse:
    """All answers over time, so that the map is painted for any day without asking again."""
    return _file(request, map_history.history_file(request.choice.when.known_before))


def _file(request: HttpRequest, content: dict) -> JsonResponse:
    response = JsonResponse(content, json_dumps_params={"separators": (",", ":")})
    if request.GET.get("v"):
        response["Cache-Control"] = "public, max-age=86400"
    return response

"""The map, and the small index that its script fetches when somebody points at it."""

from __future__ import annotations

from datetime import date
from threading import Lock

import brotli
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from counties import shapes
from counties.models import County, CountyAlias
from policies import reports
from policies.assessments import When, assess
from policies.models import FactorChoices, ScorePeriod
from policies.parameters import BadParameter
from policies.presenters import map as presenter
from policies.presenters import map_index as index_presenter
from policies.presenters.choice import Choice
from policies.presenters.states import state_rows
from policies.presenters.wins import win_items
from policies.rubric import Factor
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
    factor = _factor(request.GET.get("factor", ""))
    newest = request.revision
    # Parameters that mean nothing here must not end up in a page that is kept.
    request.here = request.path + choice.with_query(factor=factor or "")
    key = (get_language(), choice, factor, newest)
    kept = _pages.get(key)
    if kept is None:
        kept = _keep(key, _render(request, factor, newest).content)
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


def _render(request: HttpRequest, factor: Factor | None, newest: int) -> HttpResponse:
    choice = request.choice
    when = choice.when
    a_year_ago = _a_year_before(when.as_of)
    total = len(shapes.county_paths())
    now, before = assess(when), assess(When(a_year_ago, when.known_on))
    counted = reports.summary(now.values(), total)
    figures = presenter.figures(
        counted,
        reports.summary(before.values(), total),
        (presenter.limiting_holds(before.values()), presenter.limiting_holds(now.values())),
        a_year_ago,
        choice,
    )
    context = {
        "page": presenter.map_page(now, counted, choice, factor),
        "figures": figures,
        "states": state_rows(now, queries.effects_in_force(when), choice),
        "wins": win_items(queries.wins(when)[:NEWEST_WINS], choice),
        "factors": FactorChoices.choices,
        "factor": factor,
        "total": f"{total:,}",
        "rubric": [text.name for text in FACTOR_TEXTS.values()],
        "days": presenter.days(_days_of_change(choice), choice, factor),
        "palette_url": choice.other_palette(factor=factor or ""),
        "index_url": choice.url(
            "map-index", v=f"{newest}-{choice.today:%Y%m%d}-{index_presenter.INDEX_FORM}"
        ),
    }
    return render(request, "policies/map.html", context)


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _factor(code: str) -> Factor | None:
    if not code:
        return None
    try:
        return Factor(code)
    except ValueError:
        raise BadParameter({"factor": ", ".join(Factor)}) from None


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
def map_index(request: HttpRequest) -> JsonResponse:
    """Its address names revision and day, so that browsers may keep it."""
    names = County.objects.order_by("pk").values_list("pk", "name", "slug", "state_id")
    aliases = CountyAlias.objects.order_by("county_id", "name").values_list("county_id", "name")
    index = index_presenter.county_index(
        assess(request.choice.when), names, aliases, request.choice
    )
    response = JsonResponse(index, json_dumps_params={"separators": (",", ":")})
    if request.GET.get("v"):
        response["Cache-Control"] = "public, max-age=86400"
    return response

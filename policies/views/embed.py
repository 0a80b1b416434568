"""Frames for other people's pages, and the page that writes the line of HTML for them.

Only these may be framed elsewhere. What is wrong is said within the frame.
"""

from __future__ import annotations

from functools import wraps

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from counties.models import County, State
from policies import places
from policies.assessments import assess, unknown
from policies.filters import STATE_NAMES, ScoredCounty
from policies.lens_query import Query, parse
from policies.parameters import BadParameter, refuse_all_but
from policies.presenters import map as map_presenter
from policies.presenters.directory import county_row
from policies.presenters.embed import THEMES, Frame, line_of_html
from policies.presenters.map_legend import address
from policies.presenters.marks import mark, score_sentence
from policies.presenters.state import state_map
from policies.views.map import before, inside
from policies.views.page import public_page

KINDS = ("map", "state", "county")
NOTHING = "policies/embed/nothing.html"


def frame(view):
    """A page that anybody may put into a frame. An address that leads nowhere is said in it."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    @wraps(view)
    def framed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.refused_with = NOTHING
        try:
            return shown(request, *args, **kwargs)
        except Http404 as error:
            return render(request, NOTHING, {"errors": {"place": str(error)}}, status=404)

    @public_page
    def shown(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.GET.get("theme", "") not in ("", *THEMES):
            raise BadParameter({"theme": ", ".join(THEMES)})
        return view(request, *args, **kwargs)

    return framed


@frame
def map_frame(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    query = parse(request.GET, choice.when.as_of, "theme")
    page = map_presenter.map_page(
        assess(choice.when), before(query, choice), inside(query), query, choice
    )
    return _framed(request, "map", {"page": page, "query": query}, address("map", query, choice))


@frame
def state_frame(request: HttpRequest, usps: str) -> HttpResponse:
    refuse_all_but(request.GET, "theme")
    choice = request.choice
    state = _state(usps)
    counties = list(County.objects.filter(state=state).order_by("name"))
    known = assess(choice.when, fips=[county.pk for county in counties])
    rows = [ScoredCounty(one, known.get(one.pk) or unknown(one.pk)) for one in counties]
    query = Query(state=state.pk)
    page = map_presenter.map_page(
        known, {}, frozenset(known) | {c.pk for c in counties}, query, choice
    )
    context = {"state": state, "map": state_map(state.usps, rows, choice), "page": page}
    return _framed(request, "state", context, choice.url("state", usps.lower()))


@frame
def county_frame(request: HttpRequest, usps: str, slug: str) -> HttpResponse:
    refuse_all_but(request.GET, "theme")
    choice = request.choice
    county = _county(usps, slug)
    assessment = assess(choice.when, fips=[county.pk]).get(county.pk) or unknown(county.pk)
    context = {
        "county": county,
        "mark": mark(assessment),
        "sentence": score_sentence(assessment.score),
    }
    return _framed(request, "county", context, choice.url("county", usps.lower(), county.slug))


def _framed(request: HttpRequest, kind: str, context: dict, home: str) -> HttpResponse:
    context |= {"theme": request.GET.get("theme", ""), "home": request.build_absolute_uri(home)}
    return render(request, f"policies/embed/{kind}.html", context)


def _state(usps: str) -> State:
    state = State.objects.filter(pk=usps.upper()).first()
    if not state:
        raise Http404(_("There is no state with that abbreviation."))
    return state


def _county(usps: str, slug: str) -> County:
    here = County.objects.select_related("state")
    county = here.filter(state=usps.upper(), slug=slug.lower()).first()
    if not county:
        raise Http404(_("There is no county of that name in that state."))
    return county


@public_page
def embed(request: HttpRequest) -> HttpResponse:
    """The page that writes the line of HTML."""
    refuse_all_but(request.GET, "kind", "theme", "state", "county")
    kind = _one_of("kind", request.GET.get("kind") or "map", KINDS)
    theme = _one_of("theme", request.GET.get("theme", ""), ("", *THEMES))
    usps = _one_of("state", request.GET.get("state", "").upper(), ("", *dict(STATE_NAMES)))
    asked = request.GET.get("county", "").strip()[:100]
    found = list(_counties(asked)) if kind == "county" and asked else []
    chosen: Frame | None = None
    if kind == "map":
        chosen = Frame.of_map(request.choice, theme)
    elif kind == "state" and usps:
        chosen = Frame.of_state(_state(usps), request.choice, theme)
    elif len(found) == 1:
        chosen = Frame.of_county(found[0], request.choice, theme)
    known = assess(request.choice.when, fips=[county.pk for county in found])
    context = {
        "kind": kind,
        "theme": theme,
        "usps": usps,
        "asked": asked,
        "states": STATE_NAMES,
        "chosen": chosen,
        "code": line_of_html(chosen, request.build_absolute_uri) if chosen else "",
        "several": [
            county_row(ScoredCounty(c, known.get(c.pk) or unknown(c.pk)), request.choice)
            for c in found
            if len(found) > 1
        ],
        "none": kind == "county" and asked and not found,
    }
    return render(request, "policies/embed/choose.html", context)


def _counties(asked: str):
    codes = [asked] if len(asked) == 5 and asked.isdigit() else []
    here = County.objects.select_related("state").filter(pk__in=codes or places.find(asked).fips)
    return here.order_by("name", "state_id")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadParameter({name: ", ".join(filter(None, allowed))})
    return value

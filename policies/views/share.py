"""Pictures for links that are shared, made on the server and kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from counties.models import County, State
from policies import pictures
from policies.assessments import assess, unknown
from policies.presenters.marks import score_sentence
from policies.presenters.share import WIDTH, Card, county_card, state_card
from policies.views.page import public_page

#: Networks fetch a picture once and keep it; the page's address names the day it is of.
CACHE_CONTROL = "public, max-age=3600"


@public_page
def county_picture(request: HttpRequest, usps: str, slug: str) -> HttpResponse:
    county = (
        County.objects.select_related("state").filter(state=usps.upper(), slug=slug.lower()).first()
    )
    if not county:
        raise Http404(_("There is no county of that name in that state."))
    known = _of_state(county.state_id, request)
    sentence = score_sentence((known.get(county.pk) or unknown(county.pk)).score)
    return _picture(county_card(county, known, sentence, request.choice))


@public_page
def state_picture(request: HttpRequest, usps: str) -> HttpResponse:
    state = State.objects.filter(pk=usps.upper()).first()
    if not state:
        raise Http404(_("There is no state with that abbreviation."))
    total = County.objects.filter(state=state).count()
    return _picture(state_card(state, _of_state(state.pk, request), total, request.choice))


def _of_state(usps: str, request: HttpRequest):
    codes = list(County.objects.filter(state=usps).order_by().values_list("pk", flat=True))
    return assess(request.choice.when, fips=codes)


def _picture(card: Card) -> HttpResponse:
    svg = render_to_string("policies/share.svg", {"card": card})
    response = HttpResponse(pictures.png_of(svg, WIDTH), content_type="image/png")
    response["Cache-Control"] = CACHE_CONTROL
    return response

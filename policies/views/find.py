"""Finding a county without a script. What is asked for comes in the body of the request, so that it
stands in no address and no log; no cookie is set, and nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from counties.models import County
from policies import places
from policies.assessments import assess, unknown
from policies.filters import ScoredCounty
from policies.presenters.directory import county_row
from policies.views.page import answered, public_page

LONGEST = 100


@csrf_exempt  # it changes nothing, and there is no session to misuse
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    return _found(request) if request.method == "POST" else _form(request)


@public_page
def _form(request: HttpRequest) -> HttpResponse:
    return render(request, "policies/find.html", {"asked": ""})


@answered
def _found(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("q", "").strip()[:LONGEST]
    found = places.find(asked)
    codes = [*found.fips, *found.near]
    counties = County.objects.in_bulk(codes)
    known = assess(request.choice.when, fips=codes)

    def rows(some):
        scored = (
            ScoredCounty(counties[c], known.get(c) or unknown(c)) for c in some if c in counties
        )
        return [county_row(row, request.choice) for row in scored]

    context = {
        "asked": asked,
        "rows": rows(found.fips),
        "near": rows(found.near),
        "found": found,
    }
    response = render(request, "policies/find.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

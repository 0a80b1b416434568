"""The directory of counties, and the page of one county."""

from __future__ import annotations

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from counties.fips import resolve_fips
from counties.lookups import fips_changes, known_fips
from counties.models import County, State
from policies.assessments import explain, revision
from policies.filters import CountyFilter
from policies.parameters import page_number, refuse_all_but
from policies.presenters.directory import PAGE_SIZE, directory_page
from policies.presenters.receipt import receipt
from policies.views import profile
from policies.views.page import public_page

_KIND_SUFFIX = re.compile(
    "-(city-and-county|city-and-borough|census-area|municipality|borough|parish|county)$"
)


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    filters = CountyFilter(request.GET, queryset=County.objects.all(), today=choice.today)
    filters.check(also_known=("palette", "page"))
    rows = filters.scored()
    page = Paginator(rows, PAGE_SIZE).get_page(page_number(request.GET))
    shown = directory_page(page, len(rows), request.GET, choice)
    context = {"shown": shown, "explanation": filters.explanation}
    return render(request, "policies/directory.html", context)


@public_page
def county(request: HttpRequest, usps: str, slug: str) -> HttpResponse:
    found = _county_at(usps, slug)
    if not found:
        raise Http404(_("There is no county of that name in that state."))
    if (usps, slug) != (usps.lower(), found.slug):
        address = reverse("county", args=[usps.lower(), found.slug])
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    context = profile.context(found, request)
    return render(request, "policies/county.html", context)


@public_page
def receipt_page(request: HttpRequest, usps: str, slug: str) -> HttpResponse:
    """The receipt of a county's score: each point down to the words that earned it."""
    refuse_all_but(request.GET)
    choice = request.choice
    found = _county_at(usps, slug)
    if not found:
        raise Http404(_("There is no county of that name in that state."))
    if (usps, slug) != (usps.lower(), found.slug):
        return redirect(choice.url("receipt", found.state_id.lower(), found.slug), permanent=True)
    address = request.build_absolute_uri(request.path)
    number = revision(choice.when.known_before)
    shown = receipt(found, explain(found, choice.when), choice, address, number)
    return render(request, "policies/receipt.html", {"receipt": shown})


def _county_at(usps: str, slug: str) -> County | None:
    """By its slug in any case, or by the slug with the word for a county behind it.

    A city is never guessed from a county's name, nor the other way round.
    """
    here = County.objects.select_related("state").filter(state=usps.upper())
    found = here.filter(slug=slug.lower()).first()
    bare = _KIND_SUFFIX.sub("", slug.lower())
    if found or bare == slug.lower():
        return found
    return here.exclude(kind=County.Kind.INDEPENDENT_CITY).filter(slug=bare).first()


@public_page
def county_by_fips(request: HttpRequest, fips: str) -> HttpResponse:
    """A county's page by its code; a code that means none says why."""
    match = resolve_fips(fips, known_fips(), fips_changes())
    if not match.fips:
        raise Http404(match.explanation)
    found = County.objects.get(pk=match.fips)
    return redirect(request.choice.url("county", found.state_id.lower(), found.slug))


@public_page
def counties_of_state(request: HttpRequest, usps: str) -> HttpResponse:
    if not State.objects.filter(pk=usps.upper()).exists():
        raise Http404(_("There is no state with that abbreviation."))
    return redirect(request.choice.url("directory", state=usps.upper()))

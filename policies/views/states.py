"""All states in one table, and the page of one state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from counties.models import County, State
from policies.assessments import assess, unknown
from policies.filters import ScoredCounty
from policies.presenters.directory import county_row
from policies.presenters.law import note_items, provision_items
from policies.presenters.state import state_page
from policies.presenters.states import state_rows
from policies.presenters.wins import win_items
from policies.views import queries
from policies.views.page import public_page


@public_page
def states(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    rows = state_rows(assess(choice.when), queries.effects_in_force(choice.when), choice)
    return render(request, "policies/states.html", {"states": rows})


@public_page
def state(request: HttpRequest, usps: str) -> HttpResponse:
    choice = request.choice
    found = State.objects.filter(pk=usps.upper()).first()
    if not found:
        raise Http404(_("There is no state with that abbreviation."))
    if usps != usps.lower():
        return redirect(choice.url("state", usps.lower()), permanent=True)
    counties = list(County.objects.filter(state=found).order_by("name"))
    known = assess(choice.when, fips=[county.pk for county in counties])
    rows = [ScoredCounty(county, known.get(county.pk) or unknown(county.pk)) for county in counties]
    provisions = list(queries.provisions(found, choice.when))
    context = {
        "state": state_page(found, rows, provisions, choice),
        "counties": [county_row(row, choice) for row in rows],
        "provisions": provision_items(provisions, choice),
        "wins": win_items(queries.wins(choice.when).filter(state=found), choice),
        "notes": note_items(queries.notes(found), choice),
    }
    return render(request, "policies/state.html", context)

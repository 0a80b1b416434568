"""All states on one map and in one table, and the page of one state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from counties.models import County, State
from policies import clock
from policies.assessments import When, assess, unknown
from policies.filters import ScoredCounty
from policies.filters import in_order as counties_in_order
from policies.parameters import FIRST_DAY, refuse_all_but
from policies.presenters import sorting
from policies.presenters.agreement_counts import kinds_of_agreement
from policies.presenters.directory import county_row
from policies.presenters.law import note_items, provision_items
from policies.presenters.law_timeline import law_timeline
from policies.presenters.people import people
from policies.presenters.state import state_page
from policies.presenters.state_changes import year_of_changes
from policies.presenters.state_factors import factor_rows
from policies.presenters.states import posture_key
from policies.presenters.states_page import ORDERINGS, headings, states_page
from policies.presenters.wins import win_items
from policies.views import queries
from policies.views.page import public_page

COUNTY_ORDERINGS = ("name", "population", "score")


def _check(request: HttpRequest) -> None:
    refuse_all_but(request.GET, "ordering")


@public_page
def states(request: HttpRequest) -> HttpResponse:
    _check(request)
    choice = request.choice
    asked = sorting.ordering(request.GET, tuple(ORDERINGS), "name")
    shown = states_page(
        State.objects.all(),
        County.objects.values_list("pk", "population"),
        assess(choice.when),
        queries.effects_in_force(choice.when),
        choice,
    )
    context = {
        "shown": shown,
        "rows": sorting.in_order(shown.rows, asked, ORDERINGS),
        "columns": sorting.columns(headings(), request.GET, "name", "#table"),
    }
    return render(request, "policies/states.html", context)


@public_page
def state(request: HttpRequest, usps: str) -> HttpResponse:
    choice = request.choice
    found = State.objects.filter(pk=usps.upper()).first()
    if not found:
        raise Http404(_("There is no state with that abbreviation."))
    if usps != usps.lower():
        return redirect(choice.url("state", usps.lower()), permanent=True)
    _check(request)
    asked = sorting.ordering(request.GET, COUNTY_ORDERINGS, "name")
    counties = list(County.objects.filter(state=found).order_by("name"))
    codes = [county.pk for county in counties]
    known = assess(choice.when, fips=codes)
    since = max(FIRST_DAY, clock.year_before(choice.when.as_of))
    earlier = assess(When(since, choice.when.known_on), fips=codes)
    rows = [ScoredCounty(county, known.get(county.pk) or unknown(county.pk)) for county in counties]
    provisions = list(queries.provisions(found, choice.when))
    context = {
        "picture_url": request.build_absolute_uri(choice.url("share-state", usps)),
        "state": state_page(found, rows, provisions, choice),
        "timeline": law_timeline(provisions, choice.when.as_of, choice.today),
        "postures": posture_key(),
        "factors": factor_rows(rows, provisions, found.usps, choice),
        "people": people(rows, found.name, found.usps, choice),
        "changes": year_of_changes(rows, earlier, since, found.usps, choice),
        "agreements": kinds_of_agreement(
            queries.agreements_by_kind(found, choice.when), found, choice
        ),
        "counties": [county_row(row, choice) for row in counties_in_order(rows, asked)],
        "columns": sorting.columns(_county_headings(), request.GET, "name", "#counties-title"),
        "provisions": provision_items(provisions, choice),
        "wins": win_items(queries.wins(choice.when).filter(state=found), choice),
        "notes": note_items(queries.notes(found), choice),
    }
    return render(request, "policies/state.html", context)


def _county_headings() -> tuple[sorting.Heading, ...]:
    return (
        sorting.Heading("name", _("County")),
        sorting.Heading("population", _("Population"), "number"),
        sorting.Heading("score", _("Score"), "score"),
    )

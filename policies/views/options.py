"""Local options: the catalogue, the charts of who holds power, and a page for each option."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policies import catalogue, parameters
from policies.assessments import assess
from policies.models import LocalOption, LocalPower
from policies.models.reference import OptionPlace
from policies.presenters import option as one
from policies.presenters import options as many
from policies.presenters import powers
from policies.presenters.adopters import adopter_groups
from policies.presenters.choice import Choice
from policies.presenters.picks import pick
from policies.presenters.wins import win_items
from policies.rubric import FACTORS, Factor
from policies.views import queries
from policies.views.page import public_page

ADOPTERS_A_PAGE = 100
NEWEST_WINS = 12


@public_page
def options(request: HttpRequest) -> HttpResponse:
    """The catalogue by place of power, and the charts. `place` and `factor` filter it."""
    parameters.refuse_all_but(request.GET, "place", "factor")
    choice = request.choice
    place = pick("place", request.GET.get("place", ""), OptionPlace.values)
    factor = pick("factor", request.GET.get("factor", ""), [*FACTORS, many.NO_FACTOR])
    found = [
        option
        for option in queries.options()
        if (not place or option.place == place) and (not factor or _earns(option, factor))
    ]
    offices = list(
        catalogue.readable(LocalPower.objects).select_related("document", "state", "county__state")
    )
    context = {
        "groups": many.option_groups(found, queries.adopted(choice.when), choice),
        "count": len(found),
        "place": place,
        "factor": factor,
        "places": many.place_picks(),
        "factors": many.factor_picks(),
        "charts": powers.charts(offices, choice),
        "exceptions": powers.exceptions(offices),
        "kinds": powers.kind_rows(),
    }
    return render(request, "policies/options.html", context)


def _earns(option: LocalOption, factor: str) -> bool:
    return not option.factors if factor == many.NO_FACTOR else factor in option.factors


@public_page
def option(request: HttpRequest, slug: str) -> HttpResponse:
    """One option. `state` and `page` choose among the counties that adopted it."""
    parameters.refuse_all_but(request.GET, "state", "page")
    choice = request.choice
    catalogued = list(queries.options())
    found = next((row for row in catalogued if row.key == slug), None)
    if not found:
        raise Http404(_("There is no local option of that name."))
    related = [row for row in catalogued if row != found and set(row.factors) & set(found.factors)]
    context = {"option": one.option_page(found, related, choice)}
    if many.is_scored(found):
        context |= _adopted(request, Factor(found.factor), choice)
    else:
        for name in ("state", "page"):
            if request.GET.get(name):
                message = _("This option has no list of counties.")
                raise parameters.BadParameter({name: message})
    if found.factors:
        wins = queries.wins_for(found.factors, choice.when, of_cities=found.place != "county_jail")
        context["wins"] = win_items(wins[:NEWEST_WINS], choice)
    return render(request, "policies/option.html", context)


def _adopted(request: HttpRequest, factor: Factor, choice: Choice) -> dict:
    """The counties with a text of their own, and how many have the point in all."""
    states = queries.adopting_states(factor, choice.when)
    number = parameters.page_number(request.GET)
    wanted = pick("state", request.GET.get("state", ""), [usps for usps, _name, _n in states])
    rows = queries.adopters(factor, choice.when, wanted)
    paginator = Paginator(rows, ADOPTERS_A_PAGE)
    paginator.count = sum(n for usps, _name, n in states if wanted in ("", usps))
    page = paginator.get_page(number)
    assessments = assess(choice.when)
    return {
        "in_force": one.in_force(factor, assessments, choice),
        "groups": adopter_groups(page.object_list, factor, assessments, choice),
        "adopted": many.adopted_words(paginator.count),
        "states": states,
        "state": wanted,
        "page": page,
        "previous_url": choice.with_query(state=wanted, page=page.number - 1),
        "next_url": choice.with_query(state=wanted, page=page.number + 1),
    }

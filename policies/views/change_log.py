"""The public change log, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policies import changes
from policies.models import ChangeEvent, ChangeKind
from policies.parameters import (
    BadParameter,
    page_number,
    refuse_all_but,
)
from policies.presenters import change_log as presenter
from policies.presenters.picks import pick, state_options
from policies.views.page import public_page

PAGE_SIZE = 50


@public_page
def change_log(request: HttpRequest) -> HttpResponse:
    """By kind, state or county; up to the end of `known_on`."""
    choice, given = request.choice, request.GET
    refuse_all_but(given, "kind", "state", "county", "page")
    kind = pick("kind", given.get("kind", ""), dict(ChangeKind.choices))
    state = pick("state", given.get("state", ""), dict(state_options()))
    county = given.get("county", "")
    place = presenter.county_name(county) if county else ""
    if county and not place:
        raise BadParameter({"county": _("“%(text)s” is no county.") % {"text": county[:40]}})
    events = changes.log(before=choice.when.known_before, state=state, county=county)
    counts = dict(events.order_by().values_list("kind").annotate(Count("pk", distinct=True)))
    shown = events.filter(kind=kind) if kind else events
    page = Paginator(shown, PAGE_SIZE).get_page(page_number(given))
    query = {"kind": kind, "state": state, "county": county}
    context = {
        "kinds": presenter.kinds(counts, kind, choice, state=state, county=county),
        "entries": presenter.entries(list(page.object_list), choice),
        "page": page,
        "previous_url": choice.with_query(**query, page=page.number - 1),
        "next_url": choice.with_query(**query, page=page.number + 1),
        "kind": kind,
        "state": state,
        "county": county,
        "place": place,
        "states": state_options(),
        "newest": ChangeEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    }
    return render(request, "policies/change_log.html", context)

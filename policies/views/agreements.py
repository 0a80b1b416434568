"""Agreements with ICE: 287(g) and detention contracts, each on a map and in a list of its own."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from policies.models import AgencyType, AgreementKind
from policies.parameters import (
    BadParameter,
    page_number,
    refuse_all_but,
)
from policies.presenters import sorting
from policies.presenters.agreement_lists import list_rows
from policies.presenters.agreement_map import agreement_map
from policies.presenters.agreement_page import (
    ORDERINGS,
    STANDINGS,
    TABS,
    age_of_list,
    headings,
)
from policies.presenters.choice import Choice
from policies.presenters.law import agreement_items
from policies.presenters.picks import pick, state_options
from policies.views import agreement_queries as queries
from policies.views.page import public_page

PAGE_SIZE = 50
LONGEST_SEARCH = 100
FILTERS = ("state", "model", "agency_type", "standing", "q")


@public_page
def agreements(request: HttpRequest) -> HttpResponse:
    choice, query = request.choice, request.GET
    refuse_all_but(query, "kind", *FILTERS, "ordering", "page")
    kind = pick("kind", query.get("kind", ""), dict(AgreementKind.choices))
    kind = kind or AgreementKind.PROGRAM_287G.value
    models = queries.models_of(kind, choice.when)
    asked = _asked(query, models)
    order = sorting.ordering(query, tuple(ORDERINGS), "state")
    number = page_number(query)
    field = ("-" if order.startswith("-") else "") + ORDERINGS[order.removeprefix("-")]
    page = Paginator(queries.listed(kind, choice.when, asked, field), PAGE_SIZE).get_page(number)
    days = queries.list_days(kind, choice.when)
    names = queries.of_state(asked["state"])
    context = {
        "kind": kind,
        "tabs": _tabs(kind, asked["state"], choice),
        "map": agreement_map(
            kind, queries.in_force(kind, choice.when), asked["state"], names, choice
        ),
        "age": age_of_list(kind, days, choice),
        "lists": list_rows(kind, days, queries.spells(kind, choice.when), choice),
        "agreements": agreement_items(page.object_list, choice),
        "columns": sorting.columns(headings(), query, "state", "#list"),
        "page": page,
        "total": f"{page.paginator.count:,}",
        "previous_url": sorting.with_query(query, page=page.number - 1) + "#list",
        "next_url": sorting.with_query(query, page=page.number + 1) + "#list",
        "asked": asked,
        "state_name": dict(state_options()).get(asked["state"], ""),
        "is_filtered": any(asked[name] for name in FILTERS if name != "standing"),
        "clear_url": choice.url("agreements", kind=kind),
        "csv_url": _csv_url(kind, asked, choice),
        "kept": [item for item in choice.kept if item[0] != "as_of"],
        "states": state_options(),
        "models": models,
        "agency_types": AgencyType.choices,
        "standings": STANDINGS,
    }
    return render(request, "policies/agreements.html", context)


def _asked(query, models: list[str]) -> dict[str, str]:
    """The filters, each empty if nothing is asked. Raises BadParameter for what makes no sense."""
    if len(query.get("q", "")) > LONGEST_SEARCH:
        message = _("Longer than %(most)d characters.") % {"most": LONGEST_SEARCH}
        raise BadParameter({"q": message})
    return {
        "state": pick("state", query.get("state", ""), dict(state_options())),
        "model": pick("model", query.get("model", ""), models),
        "agency_type": pick("agency_type", query.get("agency_type", ""), dict(AgencyType.choices)),
        "standing": pick("standing", query.get("standing", ""), dict(STANDINGS)) or "in_force",
        "q": query.get("q", "").replace("\x00", ""),
    }


def _tabs(kind: str, state: str, choice: Choice) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the one shown). A filter that both have stays."""
    return [
        (str(label), choice.url("agreements", kind=each.value, state=state), each == kind)
        for each, label in TABS
    ]


def _csv_url(kind: str, asked: dict[str, str], choice: Choice) -> str:
    """The same of the API. It tells those in force on a day, or all with their days."""
    given = {"kind": kind, **{name: asked[name] for name in ("state", "agency_type", "model")}}
    given["q"] = asked["q"].strip()
    if asked["standing"] == "in_force":
        given["as_of"] = choice.as_of_iso
    if choice.when.known_on:
        given["known_on"] = choice.when.known_on.isoformat()
    named = {name: value for name, value in given.items() if value}
    return f"{reverse('api-agreements')}?{urlencode({**named, 'format': 'csv'})}"

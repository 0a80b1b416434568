"""Lists of single records: wins, agreements; and how we count."""

from __future__ import annotations

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy

from counties.models import County
from policies import clock, markdown, site_texts
from policies.assessments import CITED, When
from policies.models import (
    Agreement,
    AgreementKind,
    DataNote,
    WinKind,
)
from policies.presenters.choice import Choice
from policies.presenters.law import agreement_items, note_items
from policies.presenters.methodology import rubric_rows
from policies.presenters.picks import pick, state_options
from policies.presenters.wins import win_items
from policies.views import queries
from policies.views.page import public_page

PAGE_SIZE = 100
FEED_LENGTH = 50


@public_page
def wins(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    found = queries.wins(choice.when)
    kind = pick("kind", request.GET.get("kind", ""), dict(WinKind.choices))
    state = pick("state", request.GET.get("state", ""), dict(state_options()))
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    context = {
        "wins": win_items(found, choice),
        "kind": kind,
        "state": state,
        "kinds": WinKind.choices,
        "states": state_options(),
    }
    return render(request, "policies/wins.html", context)


class WinsFeed(Feed):
    """Newest wins as Atom."""

    feed_type = Atom1Feed
    title = gettext_lazy("Policy wins: National Map of Local Entanglement with ICE")
    subtitle = gettext_lazy("Policies that limit how local government helps ICE, as they are won.")

    def link(self) -> str:
        return reverse("wins")

    def items(self):
        today = clock.today()
        return win_items(
            queries.wins(When(today)).filter(date_earliest__isnull=False)[:FEED_LENGTH],
            Choice(When(today), today),
        )

    def item_title(self, item) -> str:
        return item.title

    def item_description(self, item) -> str:
        return f"{item.when}. {item.summary}"

    def item_link(self, item) -> str:
        return item.url

    def item_guid(self, item) -> str:
        return f"urn:win:{item.pk}"


@public_page
def agreements(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    kind = pick("kind", request.GET.get("kind", ""), dict(AgreementKind.choices))
    state = pick("state", request.GET.get("state", ""), dict(state_options()))
    found = (
        Agreement.objects.known_before(choice.when.known_before)
        .filter(effective_from__lte=choice.when.as_of)
        .prefetch_related(Prefetch("counties", County.objects.order_by("name")), CITED)
    )
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agreements": agreement_items(page.object_list, choice),
        "page": page,
        "previous_url": choice.with_query(kind=kind, state=state, page=page.number - 1),
        "next_url": choice.with_query(kind=kind, state=state, page=page.number + 1),
        "kind": kind,
        "state": state,
        "kinds": AgreementKind.choices,
        "states": state_options(),
    }
    return render(request, "policies/agreements.html", context)


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    context = {
        "words": markdown.render(site_texts.text("methodology")),
        "rubric": rubric_rows(),
        "notes": note_items(DataNote.objects.select_related("document"), choice),
    }
    return render(request, "policies/methodology.html", context)

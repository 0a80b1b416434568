"""Every public page: with what it is asked for, or why it is no page to look at.

`test_all_are_looked_at` compares this with the code: to add a page, write it into PAGES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse

from policies import report_tokens
from policies.models import ErrorReport, PolicyWin
from policies.presenters.wins import win_slug
from tests.functional.axe.world import World

BEFORE = "known_on=2020-03-01"
Values = dict[str, object]

#: By name: the values in its path, and the queries to ask it with.
PAGES: dict[str, Callable[[World], tuple[Values, tuple[str, ...]]]] = {
    "map": lambda w: ({}, ("", "since=2016-01-01&palette=safe&layer=agreements")),
    "map-table": lambda w: ({}, ("", "since=2016-01-01")),
    "find": lambda w: ({}, ("",)),
    "embed": lambda w: ({}, ("", "kind=county&county=06075")),
    "embed-map": lambda w: ({}, ("", "theme=dark")),
    "embed-state": lambda w: ({"usps": "ca"}, ("", "theme=dark")),
    "embed-county": lambda w: (_county(w), ("", "theme=light")),
    "directory": lambda w: ({}, ("", "q=nowhere", "score_min=1")),
    "county": lambda w: (_county(w), ("", f"as_of=2019-06-01&{BEFORE}", "if=no_status_inquiry")),
    "receipt": lambda w: (_county(w), ("",)),
    "compare": lambda w: ({}, ("", f"place={w.county.pk}&place=06001&place=48453")),
    "patterns": lambda w: ({}, ("", "county=06075", "at_least=1")),
    "reports": lambda w: ({}, ("", "state=CA")),
    "report-changes": lambda w: ({}, ("from=2014-01-01&to=2022-01-01",)),
    "report-published": lambda w: ({}, ("",)),
    "report-an-error": lambda w: ({}, ("", f"received={_receipt()}")),
    "states": lambda w: ({}, ("",)),
    "state": lambda w: ({"usps": "ca"}, ("",)),
    "wins": lambda w: ({}, ("", "state=AL")),
    "win": lambda w: (_win(), ("", "as_of=2019-06-01")),
    "agreements": lambda w: ({}, ("", "state=CA", "kind=detention&state=AL&standing=all")),
    "documents": lambda w: ({}, ("", "q=hold", "q=nothing+of+the+kind")),
    "document": lambda w: ({"pk": w.order.pk}, ("", f"cite={_citation(w)}", "page=1")),
    "options": lambda w: ({}, ("", "place=county_jail")),
    "option": lambda w: ({"slug": "o"}, ("",)),
    "change-log": lambda w: ({}, ("", "state=CA")),
    "data": lambda w: ({}, ("",)),
    "methodology": lambda w: ({}, ("",)),
    "about": lambda w: ({}, ("",)),
    "glossary": lambda w: ({}, ("",)),
    "outside-review": lambda w: ({"token": w.letters["outside-review"]}, ("",)),
    "county-reply": lambda w: ({"token": w.letters["county-reply"]}, ("",)),
}
#: Addresses that are no pages, and why. Those that begin with `api` are all data.
NO_PAGES = {
    "map-index": "data for the map's script",
    "map-history": "data for the map's script",
    "map-csv": "a file",
    "map-svg": "a picture",
    "map-png": "a picture",
    "share-state": "a picture",
    "share-county": "a picture",
    "county-by-fips": "sends on to the county",
    "counties-of-state": "sends on to the directory",
    "wins-feed": "a feed",
    "document-file": "a file",
    "document-picture": "a picture",
    "healthz": "for machines",
}

#: By name: what is typed into a form of the page, and the button that sends it.
SENT: dict[str, list[tuple[str, str, str]]] = {
    "find": [
        ("#q", "alameda", "main form button"),
        ("#q", "94110", "main form button"),
        ("#q", "nowhere", "main form button"),
    ],
    "report-an-error": [("textarea", " ", "#report button")],
    "outside-review": [("textarea", " ", "button[value=comment]")],
    "county-reply": [("textarea", " ", "main form button")],
}


def _county(world: World) -> Values:
    return {"usps": "ca", "slug": world.county.slug}


def _win() -> Values:
    win = PolicyWin.objects.published().latest("pk")
    return {"pk": win.pk, "slug": win_slug(win)}


def _citation(world: World) -> int:
    return world.policy.citations.get().pk


def _receipt() -> str:
    """Of a report that arrived."""
    return report_tokens.receipt_of(ErrorReport.objects.order_by("pk").first().pk)


def sent(world: World) -> Iterator[tuple[str, str, str, str]]:
    """Of SENT, in the language that is active: the address of a form, and how it is sent."""
    for name, forms in SENT.items():
        values, _queries = PAGES[name](world)
        for typed in forms:
            yield reverse(name, kwargs=values), *typed


def addresses(world: World) -> Iterator[str]:
    """In the language that is active; the last of them are pages of what went wrong."""
    for name, asked in PAGES.items():
        values, queries = asked(world)
        for query in queries:
            yield reverse(name, kwargs=values) + (query and f"?{query}")
    yield reverse("document", kwargs={"pk": _sealed(world)})
    yield reverse("county", kwargs={"usps": "ca", "slug": "nowhere"})
    yield reverse("map") + "?as_of=yesterday"
    yield reverse("county-reply", kwargs={"token": "not-a-letter"})


def _sealed(world: World) -> int:
    return world.held.sealed.pk

"""Every public page: with what it is asked for, or why it is no page to look at.

`test_all_are_looked_at` compares this with the code: to add a page, write it into PAGES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse

from policies.models import PolicyWin
from policies.presenters.wins import win_slug
from tests.functional.axe.world import World

BEFORE = "known_on=2020-03-01"
Values = dict[str, object]

#: By name: the values in its path, and the queries to ask it with.
PAGES: dict[str, Callable[[World], tuple[Values, tuple[str, ...]]]] = {
    "map": lambda w: ({}, ("", "factor=limits_holds&palette=safe", f"as_of=2019-06-01&{BEFORE}")),
    "directory": lambda w: ({}, ("", "q=nowhere", "score_min=1")),
    "county": lambda w: (_county(w), ("", f"as_of=2019-06-01&{BEFORE}")),
    "receipt": lambda w: (_county(w), ("",)),
    "compare": lambda w: ({}, ("", f"place={w.county.pk}&place=06001&place=48453")),
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
    "methodology": lambda w: ({}, ("",)),
    "about": lambda w: ({}, ("",)),
    "glossary": lambda w: ({}, ("",)),
    "outside-review": lambda w: ({"token": w.letters["outside-review"]}, ("",)),
    "county-reply": lambda w: ({"token": w.letters["county-reply"]}, ("",)),
}
#: Addresses that are no pages, and why. Those that begin with `api` are all data.
NO_PAGES = {
    "map-index": "data for the map's script",
    "county-by-fips": "sends on to the county",
    "counties-of-state": "sends on to the directory",
    "wins-feed": "a feed",
    "document-file": "a file",
    "document-picture": "a picture",
    "healthz": "for machines",
}


def _county(world: World) -> Values:
    return {"usps": "ca", "slug": world.county.slug}


def _win() -> Values:
    win = PolicyWin.objects.published().latest("pk")
    return {"pk": win.pk, "slug": win_slug(win)}


def _citation(world: World) -> int:
    return world.policy.citations.get().pk


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

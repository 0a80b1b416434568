"""Every road from the record to the public: how each address is asked for.

`tests/policies/test_nothing_unpublished.py` compares this table with the code: an address that is
not here fails it. To add one, write a `Road` under its name (or its route, if it has none).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from tests.policies.hidden import BEFORE, FIPS, SINCE, THEN, WORD, Held

#: Today; another day; as known before anything was, while what is FORMER was, and afterwards.
CLOCKS = (
    "",
    "as_of=2019-06-01",
    f"known_on={BEFORE}",
    f"known_on={THEN}",
    f"as_of=2019-06-01&known_on={THEN}",
    f"known_on={SINCE}",
)


@dataclass(frozen=True, slots=True)
class Road:
    """How to ask for one address.

    `at`: the values in its path, each of which must be answered. `hidden_at`: values that name
    what the public may not see; each must be answered like one that never existed.
    `queries`: asked for besides the clocks. `formats`: each asked for with every query.
    `shows`: whether published words must be on it. `tells_history`: whether what was published
    once may be named on it whatever the day.
    """

    at: Callable[[Held], list[dict]] = lambda held: [{}]
    hidden_at: Callable[[Held], list[dict]] = lambda held: []
    queries: Callable[[Held], list[str]] = lambda held: []
    formats: tuple[str, ...] = ()
    shows: bool = True
    tells_history: bool = False
    path: str = ""

    def addresses(self, name: str, held: Held) -> Iterator[str]:
        """In the language that is active."""
        for values in self.at(held):
            path = self.path or reverse(name, kwargs=values)
            for query in (*CLOCKS, *self.queries(held)):
                for form in self.formats or ("",):
                    asked = "&".join(filter(None, (query, form and f"format={form}")))
                    yield f"{path}?{asked}" if asked else path

    def hidden_addresses(self, name: str, held: Held) -> Iterator[str]:
        for values in self.hidden_at(held):
            yield reverse(name, kwargs=values)


def _county(held: Held) -> list[dict]:
    return [{"usps": "ca", "slug": held.county.slug}]


def _state(held: Held) -> list[dict]:
    return [{"usps": "ca"}]


def _fips(held: Held) -> list[dict]:
    return [{"fips": FIPS}]


def _private(held: Held) -> list[dict]:
    return [{"pk": held.private.pk}]


def _without_file(held: Held) -> list[dict]:
    return [*_private(held), {"pk": held.sealed.pk}]


def _pictures(held: Held) -> list[dict]:
    return [{**values, "number": 1} for values in _without_file(held)]


def _quoting(held: Held) -> list[str]:
    return [f"cite={number}" for number in held.hidden_citations]


def _found(held: Held) -> list[str]:
    return [f"q={WORD}"]


def _no_letter(held: Held) -> list[dict]:
    return [{"token": "not-a-letter"}]


def _states(held: Held) -> list[str]:
    return ["state=CA"]


BOTH = ("json", "csv")

ROADS: dict[str, Road] = {
    # Pages
    "map": Road(),
    "map-index": Road(shows=False, queries=lambda held: ["v=1"]),
    "map-history": Road(shows=False, queries=lambda held: ["v=1"]),
    "map-table": Road(shows=False, queries=lambda held: ["since=2016-01-01", "order=-shown"]),
    "map-csv": Road(shows=False, queries=lambda held: ["since=2016-01-01"]),
    "map-svg": Road(shows=False, queries=lambda held: ["layer=agreements"]),
    "map-png": Road(shows=False),
    "find": Road(shows=False),
    "embed": Road(shows=False, queries=lambda held: [f"kind=county&county={FIPS}"]),
    "embed-map": Road(shows=False),
    "embed-state": Road(at=_state, shows=False),
    "embed-county": Road(at=_county, shows=False),
    "share-state": Road(at=_state, shows=False),
    "share-county": Road(at=_county, shows=False),
    "directory": Road(shows=False, queries=lambda held: ["score_min=0", "q=alameda"]),
    "county-by-fips": Road(at=_fips, shows=False),
    "counties-of-state": Road(at=_state, shows=False),
    "county": Road(at=_county, queries=lambda held: ["if=no_status_inquiry"], tells_history=True),
    "receipt": Road(at=_county),
    "report-an-error": Road(shows=False),
    "compare": Road(shows=False, queries=lambda held: [f"place={FIPS}"]),
    "patterns": Road(
        shows=False,
        queries=lambda held: ["score=1", "at_least=1", f"county={FIPS}", f"county={WORD}"],
    ),
    "states": Road(shows=False, queries=lambda held: ["ordering=-population"]),
    "state": Road(at=_state, queries=lambda held: ["ordering=-score"]),
    "wins": Road(queries=_states),
    "wins-feed": Road(),
    "agreements": Road(queries=_states),
    "reports": Road(queries=_states),
    "report-changes": Road(
        queries=lambda held: [
            "from=2014-01-01&to=2022-01-01",
            f"from=2014-01-01&to=2022-01-01&known_from={THEN}",
            "from=2014-01-01&state=CA&direction=uncompared",
        ],
        shows=False,
    ),
    "report-published": Road(shows=False),
    "documents": Road(queries=_found),
    "document": Road(
        at=lambda held: [{"pk": held.shown.pk}, {"pk": held.sealed.pk}],
        hidden_at=_private,
        queries=_quoting,
    ),
    "document-file": Road(at=lambda held: [{"pk": held.shown.pk}], hidden_at=_without_file),
    "document-picture": Road(
        at=lambda held: [{"pk": held.shown.pk, "number": 1}], hidden_at=_pictures, shows=False
    ),
    "options": Road(queries=lambda held: ["place=county_jail", "factor=limits_holds"]),
    "option": Road(
        at=lambda held: [{"slug": "o"}],
        hidden_at=lambda held: [{"slug": "unwritten"}],
        queries=lambda held: ["page=2"],
    ),
    "change-log": Road(queries=lambda held: ["state=CA", f"county={FIPS}"], tells_history=True),
    "data": Road(shows=False),
    "methodology": Road(),
    "about": Road(shows=False),
    "glossary": Road(shows=False),
    # Addresses that only a letter has: whoever has it not is told that there is no such page.
    "outside-review": Road(at=lambda held: [], hidden_at=_no_letter, shows=False),
    "county-reply": Road(at=lambda held: [], hidden_at=_no_letter, shows=False),
    # The API
    "healthz": Road(shows=False),
    "api": Road(formats=BOTH, shows=False),
    "api-agreements": Road(formats=BOTH, queries=_states),
    "api-change-log": Road(
        formats=BOTH,
        queries=lambda held: ["state=CA", f"county={FIPS}"],
        shows=False,
        tells_history=True,
    ),
    "api-codebook": Road(formats=BOTH, shows=False),
    "api-counties": Road(formats=BOTH, shows=False),
    "api-documents": Road(formats=BOTH, queries=_found),
    "api-factors": Road(formats=BOTH, shows=False),
    "api-map": Road(formats=BOTH, shows=False),
    "api-options": Road(formats=BOTH),
    "api-reports/changes": Road(
        formats=BOTH,
        queries=lambda held: ["from=2014-01-01", f"from=2014-01-01&known_on={THEN}"],
        shows=False,
    ),
    "api-reports/published": Road(formats=BOTH, shows=False),
    "api-reports/summary": Road(formats=BOTH, shows=False),
    "api-schema": Road(formats=BOTH, shows=False),
    "api-state-provisions": Road(formats=BOTH, queries=_states),
    "api-states": Road(formats=BOTH, shows=False),
    "api-wins": Road(formats=BOTH, queries=_states),
    "api-county": Road(at=_fips, formats=BOTH),
    "api-county-history": Road(at=_fips, formats=BOTH, tells_history=True),
    r"api/v1/^(?P<path>[\s\S]*)/\Z": Road(path="/api/v1/nothing/", shows=False),
    r"api/v1/^(?P<path>[\s\S]*)\Z": Road(path="/api/v1/wins", shows=False),
}

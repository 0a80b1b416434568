"""The comparison that a request asks for: its two days, its filters, and its rows.

Shared by the page and the API, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from counties.models import County
from counties.state_codes import STATES
from policies import comparison, parameters
from policies.assessments import When, assess
from policies.clock import end_of_day
from policies.comparison import Cause, CountyChange, Direction, Move, Wanted
from policies.learning import learning
from policies.parameters import BadParameter, parse_day, pick
from policies.rubric import Factor

FILTERS = ("state", "direction", "cause", "factor", "move")
_KINDS = {"direction": Direction, "cause": Cause, "factor": Factor, "move": Move}
PARAMETERS = ("from", "to", "known_from", "known_on", *FILTERS)


@dataclass(frozen=True, slots=True)
class Asked:
    """Two editions, and which rows of their comparison. `state`: postal abbreviation or empty."""

    since: When
    until: When
    wanted: Wanted
    state: str

    @property
    def known_alike(self) -> bool:
        return self.since.known_on == self.until.known_on

    @property
    def is_same(self) -> bool:
        """The same day known alike: nothing can differ."""
        return self.since == self.until


def asked(query: Mapping[str, str], today: date, *, until: date, since: date | None) -> Asked:
    """What the parameters ask for. Raises BadParameter that names what is wrong.

    `since`, `until`: the days if the query does not name them; without `since`, `from` is
    required. `known_from`: what was known of the first day on that day (default: `known_on`).
    """
    days: dict[str, date] = {}

    def read(name: str) -> None:
        if query.get(name):
            days[name] = parse_day(name, query[name])

    parameters.refuse_all(
        lambda: parameters.when({"known_on": query.get("known_on", "")}, today),
        *(partial(read, name) for name in PARAMETERS[:4]),
        *(partial(pick, name, query.get(name, ""), list(k)) for name, k in _KINDS.items()),
        partial(pick, "state", query.get("state", ""), dict(STATES.values())),
    )
    second = days.get("to", until)
    first = days.get("from", since)
    if first is None:
        raise BadParameter({"from": _("Give the first day, as from=YYYY-MM-DD.")})
    known_on = days.get("known_on")
    known_from = days.get("known_from")
    _refuse_disorder("from", first, second)
    if known_from:
        _refuse_disorder("known_from", known_from, known_on or today)
        if known_from == (known_on or today):
            known_from = known_on  # known alike, whichever way it is written
    return Asked(
        When(first, known_from or known_on),
        When(second, known_on),
        _filters(query),
        query.get("state", ""),
    )


def _refuse_disorder(name: str, first: date, second: date) -> None:
    if first > second:
        words = _("%(first)s is later than the second day, %(second)s.")
        raise BadParameter({name: words % {"first": first, "second": second}})


def _filters(query: Mapping[str, str]) -> Wanted:
    chosen = {name: pick(name, query.get(name, ""), list(kind)) for name, kind in _KINDS.items()}
    return Wanted(**{name: _KINDS[name](value) for name, value in chosen.items() if value})


def rows(asked: Asked) -> tuple[CountyChange, ...]:
    """All counties, or those of the state asked for, compared. A fixed number of queries."""
    counties = County.objects.order_by().values_list("pk", "state_id")
    if asked.state:
        counties = counties.filter(state=asked.state)
    state_of = dict(counties)
    before = assess(asked.since)
    after = before if asked.is_same else assess(asked.until)
    if asked.known_alike:
        return comparison.compare(state_of, before, after)
    between = When(asked.since.as_of, asked.until.known_on)
    return comparison.compare(
        state_of,
        before,
        after,
        after if between == asked.until else assess(between),
        learning(end_of_day(asked.since.known_on), asked.until.known_before, state_of),
    )

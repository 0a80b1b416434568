"""How our record came to say something else between two days of knowledge.

Told from the versions of records that were published or withdrawn in between, and from the change
log. Each question is a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from policies.comparison import Cause, Learning
from policies.evidence import FACTOR_OF_AGREEMENT
from policies.models import (
    Agreement,
    AgreementKind,
    ChangeEvent,
    ChangeKind,
    IceList,
    LocalPolicy,
    ProvisionClaim,
    RecordStatus,
    StateProvision,
)
from policies.resolution import Rule
from policies.rubric import Factor

#: What the kinds of change mean for an answer; the first that is found is told.
_CAUSES = (
    (ChangeKind.METHOD, Cause.METHOD),
    (ChangeKind.UNDO, Cause.UNDO),
    (ChangeKind.CORRECTION, Cause.CORRECTION),
)
_EVERYWHERE = ""
#: (which rule reads such records, FIPS or state or everywhere, factor) -> kinds of change.
_Kinds = dict[tuple[Rule, str, Factor], set[str]]


def learning(since: datetime, until: datetime | None, state_of: dict[str, str]) -> Learning:
    """Why our record says something else than just before `since`.

    `until`: up to just before this moment (None: up to now). `state_of`: postal abbreviation by
    FIPS code.
    """
    kinds = _kinds(since, until)

    def told(fips: str, factor: Factor, before: Rule, after: Rule) -> Cause:
        places = (fips, state_of[fips], _EVERYWHERE)
        found = {
            kind
            for rule in (before, after)
            for place in places
            for kind in kinds.get((rule, place, factor), ())
        }
        return next((cause for kind, cause in _CAUSES if kind in found), Cause.RECORDED_LATER)

    return told


def _kinds(since: datetime, until: datetime | None) -> _Kinds:
    kinds: _Kinds = defaultdict(set)
    events = _within("at", since, until)
    at = dict(ChangeEvent.objects.filter(events).order_by("-pk").values_list("at", "kind"))

    def add(rules: Iterable[Rule], place: str, factor: str, change: tuple) -> None:
        for rule in rules:
            kinds[rule, place, Factor(factor)].update(_told_by(*change, at, since, until))

    for county, state, factor, *change in _touched(LocalPolicy.objects, since, until).values_list(
        "county_id", "state_id", "factor", *_CHANGE
    ):
        add((Rule.COUNTY_RECORD, Rule.STATE_RECORD), county or state, factor, tuple(change))
    provisions = {
        pk: (state, tuple(change))
        for pk, state, *change in _touched(StateProvision.objects, since, until).values_list(
            "pk", "state_id", *_CHANGE
        )
    }
    claims = ProvisionClaim.objects.filter(
        provision__in=_touched(StateProvision.objects, since, until)
    )
    for provision, factor in claims.order_by().values_list("provision_id", "factor"):
        state, change = provisions[provision]
        add((Rule.STATE_PROVISION,), state, factor, change)
    # A list by ICE and the agreements worked out from it come and go together.
    for county, state, kind, *change in _touched(Agreement.objects, since, until).values_list(
        "counties", "state_id", "kind", *_CHANGE
    ):
        factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        add((Rule.AGREEMENT,), county or state, factor, tuple(change))
    for kind, *change in _touched(IceList.objects, since, until).values_list("kind", *_CHANGE):
        factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        add((Rule.ABSENT_FROM_LIST,), _EVERYWHERE, factor, tuple(change))
    return kinds


_CHANGE = ("change_kind", "published_at", "closed_at", "status")


def _told_by(kind, published_at, closed_at, status, at, since, until) -> Iterator[str]:
    """What the coming and going of one version says. What succeeds it speaks for itself."""
    if published_at >= since:
        yield kind
    over = status == RecordStatus.WITHDRAWN and closed_at >= since
    if over and (until is None or closed_at < until):
        yield at.get(closed_at, ChangeKind.CORRECTION)


def _touched(records, since: datetime, until: datetime | None) -> QuerySet:
    """The versions that were published, or closed, in between."""
    return records.filter(
        _within("published_at", since, until) | _within("closed_at", since, until)
    ).order_by()


def _within(field: str, since: datetime, until: datetime | None) -> Q:
    """From the moment `since` on, and before `until`."""
    condition = Q(**{f"{field}__gte": since})
    return condition & Q(**{f"{field}__lt": until}) if until else condition

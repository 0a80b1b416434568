"""Stored score periods: written in bulk or for the counties that a change touches."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import count

from django.db import transaction

from policies import bulk
from policies import evidence as evidence_road
from policies.evidence import Evidence
from policies.models import ScorePeriod
from policies.resolution import Decision
from policies.rubric import FACTORS
from policies.timeline import Period, history, periods


def compute(
    fips: Collection[str] | None = None, before: datetime | None = None
) -> Iterator[tuple[str, Period]]:
    """(FIPS, period) for these counties (None: all), afresh from the records known now, or
    before a moment. The records are read before this returns."""
    return _periods(evidence_road.load(fips=fips, before=before))


def _periods(evidence: Evidence) -> Iterator[tuple[str, Period]]:
    # Counties without evidence of their own share their state's; resolve that once.
    shared: dict[int, list[tuple[object, Decision]]] = {}
    nothing: list = []
    for code, state in evidence.state_of.items():
        of_state = evidence.by_state.get(state, {})
        own = evidence.by_county.get(code, {})
        histories = []
        for factor in FACTORS:
            if factor in own:
                histories.append(history(own[factor]))
            elif factor in of_state:
                base = of_state[factor]
                if id(base) not in shared:
                    shared[id(base)] = history(base)
                histories.append(shared[id(base)])
            else:
                histories.append(nothing)
        for period in periods(histories):
            yield code, period


#: The columns of a stored period, in the order of `as_row`.
NAMES = (
    *("county_id", "effective_from", "effective_until", "rules"),
    *("score", "at_least", "factors_known", "fresh_until", "preempted", "at_risk"),
    *(factor.value for factor in FACTORS),
)


def as_row(fips: str, period: Period) -> tuple:
    """The stored form of one period, as NAMES."""
    counted = period.score
    return (
        fips,
        period.effective_from,
        period.effective_until,
        period.rules,
        counted.value,
        counted.at_least,
        counted.known,
        period.fresh_until,
        period.preempted,
        period.at_risk,
        *period.answers,
    )


@transaction.atomic
def rebuild(fips: Collection[str] | None = None) -> int:
    """Replace the stored periods of these counties (None: all). Returns how many were written."""
    if fips is not None and len(fips) > evidence_road.LARGEST_SUBSET:
        fips = None
    computed, number = compute(fips), count()
    stored = ScorePeriod.objects.all()
    if fips is not None:
        stored = stored.filter(county_id__in=fips)
    stored.order_by().delete()
    # Written while they are computed: all at once are the last megabyte of a large import.
    bulk.insert(
        ScorePeriod, NAMES, (as_row(*one) for one, _ in zip(computed, number, strict=False)), {}
    )
    return next(number)


def differences() -> list[str]:
    """One line for every stored period that differs from one computed afresh. Empty is good."""
    stored = {_texts(row) for row in ScorePeriod.objects.values_list(*NAMES)}
    computed = {_texts(as_row(code, period)) for code, period in compute()}
    return sorted(
        [f"stored, not computed: {line}" for line in stored - computed]
        + [f"computed, not stored: {line}" for line in computed - stored]
    )


def _texts(row: tuple) -> tuple:
    return tuple(value if value is None or isinstance(value, int) else str(value) for value in row)

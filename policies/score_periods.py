"""Stored score periods: written in bulk or for the counties that a change touches."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import transaction

from policies import evidence as evidence_road
from policies.models import ScorePeriod
from policies.resolution import Decision
from policies.rubric import FACTORS
from policies.timeline import Period, history, periods

BATCH = 2000


def compute(fips: Collection[str] | None = None) -> Iterator[tuple[str, Period]]:
    """(FIPS, period) for these counties (None: all), afresh from the records known now."""
    evidence = evidence_road.load(fips=fips)
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


def as_row(fips: str, period: Period) -> ScorePeriod:
    """The stored form of one period."""
    counted = period.score
    return ScorePeriod(
        county_id=fips,
        effective_from=period.effective_from,
        effective_until=period.effective_until,
        rules=period.rules,
        score=counted.value,
        at_least=counted.at_least,
        factors_known=counted.known,
        fresh_until=period.fresh_until,
        preempted=period.preempted,
        at_risk=period.at_risk,
        **dict(zip(FACTORS, period.answers, strict=True)),
    )


@transaction.atomic
def rebuild(fips: Collection[str] | None = None) -> int:
    """Replace the stored periods of these counties (None: all). Returns how many were written."""
    if fips is not None and len(fips) > evidence_road.LARGEST_SUBSET:
        fips = None
    rows = [as_row(code, period) for code, period in compute(fips)]
    stored = ScorePeriod.objects.all()
    if fips is not None:
        stored = stored.filter(county_id__in=fips)
    stored.order_by().delete()
    ScorePeriod.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def differences() -> list[str]:
    """One line for every stored period that differs from one computed afresh. Empty is good."""
    fields = [field.attname for field in ScorePeriod._meta.concrete_fields if field.name != "id"]

    def content(row):
        return tuple(
            value if value is None or isinstance(value, int) else str(value)
            for value in (getattr(row, field) for field in fields)
        )

    stored = {content(row) for row in ScorePeriod.objects.all()}
    computed = {content(as_row(code, period)) for code, period in compute()}
    return sorted(
        [f"stored, not computed: {line}" for line in stored - computed]
        + [f"computed, not stored: {line}" for line in computed - stored]
    )

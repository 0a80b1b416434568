"""Random evidence for one county and factor, on few days so that periods meet."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from policies.resolution import (
    AgreementEvidence,
    ClaimEvidence,
    Effect,
    ExceptionEvidence,
    FactorEvidence,
    Level,
    ListEvidence,
    RecordEvidence,
)
from policies.rubric import Answer

FIRST = date(2018, 1, 1)
LENGTH = 24
DAYS = [FIRST + timedelta(days=n) for n in range(LENGTH)]
#: Every day on which something can begin or end, and one before and after.
ALL_DAYS = [FIRST - timedelta(days=1), *DAYS, FIRST + timedelta(days=LENGTH)]

days = st.sampled_from(DAYS)
any_day = st.sampled_from(ALL_DAYS)


@st.composite
def spans(draw):
    """(first day, end or None), never empty."""
    start = draw(st.integers(0, LENGTH - 2))
    end = draw(st.none() | st.integers(start + 1, LENGTH - 1))
    return DAYS[start], None if end is None else DAYS[end]


@st.composite
def agreements(draw, number=1):
    start, end = draw(spans())
    return AgreementEvidence(number, start, end, max(start, draw(days)), draw(st.booleans()))


@st.composite
def claims(draw, number=1):
    start, end = draw(spans())
    return ClaimEvidence(
        number,
        draw(st.sampled_from(Effect)),
        draw(st.sampled_from(Level)),
        start,
        end,
        draw(st.none() | days),
        max(start, draw(days)),
    )


@st.composite
def exceptions(draw, number=1):
    start, end = draw(spans())
    return ExceptionEvidence(draw(st.integers(1, 3)), start, end)


@st.composite
def records(draw, first_number=1):
    """Periods that do not overlap, as the database demands: neighbours, gaps, an open end."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH - 1), max_size=4)))
    found = []
    for number, start in enumerate(cuts):
        end = cuts[number + 1] if number + 1 < len(cuts) else None
        answer = draw(st.sampled_from([None, Answer.YES, Answer.NO, Answer.NONE_FOUND]))
        if answer:
            found.append(
                RecordEvidence(
                    first_number + number,
                    answer,
                    DAYS[start],
                    None if end is None else DAYS[end],
                    max(DAYS[start], draw(days)),
                )
            )
    return tuple(found)


def numbered(draw, strategy, most):
    return tuple(draw(strategy(number)) for number in range(1, draw(st.integers(0, most)) + 1))


@st.composite
def evidences(draw):
    listed_on = draw(st.lists(days, max_size=3, unique=True))
    return FactorEvidence(
        agreements=numbered(draw, agreements, 2),
        claims=numbered(draw, claims, 3),
        exceptions=numbered(draw, exceptions, 2),
        county_records=draw(records()),
        state_records=draw(records(first_number=10)),
        lists=tuple(
            ListEvidence(number, day, draw(st.booleans()))
            for number, day in enumerate(listed_on, 1)
        ),
        state_record_first=draw(st.booleans()),
    )

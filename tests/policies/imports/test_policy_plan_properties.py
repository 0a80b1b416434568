"""Any rows on any record: what is planned can be written, and sending it again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from policies.imports.facts import Place, PolicyFact
from policies.imports.planned_policies import Act, Outcome, PlannedPolicy, StoredPolicy
from policies.imports.policy_plan import plan
from policies.rubric import Answer, Factor
from tests.policies.strategies import ALL_DAYS, DAYS, any_day, spans

FACTORS = (Factor.LIMITS_HOLDS, Factor.NO_STATUS_INQUIRY)
ANSWERS = (Answer.YES, Answer.NONE_FOUND)
AS_OF = DAYS[len(DAYS) // 2]
PLACE = Place("CA", "06001")


@st.composite
def rows(draw) -> list[PolicyFact]:
    """Rows of one place, each with answers to one or both factors."""
    facts = []
    for row in range(2, 2 + draw(st.integers(1, 6))):
        start, end = draw(spans() | st.just((None, None)))
        said = {
            "effective_from": start,
            "effective_until": end,
            "in_force_by": start is not None and end is None and draw(st.booleans()),
            "seen_on": draw(st.none() | any_day) if start is None else None,
            "qualification": draw(st.sampled_from(("", "", "Except felonies"))),
        }
        for factor in draw(st.lists(st.sampled_from(FACTORS), min_size=1, unique=True)):
            answer = draw(st.sampled_from(ANSWERS))
            facts.append(PolicyFact("Sheet1", row, f"C{row}", PLACE, factor, answer, **said))
    return facts


@st.composite
def records(draw):
    """Published periods that do not overlap, by place and factor."""
    found = {}
    numbers = count(1)
    for factor in FACTORS:
        days = sorted(draw(st.sets(st.sampled_from(ALL_DAYS), max_size=4)))
        found[PLACE.key, factor] = [
            StoredPolicy(
                next(numbers),
                draw(st.sampled_from(ANSWERS)),
                start,
                end,
                draw(st.booleans()),
                start,
            )
            for start, end in pairwise([*days, None])
            if draw(st.booleans())
        ]
    return found


def written(planned: Sequence[PlannedPolicy], record):
    """The record as it would be."""
    after = {key: {one.pk: one for one in periods} for key, periods in record.items()}
    numbers = count(100)
    for one in planned:
        if one.act is None:
            continue
        fact = one.fact
        periods = after.setdefault((fact.place.key, fact.factor), {})
        seen = fact.seen_on or AS_OF
        before = periods.pop(one.succeeds) if one.succeeds else None
        if one.act == Act.CONFIRMED:
            periods[next(numbers)] = replace(before, evidence_on=seen)
            continue
        if one.keeps_until:
            periods[next(numbers)] = replace(before, effective_until=one.keeps_until)
        made = StoredPolicy(
            None,
            fact.answer,
            one.starts,
            one.ends,
            one.in_force_by,
            max(one.starts, seen),
            fact.qualification,
        )
        periods[next(numbers)] = made
    return {
        key: [replace(one, pk=number) for number, one in periods.items()]
        for key, periods in after.items()
    }


def problems(planned: Sequence[PlannedPolicy]) -> list:
    return [(one.fact.row, one.problem) for one in planned if one.outcome == Outcome.ERROR]


@given(rows(), records())
def test_what_is_planned_never_overlaps_and_replaces_each_record_once(facts, record):
    planned = plan(facts, record, AS_OF)
    replaced = Counter(one.succeeds for one in planned if one.act not in (None, Act.NEW))
    assert None not in replaced
    assert set(replaced.values()) <= {1}
    for periods in written(planned, record).values():
        ordered = sorted(periods, key=lambda one: one.effective_from)
        for one, following in pairwise(ordered):
            assert one.effective_until is not None
            assert one.effective_until <= following.effective_from


@given(rows(), records())
def test_a_row_is_written_whole_or_not_at_all(facts, record):
    planned = plan(facts, record, AS_OF)
    bad = {one.fact.row for one in planned if one.outcome == Outcome.ERROR}
    assert all(
        one.outcome == Outcome.ERROR and not one.act for one in planned if one.fact.row in bad
    )
    assert bad == {one.fact.row for one in planned if one.outcome == Outcome.ERROR and one.problem}


@given(rows())
def test_a_file_sent_again_without_its_bad_rows_changes_nothing_and_has_the_same_errors(facts):
    first = plan(facts, {}, AS_OF)
    again = plan(facts, written(first, {}), AS_OF)
    assert [one.act for one in again] == [None] * len(facts)
    assert problems(again) == problems(first)

"""What a file's answers would do to the record: new, changed, confirmed, or a question. Pure.

The file speaks for one day, `as_of`, and a fact for the day on which it was seen, if its row says
so. What one fact does is `policy_comparison`'s; here they are taken in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import (
    Key,
    Outcome,
    PlannedPolicy,
    StoredPolicy,
    refused,
)
from policies.imports.policy_comparison import compare


def plan(
    facts: Sequence[PolicyFact], stored: Mapping[Key, Sequence[StoredPolicy]], as_of: date
) -> list[PlannedPolicy]:
    """One plan a fact, in the order of the facts. `stored`: published periods by place and factor.

    Facts of one place and factor are taken in order of their dates, each after the one before.
    """
    by_key: dict[Key, list[int]] = defaultdict(list)
    for position, fact in enumerate(facts):
        by_key[fact.place.key, fact.factor].append(position)
    planned: dict[int, PlannedPolicy] = {}
    for key, positions in by_key.items():
        periods = sorted(stored.get(key, ()), key=lambda period: period.effective_from)
        if len(positions) == 1:
            position = positions[0]
            planned[position], _ = compare(facts[position], periods, as_of)
        else:
            planned.update(_several([(p, facts[p]) for p in positions], periods, as_of))
    return [planned[position] for position in range(len(facts))]


def _several(
    facts: list[tuple[int, PolicyFact]], periods: list[StoredPolicy], as_of: date
) -> Iterable[tuple[int, PlannedPolicy]]:
    """Several answers to one factor in one file: spells in order, repetitions, contradictions."""
    by_start: dict[date, list[tuple[int, PolicyFact]]] = defaultdict(list)
    for position, fact in facts:
        by_start[fact.effective_from or fact.seen_on or as_of].append((position, fact))
    for start in sorted(by_start):
        (first, fact), *others = by_start[start]
        contradicting = [other for _, other in others if _content(other) != _content(fact)]
        if contradicting:
            for position, one in by_start[start]:
                rows = ", ".join(str(o.row) for p, o in by_start[start] if p != position)
                yield position, refused(one, "contradictory_rows", _contradiction(one, rows))
            continue
        done, periods = compare(fact, periods, as_of)
        yield first, done
        for position, other in others:
            yield (
                position,
                PlannedPolicy(
                    other,
                    Outcome.SKIPPED,
                    problem=("duplicate_row", f"The same as row {fact.row}."),
                ),
            )


def _content(fact: PolicyFact) -> tuple[object, ...]:
    return (fact.answer, fact.effective_until, fact.qualification)


def _contradiction(fact: PolicyFact, rows: str) -> str:
    return (
        f"Row {rows} answers the same factor of the same place otherwise. Keep one of them, or "
        "give each the dates between which it held."
    )

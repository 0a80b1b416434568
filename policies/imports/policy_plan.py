"""What a file's answers would do to the record: new, changed, confirmed, or a question. Pure.

The file speaks for one day, `as_of`, and a fact for the day on which it was seen, if its row says
so. Rows about one place and factor are first compared with each other (`row_conflicts`), then, in
order of their dates, with the record (`policy_comparison`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import Key, Outcome, PlannedPolicy, StoredPolicy, refused
from policies.imports.policy_comparison import compare
from policies.imports.row_conflicts import Compared, compare_rows

Stored = Mapping[Key, Sequence[StoredPolicy]]


def plan(facts: Sequence[PolicyFact], stored: Stored, as_of: date) -> list[PlannedPolicy]:
    """One plan a fact, in the order of the facts. `stored`: published periods by place and factor.

    A row stands or falls as a whole: where one answer of it is an error, all are, and nothing else
    is planned as if they were written.
    """
    planning = _Planning(facts, stored, as_of)
    keys, bad = planning.compare_rows(planning.several), planning.compare_single_rows()
    while True:
        bad |= planning.compare_with_record(keys)
        if not bad:
            return planning.result()
        keys, bad = planning.compare_rows(planning.touched_by(bad)), set()


class _Planning:
    """Facts on their way to plans. `several`: positions of the facts of keys that have more than
    one; only these depend on each other."""

    def __init__(self, facts: Sequence[PolicyFact], stored: Stored, as_of: date):
        self._facts, self._stored, self._as_of = facts, stored, as_of
        self._planned: dict[int, PlannedPolicy] = {}
        self._compared: dict[Key, Compared] = {}
        self._blocked: set[int] = set()
        first: dict[Key, int] = {}  # nearly every key has one fact: no list is made for these
        self.several: dict[Key, list[int]] = {}
        for position, fact in enumerate(facts):
            key = (fact.place.key, fact.factor)
            if (before := first.setdefault(key, position)) != position:
                self.several.setdefault(key, [before]).append(position)
        self._single = {key: one for key, one in first.items() if key not in self.several}

    def compare_rows(self, keys: Iterable[Key]) -> set[Key]:
        """Refuse rows that contradict each other. Returns these keys and all that have to be
        compared again, because a row that was refused answers them too."""
        todo, done = set(keys), set()
        while todo:
            bad = set()
            for key in todo:
                left = {
                    position: self._facts[position]
                    for position in self.several[key]
                    if self._facts[position].row not in self._blocked
                }
                found = compare_rows(left, self._as_of) if left else Compared(())
                self._compared[key] = found
                for position, problem in found.refused.items():
                    self._planned[position] = refused(left[position], *problem)
                    bad.add(left[position].row)
            done |= todo
            todo = self.touched_by(bad)
        return done

    def touched_by(self, bad: set[int]) -> set[Key]:
        """Leave rows out from now on. Returns the keys of several facts that they answer."""
        self._blocked |= bad
        return {key for row in bad for key in self._keys_by_row.get(row, ())} if bad else set()

    def compare_single_rows(self) -> set[int]:
        """Plan the facts that no other fact is about. Returns the rows with an error."""
        bad = set()
        for key, position in self._single.items():
            fact = self._facts[position]
            made, _ = compare(fact, self._periods(key), self._as_of)
            self._planned[position] = made
            if made.outcome == Outcome.ERROR:
                bad.add(fact.row)
        return bad

    def compare_with_record(self, keys: Iterable[Key]) -> set[int]:
        """Plan what is left of these keys, each fact after the one before. Rows with an error."""
        bad = set()
        for key in keys:
            periods, compared = self._periods(key), self._compared[key]
            for position in compared.in_order:
                made, periods = compare(self._facts[position], periods, self._as_of)
                self._planned[position] = made
                if made.outcome == Outcome.ERROR:
                    bad.add(made.fact.row)
            for position, problem in compared.repeated.items():
                fact = self._facts[position]
                self._planned[position] = PlannedPolicy(fact, Outcome.SKIPPED, problem=problem)
        return bad

    def result(self) -> list[PlannedPolicy]:
        """One plan a fact; those of rows that are left out write nothing."""
        return [self._left_out(position, fact) for position, fact in enumerate(self._facts)]

    def _left_out(self, position: int, fact: PolicyFact) -> PlannedPolicy:
        made = self._planned.get(position)
        if made is None:
            return PlannedPolicy(fact, Outcome.ERROR)
        if fact.row not in self._blocked or made.outcome == Outcome.ERROR:
            return made
        return replace(made, outcome=Outcome.ERROR, act=None, problem=None)

    def _periods(self, key: Key) -> list[StoredPolicy]:
        return sorted(self._stored.get(key, ()), key=lambda period: period.effective_from)

    @cached_property
    def _keys_by_row(self) -> dict[int, list[Key]]:
        found: dict[int, list[Key]] = defaultdict(list)
        for key, positions in self.several.items():
            for position in positions:
                found[self._facts[position].row].append(key)
        return found

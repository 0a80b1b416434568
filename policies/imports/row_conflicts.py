"""Rows of one file about the same place and factor, compared with each other alone. Pure.

What is found does not depend on the record, so a file says the same of itself however often it is
sent, and whatever of it was applied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import Problem

#: Other rows that one message names; what is wrong is plain from these.
MOST_NAMED = 3

Said = Mapping[int, PolicyFact]


@dataclass(frozen=True, slots=True)
class Compared:
    """By position of the facts: those that only repeat another, those that are refused.

    `in_order`: all others, by the day from which they count. Their periods do not overlap.
    """

    in_order: Sequence[int]
    repeated: Mapping[int, Problem] = field(default_factory=dict)
    refused: Mapping[int, Problem] = field(default_factory=dict)


def starts(fact: PolicyFact, as_of: date) -> date:
    """The day from which a fact counts: its start, else the day on which it was seen."""
    return fact.effective_from or fact.seen_on or as_of


def compare_rows(facts: Said, as_of: date) -> Compared:
    """Which of these facts, all of one place and factor, cannot stand together.

    An answer without an end goes on: whatever begins later overlaps with it, unless it only repeats
    it. One pass in order of time, however many rows there are: of the rows before, the one that
    reaches furthest overlaps if any does, and the others that still do were refused because of it.
    """
    order = sorted(facts, key=lambda position: (starts(facts[position], as_of), position))
    repeats: dict[int, int] = {}
    against: dict[int, list[int]] = defaultdict(list)
    furthest: int | None = None
    for position in order:
        fact, first = facts[position], furthest
        if first is not None and starts(fact, as_of) < _end(facts[first]):
            if _repeats(fact, facts[first], as_of):
                repeats[position] = first
                continue
            against[position].append(first)
            if len(against[first]) < MOST_NAMED:
                against[first].append(position)
        if first is None or _end(fact) > _end(facts[first]):
            furthest = position
    for position, first in repeats.items():
        # What repeats a refused row goes with it, unless it can stand beside the others.
        others = [o for o in against.get(first, ()) if _conflict(facts[position], facts[o], as_of)]
        if others:
            against[position] = others
    return Compared(
        [one for one in order if one not in against and one not in repeats],
        {
            one: ("duplicate_row", _repetition(facts[one], facts[first], as_of))
            for one, first in repeats.items()
            if one not in against
        },
        {
            one: _refusal(facts[one], [facts[other] for other in others], as_of)
            for one, others in against.items()
        },
    )


def _end(fact: PolicyFact) -> date:
    return fact.effective_until or date.max


def _repeats(fact: PolicyFact, earlier: PolicyFact, as_of: date) -> bool:
    """It says no more than a row that counts from the same day, or that it is seen to go on."""
    if starts(fact, as_of) == starts(earlier, as_of):
        return _content(fact) == _content(earlier)
    return (
        (fact.effective_from is None or fact.in_force_by)
        and fact.answer == earlier.answer
        and fact.effective_until in (None, earlier.effective_until)
        and fact.qualification in ("", earlier.qualification)
    )


def _content(fact: PolicyFact) -> tuple[object, ...]:
    return (fact.answer, fact.effective_until, fact.qualification)


def _conflict(one: PolicyFact, other: PolicyFact, as_of: date) -> bool:
    earlier, later = sorted((one, other), key=lambda fact: starts(fact, as_of))
    overlapping = starts(later, as_of) < _end(earlier)
    return overlapping and not _repeats(later, earlier, as_of)


def _repetition(fact: PolicyFact, first: PolicyFact, as_of: date) -> str:
    if starts(fact, as_of) == starts(first, as_of):
        return f"The same as row {first.row}."
    return f"Row {first.row} says the same for that day."


def _refusal(fact: PolicyFact, others: Sequence[PolicyFact], as_of: date) -> Problem:
    """Code and message, which name the other rows and say what to do."""
    period = _period(fact, as_of)
    if all(_period(other, as_of) == period for other in others):
        rows = ", ".join(f"{_row(other)} ({other.answer})" for other in others)
        message = (
            f"For the same time, the same factor of the same place is answered otherwise in {rows}."
            " Keep one of them, or give each the dates between which it held."
        )
        return "contradictory_rows", message
    rows = ", ".join(
        f"{_row(other)} ({other.answer}, {_in_words(other, as_of)})" for other in others
    )
    message = (
        f"This row ({_in_words(fact, as_of)}) overlaps in time with others on the same factor of "
        f"the same place: {rows}. Let the earlier end where the later begins, or keep one of them."
    )
    return "overlap", message


def _period(fact: PolicyFact, as_of: date) -> tuple[date, date]:
    return starts(fact, as_of), _end(fact)


def _row(fact: PolicyFact) -> str:
    return f"row {fact.row} of sheet \u201c{fact.sheet}\u201d" if fact.sheet else f"row {fact.row}"


def _in_words(fact: PolicyFact, as_of: date) -> str:
    start = f"from {starts(fact, as_of)}"
    return f"{start} to {fact.effective_until}" if fact.effective_until else f"{start} without end"

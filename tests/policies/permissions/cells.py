"""The cells of the matrix: an act, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

import pytest

from tests.factories import rolled_back
from tests.policies.permissions.people import LOGIN, answer, undrawn, writes

#: It was done; the person may not, and nothing was written; they may, but not now or not of this.
DONE, REFUSED, LATE = "done", "refused", "nothing came of it"
#: 410: a link that opens nothing any more.
REFUSALS = (LOGIN, 403, 404, 410)


@dataclass(frozen=True)
class Act:
    """`who` may; of these, `not_own` may not with what they wrote. `when`: the states in which
    something comes of it; `otherwise`: what comes of it in others. `page`: the end of its address,
    if not its name; `post`: what is posted."""

    who: frozenset[str]
    when: tuple[str, ...]
    not_own: frozenset[str] = frozenset()
    page: str = ""
    post: dict = field(default_factory=dict)
    otherwise: str = LATE

    def expected(self, who: str, state: str) -> str:
        if who not in self.who:
            return REFUSED
        return DONE if state in self.when and who not in self.not_own else self.otherwise


def come_of(ask: Callable, state: Callable, *, tries: bool = False) -> str:
    """Ask, look whether `state` is another one, and put everything back.

    `tries`: a refusal may have tried what it shows, and rolled it back.
    """
    before = state()
    with rolled_back(), undrawn(), writes() as written:
        response = ask()
        after = state()
    if after != before:
        return DONE
    if answer(response) in REFUSALS:
        assert tries or not written
        return REFUSED
    return LATE


def cells(who: Iterable[str], acts: Iterable[str], states: Iterable[str]) -> list:
    """A parameter for each cell, with an id that reads like editor-approve-in_review."""
    return [pytest.param(*cell, id="-".join(cell)) for cell in product(who, acts, states)]


def rows_of(model) -> Callable[[], list]:
    """All that a table holds, to be compared."""
    return lambda: list(model.objects.order_by("pk").values())

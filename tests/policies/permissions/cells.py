"""What came of an act: the cells of the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

import pytest

from tests.factories import rolled_back
from tests.policies.permissions.people import LOGIN, answer, undrawn, writes

#: It was done; the person may not, and nothing was written; they may, but not now or not of this.
DONE, REFUSED, LATE = "done", "refused", "nothing came of it"


def come_of(ask: Callable, state: Callable) -> str:
    """Ask, look whether `state` is another one, and put everything back."""
    before = state()
    with rolled_back(), undrawn(), writes() as written:
        response = ask()
        after = state()
    if after != before:
        return DONE
    if answer(response) in (LOGIN, 403, 404):
        assert not written
        return REFUSED
    return LATE


def cells(who: Iterable[str], acts: Iterable[str], states: Iterable[str]) -> list:
    """A parameter for each cell, with an id that reads like editor-approve-in_review."""
    return [pytest.param(*cell, id="-".join(cell)) for cell in product(who, acts, states)]

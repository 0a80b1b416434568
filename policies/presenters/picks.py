"""Choices to pick from, and checking one of them in a query."""

from __future__ import annotations

from counties.state_codes import STATES
from policies.parameters import pick

__all__ = ["pick", "state_options"]


def state_options() -> list[tuple[str, str]]:
    """(postal abbreviation, name), by name."""
    return sorted(STATES.values(), key=lambda item: item[1])

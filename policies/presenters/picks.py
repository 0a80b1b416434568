"""Checking one of a list of choices in a query."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from counties.state_codes import STATES
from policies.parameters import BadParameter


def pick(name: str, value: str, choices: Collection[str]) -> str:
    """The value if it is one of the choices, or empty. Raises BadParameter."""
    if value and value not in choices:
        message = _("“%(text)s” is not one of: %(choices)s.")
        raise BadParameter(
            {name: message % {"text": value[:40], "choices": ", ".join(sorted(choices))}}
        )
    return value


def state_options() -> list[tuple[str, str]]:
    """(postal abbreviation, name), by name."""
    return sorted(STATES.values(), key=lambda item: item[1])

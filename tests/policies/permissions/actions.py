"""Which roles are offered each action of the admin's lists: the table, by model and action.

`test_actions.py` compares it with what is registered. To add an action, write an `Action` under
`app_model.name`. Whoever is not in `who` is not offered it, and posting it by hand does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.policies.permissions.pages import nothing
from tests.policies.permissions.people import REVIEWERS, WRITERS
from tests.policies.permissions.world import RECORDS, World


@dataclass(frozen=True, slots=True)
class Action:
    """`on`: the row that is marked; `post`: what is filled in beside the action; `asks`: it
    opens a page that asks for more, and writes nothing yet."""

    who: frozenset[str]
    on: str
    post: Callable[[World], dict] = nothing
    asks: bool = False


ACTIONS: dict[str, Action] = {
    **{f"policies_{name}.send_together": Action(WRITERS, f"draft_{name}") for name in RECORDS},
    "policies_importchoice.forget": Action(REVIEWERS, "choice"),
    "policies_qualityitem.take": Action(WRITERS, "finding"),
    "policies_qualityitem.give": Action(
        WRITERS, "finding", post=lambda w: {"to": w.people["editor"].pk}
    ),
    "policies_qualityitem.resolve": Action(WRITERS, "finding"),
    "policies_qualityitem.leave": Action(WRITERS, "finding", post=lambda w: {"because": "Known."}),
    "policies_qualityitem.reopen": Action(WRITERS, "left"),
    "counties_county.record_together": Action(WRITERS, "county", asks=True),
}

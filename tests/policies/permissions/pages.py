"""What each address of the admin answers to whom: the table, by the name of the address.

`test_pages.py` compares it with the code: an address without a row fails it, and so does a row
without an address. To add a model, write a `Model` here; to add a page, a `Page` in own_pages.py.
Whoever is in neither set is refused. Those who are not staff are always sent to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType

from tests.policies.permissions.people import (
    ADMINISTRATORS,
    NOBODY,
    READERS,
    REVIEWERS,
    SENDERS,
    WRITERS,
)
from tests.policies.permissions.world import RECORDS, World

Values = Callable[[World], dict]


def content_type(row) -> int:
    return ContentType.objects.get_for_model(row).pk


def nothing(world: World) -> dict:
    return {}


@dataclass(frozen=True, slots=True)
class Page:
    """One address.

    `see`: who is shown it by GET; `got`: the status they are answered with. `act`: who can act by
    POST, with `post`; for all others nothing is written, whatever they post. `at`: the row that is
    in its path. `refused`: the status of a refusal. `only_post`: a GET is a 405 for all staff.
    `form`: the act is a form of the page itself, posted as a superuser would find it, with `post`.
    `tries`: the act writes although nothing comes of it, because it is tried and rolled back.
    `nowhere`: to whom the row is not even there: a 404 instead of a refusal.
    """

    see: frozenset[str] = NOBODY
    act: frozenset[str] = NOBODY
    at: str = ""
    how: dict = field(default_factory=dict)
    post: Values = nothing
    got: int = 200
    refused: int = 403
    only_post: bool = False
    form: bool = False
    tries: bool = False
    nowhere: frozenset[str] = NOBODY

    def values(self, world: World) -> dict:
        """What is in its path."""
        how = {name: value(world) if callable(value) else value for name, value in self.how.items()}
        return how | ({"pk": world.rows[self.at].pk} if self.at else {})


@dataclass(frozen=True, slots=True)
class Model:
    """The pages that the admin has for every model. `at`: a row of it."""

    at: str
    see: frozenset[str]
    add: frozenset[str] = NOBODY
    change: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY
    post: Values = nothing
    refused: int = 403

    def pages(self) -> Iterator[tuple[str, Page]]:
        row = {"at": self.at, "refused": self.refused, "see": self.see}
        yield "changelist", Page(see=self.see)
        yield "add", Page(see=self.add)
        yield "history", Page(**row)
        yield "change", Page(act=self.change, form=bool(self.change), post=self.post, **row)
        yield (
            "delete",
            Page(see=self.delete, act=self.delete, post=lambda w: {"post": "yes"}, at=self.at),
        )


def _record(name: str) -> Model:
    return Model(f"draft_{name}", READERS, add=WRITERS, change=WRITERS, delete=WRITERS)


MODELS: dict[str, Model] = {
    **{f"policies_{name}": _record(name) for name in RECORDS},
    # Made on the page of their provision, and nowhere else.
    "policies_provisionclaim": Model("claim", READERS, NOBODY, WRITERS, WRITERS),
    "policies_provisionexception": Model("exception", READERS, NOBODY, WRITERS, WRITERS),
    "policies_sourcedocument": Model("document", READERS, WRITERS, WRITERS, WRITERS),
    "policies_changeset": Model("sent_set", READERS, add=WRITERS),
    "policies_changeevent": Model("event", READERS),
    "policies_scoreperiod": Model("period", READERS),
    "policies_iceengagement": Model("engagement", READERS),
    # Of another partner's file a partner is not even told that it is there.
    "policies_submission": Model("planned", REVIEWERS, add=SENDERS, refused=404),
    "policies_importchoice": Model("choice", REVIEWERS, delete=REVIEWERS),
    "policies_qualityitem": Model("finding", READERS),
    "policies_publicrecordsrequest": Model(
        "request", READERS, add=WRITERS, change=WRITERS, delete=ADMINISTRATORS
    ),
    "policies_errorreport": Model(
        "report", WRITERS, change=WRITERS, post=lambda w: {"status": "mended"}
    ),
    "policies_codingtask": Model("coding", REVIEWERS, add=REVIEWERS),
    "policies_localoption": Model("option", *[ADMINISTRATORS] * 4),
    "policies_localpower": Model("power", *[ADMINISTRATORS] * 4),
    "policies_publishedfigure": Model("figure", *[ADMINISTRATORS] * 4),
    "policies_datanote": Model("note", *[ADMINISTRATORS] * 4),
    "policies_accountevent": Model("account_event", ADMINISTRATORS),
    "counties_state": Model("state", READERS, change=ADMINISTRATORS),
    "counties_county": Model("county", READERS, change=ADMINISTRATORS),
    "counties_countyalias": Model("alias", READERS, *[ADMINISTRATORS] * 3),
    "counties_fipschange": Model("fips_change", ADMINISTRATORS),
    "auth_user": Model("account", ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS),
    "auth_group": Model("group", *[ADMINISTRATORS] * 4),
}

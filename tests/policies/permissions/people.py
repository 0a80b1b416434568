"""Who asks: one account of each role, and what an answer means for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from unittest.mock import patch

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from policies import roles
from tests.factories import UserFactory

#: Nobody is signed in; somebody is, who is no staff; the roles that ship; a superuser.
ANONYMOUS, OUTSIDER = "anonymous", "outsider"
VIEWER, PARTNER, EDITOR = "viewer", "partner", "editor"
REVIEWER, ADMINISTRATOR, SUPERUSER = "reviewer", "administrator", "superuser"
GROUPS = {
    VIEWER: roles.VIEWERS,
    PARTNER: roles.PARTNERS,
    EDITOR: roles.EDITORS,
    REVIEWER: roles.REVIEWERS,
    ADMINISTRATOR: roles.ADMINISTRATORS,
}
STAFF = (*GROUPS, SUPERUSER)
EVERYBODY = (ANONYMOUS, OUTSIDER, *STAFF)

#: The words of the tables: who may.
NOBODY: frozenset[str] = frozenset()
BOSS = frozenset({SUPERUSER})
EDITORS = frozenset({EDITOR})
ADMINISTRATORS = BOSS | {ADMINISTRATOR}
REVIEWERS = ADMINISTRATORS | {REVIEWER}
WRITERS = REVIEWERS | {EDITOR}
READERS = WRITERS | {VIEWER}
SENDERS = WRITERS | {PARTNER}
ALL_STAFF = frozenset(STAFF)

LOGIN = "login"

#: Of all browsers: to set up the middleware for each takes as long as what is asked.
HANDLER = ClientHandler(enforce_csrf_checks=False)


@dataclass
class People:
    """Accounts by role, and their browsers."""

    accounts: dict[str, object] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser as it is after signing in."""
        client = Client()
        client.handler = HANDLER
        client.cookies = SimpleCookie(self.cookies[who])
        return client

    def add(self, who: str, group: str = "", **values) -> object:
        user = UserFactory(username=who, email=f"{who}@example.org", **values)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        self.accounts[who], self.cookies[who] = user, client.cookies.output(header="")
        return user

    def __getitem__(self, who: str):
        return self.accounts[who]


def everybody() -> People:
    roles.make_groups()
    people = People(cookies={ANONYMOUS: ""})
    people.add(OUTSIDER, is_staff=False)
    for who, group in GROUPS.items():
        people.add(who, group)
    people.add(SUPERUSER, is_superuser=True)
    return people


def answer(response) -> int | str:
    """The status; LOGIN if it leads to signing in."""
    if response.status_code == 302 and response.headers["Location"].startswith("/admin/login/"):
        return LOGIN
    return response.status_code


#: Sessions are written by asking for a page; nothing of the record is.
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)(?!.*\bdjango_session\b)", re.I | re.S)


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that write, filled in when the block ends. Rolled back ones too."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [query["sql"] for query in captured if _WRITES.match(query["sql"])]


@contextmanager
def undrawn() -> Iterator[None]:
    """Whether somebody may see a page is decided before it and its menu are drawn, which takes
    most of the time."""
    menu = admin.site.get_app_list

    def of_one_app(request, app_label=None):
        return menu(request, app_label) if app_label else []

    with (
        patch.object(SimpleTemplateResponse, "rendered_content", ""),
        patch.object(admin.site, "get_app_list", of_one_app),
    ):
        yield

"""People who log in to the admin, and forms as a browser would post them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from policies import roles
from tests.factories import UserFactory


@pytest.fixture
def boss(db):
    return UserFactory(username="boss", is_superuser=True)


@pytest.fixture
def staff(client, boss):
    """A client that is logged in as one who may do everything."""
    client.force_login(boss)
    return client


@pytest.fixture
def login_with(client, db):
    """Log the client in as staff with just these permissions of `policies`."""

    def login(*codenames):
        user = UserFactory(username="limited")
        user.user_permissions.set(
            Permission.objects.filter(content_type__app_label="policies", codename__in=codenames)
        )
        client.force_login(user)
        return client

    return login


class _Fields(HTMLParser):
    """What a browser would post of the page's main form, and the size of every select."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str] = {}
        self.selects: dict[str, int] = {}
        self._form = self._select = self._textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self._form = attrs.get("id") or ""
        elif tag == "select" and name:
            self._select = name
            self.selects[name] = 0
            if self._main and "multiple" not in attrs:
                self.values.setdefault(name, "")
        elif tag == "option" and self._select:
            self.selects[self._select] += 1
            if "selected" in attrs and self._main:
                self.values[self._select] = attrs.get("value", "")
        elif tag == "textarea" and name and self._main:
            self._textarea = name
            self.values[name] = ""
        elif tag == "input" and name and self._main:
            kind = attrs.get("type", "text")
            if kind in ("submit", "file") or (
                kind in ("checkbox", "radio") and "checked" not in attrs
            ):
                return
            self.values[name] = attrs.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    @property
    def _main(self) -> bool:
        return bool(self._form) and self._form.endswith("_form") and self._form != "logout-form"


@pytest.fixture
def fields_of():
    """Every field of the page's form as a browser would post it unchanged."""

    def read(response) -> dict[str, str]:
        parser = _Fields()
        parser.feed(response.content.decode())
        return {name: value for name, value in parser.values.items() if "__prefix__" not in name}

    return read


@pytest.fixture
def selects_of():
    """Options of every select of the page, by name."""

    def read(response) -> dict[str, int]:
        parser = _Fields()
        parser.feed(response.content.decode())
        return parser.selects

    return read


# --- Received files ----------------------------------------------------------------------------


@pytest.fixture
def as_role(db):
    """A client logged in as a new account with one of the roles of `policies.roles`."""
    roles.make_groups()

    def login(role: str, username: str) -> Client:
        user = UserFactory(username=username, email=f"{username}@example.org")
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return login


@pytest.fixture
def partner(as_role):
    return as_role(roles.PARTNERS, "partner")


@pytest.fixture
def reviewer(as_role):
    return as_role(roles.REVIEWERS, "reviewer")


@pytest.fixture
def editor(as_role):
    return as_role(roles.EDITORS, "editor")

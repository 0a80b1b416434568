"""People who log in to the admin, and forms as a browser would post them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from policies import roles
from tests.factories import UserFactory
from tests.policies.admin import form_fields


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


@pytest.fixture
def fields_of():
    """Every field of the page's form as a browser would post it unchanged."""
    return form_fields.fields_of


@pytest.fixture
def selects_of():
    """Options of every select of the page, by name."""
    return form_fields.selects_of


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

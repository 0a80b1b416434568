"""What the tests of this folder share."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.functional.axe import world as records
from tests.policies.admin.test_pages import some_of_everything
from tests.policies.documents.conftest import own_folders

__all__ = ["own_folders"]


@pytest.fixture
def world(transactional_db, own_folders) -> records.World:
    return records.make()


def sign_in(page, live_server, user) -> None:
    """From then on the browser is that account's, without the way in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])


@pytest.fixture
def as_boss(page, live_server, world):
    """The page, with a superuser signed in and a row of every kind to see."""
    some_of_everything("d")
    sign_in(page, live_server, world.boss)
    return page

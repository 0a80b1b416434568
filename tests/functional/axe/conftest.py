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


@pytest.fixture
def as_boss(page, live_server, world):
    """The page, with a superuser signed in and a row of every kind to see."""
    some_of_everything("d")
    client = Client()
    client.force_login(world.boss)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page

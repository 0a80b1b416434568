"""What the tests of the API share: the whole shipped record, and a short way to ask."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from policies import baseline_loader
from tests.factories import UserFactory, rolled_back

LOADED_AT = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole baseline, rolled back after the module."""
    with django_db_blocker.unblock(), rolled_back():
        call_command("load_reference", verbosity=0)
        baseline_loader.load(by=UserFactory(username="loader"), at=LOADED_AT)
        yield


@pytest.fixture
def ask(client):
    """`ask("counties/", state="CA")`: the JSON of a path, which must be a 200."""

    def get(path: str, **query):
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def ask_csv(client):
    """The rows of a list as CSV, by column."""

    def get(path: str, **query) -> list[dict[str, str]]:
        response = client.get(f"/api/v1/{path}", {**query, "format": "csv"})
        assert response.status_code == 200
        assert response.streaming
        assert response["Content-Type"].startswith("text/csv")
        text = b"".join(response.streaming_content).decode()
        return list(csv.DictReader(text.splitlines(keepends=True)))

    return get


@pytest.fixture
def refused(client):
    """`refused("counties/?x=1")`: the messages of a 400, by parameter."""

    def get(address: str, status: int = 400) -> dict[str, str]:
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        return response.json()["errors"]

    return get

"""The promises of conftest.py hold: nothing reaches another machine unnoticed."""

import contextlib
import socket

import pytest

from tests import conftest


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        (b"localhost", True),
        ("::1", True),
        ("", True),
        (None, True),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("example.org", False),
    ],
)
def test_local_hosts(host, local):
    assert conftest.is_local(host) is local


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_reaching_another_machine_is_refused_and_noticed(address):
    with pytest.raises(PermissionError, match="tried to reach"):
        socket.create_connection(address, timeout=1)

    assert conftest.reached == [address[0]]
    conftest.reached.clear()


def test_pages_that_ask_other_hosts_are_noticed(page, foreign_requests):
    with contextlib.suppress(Exception):
        page.goto("http://example.org/")

    assert foreign_requests == ["http://example.org/"]
    foreign_requests.clear()

"""Sessions of staff end; visitors have none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policies import clock
from tests.policies.signing_in import PASSWORD, is_inside, log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(monkeypatch):
    """Make it later."""
    start = clock.now()

    def move(**passed):
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(**passed))

    return move


def test_two_hours_without_a_page_end_a_session(client, after):
    person()
    log_in(client)
    after(minutes=119)
    assert is_inside(client)
    after(minutes=119 + 122)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "You were signed out because your session had ended." in response.content.decode()


def test_it_ends_after_twelve_hours_however_busy(client, after):
    person()
    log_in(client)
    for hours in range(1, 12):
        after(hours=hours)
        assert is_inside(client)
    after(hours=12, minutes=1)
    assert not is_inside(client)


def test_a_session_from_before_there_were_limits_ends(client):
    person()
    log_in(client)
    session = client.session
    del session["signed_in_at"], session["seen_at"]
    session.save()
    assert not is_inside(client)


def test_pages_in_a_burst_are_not_written_down_each(client, django_assert_num_queries):
    person(is_superuser=True)
    log_in(client)
    client.get("/admin/password_change/")
    with django_assert_num_queries(2):  # the session and the account
        client.get("/admin/password_change/")


def test_a_new_password_ends_the_other_sessions(client):
    person()
    log_in(client)
    other = Client()
    log_in(other)
    new = "eleven loud lakes"
    answer = client.post(
        "/admin/password_change/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert answer.status_code == 302
    assert is_inside(client)
    assert not is_inside(other)


@pytest.mark.parametrize("path", ["/", "/counties/", "/methodology/", "/api/v1/counties/"])
def test_public_pages_set_no_cookie_and_read_no_session(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    tables = ("django_session", "auth_user", "otp_", "axes_", "accountevent")
    assert not [one["sql"] for one in queries if any(table in one["sql"] for table in tables)]
    assert "Cookie" not in response.get("Vary", "")

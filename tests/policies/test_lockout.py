"""Guessing passwords and codes is stopped, for the one who guesses."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client, RequestFactory

from policies.lockout import address_of
from policies.models import AccountEvent
from tests.policies.signing_in import (
    CODE,
    code_of,
    forget_failures,
    give_phone,
    is_inside,
    log_in,
    log_in_with_code,
    person,
)

HERE, ELSEWHERE = {"REMOTE_ADDR": "203.0.113.5"}, {"REMOTE_ADDR": "198.51.100.7"}


def fail(client, times: int = settings.AXES_FAILURE_LIMIT, username: str = "rosa", **extra):
    for _number in range(times):
        response = log_in(client, username, "wrong", **extra)
    return response


@pytest.mark.django_db
def test_after_five_failures_a_page_says_when_to_try_again(client):
    person()
    assert fail(client, settings.AXES_FAILURE_LIMIT - 1).status_code == 200
    response = fail(client, 1)
    assert response.status_code == 429
    assert "in 15 minutes" in response.content.decode()
    assert 890 < int(response["Retry-After"]) <= 900
    assert log_in(client).status_code == 429, "even with the right password"
    assert not is_inside(client)


@pytest.mark.django_db
def test_it_ends_by_itself_and_trying_meanwhile_does_not_prolong_it(client):
    person()
    fail(client, settings.AXES_FAILURE_LIMIT + 3)
    AccessAttempt.objects.update(
        attempt_time=AccountEvent.objects.last().at - timedelta(minutes=14)
    )
    response = log_in(client)
    assert response.status_code == 429
    assert "in 1 minute." in response.content.decode()
    AccessAttempt.objects.update(
        attempt_time=AccountEvent.objects.last().at - timedelta(minutes=16)
    )
    assert log_in(client).status_code == 302
    assert is_inside(client)


@pytest.mark.django_db
def test_a_colleague_in_the_same_office_gets_in(client):
    person()
    person("ana")
    fail(client, **HERE)
    assert log_in(Client(), "ana", **HERE).status_code == 302


@pytest.mark.django_db
def test_an_attacker_elsewhere_does_not_lock_the_person_out(client):
    person()
    fail(client, **ELSEWHERE)
    assert log_in(Client(), **HERE).status_code == 302


@pytest.mark.django_db
def test_another_browser_is_no_way_around(client):
    person()
    for number in range(settings.AXES_FAILURE_LIMIT):
        response = fail(client, 1, HTTP_USER_AGENT=f"browser {number}")
    assert response.status_code == 429


@pytest.mark.django_db
def test_logging_in_forgives_what_was_mistyped(client):
    person()
    fail(client, settings.AXES_FAILURE_LIMIT - 1)
    log_in(client)
    client.post("/admin/logout/")
    assert fail(client, settings.AXES_FAILURE_LIMIT - 1).status_code == 200


@pytest.mark.django_db
def test_wrong_codes_lock_out_too_and_the_right_one_no_longer_helps(client):
    give_phone(person())
    for _number in range(settings.AXES_FAILURE_LIMIT):
        response = log_in_with_code(client, "000000")
    assert response.status_code == 429
    forget_failures()
    assert client.post(CODE, {"otp_token": code_of()}).status_code == 429
    assert not is_inside(client)


@pytest.mark.django_db
def test_failures_and_the_lock_out_are_written_down_once(client):
    user = person()
    fail(client, settings.AXES_FAILURE_LIMIT + 2, **HERE)
    events = list(AccountEvent.objects.order_by("pk"))
    assert [event.kind for event in events] == [
        *["failed"] * settings.AXES_FAILURE_LIMIT,
        "locked_out",
    ]
    assert {(event.account, event.name, event.ip_address) for event in events} == {
        (user, "rosa", "203.0.113.5")
    }


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "203.0.113.5"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.5"),
        (1, "", "203.0.113.5"),
        (1, "nonsense", "203.0.113.5"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_the_address_is_the_one_our_own_proxy_saw(settings, proxies, forwarded, expected):
    settings.PROXIES_IN_FRONT = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="203.0.113.5")
    assert address_of(request) == expected


def test_without_any_address_there_is_none():
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) is None

"""Logging in to the admin: with the password, and with a code from those who have a phone."""

from datetime import timedelta

import pytest
from django.test import Client

from policies import clock
from policies.models import AccountEvent
from tests.policies.signing_in import (
    CODE,
    LOGIN,
    PASSWORD,
    code_of,
    forget_failures,
    give_phone,
    is_inside,
    log_in,
    log_in_with_code,
    person,
)

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(AccountEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_name_and_password_are_enough_without_a_phone(client):
    person()
    response = log_in(client)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert is_inside(client)
    assert kinds() == ["signed_in"]


def test_with_a_phone_the_password_alone_opens_nothing(client):
    give_phone(person())
    response = log_in(client)
    assert (response.status_code, response["Location"]) == (302, f"{CODE}?next=%2Fadmin%2F")
    assert not is_inside(client)


def test_the_code_is_the_second_step_and_leads_where_one_wanted_to_go(client):
    give_phone(person())
    client.post(LOGIN, {"username": "rosa", "password": PASSWORD, "next": "/admin/auth/user/"})
    step = f"{CODE}?next=/admin/auth/user/"
    page = client.get(step).content.decode()
    assert 'name="otp_token"' in page
    assert 'autocomplete="one-time-code"' in page
    response = client.post(step, {"otp_token": code_of()})
    assert (response.status_code, response["Location"]) == (302, "/admin/auth/user/")
    assert is_inside(client)
    assert kinds()[-1] == "signed_in_code"


def test_it_never_leads_to_another_site(client):
    give_phone(person())
    client.post(LOGIN, {"username": "rosa", "password": PASSWORD})
    response = client.post(f"{CODE}?next=https://elsewhere.example/", {"otp_token": code_of()})
    assert response["Location"] == "/admin/"


def test_a_code_works_once(client):
    give_phone(person())
    assert log_in_with_code(client, code_of()).status_code == 302
    again = Client()
    assert log_in_with_code(again, code_of()).status_code == 200
    assert not is_inside(again)


def test_a_recovery_code_works_once_however_it_is_typed(client):
    code = give_phone(person())[3]
    assert log_in_with_code(client, f" {code.upper().replace('-', ' ')}").status_code == 302
    assert is_inside(client)
    assert kinds()[-1] == "signed_in_recovery"
    again = Client()
    assert log_in_with_code(again, code).status_code == 200
    assert not is_inside(again)


def test_a_wrong_code_is_said_and_written_down_and_the_next_one_works(client):
    give_phone(person())
    page = log_in_with_code(client, "000000")
    assert "This code is wrong" in page.content.decode()
    assert kinds()[-1] == "wrong_code"
    forget_failures()
    assert client.post(CODE, {"otp_token": code_of()}).status_code == 302


def test_an_empty_code_is_no_failure(client):
    give_phone(person())
    assert log_in_with_code(client, "").status_code == 200
    assert "wrong_code" not in kinds()


def test_the_second_step_without_the_first_leads_back(client, db):
    assert client.get(CODE)["Location"] == LOGIN
    assert client.post(CODE, {"otp_token": "123456"})["Location"] == LOGIN


def test_the_second_step_does_not_wait_for_ever(client, monkeypatch):
    give_phone(person())
    log_in(client)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.post(CODE, {"otp_token": code_of()})["Location"] == LOGIN
    assert not is_inside(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_lost_their_rights_between_the_steps_is_not_let_in(client, change):
    user = person()
    give_phone(user)
    log_in(client)
    type(user).objects.update(**change)
    assert client.post(CODE, {"otp_token": code_of()})["Location"] == LOGIN


def test_a_new_password_between_the_steps_starts_them_again(client):
    user = person()
    give_phone(user)
    log_in(client)
    user.set_password("another long one")
    user.save()
    assert client.post(CODE, {"otp_token": code_of()})["Location"] == LOGIN


def test_nothing_of_a_code_or_password_is_kept_with_the_failures(client):
    from axes.models import AccessAttempt

    give_phone(person())
    log_in(client, password="mistyped words")
    log_in_with_code(client, "987123")
    kept = "".join(AccessAttempt.objects.values_list("post_data", flat=True))
    assert kept
    assert "987123" not in kept
    assert "mistyped" not in kept


def test_a_password_in_the_wrong_field_is_not_kept_in_the_log(client):
    log_in(client, username="my secret words", password="x")
    event = AccountEvent.objects.get()
    assert (event.kind, event.name, event.account) == ("failed", "", None)


def test_signing_out_is_written_down(client):
    person()
    log_in(client)
    client.post("/admin/logout/")
    assert kinds() == ["signed_in", "signed_out"]


def test_a_program_may_use_the_test_clients_own_login(client):
    person()
    assert client.login(username="rosa", password=PASSWORD)
    assert not Client().login(username="rosa", password="wrong")

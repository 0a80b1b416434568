"""Setting a second factor up, renewing its recovery codes, removing it, resetting another's."""

import re
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import get_resolver, reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies.models import AccountEvent
from tests.factories import UserFactory
from tests.policies.signing_in import (
    PASSWORD,
    code_of,
    forget_failures,
    give_phone,
    is_inside,
    log_in,
    log_in_with_code,
    person,
)

PAGE = "/admin/second-factor/"
RENEW, REMOVE = f"{PAGE}codes/", f"{PAGE}remove/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(client):
    """Logged in, without a phone."""
    user = person(is_superuser=True)
    log_in(client)
    return user


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"


def shown_key(client) -> str:
    client.get(PAGE)
    return client.session["second_factor_key"]


def set_up(client):
    return client.post(PAGE, {"otp_token": code_of(shown_key(client))})


def codes_in(response) -> list[str]:
    return re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", response.content.decode())


def both() -> dict[str, str]:
    return {"password": PASSWORD, "otp_token": code_of()}


# --- Setting up --------------------------------------------------------------------------------


def test_the_page_shows_a_picture_and_the_key_in_words(client, rosa):
    page = client.get(PAGE).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert re.search(r'<code class="key">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>', page)
    assert client.get(PAGE).content.decode().count(re.search(r"key\">(.*?)<", page)[1]) == 1
    assert not TOTPDevice.objects.exists()


def test_a_code_of_the_phone_sets_it_up_and_ten_recovery_codes_are_shown_once(client, rosa):
    page = set_up(client)
    codes = codes_in(page)
    assert len(set(codes)) == 10
    file = unquote(
        re.search(r'href="data:text/plain;charset=utf-8,(.*?)"', page.content.decode())[1]
    )
    assert all(code in file for code in codes)
    again = client.get(PAGE)
    assert not codes_in(again)
    assert "10 recovery codes are left" in again.content.decode()
    assert AccountEvent.objects.first().kind == "factor_set_up"
    assert log_in_with_code(Client(), codes[0]).status_code == 302


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "", "١٢٣٤٥٦"])
def test_another_code_sets_nothing_up(client, rosa, code):
    shown_key(client)
    assert client.post(PAGE, {"otp_token": code}).status_code == 200
    assert not TOTPDevice.objects.exists()


def test_the_code_of_the_set_up_is_used_up(client, rosa):
    key = shown_key(client)
    code = code_of(key)
    client.post(PAGE, {"otp_token": code})
    assert log_in_with_code(Client(), code).status_code == 200
    forget_failures()
    assert log_in_with_code(Client(), code_of(key, steps=1)).status_code == 302


def test_a_second_set_up_changes_nothing(client, rosa):
    give_phone(rosa)
    before = TOTPDevice.objects.get()
    client.post(PAGE, {"otp_token": "123456"})
    assert TOTPDevice.objects.get() == before


# --- Required, or only offered -----------------------------------------------------------------


def test_when_it_is_offered_the_admin_is_open_without(client, rosa):
    assert is_inside(client)


def test_when_it_is_required_everybody_is_led_to_the_set_up(client, rosa, required):
    response = client.get("/admin/policies/localpolicy/", follow=True)
    assert response.redirect_chain[-1][0] == PAGE
    page = response.content.decode()
    assert "The rest opens when that is set up." in page
    assert "/admin/policies/localpolicy/" not in page, "no menu"
    set_up(client)
    assert is_inside(client)


def admin_addresses() -> list[str]:
    """Every address of the admin, with something for each of its parts."""
    _label, resolver = get_resolver().namespace_dict["admin"]
    found = set()
    for name in filter(lambda name: isinstance(name, str), resolver.reverse_dict):
        for way, _pattern, _defaults, _converters in resolver.reverse_dict.getlist(name):
            for template, parameters in way:
                found.add("/admin/" + template % dict.fromkeys(parameters, "1"))
    return sorted(found)


def test_when_it_is_required_no_other_page_of_the_admin_is_open(client, required):
    person(is_superuser=True)
    log_in(client)
    open_to_all = {PAGE, "/admin/login/", "/admin/login/code/", "/admin/logout/", RENEW, REMOVE}
    addresses = set(admin_addresses()) - open_to_all
    assert len(addresses) > 80
    for address in addresses:
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response["Location"].startswith("/admin/login/?next="), address


@pytest.mark.parametrize("address", [RENEW, REMOVE])
def test_without_a_phone_there_is_nothing_to_renew_or_remove(client, rosa, required, address):
    for method in (client.get, client.post):
        assert method(address)["Location"] == PAGE


def test_partners_need_it_too(as_role, required):
    partner = as_role("Partners", "office")
    response = partner.get("/admin/policies/submission/", follow=True)
    assert response.redirect_chain[-1][0] == PAGE


def test_one_may_log_out_instead(client, rosa, required):
    assert "logout-form" in client.get(PAGE).content.decode()
    client.post("/admin/logout/")
    assert client.get(PAGE)["Location"].startswith("/admin/login/")


def test_when_it_is_required_a_session_without_the_code_has_to_log_in_again(client, rosa, required):
    give_phone(rosa)
    for address in ("/admin/", PAGE, REMOVE):
        assert client.get(address)["Location"].startswith("/admin/login/?next=")
    assert 'name="password"' in client.get("/admin/", follow=True).content.decode()


@pytest.mark.parametrize("address", [PAGE, RENEW, REMOVE])
def test_it_is_for_staff(client, db, address):
    assert client.get(address)["Location"] == f"/admin/login/?next={address}"
    client.force_login(UserFactory(username="outsider", is_staff=False))
    assert client.post(address)["Location"] == f"/admin/login/?next={address}"


# --- Renewing and removing ---------------------------------------------------------------------


def test_new_recovery_codes_take_the_place_of_the_old(client, rosa):
    old = give_phone(rosa)
    new = codes_in(client.post(RENEW, both()))
    assert len(new) == 10
    assert StaticToken.objects.count() == 10
    assert log_in_with_code(Client(), old[0]).status_code == 200
    assert AccountEvent.objects.filter(kind="codes_renewed").exists()


def test_removing_it_takes_password_and_code(client, rosa):
    give_phone(rosa)
    for given in (
        {"password": "wrong", "otp_token": code_of()},
        {"password": PASSWORD, "otp_token": "000000"},
        {"password": PASSWORD},
        {},
    ):
        assert client.post(REMOVE, given).status_code == 200
        assert TOTPDevice.objects.exists()
        forget_failures()
    assert client.post(REMOVE, both())["Location"] == PAGE
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert AccountEvent.objects.first().kind == "factor_removed"


def test_guessing_there_locks_out_as_well(client, rosa):
    give_phone(rosa)
    for _number in range(5):
        response = client.post(REMOVE, {"password": "wrong", "otp_token": "000000"})
    assert response.status_code == 429


# --- Resetting another's -----------------------------------------------------------------------


def test_an_administrator_resets_it_and_that_is_written_down(client, rosa):
    other = person("ana")
    give_phone(other)
    page = client.get(reverse("admin:auth_user_change", args=[other.pk])).content.decode()
    address = reverse("admin:auth_user_second_factor_reset", args=[other.pk])
    assert f'href="{address}"' in page
    assert "Be sure that it is they who ask" in client.get(address).content.decode()
    assert TOTPDevice.objects.exists(), "looking resets nothing"
    client.post(address)
    assert not TOTPDevice.objects.exists()
    event = AccountEvent.objects.first()
    assert (event.kind, event.account, event.actor) == ("factor_reset", other, rosa)
    assert log_in(Client(), "ana")["Location"] == "/admin/"


def test_a_reset_ends_what_the_lost_phone_opened(client, rosa, settings):
    other, elsewhere = person("ana"), Client()
    give_phone(other)
    log_in_with_code(elsewhere, code_of(), username="ana")
    assert is_inside(elsewhere)
    client.post(reverse("admin:auth_user_second_factor_reset", args=[other.pk]))
    settings.STAFF_SECOND_FACTOR = "required"
    assert not is_inside(elsewhere)


@pytest.mark.parametrize(
    ("superuser", "permission", "expected"),
    [
        (False, None, 403),
        (False, "view_user", 403),
        (False, "change_user", 302),
        (True, "change_user", 403),
    ],
)
def test_who_may_reset(client, superuser, permission, expected):
    other = person("ana", is_superuser=superuser)
    give_phone(other)
    limited = UserFactory()
    if permission:
        limited.user_permissions.add(Permission.objects.get(codename=permission))
    client.force_login(limited)
    address = reverse("admin:auth_user_second_factor_reset", args=[other.pk])
    assert client.post(address).status_code == expected
    assert TOTPDevice.objects.exists() == (expected == 403)


def test_keys_and_codes_have_no_pages_of_their_own():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert not labels & {"otp_totp", "otp_static", "axes"}

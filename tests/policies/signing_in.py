"""People with passwords and phones, and what they post to log in."""

from __future__ import annotations

from django.test import Client
from django_otp.oath import TOTP, totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies import clock, second_factor
from tests.factories import UserFactory

PASSWORD = "seven quiet rivers"
LOGIN = "/admin/login/"
CODE = "/admin/login/code/"
KEY = "3132333435363738393031323334353637383930"


def person(username: str = "rosa", **values):
    """A member of staff who has the password."""
    user = UserFactory.build(username=username, **values)
    user.set_password(PASSWORD)
    user.save()
    return user


def code_of(key: str = KEY, *, steps: int = 0) -> str:
    """What the phone shows now, or some half minutes later."""
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06}"


def give_phone(user) -> list[str]:
    """Set a phone up, with a code of a moment ago. Returns the recovery codes."""
    at = clock.now()
    a_moment_ago = TOTP(bytes.fromhex(KEY))
    a_moment_ago.time = at.timestamp() - 30
    code = f"{a_moment_ago.token():06}"
    _device, codes = second_factor.set_up(user=user, key=KEY, code=code, at=at, ip=None)
    return codes


def forget_failures() -> None:
    """As if the wait after a wrong code were over."""
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)


def log_in(client: Client, username: str = "rosa", password: str = PASSWORD, **extra):
    return client.post(
        LOGIN, {"username": username, "password": password, "next": "/admin/"}, **extra
    )


def log_in_with_code(client: Client, code: str, **names):
    log_in(client, **names)
    return client.post(CODE, {"otp_token": code})


def is_inside(client: Client) -> bool:
    return client.get("/admin/").status_code == 200

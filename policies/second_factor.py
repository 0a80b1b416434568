"""The second factor of staff: six digits from a phone, or one of ten recovery codes.

django-otp keeps and checks them; here is what may be done with them. Each act is one transaction
and is written down in the account log.
"""

from __future__ import annotations

import re
from base64 import b32encode
from binascii import unhexlify
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from policies.account_log import Kind, record

RECOVERY_CODES = 10
DIGITS = re.compile(r"[0-9]{6}")
#: Steps of half a minute that a phone's clock may be wrong.
TOLERANCE = 1


def is_required() -> bool:
    return settings.STAFF_SECOND_FACTOR == "required"


def is_verified(user) -> bool:
    """Whether this session was opened with a second factor."""
    return getattr(user, "otp_device", None) is not None


def device_of(user) -> TOTPDevice | None:
    """The phone that was set up, if one was."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def new_key() -> str:
    """A random secret, in hexadecimal."""
    return random_hex(20)


def readable_key(key: str) -> str:
    """As it is typed into a phone: groups of four letters and digits."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address_for(user: User, key: str) -> str:
    """The otpauth: address that a phone reads from the picture."""
    return TOTPDevice(user=user, key=key).config_url


def _plain(code: str) -> str:
    """Spaces and hyphens are for reading; letters count in either case."""
    return re.sub(r"[\s-]", "", code).lower()


def set_up(
    *, user: User, key: str, code: str, at: datetime, ip: str | None
) -> tuple[TOTPDevice, list[str]] | None:
    """The new device and its recovery codes; None if the code is not what the key gives now."""
    code = _plain(code)
    totp = TOTP(unhexlify(key))
    totp.time = at.timestamp()
    if not DIGITS.fullmatch(code) or not totp.verify(int(code), TOLERANCE):
        return None
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if device_of(user):
            return None
        device = TOTPDevice.objects.create(
            user=user,
            name="phone",
            key=key,
            tolerance=TOLERANCE,
            drift=totp.drift,
            last_t=totp.t(),  # the code that was just used is used up
        )
        codes = _make_codes(user)
        record(Kind.FACTOR_SET_UP, at=at, about=user, by=user, ip=ip)
    return device, codes


def verify(*, user: User, code: str) -> Device | None:
    """The device that accepts the code, which is then used up. Wrong ones slow a device down."""
    code = _plain(code)
    kind = TOTPDevice if DIGITS.fullmatch(code) else StaticDevice
    with transaction.atomic():
        device = kind.objects.filter(user=user, confirmed=True).select_for_update().first()
        return device if device and device.verify_token(code) else None


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def renew_codes(*, user: User, at: datetime, ip: str | None) -> list[str]:
    """Ten new recovery codes; the old ones are void."""
    codes = _make_codes(user)
    record(Kind.CODES_RENEWED, at=at, about=user, by=user, ip=ip)
    return codes


@transaction.atomic
def remove(*, user: User, by: User, at: datetime, ip: str | None) -> None:
    """Take phone and recovery codes away: by oneself, or by an administrator (a reset)."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    kind = Kind.FACTOR_REMOVED if by.pk == user.pk else Kind.FACTOR_RESET
    record(kind, at=at, about=user, by=by, ip=ip)


def _make_codes(user: User) -> list[str]:
    # The device stays, and with it the sessions that were opened by one of its codes.
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery codes")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]

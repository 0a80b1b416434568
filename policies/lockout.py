"""Guessing is stopped: django-axes counts failures by name and address; each is written down."""

from __future__ import annotations

import math
from ipaddress import IPv6Address, ip_address, ip_network

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_otp.plugins.otp_static.models import StaticDevice

from policies import clock, second_factor, sessions
from policies.account_log import Kind, record

#: An IPv6 customer has this many leading bits and chooses the rest at will.
IPV6_PREFIX = 64


class Gate(AxesStandaloneBackend):
    """Refuses who is locked out, before any password is looked at."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        # Without a request nobody outside is asking: a command, or a test client's login().
        if request is not None:
            super().authenticate(request, username=username, password=password, **kwargs)


class Handler(AxesDatabaseHandler):
    """What axes counts also goes into the account log."""

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is None:
            return
        was_locked_out = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        if was_locked_out:
            return
        about = {
            "at": request.axes_attempt_time,
            "ip": request.axes_ip_address,
            "about": User.objects.filter(username=credentials.get("username")).first(),
        }
        record(Kind.WRONG_CODE if credentials.get("second_factor") else Kind.FAILED, **about)
        if request.axes_locked_out:
            record(Kind.LOCKED_OUT, **about)

    def user_logged_in(self, sender, request, user, **kwargs):
        super().user_logged_in(sender, request, user, **kwargs)
        sessions.begin(request.session, request.axes_attempt_time)
        device = getattr(user, "otp_device", None)
        if device is None:
            kind = Kind.SIGNED_IN
        else:
            recovery = isinstance(device, StaticDevice)
            kind = Kind.SIGNED_IN_RECOVERY if recovery else Kind.SIGNED_IN_CODE
        at, ip = request.axes_attempt_time, request.axes_ip_address
        record(kind, at=at, about=user, by=user, ip=ip)

    def user_logged_out(self, sender, request, user, **kwargs):
        super().user_logged_out(sender, request, user, **kwargs)
        if user:
            at, ip = request.axes_attempt_time, request.axes_ip_address
            record(Kind.SIGNED_OUT, at=at, about=user, by=user, ip=ip)


def address_of(request: HttpRequest) -> str | None:
    """The visitor's address as the outermost of our own proxies saw it, IPv6 by its network."""
    proxies = settings.PROXIES_IN_FRONT
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    candidates = [seen[-proxies]] if 0 < proxies <= len(seen) else []
    for candidate in (*candidates, request.META.get("REMOTE_ADDR", "")):
        try:
            address = ip_address(candidate.strip())
        except ValueError:
            continue
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if isinstance(address, IPv6Address):
            address = ip_network((int(address), IPV6_PREFIX), strict=False).network_address
        return str(address)
    return None


def check_code(request: HttpRequest, user: User, code: str):
    """The device that accepts the code, or None; failures count as those of a password do."""
    credentials = {"username": user.get_username(), "second_factor": True}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out, request.axes_credentials = True, credentials
        return None
    device = second_factor.verify(user=user, code=code)
    if device is None:
        AxesProxyHandler.user_login_failed(__name__, credentials, request)
    return device


def refuse(request: HttpRequest, _response, credentials) -> HttpResponse:
    """429: locked out, and when to try again."""
    now = clock.now()
    last = AccessAttempt.objects.filter(
        username=credentials.get("username"), ip_address=request.axes_ip_address
    ).aggregate(last=Max("attempt_time"))["last"]
    until = (last or now) + settings.AXES_COOLOFF_TIME
    seconds = max(1, math.ceil((until - now).total_seconds()))
    context = {"until": until, "minutes": math.ceil(seconds / 60), "title": None}
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response

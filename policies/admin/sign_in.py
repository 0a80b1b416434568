"""Signing in to the admin: name and password, then a code from those who set a second factor up."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from policies import clock, second_factor
from policies.account_log import Kind, record
from policies.lockout import address_of, check_code

#: What the session keeps of somebody whose password was right and whose code is still missing.
PENDING = "second_step"
#: Seconds until the password has to be given again.
PENDING_AGE = 600

WRONG_CODE = _(
    "This code is wrong, was used before, or came too soon after a wrong one. Wait for the next "
    "one and try again."
)


class CodeField(forms.CharField):
    """Six digits, or a recovery code, typed with or without spaces."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        super().__init__(
            **{
                "label": _("Code"),
                "max_length": 32,
                "widget": forms.TextInput(attrs=attrs),
                **kwargs,
            }
        )


class CodeForm(forms.Form):
    """The second step. `request.pending` is whose code it is."""

    otp_token = CodeField()

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["otp_token"].widget.attrs["autofocus"] = True

    def clean(self):
        user = self.request.pending
        if "otp_token" not in self.cleaned_data:
            return self.cleaned_data
        device = check_code(self.request, user, self.cleaned_data["otp_token"])
        if device is None:
            raise ValidationError(WRONG_CODE, code="wrong_code")
        user.otp_device = device  # django-otp keeps it in the session that begins
        return self.cleaned_data

    def get_user(self):
        return self.request.pending


class PasswordStep(LoginView):
    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        user = form.get_user()
        if not second_factor.device_of(user):
            return super().form_valid(form)
        self.request.session[PENDING] = {
            "user": user.pk,
            "backend": user.backend,
            "hash": user.get_session_auth_hash(),
            "at": clock.now().timestamp(),
        }
        self.request.session.cycle_key()
        address = reverse("admin:second_step")
        return redirect(
            f"{address}?{urlencode({REDIRECT_FIELD_NAME: self.get_redirect_url()})}"
            if self.get_redirect_url()
            else address
        )

    def get_default_redirect_url(self):
        return reverse("admin:index")


class CodeStep(PasswordStep):
    authentication_form = CodeForm
    template_name = "admin/second_step.html"

    def form_valid(self, form):
        del self.request.session[PENDING]
        return LoginView.form_valid(self, form)


def pending_user(request) -> User | None:
    """Whose password was right a moment ago, and is still the same."""
    kept = request.session.get(PENDING)
    if not kept or clock.now().timestamp() - kept["at"] > PENDING_AGE:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if not user or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    user.backend = kept["backend"]
    return user


def is_staff(request) -> bool:
    """Signed in as staff, with or without the second factor."""
    return request.user.is_active and request.user.is_staff


def has_permission(site, request) -> bool:
    """`AdminSite.has_permission`: staff, with the second factor where it is required."""
    if not is_staff(request):
        return False
    if not second_factor.is_required() or second_factor.is_verified(request.user):
        return True
    return request.path == reverse("admin:logout")


def context_of(site, request, extra_context) -> dict:
    return {
        **site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        **(extra_context or {}),
    }


def login(site, request, extra_context=None) -> HttpResponse:
    """The first step; those who must set a second factor up are led there instead."""
    if request.method == "GET":
        if site.has_permission(request):
            return redirect("admin:index")
        if is_staff(request) and not second_factor.device_of(request.user):
            return redirect("admin:second_factor")
    context = context_of(site, request, extra_context)
    return PasswordStep.as_view(extra_context=context)(request)


def second_step(site, request) -> HttpResponse:
    request.pending = pending_user(request)
    if request.pending is None:
        request.session.pop(PENDING, None)
        return redirect("admin:login")
    context = {**context_of(site, request, None), "username": request.pending.get_username()}
    return CodeStep.as_view(extra_context=context)(request)


def password_change(site, request, extra_context=None) -> HttpResponse:
    """As Django does it, and written down."""
    response = AdminSite.password_change(site, request, extra_context)
    if request.method == "POST" and response.status_code == 302:
        user, ip = request.user, address_of(request)
        record(Kind.PASSWORD_CHANGED, at=clock.now(), about=user, by=user, ip=ip)
    return response


def get_urls(site) -> list:
    from policies.admin import guide
    from policies.admin import second_factor as pages

    return [
        path("login/code/", never_cache(partial(second_step, site)), name="second_step"),
        path("guide/", site.admin_view(guide.page), name="guide"),
        path("second-factor/", pages.page, name="second_factor"),
        path("second-factor/codes/", pages.renew, name="second_factor_codes"),
        path("second-factor/remove/", pages.remove, name="second_factor_remove"),
        *AdminSite.get_urls(site),
    ]


def configure(site) -> None:
    """On the one site, as `policies.admin.site` does."""
    site.has_permission = partial(has_permission, site)
    site.login = never_cache(partial(login, site))
    site.password_change = partial(password_change, site)
    site.get_urls = partial(get_urls, site)


configure(admin.sites.site)

"""One's own second factor: set up, look at, renew recovery codes, remove; and reset another's."""

from __future__ import annotations

from functools import wraps
from urllib.parse import quote

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import authenticate
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as mark_verified
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies import clock, second_factor
from policies.admin.display import change_url
from policies.admin.sign_in import WRONG_CODE, CodeField, is_staff
from policies.lockout import address_of, check_code

#: The key that is being set up, until a code of it was given.
KEY = "second_factor_key"

site = admin.sites.site
# Keys and codes are nobody's to read or write; the pages here are the way.
site.unregister([TOTPDevice, StaticDevice])


class SetUpForm(forms.Form):
    otp_token = CodeField()


class ConfirmForm(forms.Form):
    """Password and code again, before anything is taken away."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    otp_token = CodeField()

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        given, user = self.cleaned_data, self.request.user
        if "password" not in given or "otp_token" not in given:
            return given
        if not authenticate(self.request, username=user.get_username(), password=given["password"]):
            raise ValidationError(_("This is not your password."), code="wrong_password")
        if check_code(self.request, user, given["otp_token"]) is None:
            raise ValidationError(WRONG_CODE, code="wrong_code")
        return given


def for_staff(view):
    """For everybody who is signed in as staff, also while the rest of the admin is closed to them.

    Not for a session that was opened without the second factor that its account has.
    """

    @never_cache
    @csrf_protect
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_staff(request) or (
            not site.has_permission(request) and second_factor.device_of(request.user)
        ):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return guarded


def show(request, template: str, title: str, **context) -> HttpResponse:
    """A page; without the menu for those to whom nothing else is open."""
    context = {**site.each_context(request), "title": title, **context}
    if not site.has_permission(request):
        context |= {"is_nav_sidebar_enabled": False, "available_apps": [], "closed": True}
    return TemplateResponse(request, f"admin/{template}.html", context)


def show_codes(request, codes: list[str]) -> HttpResponse:
    text = "\r\n".join([_("Recovery codes for %(name)s") % {"name": request.user}, "", *codes, ""])
    file = f"data:text/plain;charset=utf-8,{quote(text)}"
    title = _("Your ten recovery codes")
    return show(request, "recovery_codes", title, codes=codes, file=file)


@for_staff
def page(request) -> HttpResponse:
    """GET: how things stand, or how to set up. POST: a code of the key that is being set up."""
    user = request.user
    if device := second_factor.device_of(user):
        left = second_factor.codes_left(user)
        required = second_factor.is_required()
        title = _("Your second factor")
        return show(request, "second_factor", title, device=device, left=left, required=required)
    key = request.session.setdefault(KEY, second_factor.new_key())
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        made = second_factor.set_up(
            user=user,
            key=key,
            code=form.cleaned_data["otp_token"],
            at=clock.now(),
            ip=address_of(request),
        )
        if made:
            return start(request, *made)
        form.add_error(
            "otp_token", _("This is not the code that the phone shows now. Is its clock right?")
        )
    address = second_factor.address_for(user, key)
    return show(
        request,
        "second_factor_set_up",
        _("Set up a second factor"),
        form=form,
        key=second_factor.readable_key(key),
        picture=segno.make(address, error="m").svg_data_uri(scale=5, light="white"),
        required=second_factor.is_required(),
    )


def start(request, device, codes: list[str]) -> HttpResponse:
    """This session counts as opened with the new device."""
    del request.session[KEY]
    request.session.cycle_key()
    mark_verified(request, device)
    return show_codes(request, codes)


def confirmed(request, title: str, button: str, explained: str) -> HttpResponse | None:
    """None if password and code were right, else the page that asks for them."""
    if not second_factor.device_of(request.user):
        return redirect("admin:second_factor")
    form = ConfirmForm(request, request.POST or None)
    if form.is_valid():
        return None
    return show(
        request, "second_factor_confirm", title, form=form, button=button, explained=explained
    )


@for_staff
def renew(request) -> HttpResponse:
    title = _("New recovery codes")
    explained = _("Ten new codes are made. The old ones stop working.")
    if page := confirmed(request, title, _("Make new codes"), explained):
        return page
    at, ip = clock.now(), address_of(request)
    return show_codes(request, second_factor.renew_codes(user=request.user, at=at, ip=ip))


@for_staff
def remove(request) -> HttpResponse:
    title = _("Remove the second factor")
    explained = _("Your phone and your recovery codes stop working here.")
    if page := confirmed(request, title, _("Remove"), explained):
        return page
    user = request.user
    second_factor.remove(user=user, by=user, at=clock.now(), ip=address_of(request))
    messages.success(request, _("The second factor was removed."))
    return redirect("admin:second_factor")


def may_reset(request, user) -> bool:
    """Those who may change the account; a superuser's only another superuser."""
    allowed = request.user.has_perm("auth.change_user")
    return allowed and (request.user.is_superuser or not user.is_superuser)


def reset(request, user) -> HttpResponse:
    """An administrator takes away the device of somebody who lost it. POST does it."""
    if not may_reset(request, user):
        raise PermissionDenied
    if request.method != "POST":
        title = _("Reset the second factor of %(name)s") % {"name": user}
        return show(request, "second_factor_reset", title, account=user, back=change_url(user))
    second_factor.remove(user=user, by=request.user, at=clock.now(), ip=address_of(request))
    messages.success(request, _("The second factor of %(name)s was reset.") % {"name": user})
    return redirect(change_url(user))

"""Where a reader tells us what is wrong, without an account and without a cookie.

Works the same without JavaScript. Nothing is kept but what they wrote: `policies.error_reports`.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from counties.models import County
from policies import clock, error_reports, report_tokens
from policies.error_reports import LONGEST_PAGE
from policies.parameters import BadParameter, refuse_all_but
from policies.report_forms import ReportForm
from policies.views.page import public_page

#: Pages whose address is somebody's own letter: it is kept nowhere.
LETTERS = ("outside-review", "county-reply")


@csrf_exempt  # there is no session to misuse; what stands in its place is in `report_tokens`
@require_http_methods(["GET", "HEAD", "POST"])
def report_an_error(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _posted(request)
    return _asked(request)


@public_page
def _asked(request: HttpRequest) -> HttpResponse:
    refuse_all_but(request.GET, "page", "received")
    if receipt := request.GET.get("received"):
        number = report_tokens.number_of(receipt)
        if number is None:
            raise BadParameter({"received": _("There is no report of that number.")})
        return _shown(request, "policies/report_received.html", {"number": number})
    page = request.GET.get("page", "")
    county = _county_of(page)
    return _form(request, page, county, ReportForm())


def _posted(request: HttpRequest) -> HttpResponse:
    page = request.POST.get("page", "").strip()
    try:
        county = _county_of(page)
    except BadParameter as error:
        return render(request, "400.html", {"errors": error.errors}, status=400)
    form = ReportForm(request.POST)
    at = clock.now()
    if error_reports.is_flooded(at):
        message = _("Too many reports arrived in the last hour. Please send it again later.")
        form.add_error(None, message)
        return _form(request, page, county, form, status=503)
    if not form.is_valid():
        return _form(request, page, county, form, status=400)
    try:
        report_tokens.check(form.cleaned_data["token"], page, at)
        report = error_reports.receive(
            text=form.cleaned_data["text"],
            reply_to=form.cleaned_data["reply_to"],
            page=page,
            county=county,
            at=at,
            language=get_language() or settings.LANGUAGE_CODE,
        )
    except report_tokens.TooSoonError:
        form.add_error(None, _("That was very fast. Please send it once more."))
    except report_tokens.NotOursError:
        form.add_error(None, _("This form had expired; it is fresh again. Please send once more."))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        query = urlencode({"received": report_tokens.receipt_of(report.pk)})
        return HttpResponseRedirect(f"{request.path}?{query}")
    return _form(request, page, county, form, status=400)


def _form(
    request: HttpRequest, page: str, county: County | None, form: ReportForm, status: int = 200
) -> HttpResponse:
    """The form with a token of this moment."""
    context = {
        "form": form,
        "token": report_tokens.issue(page, clock.now()),
        "page": page,
        "county": county,
    }
    return _shown(request, "policies/report_an_error.html", context, status)


def _shown(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _county_of(page: str) -> County | None:
    """The county whose page it is, if it is one's. Raises BadParameter for what is no page here."""
    if not page:
        return None
    path = urlsplit(page).path if len(page) <= LONGEST_PAGE else ""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        if not page.startswith("/") or page.startswith(("//", "/\\")):
            raise Resolver404
        with override(language):
            match = resolve(path)
        if match.namespaces or match.url_name in LETTERS:
            raise Resolver404
    except (Resolver404, Http404):
        raise BadParameter({"page": _("There is no such page here.")}) from None
    if {"usps", "slug"} - match.kwargs.keys():
        return None
    return (
        County.objects.select_related("state")
        .filter(state=match.kwargs["usps"].upper(), slug=match.kwargs["slug"])
        .first()
    )

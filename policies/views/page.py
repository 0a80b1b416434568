"""What all public pages share: two dates, plain refusals, caching and compression."""

from __future__ import annotations

import hashlib
import re
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from policies import clock, parameters, site_texts
from policies.assessments import revision
from policies.presenters.choice import SAFE_PALETTE, Choice

#: Revalidated every time: a page is never older than the record, and costs nothing if unchanged.
CACHE_CONTROL = "public, no-cache"


def answered(view):
    """What answers anybody. `request.choice` holds the dates, `request.revision` the number of the
    newest change; a bad parameter is a 400 page, that of `request.refused_with` if it is set."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            parameters.forget_tracking(request)
            today = clock.today()
            when = parameters.when(request.GET, today)
            if request.GET.get("palette", "") not in ("", SAFE_PALETTE):
                raise parameters.BadParameter({"palette": f"“{SAFE_PALETTE}”"})
            request.choice = Choice.of(request.GET, when, today)
            request.revision = revision()
            site_texts.refresh(request.revision)
            return view(request, *args, **kwargs)
        except parameters.BadParameter as error:
            request.choice = None
            template = getattr(request, "refused_with", "400.html")
            return render(request, template, {"errors": error.errors}, status=400)

    return page


def public_page(view):
    """The same for a page that is read: with an ETag, and compressed where that was prepared."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = answered(view)(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Content-Encoding"):
            sent = send(request, response.content, response["Content-Type"])
            sent["Cache-Control"] = response.get("Cache-Control", CACHE_CONTROL)
            if response.has_header("Content-Disposition"):
                sent["Content-Disposition"] = response["Content-Disposition"]
            return sent
        return response

    return page


def send(
    request: HttpRequest, body: bytes, content_type: str, compressed: bytes | None = None
) -> HttpResponse:
    """The page with an ETag. `compressed`: the same in brotli, if it was prepared."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif compressed is not None and accepts_brotli(request):
        response = HttpResponse(compressed, content_type=content_type)
        response["Content-Encoding"] = "br"
    else:
        response = HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def accepts_brotli(request: HttpRequest) -> bool:
    return bool(re.search(r"\bbr\b", request.headers.get("Accept-Encoding", "")))

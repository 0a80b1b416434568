"""Refuses what is too large before anything of it is looked at or kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: What the other fields of a form may need besides its file.
OTHER_FIELDS = 1_000_000
#: A browser shows an answer only once it could send everything, so a little more than is allowed is
#: taken and thrown away; beyond this the connection is simply closed.
THROWN_AWAY = 4
CHUNK = 64 * 1024
#: Where documents are sent; everywhere else a file is a spreadsheet.
DOCUMENTS = (
    *("/admin/policies/sourcedocument/", "/admin/counties/county/"),
    *("/reply/", "/es/reply/"),
)


def refuse_large(get_response: Callable) -> Callable:
    """Middleware: 413 for a request larger than a file may be, by what it says of itself."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        size = int(length) if length.isdigit() else 0
        is_document = request.path.startswith(DOCUMENTS)
        largest = settings.LARGEST_DOCUMENT if is_document else settings.LARGEST_UPLOAD
        if size <= largest + OTHER_FIELDS:
            return get_response(request)
        if size <= largest * THROWN_AWAY:
            while request.read(CHUNK):
                pass
        context = {
            "largest": f"{largest / 1e6:,.0f} MB",
            "is_document": is_document,
            "form_address": re.sub(r"/record/$", "/change/", request.path),
        }
        return render(request, "413.html", context, status=413)

    return respond

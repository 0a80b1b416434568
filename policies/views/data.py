"""Downloads, codebook, licence, and how to cite."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policies.api.downloads import DOWNLOADS
from policies.parameters import WHEN_PARAMETERS, refuse_all, refuse_repeated, refuse_unknown
from policies.presenters.data import data_page
from policies.views.page import public_page

PARAMETERS = ("palette", *WHEN_PARAMETERS)


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """Every list as files, for the dates of the page."""
    given = request.GET
    refuse_all(lambda: refuse_unknown(given, PARAMETERS), lambda: refuse_repeated(given))
    address = request.build_absolute_uri(request.path)
    page = data_page(DOWNLOADS, request.choice, address)
    return render(request, "policies/data.html", {"page": page})

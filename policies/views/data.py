"""Downloads, codebook, licence, and how to cite."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policies.api.downloads import DOWNLOADS
from policies.parameters import refuse_all_but
from policies.presenters.data import data_page
from policies.views.page import public_page


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """Every list as files, for the dates of the page."""
    refuse_all_but(request.GET)
    address = request.build_absolute_uri(request.path)
    page = data_page(DOWNLOADS, request.choice, address)
    return render(request, "policies/data.html", {"page": page})

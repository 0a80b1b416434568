"""How we count: the rubric, the published figures, and notes on the data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policies import markdown, site_texts
from policies.models import DataNote
from policies.presenters.law import note_items
from policies.presenters.methodology import rubric_rows
from policies.views.page import public_page


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    context = {
        "words": markdown.render(site_texts.text("methodology")),
        "rubric": rubric_rows(),
        "notes": note_items(DataNote.objects.select_related("document"), choice),
    }
    return render(request, "policies/methodology.html", context)

"""Pages that are text: about us, and the glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policies import markdown, site_texts
from policies.long_texts import GLOSSARY
from policies.views.page import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    words = markdown.render(site_texts.text("about"))
    return render(request, "policies/about.html", {"words": words})


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    terms = [
        (slug, str(term), markdown.render(site_texts.text(f"glossary.{slug}")))
        for slug, (term, _english, _spanish) in GLOSSARY.items()
    ]
    terms.sort(key=lambda item: item[1].casefold())
    return render(request, "policies/glossary.html", {"terms": terms})

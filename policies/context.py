"""What every template may use."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from policies import markdown, site_texts


def site(request) -> dict:
    """`demo`: whether this database holds invented records (a banner says so).

    `choice`: the dates and palette of this request, on pages that have them; `keep` is their
    query string. `languages`: the same page in each language. `notice`: what staff put on top of
    every public page.
    """
    choice = getattr(request, "choice", None)
    here = getattr(request, "here", None) or request.get_full_path()
    return {
        "demo": settings.DEMO,
        "choice": choice,
        "keep": choice.keep if choice else "",
        "notice": markdown.render(site_texts.text("notice")) if choice else "",
        "languages": [
            {"code": code, "url": translate_url(here, code), "current": code == get_language()}
            for code, _name in settings.LANGUAGES
        ],
    }

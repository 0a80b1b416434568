"""Up to four counties side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from counties.models import County
from policies import reports, search
from policies.assessments import assess
from policies.parameters import BadParameter, refuse_all_but
from policies.presenters.compare import MOST, address, comparison
from policies.views.page import public_page

#: How many counties are offered where words fit several.
OFFERED = 12
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that fit no county, or several. `offered`: (name, address of the page with it)."""

    text: str
    explanation: str
    offered: tuple[tuple[str, str], ...]
    more: int


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """`place`, up to four times: a FIPS code, or a county's name with its state."""
    choice, given = request.choice, request.GET
    refuse_all_but(given, "place", repeatable=("place",))
    asked = list(dict.fromkeys(text.strip() for text in given.getlist("place") if text.strip()))
    if len(asked) > MOST:
        words = _("At most %(most)d places can be compared; here are %(count)d.")
        raise BadParameter({"place": words % {"most": MOST, "count": len(asked)}})
    matches = {text: search.find(text[:LONGEST]) for text in asked}
    codes = list(dict.fromkeys(c for m in matches.values() if len(m.fips) == 1 for c in m.fips))
    offered = {c for m in matches.values() if len(m.fips) > 1 for c in m.fips}
    counties = County.objects.select_related("state").in_bulk({*codes, *offered})
    assessed = assess(choice.when)
    nation = reports.summary(assessed.values(), len(assessed))
    context = {
        "shown": comparison([counties[c] for c in codes], assessed, nation, choice)
        if codes
        else None,
        "unclear": [
            _unclear(text, match, counties, codes, choice)
            for text, match in matches.items()
            if len(match.fips) != 1
        ],
        "fields": [*(str(counties[code]) for code in codes), *[""] * MOST][:MOST],
        "most": MOST,
    }
    return render(request, "policies/compare.html", context)


def _unclear(text, match, counties, codes, choice) -> Unclear:
    fitting = sorted((counties[code] for code in match.fips), key=str)
    return Unclear(
        text=text[:LONGEST],
        explanation=match.explanation,
        offered=tuple((str(c), address([*codes, c.pk], choice)) for c in fitting[:OFFERED]),
        more=max(0, len(fitting) - OFFERED),
    )

"""What one score hides: the sets of policies beneath it, and the policy twins of a county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from counties.models import County
from policies import search
from policies.assessments import assess, unknown
from policies.parameters import (
    BadParameter,
    refuse_all,
    refuse_all_but,
)
from policies.presenters.patterns import Known, beneath, steps
from policies.presenters.twins import twins_of
from policies.rubric import MAX_SCORE
from policies.texts import FACTOR_TEXTS
from policies.views.page import public_page

SUBJECTS = ("score", "at_least", "county")
#: How many counties are offered where words fit several.
OFFERED = 12
LONGEST = 80


@public_page
def patterns(request: HttpRequest) -> HttpResponse:
    """`score`: of complete counties. `at_least`: of partial ones, how many are known to be in
    force. `county`: whose twins, a FIPS code or a name. At most one of them."""
    given, choice = request.GET, request.choice
    refuse_all(
        lambda: refuse_all_but(given, *SUBJECTS),
        lambda: _refuse_several(given),
    )
    score = _number(given, "score", MAX_SCORE)
    least = _number(given, "at_least", MAX_SCORE - 1)
    words = given.get("county", "").strip()[:LONGEST]
    found = search.find(words) if words else None
    assessed = assess(choice.when)
    fields = ("fips", "name", "state", "slug", "population")
    rows = County.objects.order_by("pk").values_list(*fields)
    counties = {row[0]: Known(*row) for row in rows}
    here = [one for fips, one in assessed.items() if fips in counties]
    code = next(iter(found.fips)) if found and len(found.fips) == 1 else ""
    context = {
        "complete": steps(here, choice, partial=False, shown=score),
        "partial": steps(here, choice, partial=True, shown=least),
        "shown": _shown(here, score, least, counties, choice),
        "twins": twins_of(
            counties[code], assessed.get(code) or unknown(code), here, counties, choice
        )
        if code
        else None,
        "asked": f"{counties[code].name}, {counties[code].usps}" if code else words,
        "unclear": _offered(found, counties, choice) if found and not code else None,
        "key": [text.name for text in FACTOR_TEXTS.values()],
        "why": found.explanation if found else "",
    }
    return render(request, "policies/patterns.html", context)


def _shown(here, score: int | None, least: int | None, counties, choice):
    if score is not None:
        return beneath(here, score, counties, choice, partial=False)
    if least is not None:
        return beneath(here, least, counties, choice, partial=True)
    return None


def _refuse_several(given) -> None:
    asked = [name for name in SUBJECTS if given.get(name)]
    if len(asked) > 1:
        message = _("Ask for one of these at a time: %(names)s.") % {"names": ", ".join(asked)}
        raise BadParameter(dict.fromkeys(asked, message))


def _number(given, name: str, most: int) -> int | None:
    text = given.get(name, "")
    if not text:
        return None
    if len(text) > 1 or not text.isascii() or not text.isdigit() or int(text) > most:
        words = _("“%(text)s” is not a number from 0 to %(most)d.")
        raise BadParameter({name: words % {"text": text[:40], "most": most}})
    return int(text)


def _offered(found: search.Found, counties, choice) -> list[tuple[str, str]]:
    """Counties that the words may mean, with the address of each one's twins."""
    fitting = sorted(f"{counties[c].name}, {counties[c].usps}\n{c}" for c in found.fips)
    pairs = [text.split("\n") for text in fitting[:OFFERED]]
    return [(name, choice.url("patterns", county=code)) for name, code in pairs]

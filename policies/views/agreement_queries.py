"""What the page of agreements reads. Each is a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Prefetch, Q, QuerySet

from counties.models import County
from policies.assessments import CITED, When
from policies.models import Agreement, IceList
from policies.presenters.agreement_lists import ListDay, Spell
from policies.presenters.agreement_map import InForce

NOT_LISTED = Agreement.EndedAs.NOT_LISTED


def begun(kind: str, when: When) -> QuerySet[Agreement]:
    """Agreements of that kind, as known, that had begun by that day."""
    return Agreement.objects.known_before(when.known_before).filter(
        kind=kind, effective_from__lte=when.as_of
    )


def in_force(kind: str, when: When) -> list[InForce]:
    """Those in force that day, each with the counties of its agency. Three queries.

    A unified-jail state's corrections department has all counties of its state.
    """
    found = begun(kind, when).in_force(when.as_of).order_by()
    rows = found.values_list("pk", "state_id", "agency_type", "model", "state__unified_jail")
    links = Agreement.counties.through.objects.filter(agreement__in=found.values("pk"))
    counties: dict[int, list[str]] = defaultdict(list)
    for agreement, code in links.values_list("agreement_id", "county_id"):
        counties[agreement].append(code)
    unified: dict[str, list[str]] = defaultdict(list)
    jails = County.objects.filter(state__unified_jail=True).order_by()
    for code, state in jails.values_list("pk", "state_id"):
        unified[state].append(code)
    return [
        InForce.of(state, agency, model, is_unified, counties[pk], unified[state])
        for pk, state, agency, model, is_unified in rows
    ]


def spells(kind: str, when: When) -> list[Spell]:
    """From when until when each agreement held, and whether a list ended it. One query."""
    rows = begun(kind, when).order_by()
    return [
        Spell(first, end, ended_as == NOT_LISTED)
        for first, end, ended_as in rows.values_list(
            "effective_from", "effective_until", "ended_as"
        )
    ]


def list_days(kind: str, when: When) -> list[ListDay]:
    """ICE's lists up to that day, oldest first, with how many counties are on each. One query."""
    known = IceList.objects.known_before(when.known_before)
    rows = (
        known.filter(kind=kind, list_date__lte=when.as_of)
        .order_by("list_date", "pk")
        .annotate(listed=Count("listed_counties"))
        .values_list("list_date", "listed", "document_id", "document__is_public")
    )
    return [
        ListDay(day, counties, document if public else None)
        for day, counties, document, public in rows
    ]


def of_state(usps: str) -> dict[str, tuple[str, str]]:
    """Name and slug of the counties of a state, by FIPS code. One query, or none."""
    rows = County.objects.filter(state=usps).order_by() if usps else County.objects.none()
    return {code: (name, slug) for code, name, slug in rows.values_list("pk", "name", "slug")}


def models_of(kind: str, when: When) -> list[str]:
    """The models, or types of contract, that are on record by that day. One query."""
    found = begun(kind, when).exclude(model="").order_by("model")
    return list(found.values_list("model", flat=True).distinct())


def listed(kind: str, when: When, asked: Mapping[str, str], order: str) -> QuerySet[Agreement]:
    """The agreements that the filters leave, with counties and citations. `asked`: by name of the
    parameter. `order`: a field, with a minus sign to turn it round."""
    found = begun(kind, when)
    if asked["standing"] == "in_force":
        found = found.in_force(when.as_of)
    elif asked["standing"] == "ended":
        found = found.filter(effective_until__lte=when.as_of)
    for name in ("state", "model", "agency_type"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    if text := asked["q"].strip():  # as the API reads it, so that its CSV holds the same
        found = found.filter(Q(agency_name__icontains=text) | Q(model__icontains=text))
    return (
        found.select_related("state")
        .prefetch_related(Prefetch("counties", County.objects.order_by("name")), CITED)
        .order_by(order, "state_id", "agency_name", "effective_from", "pk")
    )

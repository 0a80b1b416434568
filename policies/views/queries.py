"""What the pages read besides scored counties. Each is a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Prefetch, Q, QuerySet

from counties.models import County, State
from policies.assessments import CITED, When
from policies.models import (
    DataNote,
    LocalOption,
    LocalPower,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    StateProvision,
)
from policies.models.reference import OptionPlace


def effects_in_force(when: When) -> dict[str, set[str]]:
    """Effects of the claims in force that bind county agencies, by postal abbreviation."""
    known = StateProvision.objects.known_before(when.known_before)
    rows = (
        ProvisionClaim.objects.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=when.as_of),
            provision__in=known.filter(binds_county_agencies=True).order_by().values("pk"),
            effective_from__lte=when.as_of,
        )
        .order_by()
        .values_list("provision__state_id", "effect")
        .distinct()
    )
    effects: dict[str, set[str]] = defaultdict(set)
    for usps, effect in rows:
        effects[usps].add(effect)
    return effects


def provisions(state: State, when: When) -> QuerySet[StateProvision]:
    """The state's provisions as known, with claims, exceptions and citations."""
    claims = ProvisionClaim.objects.prefetch_related(CITED).order_by("effective_from", "pk")
    exceptions = ProvisionException.objects.select_related("county__state")
    return (
        StateProvision.objects.known_before(when.known_before)
        .filter(state=state)
        .prefetch_related(
            Prefetch("claims", claims), Prefetch("exceptions", exceptions.order_by("pk")), CITED
        )
        .order_by("enacted_on", "pk")
    )


def provisions_of_all(when: When) -> QuerySet[StateProvision]:
    """The provisions of all states as known, with states and claims, newest first."""
    return (
        StateProvision.objects.known_before(when.known_before)
        .select_related("state")
        .prefetch_related("claims")
        .order_by("-enacted_on", "state_id", "pk")
    )


def jail_options() -> QuerySet[LocalOption]:
    """What a county or its jail can adopt, with who can adopt it."""
    return LocalOption.objects.filter(place=OptionPlace.COUNTY_JAIL).exclude(factor="")


def powers_here(county: County) -> QuerySet[LocalPower]:
    """Who holds power in this county or state where the general chart does not fit."""
    here = Q(state=county.state_id) | Q(county=county)
    return LocalPower.objects.filter(here, place=LocalPower.Place.COUNTY)


def wins(when: When) -> QuerySet[PolicyWin]:
    """Wins as known, up to that day or without a date, newest first."""
    counties = County.objects.select_related("state").order_by("name")
    return (
        PolicyWin.objects.known_before(when.known_before)
        .filter(Q(date_earliest__isnull=True) | Q(date_earliest__lte=when.as_of))
        .select_related("state")
        .prefetch_related(Prefetch("counties", counties), "win_factors", CITED)
    )


def notes(state: State, county: County | None = None) -> QuerySet[DataNote]:
    """Notes on the data of a county and its state, or of a state as a whole."""
    here = Q(states=state, counties__isnull=True) if county else Q(states=state)
    if county:
        here |= Q(counties=county)
    return DataNote.objects.filter(here).select_related("document").distinct()

"""What the pages read besides scored counties. Each is a fixed number of queries."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, Q, QuerySet

from counties.models import County, State
from policies.assessments import CITED, When
from policies.models import (
    DataNote,
    LocalOption,
    LocalPolicy,
    LocalPower,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    StateProvision,
)
from policies.models.reference import OptionPlace
from policies.rubric import JAIL_FACTORS, Answer, Factor


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


def options_by_factor(county: County) -> dict[str, LocalOption]:
    """What a place of this type can adopt for each factor. One query.

    An independent city is county and city at once: what concerns all its departments is a city's
    to adopt, what concerns the jail a county's.
    """
    rows = LocalOption.objects.filter(place__in=(OptionPlace.COUNTY_JAIL, OptionPlace.CITY))
    found: dict[str, LocalOption] = {}
    is_city = county.kind == County.Kind.INDEPENDENT_CITY
    for option in rows.exclude(factor="").select_related("document").order_by("order"):
        is_jails = option.factor in JAIL_FACTORS or not is_city
        fits = option.place == (OptionPlace.COUNTY_JAIL if is_jails else OptionPlace.CITY)
        if fits:
            found.setdefault(option.factor, option)
    return found


def populations() -> dict[str, int | None]:
    """Of every county, by FIPS code. One query."""
    return dict(County.objects.order_by().values_list("pk", "population"))


def nearest_in_state(county: County, most: int) -> list[str]:
    """The counties of its state whose middles are nearest, for a county that touches none."""
    rows = County.objects.filter(state=county.state_id).exclude(pk=county.pk).order_by()
    narrower = math.cos(math.radians(county.latitude))  # a degree of longitude, up there

    def apart(row: tuple[str, float, float]) -> float:
        _code, latitude, longitude = row
        return math.hypot(latitude - county.latitude, (longitude - county.longitude) * narrower)

    places = rows.values_list("pk", "latitude", "longitude")
    return [code for code, _lat, _lon in sorted(places, key=apart)[:most]]


def policies_of(
    wanted: Mapping[Factor, Iterable[str]], when: When
) -> dict[tuple[str, str], LocalPolicy]:
    """The protective policies of these counties in force that day, by county and factor.

    Two queries, or none if nothing is wanted.
    """
    pairs = {(code, factor.value) for factor, codes in wanted.items() for code in codes}
    if not pairs:
        return {}
    rows = (
        LocalPolicy.objects.known_before(when.known_before)
        .in_force(when.as_of)
        .filter(
            answer=Answer.YES,
            county__in={code for code, _factor in pairs},
            factor__in={factor for _code, factor in pairs},
        )
        .prefetch_related(CITED)
    )
    by_pair = {(policy.county_id, policy.factor): policy for policy in rows}
    return {pair: policy for pair, policy in by_pair.items() if pair in pairs}


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

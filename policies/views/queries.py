"""What the pages read besides scored counties. Each is a fixed number of queries."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from counties.models import County, State
from counties.state_codes import STATES
from policies import catalogue
from policies.assessments import CITED, When
from policies.models import (
    Agreement,
    DataNote,
    LocalOption,
    LocalPolicy,
    LocalPower,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    StateProvision,
    WinFactor,
    WinKind,
)
from policies.models.reference import OptionPlace
from policies.rubric import Answer, Factor


class AgreementCount(NamedTuple):
    kind: str
    model: str
    agency_type: str
    number: int


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


def agreements_by_kind(state: State, when: When) -> list[AgreementCount]:
    """Agreements in force in the state, counted by kind, model and kind of agency. One query."""
    rows = (
        Agreement.objects.known_before(when.known_before)
        .in_force(when.as_of)
        .filter(state=state)
        .order_by()
        .values_list("kind", "model", "agency_type")
        .annotate(Count("pk"))
    )
    return [AgreementCount(*row) for row in rows]


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


def provisions_of_all(when: When) -> QuerySet[StateProvision]:
    """The provisions of all states as known, with states and claims, newest first."""
    return (
        StateProvision.objects.known_before(when.known_before)
        .select_related("state")
        .prefetch_related("claims")
        .order_by("-enacted_on", "state_id", "pk")
    )


def options() -> QuerySet[LocalOption]:
    """The catalogue, as far as it has words, with its sources."""
    return catalogue.readable(LocalOption.objects).select_related("document")


def adopted(when: When) -> dict[str, int]:
    """By factor, how many counties (or states, for all their jails) have a text of their own."""
    counted = _own_texts(when).order_by().values("factor").annotate(number=Count("pk"))
    return {row["factor"]: row["number"] for row in counted}


def adopting_states(factor: Factor, when: When) -> list[tuple[str, str, int]]:
    """(postal abbreviation, name, how many of its counties) where there are any, by name."""
    counted = (
        _own_texts(when)
        .filter(factor=factor)
        .order_by()
        .annotate(usps=Coalesce("county__state_id", "state_id"))
        .values("usps")
        .annotate(number=Count("pk"))
    )
    found = [(row["usps"], names_of_states()[row["usps"]], row["number"]) for row in counted]
    return sorted(found, key=lambda item: item[1])


def adopters(factor: Factor, when: When, usps: str = "") -> QuerySet[LocalPolicy]:
    """Texts of their own on the factor, of one state or of all, by place, with citations."""
    found = _own_texts(when).filter(factor=factor)
    if usps:
        found = found.filter(Q(county__state=usps) | Q(state=usps))
    return (
        found.annotate(place=Coalesce("county__state__name", "state__name"))
        .select_related("county__state", "state")
        .prefetch_related(CITED)
        .order_by("place", "county__name", "pk")
    )


def _own_texts(when: When) -> QuerySet[LocalPolicy]:
    """Protective policies of counties in force that day, whatever state law makes of them."""
    known = LocalPolicy.objects.known_before(when.known_before)
    return known.in_force(when.as_of).filter(answer=Answer.YES)


def names_of_states() -> dict[str, str]:
    return dict(STATES.values())


def jail_options() -> QuerySet[LocalOption]:
    """What a county or its jail can adopt, with who can adopt it."""
    scored = LocalOption.objects.filter(place=OptionPlace.COUNTY_JAIL).exclude(factor="")
    return catalogue.readable(scored)


def powers_here(county: County) -> QuerySet[LocalPower]:
    """Who holds power in this county or state where the general chart does not fit."""
    here = Q(state=county.state_id) | Q(county=county)
    return LocalPower.objects.filter(here, place=LocalPower.Place.COUNTY)


def wins(when: When) -> QuerySet[PolicyWin]:
    """Wins as known, up to that day or without a date, newest first."""
    return known_wins(when).filter(Q(date_earliest__isnull=True) | Q(date_earliest__lte=when.as_of))


def known_wins(when: When) -> QuerySet[PolicyWin]:
    """Wins as known, of whatever day, with what is said of them."""
    counties = County.objects.select_related("state").order_by("name")
    return (
        PolicyWin.objects.known_before(when.known_before)
        .select_related("state")
        .prefetch_related(Prefetch("counties", counties), "win_factors", CITED)
    )


def wins_for(factors: Collection[str], when: When, *, of_cities: bool) -> QuerySet[PolicyWin]:
    """Local wins that touch one of the factors, newest first: of cities alone, or of any place."""
    touching = WinFactor.objects.filter(factor__in=factors).values("win")
    found = wins(when).filter(pk__in=touching).exclude(kind=WinKind.STATE_LAW)
    return found.exclude(place="") if of_cities else found


def notes(state: State, county: County | None = None) -> QuerySet[DataNote]:
    """Notes on the data of a county and its state, or of a state as a whole."""
    here = Q(states=state, counties__isnull=True) if county else Q(states=state)
    if county:
        here |= Q(counties=county)
    return DataNote.objects.filter(here).select_related("document").distinct()

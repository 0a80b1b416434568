"""The public change log: what we changed, told apart by why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from counties.models import County
from policies.clock import day_of
from policies.explanations import long_date
from policies.models import ChangeEvent, ChangeKind
from policies.presenters.choice import Choice

#: How many counties an entry names; of more it only says how many.
NAMED = 3

#: What each kind of change says about the world, and about us.
MEANINGS = {
    ChangeKind.POLICY_CHANGE: _("The world changed: a county, a state or an agency did."),
    ChangeKind.CORRECTION: _("We were wrong. The old row stays readable under its dates."),
    ChangeKind.METHOD: _("We count differently. No county did anything."),
    ChangeKind.NEW: _("Something we had not recorded before."),
    ChangeKind.CONFIRMED: _("Seen again, and it still holds."),
    ChangeKind.UNDO: _("An import of ours was taken back."),
    ChangeKind.WORDING: _("We say the same in other words."),
}


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    label: str
    meaning: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    day: str
    code: str
    kind: str
    summary: str
    places: tuple[Place, ...]
    counties: int

    @property
    def counties_text(self) -> str:
        return f"{self.counties:,}"


def kinds(counts: Mapping[str, int], chosen: str, choice: Choice, **query: str) -> list[Kind]:
    """`counts`: entries by kind. `query`: what else was chosen, which the links keep."""
    return [
        Kind(
            code=kind.value,
            label=str(kind.label),
            meaning=str(MEANINGS[kind]),
            count=counts.get(kind, 0),
            url=choice.url("change-log", kind="" if kind == chosen else kind.value, **query),
            chosen=kind == chosen,
        )
        for kind in MEANINGS
        if counts.get(kind) or kind == chosen or kind in _ALWAYS
    ]


_ALWAYS = (ChangeKind.POLICY_CHANGE, ChangeKind.CORRECTION, ChangeKind.METHOD)


def entries(events: Sequence[ChangeEvent], choice: Choice) -> list[Entry]:
    """Two queries: how many counties each bears on, and the names of those with few."""
    link = ChangeEvent.counties.through.objects.order_by()
    numbers = [event.pk for event in events]
    counted = dict(
        link.filter(changeevent__in=numbers)
        .values_list("changeevent_id")
        .annotate(Count("county_id"))
    )
    few = [number for number, count in counted.items() if count <= NAMED]
    named: dict[int, list[Place]] = defaultdict(list)
    for number, place in _places(link.filter(changeevent__in=few), choice):
        named[number].append(place)
    return [
        Entry(
            number=event.pk,
            day=long_date(day_of(event.at)),
            code=event.kind,
            kind=event.get_kind_display(),
            summary=event.summary,
            places=tuple(named[event.pk]),
            counties=counted.get(event.pk, 0),
        )
        for event in events
    ]


def _places(links, choice: Choice) -> Iterable[tuple[int, Place]]:
    fields = ("changeevent_id", "county__name", "county__state_id", "county__slug")
    for number, name, usps, slug in links.order_by("county_id").values_list(*fields):
        address = choice.url("county", usps.lower(), slug)
        yield number, Place(f"{name}, {usps}", address)


def county_name(fips: str) -> str:
    """The name of the county that was asked for, or ""."""
    county = County.objects.select_related("state").filter(pk=fips).first()
    return f"{county.name}, {county.state_id}" if county else ""

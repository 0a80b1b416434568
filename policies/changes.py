"""The change log: what we changed, when, and for which counties."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from policies.clock import end_of_day
from policies.models import ChangeEvent


def modified_since(day: date) -> QuerySet:
    """FIPS of the counties whose record was changed on or after `day` (New York)."""
    since = end_of_day(day - timedelta(days=1))
    links = ChangeEvent.counties.through.objects.filter(changeevent__at__gte=since)
    return links.values("county_id")


def of_county(fips: str) -> QuerySet:
    """Entries of the change log that bear on a county, newest first."""
    return ChangeEvent.objects.filter(counties=fips).order_by("-pk")


def log(*, before: datetime | None = None, state: str = "", county: str = "") -> QuerySet:
    """The change log, newest first, up to a moment (exclusive; None: all of it), of a state
    (postal abbreviation: its law, its records and its counties) or of a county (FIPS)."""
    events = ChangeEvent.objects.order_by("-pk")
    if before is not None:
        events = events.filter(at__lt=before)
    if county:
        return events.filter(counties=county)
    if state:
        links = ChangeEvent.counties.through.objects.filter(county__state=state)
        in_it = Q(pk__in=links.order_by().values("changeevent_id"))
        events = events.filter(in_it | Q(state=state))
    return events

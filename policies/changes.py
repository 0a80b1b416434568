"""The change log: what we changed, when, and for which counties."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

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

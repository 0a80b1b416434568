"""What every template may use."""

from django.conf import settings


def site(request) -> dict:
    """`demo`: whether this database holds invented records (a banner says so)."""
    return {"demo": settings.DEMO}

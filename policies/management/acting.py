"""In whose name a command writes."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

#: Acts where no person does; nobody can log in as it.
SYSTEM_USERNAME = "system"
UNUSABLE = 2


def acting_user(username: str):
    """The active account of that name, or the system's own. Raises CommandError (2) if none is."""
    users = get_user_model().objects
    if username == SYSTEM_USERNAME:
        return users.get_or_create(username=username, defaults={"is_active": False})[0]
    try:
        return users.get(username=username, is_active=True)
    except users.model.DoesNotExist:
        raise CommandError(f"There is no active user “{username}”.", returncode=UNUSABLE) from None

"""The one way into the audit trail of accounts, and what of an account or group it compares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, User

from policies.models import AccountEvent

Kind = AccountEvent.Kind
Rights = dict[str, Any]


def record(
    kind: str,
    *,
    at: datetime,
    about: User | Group | None = None,
    by: User | None = None,
    ip: str | None = None,
    before: Rights | None = None,
    after: Rights | None = None,
) -> AccountEvent:
    """Write down one event. `about` nobody: a name that no account has, which may be a password
    typed into the wrong field and is therefore not kept."""
    return AccountEvent.objects.create(
        kind=kind,
        at=at,
        account=about if isinstance(about, User) else None,
        name=str(about or ""),
        actor=by,
        ip_address=ip,
        before=before or {},
        after=after or {},
    )


def rights_of(about: User | Group) -> Rights:
    """What it may do, as the database has it now."""
    if isinstance(about, Group):
        permissions = about.permissions.values_list("content_type__app_label", "codename")
        name = Group.objects.filter(pk=about.pk).values_list("name", flat=True).first()
        return {"name": name or "", "permissions": sorted(map(".".join, permissions))}
    flags = ("username", "is_active", "is_staff", "is_superuser")
    found = User.objects.filter(pk=about.pk).values(*flags).first() or {}
    permissions = about.user_permissions.values_list("content_type__app_label", "codename")
    return {
        **found,
        "groups": sorted(about.groups.values_list("name", flat=True)),
        "permissions": sorted(map(".".join, permissions)),
    }


def record_change(
    kind: str, *, before: Rights, about: User | Group, by: User, at: datetime, ip: str | None
) -> AccountEvent | None:
    """Write down what of the rights differs from `before`; nothing if nothing does."""
    after = rights_of(about)
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return None
    return record(
        kind,
        at=at,
        about=about,
        by=by,
        ip=ip,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )

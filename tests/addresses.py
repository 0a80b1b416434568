"""Every address that the code has, read from its URL configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

ADMIN = "admin/"


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern. `name` is what `reverse` takes; a pattern without a name has its route."""

    route: str
    name: str
    namespace: str = ""

    @property
    def key(self) -> str:
        return self.name or self.route


def _below(resolver, before: str = "", namespace: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _below(pattern, route, pattern.namespace or namespace)
        else:
            yield Address(route, pattern.name or "", namespace)


def public() -> dict[str, Address]:
    """All but the admin's, by key. Those in a second language have the same names."""
    return {a.key: a for a in _below(get_resolver()) if not a.route.startswith(ADMIN)}


def of_the_admin() -> dict[str, Address]:
    """The admin's, by key, which are those of `admin:`."""
    return {a.key: a for a in _below(get_resolver()) if a.route.startswith(ADMIN)}


def in_each_language() -> dict[str, set[str]]:
    """The routes of the public pages by language: none may exist in one language alone."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = {a.route for a in _below(get_resolver())}
    return found


def difference(found, expected, table: str) -> str:
    """What to add to a table, and what to take out of it; empty if it fits."""
    missing, gone = sorted(set(found) - set(expected)), sorted(set(expected) - set(found))
    lines = [f"Add to {table}: {key!r}" for key in missing]
    lines += [f"Take out of {table}, the code has it no longer: {key!r}" for key in gone]
    return "\n".join(lines)

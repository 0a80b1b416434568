"""Tables that are sorted by their headings: plain links, `ordering` in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from policies.parameters import BadParameter

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts. `sorted`: `ascending`, `descending` or empty, for aria-sort."""

    label: str
    url: str
    sorted: str
    css: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as a page defines it. Numbers (`css` is not empty) are asked for largest first."""

    name: str
    label: str
    css: str = ""


def columns(
    headings: Sequence[Heading], query: QueryDict, default: str, anchor: str = ""
) -> tuple[Column, ...]:
    """The headings as links. `default`: what it is sorted by if nothing is said."""
    now = query.get("ordering") or default
    made = []
    for heading in headings:
        down = f"-{heading.name}"
        usual, other = (down, heading.name) if heading.css else (heading.name, down)
        target = other if now == usual else usual
        direction = {down: "descending", heading.name: "ascending"}.get(now, "")
        url = with_query(query, ordering=target, page=None) + anchor
        made.append(Column(heading.label, url, direction, heading.css))
    return tuple(made)


def with_query(query: QueryDict, **changes: object) -> str:
    """The query string with some parameters changed, or taken out (None)."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    for name in [name for name, values in changed.lists() if not any(values)]:
        del changed[name]
    encoded = changed.urlencode()
    return f"?{encoded}" if encoded else "?"


def ordering(query: QueryDict, known: Sequence[str], default: str) -> str:
    """What `ordering` asks for, one of the names known or with a minus sign before it.

    Raises BadParameter for anything else.
    """
    asked = query.get("ordering") or default
    if asked.removeprefix("-") not in known:
        words = _("“%(text)s” is no column. Known: %(known)s; a minus sign turns the order round.")
        raise BadParameter({"ordering": words % {"text": asked[:40], "known": ", ".join(known)}})
    return asked


def in_order(rows: Sequence[Row], asked: str, keys: dict[str, Callable]) -> list[Row]:
    """Sorted by one of the keys; rows without a value (None) come last in both directions."""
    key = keys[asked.removeprefix("-")]
    known = [row for row in rows if key(row) is not None]
    without = [row for row in rows if key(row) is None]
    return [*sorted(known, key=key, reverse=asked.startswith("-")), *without]

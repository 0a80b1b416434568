"""All counties assessed on a day, kept in this process until the record is another.

A county's page sets it beside all others, and a crawler or a newsroom opens many of them in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from policies.assessments import Assessment, When, assess

#: Days kept; each takes about a megabyte.
MOST = 4
_kept: dict[tuple[int, When], Mapping[str, Assessment]] = {}
_making_room = Lock()


def assessed(revision: int, when: When) -> Mapping[str, Assessment]:
    """`assess(when)`. `revision`: the number of the newest change. Not to be changed."""
    key = revision, when
    if key in _kept:
        return _kept[key]
    found = assess(when)
    with _making_room:
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = found
    return found


def forget() -> None:
    """For tests, whose revisions begin again."""
    _kept.clear()

"""The queue: what the checks found, kept with its owner and what was decided about it.

Named actions, each in one transaction. `refresh` compares what is found now with what is kept:

- found for the first time: a new item, open;
- found again after it was gone, or although somebody called it resolved: open again;
- left as it is for a reason: stays so as long as it is found without a break;
- no longer found: gone, with the moment, whatever its status.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from counties.models import County
from policies import bulk
from policies.models import QualityItem
from policies.quality import checks
from policies.quality.base import MONTHS, Check, Finding, Material

Status = QualityItem.Status
#: Waits for a person.
WAITING = Q(status=Status.OPEN, gone_at__isnull=True)
#: Rows in one statement; fewer than the values that any database takes.
_AT_ONCE = 900
_NAMES = (
    *("check_name", "key", "about_model", "about_pk", "sentence", "values"),
    *("county_id", "state_id"),
)
_CHANGING = _NAMES[2:]
Key = tuple[str, str]
Found = dict[Check, list[Finding]]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many items are new, open again, and gone; and how many findings there are."""

    found: int
    new: int
    reopened: int
    gone: int


def look(*, today: date, months: int = MONTHS) -> Found:
    """What the checks find now. Writes nothing."""
    return checks.find_all(Material(today, months))


@transaction.atomic
def refresh(*, found: Found, at: datetime) -> Refreshed:
    """Bring the queue up to what was found (`look`) at the moment `at`."""
    rows = _rows(found)
    kept = {
        (item.check_name, item.key): item
        for item in QualityItem.objects.select_for_update().order_by()
    }
    back = [
        item.pk
        for key, item in kept.items()
        if key in rows and (item.gone_at or item.status == Status.RESOLVED)
    ]
    gone = [item.pk for key, item in kept.items() if key not in rows and not item.gone_at]
    reopened = {"status": Status.OPEN, "gone_at": None, "decided_by": None, "decided_at": None}
    _update(gone, gone_at=at)
    _update(back, **reopened)
    QualityItem.objects.filter(gone_at__isnull=True).update(last_seen=at)
    _update_changed(kept, rows)
    new = [_written(row) for key, row in rows.items() if key not in kept]
    constants = {"first_seen": at, "last_seen": at, "status": Status.OPEN.value}
    bulk.insert(QualityItem, _NAMES, new, constants)
    return Refreshed(len(rows), len(new), len(back), len(gone))


@transaction.atomic
def note(*, check: Check, finding: Finding, at: datetime) -> QualityItem:
    """Put one finding into the queue now, without waiting for the next look."""
    ((key, row),) = _rows({check: [finding]}).items()
    values = {
        **dict(zip(_CHANGING, row[2:], strict=True)),
        **{"status": Status.OPEN, "gone_at": None, "last_seen": at},
        **{"decided_by": None, "decided_at": None},
    }
    item, _made = QualityItem.objects.update_or_create(
        check_name=key[0],
        key=key[1],
        defaults=values,
        create_defaults={**values, "first_seen": at},
    )
    return item


def _rows(found: Found) -> dict[Key, tuple]:
    """The stored form of each finding, as _NAMES, by its key."""
    state_of = dict(County.objects.order_by().values_list("pk", "state_id"))
    rows: dict[Key, tuple] = {}
    for check, findings in found.items():
        for one in findings:
            state = state_of[one.county] if one.county else one.state
            rows[check.name, one.key] = (
                *(check.name, one.key, *one.about, one.sentence, dict(one.values)),
                *(one.county, state),
            )
    return rows


def _written(row: tuple) -> tuple:
    """The row as `bulk` writes it: values as JSON, which both databases take as text."""
    return tuple(json.dumps(value) if isinstance(value, dict) else value for value in row)


def _update(numbers: Sequence[int], **values) -> None:
    for start in range(0, len(numbers), _AT_ONCE):
        QualityItem.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).update(**values)


def _update_changed(kept: dict[Key, QualityItem], rows: dict[Key, tuple]) -> None:
    """Items whose sentence, place or record changed: the key is the same, the words are newer."""
    changed = []
    for key, item in kept.items():
        if key not in rows:
            continue
        values = rows[key][2:]
        if tuple(getattr(item, name) for name in _CHANGING) != values:
            for name, value in zip(_CHANGING, values, strict=True):
                setattr(item, name, value)
            changed.append(item)
    fields = [name.removesuffix("_id") for name in _CHANGING]
    QualityItem.objects.bulk_update(changed, fields, batch_size=100)


def errors_left(found: Found) -> int:
    """How many findings are errors that nobody decided to leave as they are."""
    left = set(
        QualityItem.objects.filter(
            status=Status.WONT_FIX, gone_at__isnull=True, check_name__in=checks.ERRORS
        ).values_list("check_name", "key")
    )
    return sum(
        (check.name, one.key) not in left
        for check, findings in found.items()
        if check.name in checks.ERRORS
        for one in findings
    )


# --- What people decide ------------------------------------------------------------------------


@transaction.atomic
def give(*, items: QuerySet, owner) -> int:
    """Make `owner` the owner of the items that still wait (None: nobody). Returns how many."""
    return QualityItem.objects.filter(WAITING, pk__in=_numbers(items)).update(owner=owner)


@transaction.atomic
def resolve(*, items: QuerySet, by, at: datetime) -> int:
    """Say that open items are mended; the next look tells whether they are."""
    return _decide(items, Status.RESOLVED, by, at)


@transaction.atomic
def leave(*, items: QuerySet, by, at: datetime, reason: str) -> int:
    """Leave open items as they are, for a reason. They stay found, and count no more."""
    if not reason.strip():
        raise ValidationError(_("Say why it is left as it is."))
    return _decide(items, Status.WONT_FIX, by, at, reason=reason.strip())


@transaction.atomic
def reopen(*, items: QuerySet) -> int:
    """Take back what was decided. The reason stays, to be read."""
    decided = QualityItem.objects.filter(pk__in=_numbers(items)).exclude(status=Status.OPEN)
    return decided.update(status=Status.OPEN, decided_by=None, decided_at=None)


def _decide(items: QuerySet, status: str, by, at: datetime, **values) -> int:
    waiting = QualityItem.objects.filter(status=Status.OPEN, pk__in=_numbers(items))
    return waiting.update(status=status, decided_by=by, decided_at=at, **values)


def _numbers(items: QuerySet) -> QuerySet:
    return items.order_by().values("pk")

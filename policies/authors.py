"""Who wrote what is in a change-set: whoever began a record, edited it since, or sent the set.

That a draft was edited, and by whom, stands in the admin's log, where every form that writes
leaves a line. And who let it out alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from policies.fitness import CITATION_FIELD
from policies.models import ChangeItem, ChangeSet
from policies.models.base import PublishedRecord


def authors_of(change_set: ChangeSet, records: Iterable[PublishedRecord]) -> set[int]:
    """Numbers of their accounts. A query for each kind of record."""
    found = {change_set.submitted_by_id}
    numbers: dict[type[PublishedRecord], list[str]] = defaultdict(list)
    for record in records:
        found.add(record.created_by_id)
        numbers[type(record)].append(str(record.pk))
    for model, pks in numbers.items():
        kind = ContentType.objects.get_for_model(model)
        written = LogEntry.objects.filter(
            content_type=kind, object_id__in=pks, action_flag__in=(ADDITION, CHANGE)
        )
        found |= set(written.order_by().values_list("user_id", flat=True).distinct())
    return found - {None}


def published_alone(records: Iterable[PublishedRecord]) -> set[PublishedRecord]:
    """Those of the records that a superuser let out without a second reader. One query."""
    by_field = {(CITATION_FIELD[type(record)], record.pk): record for record in records}
    condition = Q(pk__in=())
    for field, pk in by_field:
        condition |= Q(**{field: pk})
    items = ChangeItem.objects.filter(condition, change_set__status=ChangeSet.Status.APPROVED)
    found = items.exclude(change_set__override_reason="").values(*CITATION_FIELD.values())
    return {
        by_field[field, pk] for row in found for field, pk in row.items() if (field, pk) in by_field
    }

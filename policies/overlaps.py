"""Two records that answer the same question for one day: refused readably, by naming the other.

The database refuses them as well (`NoOverlap`, one list a day), but can name nobody. Beside that,
an open observation that is older than an existing period overlaps with nothing: it runs until
that period starts (`versions.end_before_later_period`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from policies.models import IceList, LocalPolicy
from policies.models.base import PublishedRecord
from policies.models.constraints import NoOverlap


class Span(NamedTuple):
    """The period of one stored record, and whose answer to what it is."""

    pk: int
    county: str | None
    state: str | None
    factor: str
    start: date
    end: date | None

    @property
    def question(self) -> tuple[str | None, str | None, str]:
        return self.county, self.state, self.factor


def check(record: PublishedRecord, replaced: Collection[PublishedRecord]) -> None:
    """Raises ValidationError if a published record that is not replaced is in the way."""
    ignoring = tuple(row.pk for row in replaced)
    if isinstance(record, LocalPolicy):
        _check_policy(record, ignoring)
    if isinstance(record, IceList):
        same = IceList.objects.published().filter(kind=record.kind, list_date=record.list_date)
        if other := same.exclude(pk__in=ignoring).first():
            raise _list_of_the_same_day(other)


def check_many(model: type[PublishedRecord], pks: Collection[int]) -> None:
    """The same for many drafts without predecessors, which may not be in each other's way either.

    A fixed number of queries.
    """
    if model is LocalPolicy:
        _check_policies(pks)
    if model is IceList:
        _check_lists(pks)


def problems_of_successors(
    pairs: Sequence[tuple[LocalPolicy, LocalPolicy]],
) -> dict[int, ValidationError]:
    """What is in the way of these drafts, each with the row that it replaces, by their numbers.

    No two are about one question. A fixed number of queries.
    """
    drafts = [draft for draft, _before in pairs]
    places = Q(county__in={draft.county_id for draft in drafts} - {None})
    places |= Q(state__in={draft.state_id for draft in drafts} - {None})
    replaced = {before.pk for _draft, before in pairs}
    published = _spans(LocalPolicy.objects.published().filter(places))
    found = {}
    for draft in drafts:
        span = Span(draft.pk, *draft.question, draft.effective_from, draft.effective_until)
        for other in published.get(draft.question, ()):
            if other.pk not in replaced and _is_in_the_way(span, other):
                found[draft.pk] = other.pk
                break
    rows = LocalPolicy.objects.select_related("county", "state").in_bulk(set(found.values()))
    return {number: _in_the_way(rows[other]) for number, other in found.items()}


def _check_policy(record: LocalPolicy, ignoring: tuple[int, ...]) -> None:
    for constraint in record._meta.constraints:
        if isinstance(constraint, NoOverlap):
            other = constraint.conflicting(type(record), record, ignoring=ignoring)
            if other and not (
                record.effective_until is None and other.effective_from > record.effective_from
            ):
                raise _in_the_way(other)


def _in_the_way(other: LocalPolicy) -> ValidationError:
    return ValidationError(
        _(
            "This overlaps with published record %(number)s (%(other)s). If the policy "
            "changed, record a change to that record; if it was wrong, correct it."
        ),
        code="overlap",
        params={"number": other.pk, "other": other},
    )


def _check_policies(pks: Collection[int]) -> None:
    drafts = LocalPolicy.objects.filter(pk__in=pks)
    places = Q(county__in=drafts.values("county")) | Q(state__in=drafts.values("state"))
    published = _spans(LocalPolicy.objects.published().filter(places))
    for question, spans in _spans(drafts).items():
        for draft in spans:
            for other in published.get(question, ()):
                if _is_in_the_way(draft, other):
                    raise _overlap(
                        draft,
                        other,
                        _(
                            "%(record)s overlaps with published record %(number)s (%(other)s). If "
                            "the policy changed, record a change to that record; if it was wrong, "
                            "correct it."
                        ),
                    )
        for earlier, later in pairwise(spans):
            if _meet(earlier, later):
                message = _("%(record)s overlaps with %(other)s, which is in the same submission.")
                raise _overlap(later, earlier, message)


def _spans(rows) -> dict[tuple[str | None, str | None, str], list[Span]]:
    """By question, in order of their starts."""
    found = defaultdict(list)
    fields = ("pk", "county_id", "state_id", "factor", "effective_from", "effective_until")
    for row in rows.order_by("effective_from", "pk").values_list(*fields):
        span = Span(*row)
        found[span.question].append(span)
    return found


def _meet(one: Span, other: Span) -> bool:
    return (one.end is None or other.start < one.end) and (
        other.end is None or one.start < other.end
    )


def _is_in_the_way(draft: Span, published: Span) -> bool:
    """An open draft that is older than a published period runs until that starts."""
    older = draft.end is None and published.start > draft.start
    return _meet(draft, published) and not older


def _overlap(draft: Span, other: Span, message: str) -> ValidationError:
    named = LocalPolicy.objects.select_related("county", "state").in_bulk([draft.pk, other.pk])
    return ValidationError(
        message,
        code="overlap",
        params={"record": named[draft.pk], "number": other.pk, "other": named[other.pk]},
    )


def _check_lists(pks: Collection[int]) -> None:
    taken = {(row.kind, row.list_date): row for row in IceList.objects.published()}
    for row in IceList.objects.filter(pk__in=pks).order_by("pk"):
        if other := taken.get((row.kind, row.list_date)):
            raise _list_of_the_same_day(other)
        taken[row.kind, row.list_date] = row


def _list_of_the_same_day(other: IceList) -> ValidationError:
    return ValidationError(
        _("Record %(number)s (%(other)s) is a list of the same day. If it was wrong, correct it."),
        code="overlap",
        params={"number": other.pk, "other": other},
    )

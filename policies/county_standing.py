"""Where each factor of a county stands in writing: what is live, what is drafted, what is read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from counties.models import County
from policies.assessments import CITED
from policies.models import ChangeItem, ChangeSet, LocalPolicy, RecordStatus
from policies.rubric import FACTORS

_ITEMS = Prefetch(
    "change_items", ChangeItem.objects.filter(is_current=True).select_related("change_set")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one factor. `live`: the county's own published record in force on the day asked for, or
    its newest; `drafts`, the newest first; `in_review`: what nobody edits just now."""

    factor: str
    live: LocalPolicy | None = None
    drafts: tuple[LocalPolicy, ...] = ()
    in_review: tuple[LocalPolicy, ...] = ()

    @property
    def draft(self) -> LocalPolicy | None:
        """The one that is carried on with."""
        return self.drafts[0] if self.drafts else None

    @property
    def key(self) -> str:
        """Another one, once anybody saved, sent or published anything of it."""
        rows = [row for row in (self.live, *self.drafts, *self.in_review) if row]
        told = repr([_told(row) for row in rows]) if rows else ""
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def standings(county: County, today: date) -> dict[str, Standing]:
    """By factor, all seven. A fixed number of queries."""
    return standings_of(own_rows(county), today)


def own_rows(county: County, *, cited: bool = True) -> list[LocalPolicy]:
    """The county's rows that are not over, the newest first; of a unified-jail state, its too.

    `cited`: with their citations, which `county_explained` brings along by itself.
    """
    places = Q(county=county)
    if county.state.unified_jail:
        places |= Q(state=county.state)
    rows = (
        LocalPolicy.objects.filter(places)
        .exclude(status__in=[RecordStatus.SUPERSEDED, RecordStatus.WITHDRAWN])
        .select_related("created_by")
        .prefetch_related(_ITEMS, *([CITED] if cited else ()))
        .order_by("-pk")
    )
    found = list(rows)
    for row in found:
        if row.county_id:
            row.county = county
        else:
            row.state = county.state
    return found


def standings_of(rows: Iterable[LocalPolicy], today: date) -> dict[str, Standing]:
    found = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.county_id:
            found[row.factor][row.status].append(row)
    return {
        factor.value: Standing(
            factor.value,
            live_on(found[factor][RecordStatus.PUBLISHED], today),
            tuple(found[factor][RecordStatus.DRAFT]),
            tuple(found[factor][RecordStatus.IN_REVIEW]),
        )
        for factor in FACTORS
    }


def live_on(rows: Iterable[LocalPolicy], day: date) -> LocalPolicy | None:
    """Of published rows of one question: the one in force on the day, else the newest."""
    newest_first = sorted(rows, key=lambda row: row.effective_from, reverse=True)
    covering = (row for row in newest_first if covers(row, day))
    return next(covering, newest_first[0] if newest_first else None)


def covers(row: LocalPolicy, day: date) -> bool:
    return row.effective_from <= day and (row.effective_until is None or day < row.effective_until)


def set_of(record: LocalPolicy) -> ChangeSet | None:
    """The change-set that holds a row of `standings`."""
    return next((item.change_set for item in record.change_items.all()), None)


def _told(row: LocalPolicy) -> tuple:
    fields = tuple(
        str(getattr(row, name))
        for name in (
            *("pk", "status", "answer", "change_kind", "effective_from", "effective_until"),
            *("effective_from_precision", "effective_until_precision", "qualification"),
            *("change_note", "in_force_by", "succeeds_id"),
        )
    )
    cited = [(one.document_id, one.page, one.quote) for one in row.citations.all()]
    return *fields, *cited

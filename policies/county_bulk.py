"""The same provision for many counties: what would be written and moved, and the drafts of it.

`plan` reads, in a fixed number of queries however many counties; `make_drafts` writes in one
transaction. Nothing is published here.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from counties.models import County
from policies import reviews
from policies.county_standing import covers, live_on
from policies.effects import Effect, Key, effects
from policies.evidence import Overlay
from policies.models import (
    ChangeKind,
    ChangeSet,
    Citation,
    LocalPolicy,
    Precision,
    RecordStatus,
    SourceDocument,
)
from policies.resolution import RecordEvidence
from policies.rubric import Answer, Factor

#: Rows in one statement.
BATCH = 500
KEPT_BY_A_CORRECTION = (
    *("title", "notes", "observed_on", "observed_on_precision", "last_verified", "in_force_by"),
    *("effective_from", "effective_from_precision"),
    *("effective_until", "effective_until_precision"),
)


class Skipped(StrEnum):
    """Why a county's factor is left alone."""

    ALREADY = "already"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    BEGINS_THEN = "begins_then"
    OTHER_PERIOD = "other_period"


@dataclass(frozen=True, slots=True)
class Provision:
    """What is to be recorded. `kind`: the policy changed, or we were wrong; where a county has no
    record, a new one. Without `effective_from` a correction keeps each record's own dates."""

    factors: tuple[str, ...]
    answer: str
    kind: ChangeKind
    document: SourceDocument
    effective_from: date | None = None
    effective_from_precision: str = Precision.DAY
    effective_until: date | None = None
    effective_until_precision: str = Precision.DAY
    qualification: str = ""
    page: str = ""
    quote: str = ""
    why: str = ""

    def day(self, today: date) -> date:
        """The day on which its effect is shown: today, unless it holds only then or not yet."""
        start, end = self.effective_from, self.effective_until
        return start if start and (start > today or (end and end <= today)) else today


@dataclass(frozen=True, slots=True)
class Line:
    """One factor of one county. `before`: what it has on record; `kind`: None if skipped."""

    county: County
    factor: str
    before: Answer
    kind: ChangeKind | None
    live: LocalPolicy | None = None
    skipped: Skipped | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`moved`: by FIPS, whose answers would not be the same on `day`. `key`: another one once
    anything of it is different."""

    day: date
    answer: str
    lines: tuple[Line, ...]
    moved: Mapping[str, Effect] = field(default_factory=dict)
    key: str = ""

    @property
    def written(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind)


def plan(fips: Collection[str], provision: Provision, today: date) -> Plan:
    """What would be written for these counties, in the order of their names, and moved."""
    counties = sorted(
        County.objects.select_related("state").in_bulk(fips).values(),
        key=lambda county: (county.state_id, county.name),
    )
    rows = _rows(fips, provision.factors)
    lines = tuple(
        _line(county, factor, rows.get((county.pk, Factor(factor)), ()), provision, today)
        for county in counties
        for factor in provision.factors
    )
    day = provision.day(today)
    touched = [line.county.pk for line in lines if line.kind]
    moved = effects(_overlay(lines, rows, provision), touched, day) if touched else ()
    return Plan(
        day, provision.answer, lines, {one.fips: one for one in moved}, _key(lines, provision)
    )


def _rows(fips, factors) -> Mapping[Key, Sequence[LocalPolicy]]:
    over = [RecordStatus.SUPERSEDED, RecordStatus.WITHDRAWN]
    found = LocalPolicy.objects.filter(county__in=fips, factor__in=factors).exclude(status__in=over)
    by_key = defaultdict(list)
    for row in found.order_by("effective_from", "pk"):
        by_key[row.county_id, Factor(row.factor)].append(row)
    return by_key


def _line(county, factor: str, rows, provision: Provision, today: date) -> Line:
    by_status = defaultdict(list)
    for row in rows:
        by_status[row.status].append(row)
    published = by_status[RecordStatus.PUBLISHED]
    start = provision.effective_from
    live = live_on(published, start or today)
    before = Answer(live.answer) if live and covers(live, start or today) else Answer.UNKNOWN

    def skip(why: Skipped) -> Line:
        return Line(county, factor, before, None, live, why)

    if by_status[RecordStatus.IN_REVIEW]:
        return skip(Skipped.IN_REVIEW)
    if by_status[RecordStatus.DRAFT]:
        return skip(Skipped.DRAFT)
    if provision.kind == ChangeKind.CORRECTION:
        if live is None:
            return skip(Skipped.NOTHING_TO_CORRECT)
        if live.answer == provision.answer and start in (None, live.effective_from):
            return skip(Skipped.ALREADY)
    if _is_in_the_way(published, live, provision, before):
        return skip(Skipped.OTHER_PERIOD)
    if provision.kind == ChangeKind.CORRECTION:
        return Line(county, factor, before, provision.kind, live)
    if before == Answer.UNKNOWN:
        return Line(county, factor, before, ChangeKind.NEW)
    if live.answer == provision.answer:
        return skip(Skipped.ALREADY)
    if live.effective_from == start:
        return skip(Skipped.BEGINS_THEN)
    return Line(county, factor, before, ChangeKind.POLICY_CHANGE, live)


def _is_in_the_way(published, live, provision: Provision, before: Answer) -> bool:
    """Whether the days that are given reach into a period that would not be replaced."""
    corrects = provision.kind == ChangeKind.CORRECTION
    replaced = live if corrects or before != Answer.UNKNOWN else None
    start = provision.effective_from or (live.effective_from if live else None)
    end = provision.effective_until or (live.effective_until if corrects else None)
    return any(
        covers(row, start) or (end is not None and start < row.effective_from < end)
        for row in published
        if row is not replaced and start
    )


def _key(lines: Sequence[Line], provision: Provision) -> str:
    told = [
        (line.county.pk, line.factor, line.kind, line.live and line.live.pk, line.skipped)
        for line in lines
    ]
    said = replace(provision, document=provision.document.pk)  # by its number
    return hashlib.sha256(repr((told, said)).encode()).hexdigest()[:16]


# --- What it would move ------------------------------------------------------------------------


def _overlay(lines: Sequence[Line], rows, provision: Provision) -> Overlay:
    """The records of each county and factor as publishing the drafts would leave them."""
    records = {}
    for line in lines:
        if line.kind is None:
            continue
        key = line.county.pk, Factor(line.factor)
        draft = _draft(line, provision, by=None)
        published = [row for row in rows.get(key, ()) if row.status == RecordStatus.PUBLISHED]
        records[key] = [*_beside(line, draft, published), _evidence(draft)]
    return Overlay(records=records)


def _beside(line: Line, draft: LocalPolicy, published) -> list[RecordEvidence]:
    """What else holds: other periods, and the one that is changed before and after the change."""
    found = []
    for row in published:
        if line.live is None or row.pk != line.live.pk:
            found.append(_evidence(row))
            if draft.effective_until is None and row.effective_from > draft.effective_from:
                draft.effective_until = row.effective_from
        elif line.kind == ChangeKind.POLICY_CHANGE:
            before = _evidence(row)
            found.append(replace(before, effective_until=draft.effective_from))
            end = draft.effective_until
            if end and (row.effective_until is None or end < row.effective_until):
                found.append(replace(before, effective_from=end, evidence_on=end))
    return found


def _evidence(row: LocalPolicy) -> RecordEvidence:
    return RecordEvidence(
        row.pk or 0, Answer(row.answer), row.effective_from, row.effective_until, row.evidence_on
    )


# --- The drafts --------------------------------------------------------------------------------


def _draft(line: Line, provision: Provision, by) -> LocalPolicy:
    draft = LocalPolicy(
        county=line.county,
        factor=line.factor,
        answer=provision.answer,
        change_kind=line.kind,
        succeeds=line.live if line.kind != ChangeKind.NEW else None,
        qualification=provision.qualification,
        change_note=provision.why,
        created_by=by,
    )
    if line.kind == ChangeKind.CORRECTION:
        for name in KEPT_BY_A_CORRECTION:
            setattr(draft, name, getattr(line.live, name))
    for name in ("effective_from", "effective_until"):
        if getattr(provision, name):
            setattr(draft, name, getattr(provision, name))
            setattr(draft, f"{name}_precision", getattr(provision, f"{name}_precision"))
    return draft


@transaction.atomic
def make_drafts(
    *, fips: Collection[str], provision: Provision, seen: str, title: str, by, at: datetime, today
) -> ChangeSet:
    """A draft for each line of the plan that was `seen`, in an open change-set of that title.

    Raises AlreadyDoneError if the person did just this before, and ValidationError
    (changed_meanwhile) if the plan is another one by now; then nothing is written.
    """
    list(County.objects.select_for_update(no_key=True).filter(pk__in=fips).order_by("pk"))
    made = plan(fips, provision, today)
    if made.key != seen:
        before = ChangeSet.objects.filter(created_by=by, title=title.strip(), status="open")
        if before.exists() and not made.written:
            raise reviews.AlreadyDoneError(_("These drafts were made already."))
        raise ValidationError(
            _("The record or your form changed since this list was made. Here is the list anew."),
            "changed_meanwhile",
        )
    if not made.written:
        raise ValidationError(_("There is nothing to write: every county is left alone."))
    drafts = LocalPolicy.objects.bulk_create(
        [_draft(line, provision, by) for line in made.written], batch_size=BATCH
    )
    Citation.objects.bulk_create(
        [
            Citation(
                local_policy=draft,
                document=provision.document,
                page=provision.page,
                quote=provision.quote,
            )
            for draft in drafts
        ],
        batch_size=BATCH,
    )
    return reviews.open_set(title=title, summary=provision.why, records=drafts, by=by, at=at)

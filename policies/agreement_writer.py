"""Writes a list by ICE and its agreements: the same rows that publishing by hand leaves.

A fixed number of queries, batches aside. Called inside a transaction and behind the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Min, OuterRef, Subquery

from policies import versions
from policies.imports.agreement_plan import DerivedAgreement, Listing, PlannedAgreement
from policies.imports.ice_entries import pack
from policies.imports.planned_policies import Act
from policies.list_plans import ARRIVED, ListPlan
from policies.models import (
    Agreement,
    ChangeKind,
    Citation,
    IceList,
    RecordStatus,
    SourceDocument,
    Submission,
)

CHUNK = 5000
NOT_LISTED = "The agreement is not on this list."
_CITED = ("document_id", "page", "quote", "sheet", "row", "cell", "note")


def write(
    plan: ListPlan,
    *,
    submission: Submission | None,
    document: SourceDocument | None,
    by,
    at: datetime,
) -> None:
    """Publish the list and its agreements. `document`: the list as a document."""
    if plan.act is not None and document is not None:
        _publish_list(plan, submission, document, by, at)
    acting = [one for one in plan.agreements if one.act is not None]
    write_agreements(acting, submission=submission, arrived=document, by=by, at=at)


def _publish_list(plan: ListPlan, submission, document: SourceDocument, by, at) -> None:
    if plan.succeeds is not None:
        close([plan.succeeds], IceList, RecordStatus.SUPERSEDED, by, at)
    record = IceList.objects.create(
        kind=plan.kind,
        list_date=plan.list_date,
        document=document,
        entries=[pack(entry) for entry in sorted(plan.entries, key=lambda entry: entry.row)],
        succeeds_id=plan.succeeds,
        change_kind=plan.act,
        submission=submission,
        created_by=by,
    )
    record.listed_counties.set(sorted(plan.listed))
    Citation.objects.create(document=document, ice_list=record)
    versions.set_published(record, by, at)


def write_agreements(
    acting: Sequence[PlannedAgreement],
    *,
    submission: Submission | None,
    arrived: SourceDocument | None,
    by,
    at: datetime,
    undoing: bool = False,
) -> None:
    """Publish planned agreements. `undoing`: a list was taken back, and this is what remains."""
    closed = {one.succeeds for one in acting if one.succeeds is not None}
    withdrawn = {number for one in acting for number in one.withdraws}
    old = Agreement.objects.in_bulk(closed)
    old_citations = _citations_of(closed)
    close(closed, Agreement, RecordStatus.SUPERSEDED, by, at)
    close(withdrawn, Agreement, RecordStatus.WITHDRAWN, by, at)
    created = Agreement.objects.bulk_create(
        [_row(one, old.get(one.succeeds), submission, by, undoing) for one in acting]
    )
    link = Agreement.counties.through
    link.objects.bulk_create(
        link(agreement=row, county_id=fips)
        for row, one in zip(created, acting, strict=True)
        for fips in one.agreement.fips
    )
    if undoing:
        edited = {one.succeeds for one in acting if one.before and one.before.edited}
        old_citations = {number: old_citations.get(number, []) for number in edited}
    documents = _documents(acting, arrived)
    Citation.objects.bulk_create(
        citation
        for row, one in zip(created, acting, strict=True)
        for citation in [
            *_new_citations(one, row, documents),
            *_kept_citations(old_citations.get(one.succeeds, ()), row),
        ]
    )
    _publish([row.pk for row in created], by, at)


def places_of(plan: ListPlan, act: Act) -> set[str]:
    """FIPS of the counties whose agreements are written in this way."""
    return {
        fips
        for one in plan.agreements
        if one.act == act
        for fips in (*one.agreement.fips, *(one.before.fips if one.before else ()))
    }


def _row(one: PlannedAgreement, old: Agreement | None, submission, by, undoing) -> Agreement:
    """The new row. What a list does not speak of (notes, what to verify) stays as it was."""
    edited = one.before is not None and one.before.edited
    what: DerivedAgreement = one.agreement
    return Agreement(
        kind=what.kind,
        state_id=what.state,
        agency_name=what.agency_name,
        agency_type=what.agency_type,
        type_as_listed=what.type_as_listed,
        model=what.model,
        signed_on=what.signed_on,
        effective_from=what.effective_from,
        in_force_by=what.in_force_by,
        effective_until=what.effective_until,
        ended_as=what.ended_as,
        last_listed_on=what.last_listed_on,
        list_key=what.list_key,
        notes=old.notes if old and old.notes else what.notes,
        needs_verification=old.needs_verification if old else False,
        verification_note=old.verification_note if old else "",
        succeeds=old,
        change_kind=ChangeKind.UNDO if undoing and not edited else one.act or Act.NEW,
        submission=None if edited else submission,  # list_plans.edited_by_hand
        created_by=by,
    )


def _documents(acting: Iterable[PlannedAgreement], arrived: SourceDocument | None) -> dict:
    """Numbers of the lists' documents by the lists' ids."""
    ids = {listing.list_id for one in acting for listing in one.cites}
    ids |= {one.ended_by for one in acting if one.ended_by}
    numbers = [int(one) for one in ids if one != ARRIVED]
    found: dict[str, int] = {
        str(number): document
        for number, document in IceList.objects.filter(pk__in=numbers).values_list(
            "pk", "document_id"
        )
    }
    if arrived is not None:
        found[ARRIVED] = arrived.pk
    return found


def _new_citations(
    one: PlannedAgreement, row: Agreement, documents: Mapping[str, int]
) -> Iterable[Citation]:
    """The newest row of a list first: it carries the record. Then the list that lacks it."""
    for listing in reversed(one.cites):
        yield Citation(
            agreement=row,
            document_id=documents[listing.list_id],
            sheet=listing.entry.sheet,
            row=listing.entry.row,
            note=addresses(listing),
        )
    if one.ended_by:
        yield Citation(agreement=row, document_id=documents[one.ended_by], note=NOT_LISTED)


def addresses(listing: Listing) -> str:
    """Where the text of the agreement was published, as the row of the list links to it."""
    entry = listing.entry
    found = [f"Agreement: {entry.url}"] if entry.url else []
    if entry.addendum_url:
        found.append(f"Addendum: {entry.addendum_url}")
    return " ".join(found)


def _kept_citations(old: Iterable[tuple], row: Agreement) -> Iterable[Citation]:
    for values in old:
        yield Citation(agreement=row, **dict(zip(_CITED, values, strict=True)))


def _citations_of(numbers: Iterable[int]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = {}
    rows = Citation.objects.filter(agreement__in=list(numbers)).order_by("pk")
    for number, *values in rows.values_list("agreement_id", *_CITED):
        found.setdefault(number, []).append(tuple(values))
    return found


def close(numbers: Iterable[int], model, status: RecordStatus, by, at) -> None:
    model.objects.filter(pk__in=list(numbers)).update(status=status, closed_at=at, closed_by=by)


def _publish(numbers: Sequence[int], by, at: datetime) -> None:
    citation = (
        Citation.objects.filter(agreement=OuterRef("pk"))
        .order_by()
        .values("agreement")
        .annotate(first=Min("pk"))
        .values("first")
    )
    for start in range(0, len(numbers), CHUNK):
        Agreement.objects.filter(pk__in=numbers[start : start + CHUNK]).update(
            status=RecordStatus.PUBLISHED,
            published_at=at,
            published_by=by,
            main_citation=Subquery(citation),
        )

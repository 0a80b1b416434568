"""Loads ICE's lists that ship with the project: documents, lists, and the agreements they speak of.

The rows of the lists are in a file each kind (`agreements_287g.csv`); the agreements are worked out
from them by the same rules as from a list that arrives today. What is there already, by its origin
or because a list of that day or that agreement came by another road, is left alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache

from counties.models import County, State
from policies.agreement_writer import NOT_LISTED, addresses
from policies.baseline_files import day, read, read_table
from policies.imports.agreement_plan import (
    DatedList,
    DerivedAgreement,
    derive,
)
from policies.imports.facts import Entry
from policies.imports.ice_entries import counties_listed, pack
from policies.models import (
    Agreement,
    AgreementKind,
    Citation,
    DocumentKind,
    IceList,
    ImportChoice,
    SourceDocument,
    SubmissionKind,
)
from policies.models.base import PublishedRecord


def load_documents() -> int:
    """The lists as documents to cite. Returns how many were new."""
    known = set(SourceDocument.objects.values_list("key", flat=True))
    new = [
        SourceDocument(
            key=one["key"],
            kind=DocumentKind.ICE_LIST,
            title=one["title"],
            publisher=one["publisher"],
            published_on=day(one["date"]),
            url=one["url"],
            sha256=one["sha256"],
            copy_note=one["notes"],
        )
        for one in read("ice_lists")["list"]
        if one["key"] not in known
    ]
    SourceDocument.objects.bulk_create(new)
    return len(new)


def load_choices(*, by, at: datetime) -> int:
    """What a person decided about doubtful rows, remembered for the next list."""
    known = set(ImportChoice.objects.values_list("scope", "key"))
    decided = [
        (scope, SubmissionKind.ICE_287G, one)
        for scope in ("agency", "rename")
        for one in read("agency_choices")[scope]
    ] + [
        ("facility", SubmissionKind.ICE_DETENTION, one)
        for one in read("facility_choices")["facility"]
    ]
    new = [
        ImportChoice(
            scope=scope,
            kind=kind,
            key=one["key"],
            value=one["value"],
            chosen_at=at,
            chosen_by=by,
        )
        for scope, kind, one in decided
        if (scope, one["key"]) not in known
    ]
    ImportChoice.objects.bulk_create(new)
    return len(new)


def create(documents: Mapping[str, int], by) -> list[PublishedRecord]:
    """Drafts, with citations, of what is not in the record yet. `documents`: numbers by key."""
    drafts: list[PublishedRecord] = []
    for kind in sorted({one["kind"] for one in read("ice_lists")["list"]}):
        lists = dated_lists(kind)
        drafts += _create_lists(lists, documents, by)
        drafts += _create_agreements(lists, documents, by)
    return drafts


@cache
def dated_lists(kind: str) -> tuple[DatedList, ...]:
    """The shipped lists of one kind; their ids are the keys of their documents."""
    return tuple(
        DatedList(one["key"], date.fromisoformat(one["date"]), tuple(_entries(one)), one["kind"])
        for one in read("ice_lists")["list"]
        if one["kind"] == kind
    )


def _entries(described: Mapping) -> Iterable[Entry]:
    """The rows of one list, as the file of its kind has them."""
    column = f"row {described['date']}"
    for row in read_table(described["entries"]):
        if row[column]:
            yield Entry(
                sheet=described["sheet"],
                row=int(row[column]),
                usps=row["state"],
                agency=row["agency"],
                type_as_listed=row["type_as_listed"],
                model=row["model"],
                agency_type=row["agency_type"],
                fips=tuple(row["fips"].split()),
                **(_of_facility(row) if "code" in row else _of_agreement(row)),
            )


def _of_agreement(row: Mapping[str, str]) -> dict:
    """What only the lists of 287(g) agreements have."""
    return {
        "signed_on": day(row["signed_on"]),
        "url": row["url"],
        "addendum_url": row["addendum_url"],
    }


def _of_facility(row: Mapping[str, str]) -> dict:
    """What only the list of facilities has."""
    same = ("code", "city", "zip_code", "operator", "owner", "county_as_listed", "note")
    return {name: row[name] for name in same} | {"population": float(row["population"])}


def _create_lists(lists: Iterable[DatedList], documents: Mapping[str, int], by) -> list[IceList]:
    known = set(IceList.objects.values_list("kind", "list_date"))
    unified = _unified_jails()
    created, on_list, citations = [], [], []
    for one in lists:
        if (one.kind, one.list_date) in known:
            continue
        record = IceList.objects.create(
            origin=f"baseline:list:{one.id}",
            kind=one.kind,
            list_date=one.list_date,
            document_id=documents[one.id],
            entries=[pack(entry) for entry in sorted(one.entries, key=lambda e: e.row)],
            created_by=by,
        )
        on_list += [
            IceList.listed_counties.through(icelist=record, county_id=fips)
            for fips in sorted(counties_listed(one.entries, unified))
        ]
        citations.append(Citation(document_id=documents[one.id], ice_list=record))
        created.append(record)
    IceList.listed_counties.through.objects.bulk_create(on_list)
    Citation.objects.bulk_create(citations)
    return created


def _unified_jails() -> dict[str, list[str]]:
    """The counties of each state with one jail system."""
    found: dict[str, list[str]] = defaultdict(list)
    states = State.objects.filter(unified_jail=True)
    for fips, usps in County.objects.filter(state__in=states).values_list("fips", "state_id"):
        found[usps].append(fips)
    return found


def _create_agreements(
    lists: tuple[DatedList, ...], documents: Mapping[str, int], by
) -> list[Agreement]:
    choices = read("agency_choices")
    renames = {("rename", one["key"]): one["value"] for one in choices["rename"]}
    decided = [*choices["agency"], *read("facility_choices")["facility"]]
    to_verify = {one["key"]: one["verify"] for one in decided if "verify" in one}
    known = set(Agreement.objects.exclude(list_key="").values_list("list_key", flat=True))
    origins = set(Agreement.objects.exclude(origin=None).values_list("origin", flat=True))
    new = [
        (one, _agreement(one, to_verify, by))
        for one in derive(lists, renames).agreements
        if not one.unresolved and _origin(one) not in origins and not known.intersection(one.keys)
    ]
    created = Agreement.objects.bulk_create([agreement for _, agreement in new])
    through = Agreement.counties.through
    through.objects.bulk_create(
        through(agreement=agreement, county_id=fips)
        for agreement, (one, _) in zip(created, new, strict=True)
        for fips in one.fips
    )
    document_of_day = {one.list_date: documents[one.id] for one in lists}
    Citation.objects.bulk_create(
        citation
        for agreement, (one, _) in zip(created, new, strict=True)
        for citation in _citations(one, agreement, documents, document_of_day)
    )
    return created


def _origin(one: DerivedAgreement) -> str:
    """Names of agencies may be longer than an origin; the day tells one spell from another."""
    key = hashlib.sha256(one.list_key.encode()).hexdigest()[:20]
    return f"baseline:{one.kind}:{one.state}:{key}:{one.listings[0].list_date}"


def _agreement(one: DerivedAgreement, to_verify: Mapping[str, str], by) -> Agreement:
    notes = {key: to_verify[key] for key in _choice_keys(one) if key in to_verify}
    return Agreement(
        origin=_origin(one),
        kind=one.kind,
        state_id=one.state,
        agency_name=one.agency_name,
        agency_type=one.agency_type,
        type_as_listed=one.type_as_listed,
        model=one.model,
        signed_on=one.signed_on,
        effective_from=one.effective_from,
        in_force_by=one.in_force_by,
        effective_until=one.effective_until,
        ended_as=one.ended_as,
        last_listed_on=one.last_listed_on,
        list_key=one.list_key,
        notes=one.notes,
        needs_verification=bool(notes),
        verification_note=" ".join(dict.fromkeys(notes.values())),
        created_by=by,
    )


def _choice_keys(one: DerivedAgreement) -> list[str]:
    """Under which keys a person may have decided: "TX|agency" without the model, or DETLOC."""
    own = [key.split("|", 1)[1] for key in one.keys]
    return own if one.kind == AgreementKind.DETENTION else [key.rpartition("|")[0] for key in own]


def _citations(
    one: DerivedAgreement,
    agreement: Agreement,
    documents: Mapping[str, int],
    document_of_day: Mapping[date, int],
) -> Iterable[Citation]:
    """The newest row first: it carries the record. Then the list that has it no longer."""
    for listing in reversed(one.listings):
        yield Citation(
            agreement=agreement,
            document_id=documents[listing.list_id],
            sheet=listing.entry.sheet,
            row=listing.entry.row,
            note=addresses(listing),
        )
    if one.effective_until:
        yield Citation(
            agreement=agreement, document_id=document_of_day[one.effective_until], note=NOT_LISTED
        )

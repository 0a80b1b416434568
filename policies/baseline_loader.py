"""Loads the facts that ship with the project (`policies/baseline/`) into an empty or older record.

Repeatable: every entry has a key, and an entry whose key is already there, in whatever state
staff have since brought it to, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from counties.models import State
from policies import actions, baseline_lists, baseline_texts
from policies.baseline_files import day, read, read_table
from policies.models import (
    ChangeKind,
    Citation,
    LocalPolicy,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    SourceDocument,
    StateProvision,
    WinFactor,
)
from policies.rubric import FACTORS

OBSERVED_2017 = date(2017, 2, 1)  # "February 2017": a month counts from its first day
ARTICLE_2017 = "mic-2017-safest-cities"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries were new."""

    documents: int
    records: int
    texts: int


@transaction.atomic
def load(*, by, at: datetime) -> Loaded:
    """Load every entry that is not there yet, and publish the records as one change."""
    new_documents = _load_documents() + baseline_lists.load_documents()
    documents = dict(SourceDocument.objects.filter(key__isnull=False).values_list("key", "pk"))
    local = read("local_policies")["policy"]
    policies = [
        *_counties_of_2017(),
        *(_local_policy(entry) for entry in local if not entry.get("ends_previous")),
    ]
    drafts = [
        *_create_policies(policies, documents, by),
        *_create_provisions(documents, by),
        *_create_wins(documents, by),
        *baseline_lists.create(documents, by),
    ]
    baseline_lists.load_choices(by=by, at=at)
    if drafts:
        actions.publish_many(
            records=drafts, by=by, at=at, summary="Baseline records compiled from the documents."
        )
    changed = _record_changes(
        (entry for entry in local if entry.get("ends_previous")), documents, by, at
    )
    texts = baseline_texts.load(documents)
    _note_coverage()
    return Loaded(new_documents, len(drafts) + changed, texts)


def _load_documents() -> int:
    known = set(SourceDocument.objects.values_list("key", flat=True))
    new = [
        SourceDocument(
            key=entry["key"],
            kind=entry["kind"],
            title=entry["title"],
            publisher=entry["publisher"],
            published_on=day(entry["date"]),
            published_on_precision=entry.get("date_precision") or "day",
            url=entry["url"],
            language=entry["language"],
            summary=entry["summary"],
            read_as=entry["read_as"],
            copy_note=entry.get("notes", ""),
        )
        for entry in read("documents")["document"]
        if entry["key"] not in known
    ]
    SourceDocument.objects.bulk_create(new)
    return len(new)


def _new(model, entries: Iterable[tuple[str, dict]]) -> list[tuple[str, dict]]:
    """Those entries whose origin is not in the record yet."""
    known = set(model.objects.filter(origin__isnull=False).values_list("origin", flat=True))
    return [(origin, entry) for origin, entry in entries if origin not in known]


def _citations(entry: dict, documents: dict[str, int], **record) -> list[Citation]:
    return [
        Citation(
            document_id=documents[item["document"]],
            page=item.get("page", ""),
            quote=item.get("quote", ""),
            **record,
        )
        for item in entry.get("citation", [])
    ]


def _counties_of_2017() -> Iterator[tuple[str, LocalPolicy, list[dict]]]:
    """The 84 counties of early 2017: seven answers each, as the article states them."""
    quotes = read("counties_2017_quotes")["quote"]
    for row in read_table("counties_2017"):
        citation = {"document": ARTICLE_2017, "quote": quotes[row["quote_key"]]["quote"]}
        for factor in FACTORS:
            policy = LocalPolicy(
                origin=f"baseline:2017:{row['fips']}:{factor}",
                county_id=row["fips"],
                factor=factor,
                answer=row[factor],
                effective_from=OBSERVED_2017,
                effective_from_precision="month",
                in_force_by=True,
                observed_on=OBSERVED_2017,
                observed_on_precision="month",
                last_verified=OBSERVED_2017,
            )
            yield policy.origin, policy, [citation]


def _local_policy(entry: dict) -> tuple[str, LocalPolicy, list[dict]]:
    policy = LocalPolicy(
        origin=f"baseline:policy:{entry['key']}",
        county_id=entry["county"],
        factor=entry["factor"],
        answer=entry["answer"],
        title=entry["title"],
        qualification=entry["qualification"],
        effective_from=day(entry["effective_from"]),
        effective_from_precision=entry["effective_from_precision"],
        effective_until=day(entry.get("effective_until")),
        in_force_by=entry["in_force_by"],
        observed_on=day(entry.get("observed_on")),
        observed_on_precision=entry.get("observed_on_precision", "day"),
        last_verified=day(entry.get("last_verified")),
        needs_verification=entry["needs_verification"],
        verification_note=entry.get("verification_note", ""),
    )
    return policy.origin, policy, entry["citation"]


def _create_policies(policies, documents, by) -> list[LocalPolicy]:
    new = _new(LocalPolicy, ((origin, (policy, cited)) for origin, policy, cited in policies))
    for _, (policy, _cited) in new:
        policy.created_by = by
    created = LocalPolicy.objects.bulk_create([policy for _, (policy, _cited) in new])
    Citation.objects.bulk_create(
        [
            citation
            for policy, (_, (_policy, cited)) in zip(created, new, strict=True)
            for citation in _citations({"citation": cited}, documents, local_policy=policy)
        ]
    )
    return created


def _record_changes(entries, documents, by, at) -> int:
    """Policies that replaced an earlier answer: the policy changed on their first day."""
    items = (_local_policy(entry) for entry in entries)
    new = _new(LocalPolicy, ((origin, (policy, cited)) for origin, policy, cited in items))
    for _, (policy, cited) in new:
        policy.succeeds = (
            LocalPolicy.objects.published()
            .in_force(policy.effective_from)
            .filter(county=policy.county_id, factor=policy.factor)
            .first()
        )
        policy.change_kind = ChangeKind.POLICY_CHANGE if policy.succeeds else ChangeKind.NEW
        policy.created_by = by
        policy.save()
        Citation.objects.bulk_create(
            _citations({"citation": cited}, documents, local_policy=policy)
        )
        actions.publish(record=policy, by=by, at=at)
    return len(new)


def _create_provisions(documents, by) -> list[StateProvision]:
    entries = ((f"baseline:provision:{e['key']}", e) for e in read("state_provisions")["provision"])
    created = []
    for origin, entry in _new(StateProvision, entries):
        others = [name.replace("_", " ") for name in entry["binds"] if name != "county_agencies"]
        provision = StateProvision.objects.create(
            origin=origin,
            state_id=entry["state"],
            title=entry["title"],
            level=entry["level"],
            legal_citation=entry["legal_citation"],
            binds_county_agencies="county_agencies" in entry["binds"],
            binds_others=", ".join(others),
            binds_note=entry.get("binds_note", ""),
            summary=entry["summary"],
            enacted_on=day(entry.get("enacted")),
            enacted_on_precision=entry.get("enacted_precision") or "day",
            last_verified=day(entry["last_verified"]),
            needs_verification=entry["needs_verification"],
            verification_note=entry.get("verification_note", ""),
            created_by=by,
        )
        citations = _citations(entry, documents, provision=provision)
        for item in entry.get("claim", []):
            claim = ProvisionClaim.objects.create(
                provision=provision,
                factor=item["factor"],
                effect=item["effect"],
                effective_from=day(item["effective_from"]),
                effective_from_precision=item["effective_from_precision"],
                in_force_by=item.get("in_force_by", False),
                effective_until=day(item.get("effective_until")),
                compliance_date=day(item.get("compliance_date")),
                qualification=item.get("qualification", ""),
                needs_verification=item["needs_verification"],
                verification_note=item.get("verification_note", ""),
            )
            citations += _citations(item, documents, claim=claim)
        for item in entry.get("exception", []):
            exception = ProvisionException.objects.create(
                provision=provision,
                county_id=item["county"],
                factor=item.get("factor", ""),
                reason=item["reason"],
                effective_from=day(item["effective_from"]),
                effective_until=day(item.get("effective_until")),
            )
            citations += _citations(item, documents, exception=exception)
        Citation.objects.bulk_create(citations)
        created.append(provision)
    return created


def _create_wins(documents, by) -> list[PolicyWin]:
    entries = ((f"baseline:win:{entry['key']}", entry) for entry in read("wins")["win"])
    created = []
    for origin, entry in _new(PolicyWin, entries):
        win = PolicyWin.objects.create(
            origin=origin,
            title=entry["title"],
            summary=entry["summary"],
            kind=entry["kind"],
            kind_uncertain=entry.get("kind_uncertain", False),
            state_id=entry["state"],
            place=entry["place"],
            date_earliest=day(entry.get("date") or entry.get("date_earliest")),
            date_latest=day(entry.get("date_latest")),
            date_precision=entry.get("date_precision", "day"),
            note=entry.get("note", ""),
            created_by=by,
        )
        win.counties.set(entry["counties"])
        WinFactor.objects.bulk_create([WinFactor(win=win, factor=f) for f in entry["factors"]])
        Citation.objects.bulk_create(_citations(entry, documents, win=win))
        created.append(win)
    return created


def _note_coverage() -> None:
    """State law is coded as one report describes it, unless staff have coded on."""
    through = day(read("state_provisions")["coverage"]["through"])
    State.objects.filter(law_coded_through__isnull=True).update(law_coded_through=through)

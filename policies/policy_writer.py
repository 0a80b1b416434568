"""Writes what a file's answers change, in bulk: the same rows that `actions.publish` would leave.

New answers, corrections and confirmations are published rows of their own; a change of policy also
keeps what held before as a period that ended. A fixed number of queries, batches aside. Called by
`policies.submissions` inside its transaction and behind its lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from policies import bulk
from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import Act, PlannedPolicy
from policies.models import ChangeKind, Citation, LocalPolicy, RecordStatus, Submission

#: Numbers named in one statement. SQLite takes 250,000 variables, PostgreSQL 65,535.
CHUNK = 10_000
#: Answers whose rows are made at once: those of a whole file would take much memory.
TOGETHER = 4_000

#: Content that a row copied from another keeps: everything but its identity and its life.
KEPT = (
    *("county_id", "state_id", "factor", "answer", "title", "qualification", "notes"),
    *("effective_from", "effective_from_precision", "in_force_by"),
    *("effective_until", "effective_until_precision"),
    *("observed_on", "observed_on_precision", "last_verified"),
    *("needs_verification", "verification_note"),
)
_as_kept = itemgetter(*KEPT)
NAMES = (
    *(*KEPT, "id", "main_citation_id"),
    *("change_kind", "succeeds_id", "origin", "submission_id"),
)
CITED = ("document_id", "page", "quote", "sheet", "row", "cell", "note")
CITATION_NAMES = (*CITED, "id", "local_policy_id")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be: its content (as KEPT), what it means, and the citations (as CITED) it has."""

    content: tuple
    kind: str
    succeeds: int | None
    origin: str | None
    submission: int | None
    citations: list[tuple]


def write(
    planned: Sequence[PlannedPolicy],
    *,
    submission: Submission,
    documents: Mapping[object, int],
    by,
    at: datetime,
) -> None:
    """Publish what was planned. `documents`: numbers of the documents, by Source and, for the file
    itself, by None."""
    doing = [one for one in planned if one.act is not None]
    # All of them first: a new row may stand where another one's predecessor stood.
    close(
        {one.succeeds for one in doing if one.succeeds is not None}, RecordStatus.SUPERSEDED, by, at
    )
    for start in range(0, len(doing), TOGETHER):
        part = doing[start : start + TOGETHER]
        old = _stored({one.succeeds for one in part if one.succeeds is not None})
        old_citations = _citations({one.succeeds for one in part if _keeps_citations(one)})
        drafts = [
            draft
            for one in part
            for draft in _drafts(one, old, old_citations, submission, documents)
        ]
        insert(drafts, by=by, at=at)


def insert(drafts: Sequence[Draft], *, by, at: datetime) -> None:
    """Insert published rows with their citations; each points to its first citation."""
    numbers = bulk.new_keys(LocalPolicy, len(drafts))
    cited = bulk.new_keys(Citation, sum(len(draft.citations) for draft in drafts))
    shared = {
        "status": RecordStatus.PUBLISHED,
        "published_at": at,
        "published_by_id": by.pk,
        "created_at": at,
        "created_by_id": by.pk,
    }
    bulk.insert(LocalPolicy, NAMES, _rows(drafts, numbers, cited), shared)
    bulk.insert(Citation, CITATION_NAMES, _cited_rows(drafts, numbers, cited), {})


def _rows(drafts: Sequence[Draft], numbers: Sequence[int], cited: Sequence[int]) -> Iterator[tuple]:
    """As NAMES, one at a time: all at once would be the most memory that an import takes."""
    first = 0
    for number, draft in zip(numbers, drafts, strict=True):
        main = cited[first] if draft.citations else None
        first += len(draft.citations)
        life = (draft.kind, draft.succeeds, draft.origin, draft.submission)
        yield (*draft.content, number, main, *life)


def _cited_rows(
    drafts: Sequence[Draft], numbers: Sequence[int], cited: Sequence[int]
) -> Iterator[tuple]:
    """As CITATION_NAMES, in the order of their numbers."""
    keys = iter(cited)
    for number, draft in zip(numbers, drafts, strict=True):
        for citation in draft.citations:
            yield (*citation, next(keys), number)


def close(numbers: Iterable[int], status: RecordStatus, by, at: datetime) -> None:
    """Close published rows, as `versions.close` closes one."""
    for chunk in chunks(numbers):
        LocalPolicy.objects.filter(pk__in=chunk).update(status=status, closed_at=at, closed_by=by)


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def copied(number: int, old: Mapping[int, tuple], **changes) -> tuple:
    """The content of a stored row, with some of it changed."""
    content = old[number]
    return tuple(changes.get(name, content[at]) for at, name in enumerate(KEPT))


def stored_content(numbers: Iterable[int]) -> dict[int, tuple]:
    """Content by number, as KEPT."""
    return _stored(set(numbers))


def stored_citations(numbers: Iterable[int]) -> dict[int, list[tuple]]:
    """Citations by number of the row they carry, in order, as CITED."""
    return _citations(set(numbers))


def _stored(numbers: set[int]) -> dict[int, tuple]:
    found = {}
    for chunk in chunks(numbers):
        for number, *content in LocalPolicy.objects.filter(pk__in=chunk).values_list("pk", *KEPT):
            found[number] = tuple(content)
    return found


def _citations(numbers: set[int]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = {}
    for chunk in chunks(numbers):
        rows = Citation.objects.filter(local_policy__in=chunk).order_by("pk")
        for number, *citation in rows.values_list("local_policy_id", *CITED):
            found.setdefault(number, []).append(tuple(citation))
    return found


def _keeps_citations(planned: PlannedPolicy) -> bool:
    """Whether a row that goes on existing still rests on what its predecessor cited."""
    if planned.succeeds is None:
        return False
    if planned.act == Act.CORRECTION:
        return planned.before is not None and planned.before.answer == planned.fact.answer
    return True


def _drafts(
    planned: PlannedPolicy,
    old: Mapping[int, tuple],
    old_citations: Mapping[int, list[tuple]],
    submission: Submission,
    documents: Mapping[object, int],
) -> Iterator[Draft]:
    fact, before = planned.fact, planned.succeeds
    cited = [_citation(fact, documents)]
    seen = fact.seen_on or submission.as_of
    origin = f"submission:{submission.pk}:{fact.sheet[:40]}:{fact.row}:{fact.factor}"
    if planned.act == Act.CONFIRMED:
        content = copied(before, old, last_verified=seen)
        kept = old_citations.get(before, [])
        yield Draft(content, ChangeKind.CONFIRMED, before, origin, submission.pk, kept + cited)
        return
    if planned.keeps_until:
        ended = copied(
            before,
            old,
            effective_until=planned.keeps_until,
            effective_until_precision=fact.effective_from_precision
            if fact.effective_from
            else "day",
        )
        kept = old_citations.get(before, [])
        kind = ChangeKind.POLICY_CHANGE
        yield Draft(ended, kind, before, f"{origin}:before", submission.pk, kept)
    elif planned.act == Act.CORRECTION and before in old_citations:
        cited = cited + old_citations[before]
    elif planned.act == Act.POLICY_CHANGE:  # it only says when the policy ended
        cited = old_citations.get(before, []) + cited
    content = _content(planned, old, seen)
    yield Draft(content, planned.act, before, origin, submission.pk, cited)


def _content(planned: PlannedPolicy, old: Mapping[int, tuple], as_of: date) -> tuple:
    """The content of the new row. What the file does not say, a row it replaces goes on saying."""
    fact = planned.fact
    same_policy = planned.before is not None and planned.before.answer == fact.answer
    if same_policy and not planned.keeps_until:
        before = dict(zip(KEPT, old[planned.succeeds], strict=True))
    else:
        before = {"needs_verification": False}
    seen = as_of if planned.starts <= as_of else None
    over = planned.ends is not None and planned.ends <= as_of
    verified = before.get("last_verified")
    if seen and not over:
        verified = max(seen, verified) if verified else seen
    values = {
        "county_id": fact.place.fips or None,
        "state_id": None if fact.place.fips else fact.place.usps,
        "factor": fact.factor,
        "answer": fact.answer,
        "title": fact.title or before.get("title", ""),
        "qualification": fact.qualification or before.get("qualification", ""),
        "notes": fact.notes or before.get("notes", ""),
        "effective_from": planned.starts,
        "effective_from_precision": fact.effective_from_precision
        if fact.effective_from
        else before.get("effective_from_precision", "day"),
        "in_force_by": planned.in_force_by,
        "effective_until": planned.ends,
        "effective_until_precision": planned.ends_precision,
        "observed_on": before.get("observed_on") or seen,
        "observed_on_precision": before.get("observed_on_precision", "day"),
        "last_verified": verified,
        "needs_verification": before["needs_verification"],
        "verification_note": before.get("verification_note", ""),
    }
    return _as_kept(values)


def _citation(fact: PolicyFact, documents: Mapping[object, int]) -> tuple:
    """As CITED: the document that the row names, or the row itself by sheet, row and cell."""
    if fact.source is None:
        return (documents[None], "", "", fact.sheet[:100], fact.row, fact.cell, "")
    source = fact.source
    return (documents[document_key(source)], source.page, source.quote, "", None, "", "")


def document_key(source) -> tuple:
    """What makes two sources one document."""
    return (source.title, source.url, source.published_on)

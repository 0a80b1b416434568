"""Writes what was decided about a file: its documents, its rows, the change log, then the scores.

Called by `policies.submissions` inside its transaction and behind its lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from counties.models import County
from policies import actions, agreement_writer, policy_writer, score_periods
from policies.effects import counties_of
from policies.import_packing import Acts
from policies.import_plans import Plan
from policies.imports.planned_policies import Act
from policies.list_plans import ListPlan
from policies.models import (
    ChangeEvent,
    ChangeKind,
    DocumentKind,
    IceEngagement,
    SourceDocument,
    Submission,
    SubmissionKind,
)

ICE_KINDS = frozenset({SubmissionKind.ICE_287G, SubmissionKind.ICE_DETENTION})
LOG_KINDS = {
    Act.NEW: ChangeKind.NEW,
    Act.POLICY_CHANGE: ChangeKind.POLICY_CHANGE,
    Act.CORRECTION: ChangeKind.CORRECTION,
    Act.CONFIRMED: ChangeKind.CONFIRMED,
}


def apply_policies(acts: Plan | Acts, submission: Submission, by, at, reason: str) -> set[str]:
    """Returns the counties whose scores are to be rebuilt, which its caller does without the acts:
    both together are the most memory that applying takes."""
    if not any(one.act for one in acts.policies) and not acts.engagements:
        return set()
    documents = _documents(acts, submission)
    policy_writer.write(acts.policies, submission=submission, documents=documents, by=by, at=at)
    _keep_engagements(acts, submission)
    return _log(acts, submission, by, at, reason)


def _documents(plan: Plan | Acts, submission: Submission) -> dict[object, int]:
    """Numbers of the documents that the rows cite, by source; of the file itself by None."""
    sources = {
        policy_writer.document_key(one.fact.source): one.fact.source
        for one in plan.policies
        if one.act and one.fact.source
    }
    titles = {source.title for source in sources.values()}
    known = {
        (title, url, day): number
        for number, title, url, day in SourceDocument.objects.public()
        .filter(title__in=titles, sealed_at__isnull=True)
        .order_by("-pk")
        .values_list("pk", "title", "url", "published_on")
    }
    new = [source for key, source in sources.items() if key not in known]
    made = SourceDocument.objects.bulk_create(
        [
            SourceDocument(
                kind=DocumentKind.OTHER,
                title=source.title,
                url=source.url,
                published_on=source.published_on,
                published_on_precision=source.published_on_precision,
                read_as="excerpt" if source.quote else "not_seen",
            )
            for source in new
        ]
    )
    for source, document in zip(new, made, strict=True):
        known[policy_writer.document_key(source)] = document.pk
    numbers: dict[object, int] = {key: known[key] for key in sources}
    numbers[None] = file_document(submission).pk
    return numbers


def file_document(submission: Submission) -> SourceDocument:
    """The file as a document to cite: made once for a hash, title and day."""
    is_list = submission.kind in ICE_KINDS
    document, _made = SourceDocument.objects.get_or_create(
        sha256=submission.sha256,
        title=submission.source_title,
        published_on=submission.as_of,
        defaults={
            "kind": DocumentKind.ICE_LIST if is_list else DocumentKind.OTHER,
            "publisher": "U.S. Immigration and Customs Enforcement" if is_list else "",
            "url": submission.source_url,
            # ICE's own lists are public; a partner's sheet may hold more than is published.
            "file": submission.file.name if is_list else "",
            "summary": _("A spreadsheet, cited by sheet, row and cell."),
        },
    )
    submission.document = document
    return document


def apply_list(plan: ListPlan, submission: Submission, by, at: datetime, reason: str) -> None:
    """Publish a list by ICE. Every county is touched: who is not on it was seen to decline."""
    if not plan.changes_something:
        return
    document = file_document(submission)
    agreement_writer.write(plan, submission=submission, document=document, by=by, at=at)
    counted = Counter(one.act for one in plan.agreements if one.act is not None)
    if plan.act is not None:
        counted[plan.act] += 0
    everywhere = set(County.objects.values_list("pk", flat=True))
    for act, kind in LOG_KINDS.items():
        if act not in counted:
            continue
        places = agreement_writer.places_of(plan, act)
        summary = _("%(what)s: %(count)s agreements. %(reason)s") % {
            "what": name_of(submission),
            "count": f"{counted[act]:,}",
            "reason": reason,
        }
        log_event(kind, summary.strip(), by, at, everywhere if act == plan.act else places)
    score_periods.rebuild()


def _keep_engagements(plan: Plan | Acts, submission: Submission) -> None:
    IceEngagement.objects.bulk_create(
        [
            IceEngagement(
                submission=submission,
                row=one.row,
                county_id=one.place.fips or None,
                state_id=None if one.place.fips else one.place.usps,
                **one.values,
            )
            for one in plan.engagements
        ],
        batch_size=2000,
    )


def _log(plan: Plan | Acts, submission: Submission, by, at: datetime, reason: str) -> set[str]:
    """One entry of the change log for each thing the file did. Returns the counties in them."""
    touched: set[str] = set()
    for act, kind in LOG_KINDS.items():
        places = {one.fact.place.key for one in plan.policies if one.act == act}
        if not places:
            continue
        answers = sum(one.act == act for one in plan.policies)
        summary = _("%(what)s: %(count)s answers. %(reason)s") % {
            "what": name_of(submission),
            "count": f"{answers:,}",
            "reason": reason,
        }
        counties = counties_of(places)
        log_event(kind, summary.strip(), by, at, counties)
        touched |= counties
    return touched


def name_of(submission: Submission) -> str:
    return _("Submission %(number)s, “%(title)s” as of %(day)s") % {
        "number": submission.pk,
        "title": submission.source_title,
        "day": submission.as_of,
    }


def log_event(kind: ChangeKind, summary: str, by, at: datetime, counties: Collection[str]) -> None:
    event = ChangeEvent.objects.create(at=at, kind=kind, summary=summary, actor=by)
    actions.link_counties(event, counties)

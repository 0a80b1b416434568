"""A second coder codes a county blind; then it is compared with the record. Named actions.

What the coder wrote is frozen when it is submitted, and what the record said at that moment is
kept beside it. Until then nobody compares anything, and the coder is told no answer of the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from counties.models import County
from policies import clock, evidence, quotes, reviews
from policies.agreement_stats import Agreement, agreement
from policies.models import (
    AnswerChoices,
    ChangeSet,
    CodedAnswer,
    CodingTask,
    FactorChoices,
    LocalPolicy,
    ReviewNote,
    SourceDocument,
)
from policies.quality import queue
from policies.quality.coders import CHECK, finding, own_answer
from policies.resolution import FactorEvidence, resolve
from policies.rubric import FACTORS, Answer, Factor

Status = CodingTask.Status
CODE = "policies.code_codingtask"
LONGEST_COMMENT = 5_000


@dataclass(frozen=True, slots=True)
class Coded:
    """What the coder says of one factor. An empty `answer`: nothing yet."""

    answer: str
    document: SourceDocument | None = None
    page: str = ""
    quote: str = ""
    note: str = ""


@transaction.atomic
def ask(
    *,
    county: County,
    documents: Collection[SourceDocument],
    coder,
    by,
    at: datetime,
    due_on: date | None = None,
) -> CodingTask:
    """Ask somebody who wrote nothing about the county to code it from these documents."""
    if not (coder.is_active and coder.is_staff and coder.has_perm(CODE)):
        raise ValidationError({"coder": _("This account may not code.")})
    if coder.pk == by.pk:
        raise ValidationError({"coder": _("Ask somebody else: you may have seen the answers.")})
    if LocalPolicy.objects.filter(county=county, created_by=coder).exists():
        raise ValidationError(
            {"coder": _("This person wrote answers about the county. Ask somebody else.")}
        )
    if due_on and due_on < clock.day_of(at):
        raise ValidationError({"due_on": _("This day is over already.")})
    if not documents:
        raise ValidationError({"documents": _("Choose what the coder is to read.")})
    if CodingTask.objects.filter(county=county, coder=coder, status=Status.OPEN).exists():
        raise ValidationError({"coder": _("This coder is coding that county already.")})
    task = CodingTask.objects.create(
        county=county, coder=coder, due_on=due_on, asked_by=by, asked_at=at
    )
    task.documents.set(documents)
    return task


@transaction.atomic
def save(*, task: CodingTask, by, at: datetime, answers: Mapping[Factor, Coded]) -> CodingTask:
    """Keep what the coder has so far."""
    current = _open(task, by)
    own = set(current.documents.values_list("pk", flat=True))
    for factor, coded in answers.items():
        if coded.document and coded.document.pk not in own:
            raise ValidationError(_("This document is not one of those to be read."))
        if len(coded.quote) > quotes.LONGEST_QUOTE:
            raise ValidationError(_("The quote is too long. Quote the sentences that count."))
        rows = CodedAnswer.objects.filter(task=current, factor=factor.value)
        if not coded.answer:
            rows.delete()
            continue
        CodedAnswer.objects.update_or_create(
            task=current,
            factor=factor.value,
            defaults={
                "answer": AnswerChoices(coded.answer).value,
                "document": coded.document,
                "page": coded.page.strip(),
                "quote": coded.quote.strip(),
                "note": coded.note.strip(),
                "coded_at": at,
            },
        )
    return current


@transaction.atomic
def submit(*, task: CodingTask, by, at: datetime) -> CodingTask:
    """Freeze the answers, with those of the record at this moment beside them.

    Raises ValidationError that names what is missing: an answer, or the words for a yes or no.
    """
    current = _open(task, by)
    coded = {Factor(row.factor): row for row in current.answers.all()}
    problems = [
        ValidationError(
            _("%(factor)s: %(problem)s"),
            params={"factor": FactorChoices(factor.value).label, "problem": problem},
        )
        for factor in FACTORS
        if (problem := _missing(coded.get(factor)))
    ]
    if problems:
        raise ValidationError(problems)
    recorded = recorded_answers(current.county_id, clock.day_of(at))
    for factor, row in coded.items():
        row.recorded = recorded[factor].value
        row.save(update_fields=["recorded"])
    current.status, current.submitted_at = Status.DONE, at
    current.save(update_fields=["status", "submitted_at"])
    return current


def _missing(row: CodedAnswer | None) -> str:
    if row is None:
        return _("there is no answer yet.")
    if row.answer in (Answer.YES, Answer.NO) and not (row.document_id and row.quote):
        return _("say which document carries it, and quote the words.")
    return ""


@transaction.atomic
def cancel(*, task: CodingTask, by, at: datetime) -> CodingTask:
    """Ask no longer. What was written stays, and is compared with nothing."""
    current = _locked(task)
    if not current.is_open:
        raise reviews.AlreadyDoneError(_("It is not open any more."))
    current.status = Status.CANCELLED
    current.save(update_fields=["status"])
    return current


def recorded_answers(fips: str, day: date) -> dict[Factor, Answer]:
    """What the record says that this county does: its own answers, and its agreements."""
    of_county = evidence.load(fips=[fips]).of(fips)
    return {
        factor: own_answer(resolve(of_county.get(factor, FactorEvidence()), day))
        for factor in FACTORS
    }


# --- What becomes of differences ---------------------------------------------------------------


@transaction.atomic
def put_into_queue(*, answer: CodedAnswer, by, at: datetime) -> CodedAnswer:
    """Make a difference a finding of the quality queue, until the record says the same."""
    current = _differing(answer)
    if current.raised_at:
        raise reviews.AlreadyDoneError(_("It is in the queue already."))
    current.raised_at, current.raised_by = at, by
    current.save(update_fields=["raised_at", "raised_by"])
    now = recorded_answers(current.task.county_id, clock.day_of(at))
    queue.note(check=CHECK, finding=finding(current, now[Factor(current.factor)]), at=at)
    return current


@transaction.atomic
def comment(
    *, answer: CodedAnswer, change_set: ChangeSet, by, at: datetime, text: str = ""
) -> ReviewNote:
    """Say the difference in the discussion of a change-set that is not decided."""
    current = _differing(answer)
    if not (change_set.is_open or change_set.is_in_review):
        raise ValidationError(_("This change-set is decided already."))
    words = _("A second coder differs on “%(factor)s”: %(second)s; the record: %(first)s.") % {
        "factor": current.get_factor_display(),
        "second": current.get_answer_display(),
        "first": current.get_recorded_display(),
    }
    quote = f"\n“{current.quote}” ({current.document}, {current.page})" if current.quote else ""
    said = f"{words}{quote}\n{text.strip()}".strip()
    return reviews.comment(change_set=change_set, by=by, at=at, text=said)


def _differing(answer: CodedAnswer) -> CodedAnswer:
    rows = CodedAnswer.objects.select_for_update(of=("self",)).select_related("task", "document")
    current = rows.get(pk=answer.pk)
    if not current.recorded or current.agrees:
        raise ValidationError(_("There is no difference here."))
    return current


def agreement_by_factor() -> dict[Factor, Agreement]:
    """How far second coders and the record agree, over all that was submitted. One query."""
    pairs: dict[str, list[tuple[str, str]]] = {factor.value: [] for factor in FACTORS}
    rows = CodedAnswer.objects.filter(task__status=Status.DONE).order_by("pk")
    for factor, first, second in rows.values_list("factor", "recorded", "answer"):
        pairs[factor].append((first, second))
    return {factor: agreement(pairs[factor.value]) for factor in FACTORS}


def _locked(task: CodingTask) -> CodingTask:
    return CodingTask.objects.select_for_update(of=("self",)).get(pk=task.pk)


def _open(task: CodingTask, by) -> CodingTask:
    current = _locked(task)
    if current.coder_id != by.pk:
        raise ValidationError(_("Somebody else codes this."), code="other")
    if not current.is_open:
        raise reviews.AlreadyDoneError(_("It was submitted or cancelled; nothing was changed."))
    return current

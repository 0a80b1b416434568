"""Where a second coder read the documents differently, and somebody put that into the queue."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from policies.models import CodedAnswer, CodingTask
from policies.quality.base import Check, Finding, Material, Severity, about
from policies.resolution import Decision, Rule
from policies.rubric import Answer, Factor


def own_answer(decision: Decision | None) -> Answer:
    """What a reader of the county's documents should find: an agreement in force, or what the
    county's own record says; not what state law makes of it."""
    if decision is None:
        return Answer.UNKNOWN
    return decision.answer if decision.rule == Rule.AGREEMENT else decision.local_answer


def finding(coded: CodedAnswer, recorded: Answer) -> Finding:
    return Finding(
        key=str(coded.pk),
        about=about(CodingTask, coded.task_id),
        sentence=gettext_noop(
            "“%(factor)s”: a second coder found “%(answer_second)s”, the record says "
            "“%(answer_first)s”."
        ),
        values={
            "factor": coded.factor,
            "answer_second": coded.answer,
            "answer_first": recorded.value,
        },
        county=coded.task.county_id,
    )


def second_coders(material: Material) -> Iterator[Finding]:
    """Differences that were put into the queue and still are differences."""
    rows = CodedAnswer.objects.filter(raised_at__isnull=False).select_related("task")
    for coded in rows.order_by("pk"):
        decisions = material.decisions.get(coded.task.county_id, {})
        recorded = own_answer(decisions.get(Factor(coded.factor)))
        if coded.answer != recorded:
            yield finding(coded, recorded)


CHECK = Check(
    "second-coder",
    _("Second coders who differ"),
    _(
        "A second coder read the documents without knowing our answer and found another one; "
        "somebody thought that worth looking at."
    ),
    Severity.WARNING,
    second_coders,
)
CHECKS = (CHECK,)

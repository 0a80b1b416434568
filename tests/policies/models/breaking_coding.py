"""Illegal rows of second codings."""

from __future__ import annotations

from tests.factories import CountyFactory, UserFactory
from tests.factories_coding import CodedAnswerFactory, CodingTaskFactory
from tests.policies.models.breaking import THEN, breaks


@breaks("codingtask_submitted_when_done")
def done_though_never_submitted():
    CodingTaskFactory(status="done")


@breaks("codingtask_submitted_when_done")
def open_though_submitted():
    CodingTaskFactory(submitted_at=THEN)


@breaks("codingtask_submitted_when_done")
def coded_in_no_known_status():
    CodingTaskFactory(status="lost")


@breaks("codingtask_due_in_a_plausible_year")
def coding_due_in_5025():
    CodingTaskFactory(due_on="5025-01-01")


@breaks("codingtask_one_open_a_coder")
def asked_for_twice():
    county, coder = CountyFactory(), UserFactory()
    for _ in range(2):
        CodingTaskFactory(county=county, coder=coder)


@breaks("codedanswer_once_a_factor")
def coded_twice():
    task = CodingTaskFactory()
    for _ in range(2):
        CodedAnswerFactory(task=task)


@breaks("codedanswer_known_factor")
def coded_for_no_known_factor():
    CodedAnswerFactory(factor="kindness")


@breaks("codedanswer_known_answers")
def coded_with_no_known_answer():
    CodedAnswerFactory(answer="maybe")


@breaks("codedanswer_known_answers")
def compared_with_no_known_answer():
    CodedAnswerFactory(recorded="maybe")


@breaks("codedanswer_raised_by_someone_once_compared")
def raised_by_nobody():
    CodedAnswerFactory(recorded="no", raised_at=THEN)


@breaks("codedanswer_raised_by_someone_once_compared")
def raised_before_it_was_compared():
    CodedAnswerFactory(raised_at=THEN, raised_by=UserFactory())

"""Second codings and what was coded."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from policies.models import CodedAnswer, CodingTask
from tests.factories import PUBLISHED_AT, CountyFactory, UserFactory


class CodingTaskFactory(DjangoModelFactory):
    class Meta:
        model = CodingTask

    county = factory.SubFactory(CountyFactory)
    coder = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = PUBLISHED_AT


class CodedAnswerFactory(DjangoModelFactory):
    class Meta:
        model = CodedAnswer

    task = factory.SubFactory(CodingTaskFactory)
    factor = "limits_holds"
    answer = "yes"
    coded_at = PUBLISHED_AT

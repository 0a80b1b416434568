"""Findings, requests for records and reports of readers, for tests."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from policies.models import ErrorReport, PublicRecordsRequest, QualityItem
from tests.factories import PUBLISHED_AT, StateFactory, UserFactory


class QualityItemFactory(DjangoModelFactory):
    """A finding that waits."""

    class Meta:
        model = QualityItem

    check_name = "no-archived-copy"
    # A check's own key is that of a row: these never meet one.
    key = factory.Sequence(lambda n: f"made-{n}")
    about_model = "policies.sourcedocument"
    about_pk = "1"
    sentence = "“%(title)s” is about %(place)s, but is tied to no county."
    values = {"title": "A win", "place": "a city"}
    first_seen = PUBLISHED_AT
    last_seen = PUBLISHED_AT


class RecordsRequestFactory(DjangoModelFactory):
    class Meta:
        model = PublicRecordsRequest

    state = factory.SubFactory(StateFactory)
    agency = "Place County Sheriff's Office"
    sent_on = date(2020, 1, 1)
    sent_by = factory.SubFactory(UserFactory)
    due_on = date(2020, 1, 11)


class ErrorReportFactory(DjangoModelFactory):
    class Meta:
        model = ErrorReport

    received_at = PUBLISHED_AT
    text = "The sheriff changed the policy in May."

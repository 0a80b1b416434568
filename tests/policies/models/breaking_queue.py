"""Illegal rows of the queue of findings, of requests and of reports."""

from __future__ import annotations

from datetime import date

from tests.factories import (
    CountyFactory,
    DocumentFactory,
    UserFactory,
)
from tests.factories_queue import ErrorReportFactory, QualityItemFactory, RecordsRequestFactory
from tests.policies.models.breaking import LATER, THEN, breaks


@breaks("qualityitem_once")
def found_twice():
    for _ in range(2):
        QualityItemFactory(key="06075")


@breaks("qualityitem_known_status")
def in_no_known_status():
    QualityItemFactory(status="lost", decided_by=UserFactory(), decided_at=THEN)


@breaks("qualityitem_decided_by_someone")
def resolved_by_nobody():
    QualityItemFactory(status="resolved", decided_at=THEN)


@breaks("qualityitem_decided_by_someone")
def resolved_at_no_time():
    QualityItemFactory(status="resolved", decided_by=UserFactory())


@breaks("qualityitem_decided_by_someone")
def open_though_decided():
    QualityItemFactory(decided_by=UserFactory(), decided_at=THEN)


@breaks("qualityitem_left_for_a_reason")
def left_without_a_word():
    decided = {"decided_by": UserFactory(), "decided_at": THEN}
    QualityItemFactory(status="wont_fix", reason="  ", **decided)


@breaks("qualityitem_county_has_its_state")
def of_a_county_without_its_state():
    QualityItemFactory(county=CountyFactory())


@breaks("qualityitem_seen_in_order")
def last_seen_before_it_was_found():
    QualityItemFactory(first_seen=LATER, last_seen=THEN)


@breaks("qualityitem_seen_in_order")
def gone_before_it_was_last_seen():
    QualityItemFactory(first_seen=THEN, last_seen=LATER, gone_at=THEN)


@breaks("recordsrequest_due_after_sent")
def due_before_it_was_sent():
    RecordsRequestFactory(sent_on=date(2020, 1, 2), due_on=date(2020, 1, 1))


@breaks("recordsrequest_answered_after_sent")
def answered_before_it_was_sent():
    RecordsRequestFactory(sent_on=date(2020, 1, 2), answered_on=date(2020, 1, 1))


@breaks("recordsrequest_document_only_if_answered")
def a_document_without_an_answer():
    RecordsRequestFactory(document=DocumentFactory())


@breaks("recordsrequest_plausible_years")
def due_in_the_year_5025():
    RecordsRequestFactory(due_on=date(5025, 7, 7))


@breaks("errorreport_known_status")
def a_report_in_no_known_status():
    ErrorReportFactory(status="lost", handled_by=UserFactory(), handled_at=THEN)


@breaks("errorreport_handled_by_someone")
def a_report_handled_by_nobody():
    ErrorReportFactory(status="mended")


@breaks("errorreport_handled_by_someone")
def an_open_report_that_was_handled():
    ErrorReportFactory(handled_by=UserFactory(), handled_at=THEN)


@breaks("errorreport_says_something")
def a_report_that_says_nothing():
    ErrorReportFactory(text=" ")

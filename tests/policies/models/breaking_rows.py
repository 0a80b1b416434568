"""Illegal rows of each kind of record but state law: what the database must refuse."""

from __future__ import annotations

from datetime import date

from django.db import connection

from policies.models import (
    Citation,
    DataNote,
    DocumentPage,
    IceEngagement,
    LocalOption,
    PublishedFigure,
    ScorePeriod,
    SourceDocument,
    WinFactor,
)
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    ImportChoiceFactory,
    LocalPolicyFactory,
    StateFactory,
    SubmissionFactory,
    UserFactory,
    WinFactory,
    published,
)
from tests.policies.models.breaking import THEN, breaks, insert_like

# --- Local policies ----------------------------------------------------------------------------


@breaks("localpolicy_of_a_county_or_a_state")
def policy_of_nobody():
    insert_like(LocalPolicyFactory(), county=None)


@breaks("localpolicy_of_a_county_or_a_state")
def policy_of_a_county_and_a_state():
    insert_like(LocalPolicyFactory(), state=StateFactory(usps="RI"))


@breaks("localpolicy_known_factor")
def policy_on_an_eighth_factor():
    insert_like(LocalPolicyFactory(), factor="no_alerts")


@breaks("localpolicy_known_answer")
def policy_whose_answer_is_unknown():
    insert_like(LocalPolicyFactory(), answer="unknown")


@breaks("localpolicy_observed_in_plausible_years")
def policy_observed_in_the_year_5025():
    insert_like(LocalPolicyFactory(), observed_on=date(5025, 7, 7))


@breaks("localpolicy_observed_in_plausible_years")
def policy_verified_before_there_was_any():
    insert_like(LocalPolicyFactory(), last_verified=date(1899, 12, 31))


@breaks("localpolicy_county_no_overlap")
def overlapping_policy_of_a_county():
    insert_like(published(LocalPolicyFactory), effective_from=date(2018, 1, 1))


@breaks("localpolicy_state_no_overlap")
def overlapping_policy_of_a_state():
    row = published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"))
    insert_like(row, effective_from=date(2018, 1, 1))


@breaks("localpolicy_one_open_period")
def second_open_period():
    """The constraint stands even if the one against overlaps were lost."""
    row = published(LocalPolicyFactory)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER localpolicy_county_no_overlap_insert")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE policies_localpolicy DROP CONSTRAINT localpolicy_county_no_overlap"
            )
    insert_like(row, effective_from=date(2018, 1, 1))


# --- Agreements and lists ----------------------------------------------------------------------


@breaks("agreement_known_kind")
def agreement_of_an_unknown_kind():
    insert_like(AgreementFactory(), kind="handshake")


@breaks("agreement_known_agency_type")
def agreement_of_an_agency_as_the_list_calls_it():
    insert_like(AgreementFactory(), agency_type="County")


@breaks("agreement_signed_and_listed_in_plausible_years")
def agreement_signed_in_the_year_5025():
    insert_like(AgreementFactory(), signed_on=date(5025, 7, 7))


@breaks("agreement_signed_and_listed_in_plausible_years")
def agreement_last_listed_in_the_year_202():
    insert_like(AgreementFactory(), last_listed_on=date(202, 1, 1))


@breaks("agreement_says_how_it_ended")
def agreement_that_ended_without_a_word():
    insert_like(AgreementFactory(), effective_until=date(2020, 1, 1))


@breaks("icelist_known_kind")
def list_of_an_unknown_kind():
    insert_like(IceListFactory(), kind="handshakes")


@breaks("icelist_plausible_years")
def list_of_the_year_5025():
    insert_like(IceListFactory(), list_date=date(5025, 7, 7))


@breaks("icelist_plausible_years")
def list_from_before_there_was_any():
    insert_like(IceListFactory(), list_date=date(1899, 12, 31))


@breaks("icelist_one_a_day")
def second_list_of_a_day():
    insert_like(published(IceListFactory))


# --- Documents and citations -------------------------------------------------------------------


@breaks("document_sha256_is_hex")
def hash_in_capitals():
    SourceDocument.objects.create(kind="news", title="x", sha256="A" * 64)


@breaks("document_sha256_is_hex")
def hash_too_short():
    SourceDocument.objects.create(kind="news", title="x", sha256="a" * 63)


@breaks("document_file_has_hash")
def file_without_hash():
    SourceDocument.objects.create(kind="news", title="x", file="documents/x.pdf")


@breaks("document_page_once")
def the_same_page_twice():
    document = DocumentFactory()
    for text in ("one", "another"):
        DocumentPage.objects.create(document=document, number=1, text=text)


@breaks("document_page_counts_from_one")
def page_zero():
    DocumentPage.objects.create(document=DocumentFactory(), number=0)


@breaks("document_sealed_by_someone_for_a_reason")
def sealed_by_nobody():
    SourceDocument.objects.create(kind="news", title="x", sealed_at=THEN, sealed_reason="order")


@breaks("document_sealed_by_someone_for_a_reason")
def sealed_without_reason():
    SourceDocument.objects.create(kind="news", title="x", sealed_at=THEN, sealed_by=UserFactory())


@breaks("document_sealed_by_someone_for_a_reason")
def sealed_at_no_time():
    SourceDocument.objects.create(
        kind="news", title="x", sealed_by=UserFactory(), sealed_reason="order"
    )


@breaks("citation_of_exactly_one_record")
def citation_of_nothing():
    Citation.objects.create(document=DocumentFactory())


@breaks("citation_of_exactly_one_record")
def citation_of_two_records():
    CitationFactory(local_policy=LocalPolicyFactory(), win=WinFactory())


# --- Wins ---------------------------------------------------------------------------------------


@breaks("policywin_span_in_order")
def win_whose_span_runs_backwards():
    insert_like(WinFactory(), date_earliest=date(2019, 7, 2), date_latest=date(2019, 7, 1))


@breaks("policywin_known_kind")
def win_of_an_unknown_kind():
    insert_like(WinFactory(), kind="victory")


@breaks("policywin_plausible_years")
def win_of_the_year_5025():
    insert_like(WinFactory(), date_earliest=date(5025, 7, 7))


@breaks("policywin_plausible_years")
def win_at_the_latest_in_the_year_2100():
    insert_like(WinFactory(), date_latest=date(2100, 1, 1))


# --- The rest ----------------------------------------------------------------------------------


@breaks("winfactor_once")
def factor_of_a_win_twice():
    WinFactor.objects.bulk_create([WinFactor(win=WinFactory(), factor="no_287g")] * 2)


@breaks("localoption_order_once")
def two_options_in_one_place():
    document = DocumentFactory()
    for key in ("one", "two"):
        LocalOption.objects.create(key=key, place="city", order=1, document=document)


@breaks("publishedfigure_once")
def figure_twice():
    values = {"document": DocumentFactory(), "as_of": date(2019, 9, 1), "table": "by_score"}
    for label in ("one", "two"):
        PublishedFigure.objects.create(code="7", label=label, **values)


@breaks("datanote_known_kind")
def note_of_an_unknown_kind():
    DataNote.objects.create(key="x", kind="gossip", title="x", text="x")


@breaks("submission_sha256_is_hex")
def submission_without_hash():
    SubmissionFactory(sha256="")


def insert_period(**changes):
    values = {
        "effective_from": date(2018, 3, 1),
        "rules": "ccccccc",
        "score": 7,
        "at_least": 7,
        "factors_known": 7,
    }
    county = changes.pop("county", None) or CountyFactory()
    ScorePeriod.objects.create(county=county, **values | changes)


@breaks("scoreperiod_starts_once")
def two_score_periods_from_one_day():
    county = CountyFactory()
    insert_period(county=county)
    insert_period(county=county)


@breaks("scoreperiod_ends_after_it_starts")
def score_period_of_no_day():
    insert_period(effective_until=date(2018, 3, 1))


@breaks("scoreperiod_scored_only_when_complete")
def partial_county_with_a_score():
    insert_period(factors_known=6, at_least=6, score=6)


@breaks("scoreperiod_scored_only_when_complete")
def complete_county_without_a_score():
    insert_period(score=None)


@breaks("scoreperiod_scored_only_when_complete")
def score_that_is_not_its_points():
    insert_period(score=6)


# --- Received files ----------------------------------------------------------------------------


@breaks("submission_known_kind")
def submission_of_no_kind():
    SubmissionFactory(kind="letters")


@breaks("submission_decided_by_someone")
def submission_applied_by_nobody():
    SubmissionFactory(status="applied", decided_at=THEN)


@breaks("submission_decided_by_someone")
def submission_waiting_though_decided():
    SubmissionFactory(status="planned", decided_at=THEN, decided_by=UserFactory())


@breaks("submission_undone_by_someone")
def submission_undone_by_nobody():
    SubmissionFactory(status="undone", decided_at=THEN, decided_by=UserFactory())


@breaks("submission_undone_by_someone")
def submission_applied_though_undone():
    SubmissionFactory(
        status="applied",
        decided_at=THEN,
        decided_by=UserFactory(),
        undone_at=THEN,
        undone_by=UserFactory(),
    )


@breaks("submission_rejected_for_a_reason")
def submission_rejected_without_a_word():
    SubmissionFactory(status="rejected", decided_at=THEN, decided_by=UserFactory(), reason="")


@breaks("importchoice_once")
def choice_made_twice():
    for _ in range(2):
        ImportChoiceFactory(key="Dade")


@breaks("importchoice_once_a_partner")
def choice_made_twice_for_a_partner():
    partner = UserFactory()
    for _ in range(2):
        ImportChoiceFactory(key="Dade", partner=partner)


@breaks("importchoice_known_scope")
def choice_about_no_known_thing():
    ImportChoiceFactory(scope="weather")


@breaks("importchoice_of_something")
def choice_about_nothing():
    ImportChoiceFactory(key="")


@breaks("iceengagement_of_a_county_or_a_state")
def engagement_with_nobody():
    IceEngagement.objects.create(submission=SubmissionFactory(), row=2)

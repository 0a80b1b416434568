"""What applying a file writes: the same rows that publishing by hand leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import score_periods, submissions
from policies.assessments import When, assess
from policies.models import ChangeEvent, LocalPolicy, SourceDocument, Submission
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    noon,
    published,
)
from tests.policies.submissions.sheets import AS_OF, TODAY, answer, applied, plan, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine"), ("06075", "San Francisco")):
        CountyFactory(fips=fips, short_name=name)
    StateFactory(usps="RI")
    CountyFactory(fips="44007", usps="RI", short_name="Providence")


def now(fips="06001", factor="limits_holds") -> LocalPolicy:
    return LocalPolicy.objects.published().get(county=fips, factor=factor)


def test_a_plan_writes_nothing():
    assert plan(answer()).counts()["new"] == 1
    assert not LocalPolicy.objects.exists()
    assert not Submission.objects.exists()


def test_a_row_becomes_a_published_answer_cited_by_sheet_row_and_cell():
    by = UserFactory()
    submission = applied(answer(), by=by)
    record = now()
    assert (record.answer, record.effective_from, record.in_force_by) == ("yes", AS_OF, True)
    assert (record.observed_on, record.last_verified) == (AS_OF, AS_OF)
    assert (record.published_by, record.published_at) == (by, PUBLISHED_AT)
    assert record.submission == submission
    citation = record.citations.get()
    assert citation == record.main_citation
    assert (citation.row, citation.cell) == (2, "C2")
    assert citation.document == submission.document
    assert citation.document.sha256 == submission.sha256


def test_a_row_that_names_its_document_cites_that():
    applied(
        answer(
            source_title="Ordinance 12",
            source_url="https://example.org/12",
            source_date="2014-05-29",
            page="3",
            quote="shall not hold",
        )
    )
    citation = now().main_citation
    assert (citation.page, citation.quote) == ("3", "shall not hold")
    assert (citation.document.title, citation.document.published_on) == (
        "Ordinance 12",
        date(2014, 5, 29),
    )


def test_a_document_that_is_there_already_is_cited_again():
    row = {"source_title": "Ordinance 12", "source_url": "https://example.org/12"}
    applied(answer(**row))
    applied(answer("06003", **row))
    assert SourceDocument.objects.filter(title="Ordinance 12").count() == 1


def test_scores_follow_and_are_what_the_records_say():
    applied(answer(), answer(factor="no_287g", value="no"))
    assert assess(When(AS_OF))["06001"].score.at_least == 1
    assert score_periods.differences() == []


def test_a_change_of_policy_keeps_what_held_before():
    published(LocalPolicyFactory, county_id="06001", county=None, effective_from=date(2017, 2, 1))
    applied(answer(value="none_found"), at=noon("2020-02-01"))
    before, after = LocalPolicy.objects.published().order_by("effective_from")
    assert (before.answer, before.effective_until) == ("yes", AS_OF)
    assert before.main_citation.quote == "shall not hold any person"
    assert (after.answer, after.effective_from) == ("none_found", AS_OF)
    assert after.change_kind == "policy_change"
    closed = LocalPolicy.objects.get(status="superseded")
    assert {before.succeeds, after.succeeds} == {closed}
    assert closed.closed_at == noon("2020-02-01")


def test_a_confirmation_keeps_the_old_citations_and_adds_the_row():
    published(LocalPolicyFactory, county_id="06001", county=None, effective_from=date(2017, 2, 1))
    applied(answer(), at=noon("2020-02-01"))
    record = now()
    assert (record.change_kind, record.last_verified) == ("confirmed", AS_OF)
    assert record.effective_from == date(2017, 2, 1)
    assert [one.quote for one in record.citations.order_by("pk")] == [
        "shall not hold any person",
        "",
    ]


def test_the_same_file_again_changes_nothing():
    applied(answer(), answer("06003"))
    before = list(LocalPolicy.objects.order_by("pk").values())
    events = ChangeEvent.objects.count()
    again = applied(answer(), answer("06003"))
    assert again.report["unchanged"] == 2
    assert list(LocalPolicy.objects.order_by("pk").values()) == before
    assert ChangeEvent.objects.count() == events


def test_the_change_log_has_one_entry_for_each_thing_done():
    published(LocalPolicyFactory, county_id="06001", county=None, effective_from=date(2017, 2, 1))
    ChangeEvent.objects.all().delete()
    applied(answer(value="none_found"), answer("06003"), at=noon("2020-02-01"))
    kinds = {event.kind: event for event in ChangeEvent.objects.all()}
    assert set(kinds) == {"new", "policy_change"}
    assert [county.pk for county in kinds["policy_change"].counties.all()] == ["06001"]
    assert "A partner's sheet" in kinds["new"].summary


def test_a_state_row_of_a_unified_jail_system_is_a_record_of_the_state():
    applied({"state": "RI", "county": "State of Rhode Island", **answer(fips="44")})
    record = LocalPolicy.objects.published().get()
    assert (record.state_id, record.county_id) == ("RI", None)
    assert assess(When(AS_OF))["44007"].score.at_least == 1


def test_a_file_with_a_bad_row_is_not_applied_at_all():
    submission = sent(answer(), answer("06999"))
    with pytest.raises(ValidationError) as refused:
        submissions.apply(submission=submission, by=UserFactory(), at=PUBLISHED_AT, today=TODAY)
    assert refused.value.code == "bad_rows"
    assert not LocalPolicy.objects.exists()


def test_the_good_rows_can_be_applied_alone():
    submission = applied(answer(), answer("06999"), skip_bad_rows=True)
    assert LocalPolicy.objects.count() == 1
    assert [error["row"] for error in submission.report["errors"]] == [3]
    assert submission.report["applied"]


def test_a_file_is_applied_once():
    submission = applied(answer())
    with pytest.raises(ValidationError) as refused:
        submissions.apply(submission=submission, by=UserFactory(), at=PUBLISHED_AT, today=TODAY)
    assert refused.value.code == "wrong_status"


def test_the_same_file_is_kept_once():
    assert sent(answer()).file.name == sent(answer()).file.name


def test_rejecting_needs_a_reason():
    submission = sent(answer())
    with pytest.raises(ValidationError):
        submissions.reject(submission=submission, by=UserFactory(), at=PUBLISHED_AT, reason=" ")
    submissions.reject(
        submission=submission, by=UserFactory(), at=PUBLISHED_AT, reason="No sources."
    )
    assert Submission.objects.get().status == "rejected"

"""Many new drafts published as one change: all of them, or none."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies import actions
from policies.models import ChangeEvent, ChangeKind, LocalPolicy, RecordStatus, ScorePeriod
from policies.score_periods import differences
from tests.factories import (
    PUBLISHED_AT,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    UserFactory,
    WinFactory,
    published,
)

pytestmark = pytest.mark.django_db


def publish_many(*records, **values):
    return actions.publish_many(
        records=records, by=UserFactory(), at=PUBLISHED_AT, summary="A sheet.", **values
    )


def assert_refused(error, *records, match=None):
    """Nothing at all is published, logged or scored."""
    statuses = [LocalPolicy.objects.get(pk=r.pk).status for r in records if is_local(r)]
    with pytest.raises(error, match=match):
        publish_many(*records)
    assert [LocalPolicy.objects.get(pk=r.pk).status for r in records if is_local(r)] == statuses
    assert not ChangeEvent.objects.exists()
    assert not ScorePeriod.objects.exists()


def is_local(record):
    return isinstance(record, LocalPolicy)


def test_all_are_published_with_their_own_first_citation():
    drafts = [LocalPolicyFactory() for _ in range(3)]
    assert publish_many(*drafts) == 3
    for draft in drafts:
        first = draft.citations.get()
        CitationFactory(local_policy=draft)
        draft.refresh_from_db()
        assert (draft.status, draft.published_at) == (RecordStatus.PUBLISHED, PUBLISHED_AT)
        assert draft.main_citation == first


def test_records_of_all_kinds_go_together():
    county = CountyFactory()
    claim = ClaimFactory()
    assert (
        publish_many(
            LocalPolicyFactory(county=county),
            claim.provision,
            AgreementFactory(counties=[county]),
            IceListFactory(),
            WinFactory(counties=[county]),
        )
        == 5
    )
    assert differences() == []


def test_they_are_one_entry_in_the_log():
    drafts = [LocalPolicyFactory() for _ in range(3)]
    publish_many(*drafts, kind=ChangeKind.METHOD)
    event = ChangeEvent.objects.get()
    assert (event.kind, event.summary) == ("method", "A sheet.")
    assert {county.pk for county in event.counties.all()} == {d.county_id for d in drafts}


def test_the_scores_follow():
    publish_many(*[LocalPolicyFactory() for _ in range(3)])
    assert ScorePeriod.objects.count() == 3
    assert differences() == []


def test_a_record_given_twice_counts_once():
    draft = LocalPolicyFactory()
    assert publish_many(draft, draft) == 1


def test_nothing_at_all_may_be_published():
    assert publish_many() == 0


def test_one_without_citation_stops_all():
    draft = LocalPolicyFactory(cited=None)
    match = f"without a citation.*{re.escape(str(draft))}"
    assert_refused(ValidationError, LocalPolicyFactory(), draft, match=match)


def test_one_that_cites_a_private_document_stops_all():
    draft = LocalPolicyFactory()
    CitationFactory(
        local_policy=draft, document=DocumentFactory(title="Sealed memo", is_public=False)
    )
    assert_refused(ValidationError, LocalPolicyFactory(), draft, match="Sealed memo")


def test_a_claim_without_citation_stops_all():
    claim = ClaimFactory(cited=None)
    assert_refused(ValidationError, LocalPolicyFactory(), claim.provision, match="quote the words")


def test_one_that_is_published_already_stops_all():
    done = published(LocalPolicyFactory)
    ChangeEvent.objects.all().delete()
    ScorePeriod.objects.all().delete()
    assert_refused(ValidationError, LocalPolicyFactory(), done, match="Only new drafts")


def test_one_in_review_stops_all():
    draft = LocalPolicyFactory(status=RecordStatus.IN_REVIEW)
    assert_refused(ValidationError, LocalPolicyFactory(), draft, match="Only new drafts")


def test_one_that_succeeds_another_stops_all():
    old = published(LocalPolicyFactory)
    draft = actions.draft_successor(record=old, kind=ChangeKind.CORRECTION, by=old.published_by)
    ChangeEvent.objects.all().delete()
    ScorePeriod.objects.all().delete()
    assert_refused(ValidationError, LocalPolicyFactory(), draft, match="Only new drafts")


def test_a_claim_whose_citation_quotes_nothing_stops_all():
    claim = ClaimFactory(cited__quote="")
    assert_refused(ValidationError, LocalPolicyFactory(), claim.provision, match="quote the words")


# --- Overlaps ----------------------------------------------------------------------------------


def already(factory=LocalPolicyFactory, **values):
    """A published record, and nothing in the log or the scores that would tell of it."""
    record = published(factory, **values)
    ChangeEvent.objects.all().delete()
    ScorePeriod.objects.all().delete()
    return record


def overlap(*records) -> str:
    """The message with which all are refused, before any row is written."""
    with CaptureQueriesContext(connection) as captured, pytest.raises(ValidationError) as error:
        publish_many(*records)
    assert error.value.code == "overlap"
    assert not [query for query in captured if query["sql"].startswith("UPDATE")]
    return error.value.messages[0]


def test_two_that_overlap_stop_all():
    first = LocalPolicyFactory()
    second = LocalPolicyFactory(county=first.county, effective_from=date(2018, 1, 1))
    assert_refused(ValidationError, first, second)


def test_two_that_overlap_are_both_named():
    first = LocalPolicyFactory()
    second = LocalPolicyFactory(county=first.county, effective_from=date(2018, 1, 1))
    message = overlap(second, first)
    assert message == f"{second} overlaps with {first}, which is in the same submission."


def test_two_of_a_state_that_overlap_are_named():
    first, second = StateRecordFactory(), StateRecordFactory()
    assert f"overlaps with {first}" in overlap(first, second)


def test_one_that_overlaps_with_a_published_record_names_it():
    other = already()
    draft = LocalPolicyFactory(county=other.county, effective_from=date(2018, 1, 1))
    message = overlap(LocalPolicyFactory(), draft)
    assert f"{draft} overlaps with published record {other.pk} ({other})" in message


def test_one_that_ends_within_a_published_record_stops_all():
    other = already()
    draft = LocalPolicyFactory(
        county=other.county, effective_from=date(2016, 1, 1), effective_until=date(2017, 2, 2)
    )
    assert f"published record {other.pk}" in overlap(draft)


def test_neighbours_do_not_overlap():
    other = already(effective_until=date(2019, 1, 1))
    county = {"county": other.county}
    drafts = [
        LocalPolicyFactory(
            effective_from=date(2016, 1, 1), effective_until=date(2017, 2, 1), **county
        ),
        LocalPolicyFactory(
            effective_from=date(2019, 1, 1), effective_until=date(2020, 1, 1), **county
        ),
        LocalPolicyFactory(effective_from=date(2020, 1, 1), **county),
    ]
    assert publish_many(*drafts) == 3


def test_an_older_open_observation_runs_until_the_existing_period_starts():
    other = already(effective_from_precision="month")
    draft = LocalPolicyFactory(county=other.county, effective_from=date(2014, 1, 1))
    publish_many(draft)
    draft.refresh_from_db()
    assert (draft.effective_until, draft.effective_until_precision) == (date(2017, 2, 1), "month")


def test_an_older_open_observation_of_another_factor_stays_open():
    other = already()
    draft = LocalPolicyFactory(
        county=other.county, effective_from=date(2014, 1, 1), factor="no_287g"
    )
    publish_many(draft)
    draft.refresh_from_db()
    assert draft.effective_until is None


def test_a_list_of_a_day_that_has_one_names_it():
    other = already(IceListFactory)
    assert f"Record {other.pk} ({other})" in overlap(IceListFactory())


def test_two_lists_of_a_day_stop_all():
    first, second = IceListFactory(), IceListFactory()
    assert f"Record {first.pk}" in overlap(first, second)


def queries_to_publish(make, number):
    drafts = [make(n) for n in range(number)]
    with CaptureQueriesContext(connection) as captured:
        publish_many(*drafts)
    return len(captured)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: LocalPolicyFactory(),
        lambda n: ClaimFactory().provision,
        lambda n: IceListFactory(list_date=date(2000 + LocalPolicy.objects.count(), 1, 1 + n)),
        lambda n: AgreementFactory(counties=[CountyFactory()]),
        lambda n: WinFactory(counties=[CountyFactory()]),
    ],
    ids=["local policies", "provisions", "lists", "agreements", "wins"],
)
def test_the_number_of_queries_does_not_grow_with_the_number_of_records(make):
    CountyFactory()
    few = queries_to_publish(make, 2)
    LocalPolicyFactory()  # so that the days of the lists differ
    assert queries_to_publish(make, 20) == few

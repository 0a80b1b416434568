"""Publishing one record: what it does, and what it refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from policies import actions, score_periods
from policies.models import ChangeEvent, ChangeKind, LocalPolicy, RecordStatus, ScorePeriod
from tests.factories import (
    PUBLISHED_AT,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    StateFactory,
    UserFactory,
    WinFactory,
    correct,
    noon,
    published,
)

pytestmark = pytest.mark.django_db


def publish(record, day="2020-01-01"):
    return actions.publish(record=record, by=UserFactory(), at=noon(day))


def refused(record) -> str:
    """The message with which a draft is refused; nothing may have changed."""
    events, periods = ChangeEvent.objects.count(), list(ScorePeriod.objects.values_list())
    with pytest.raises(ValidationError) as error:
        publish(record)
    assert ChangeEvent.objects.count() == events
    assert list(ScorePeriod.objects.values_list()) == periods
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    "factory", [LocalPolicyFactory, AgreementFactory, IceListFactory, ProvisionFactory, WinFactory]
)
def test_a_published_record_says_who_published_it_and_when(factory):
    draft, editor = factory(), UserFactory()
    actions.publish(record=draft, by=editor, at=PUBLISHED_AT)
    draft.refresh_from_db()
    assert (draft.status, draft.published_by, draft.published_at) == (
        RecordStatus.PUBLISHED,
        editor,
        PUBLISHED_AT,
    )


def test_the_first_citation_becomes_the_main_one():
    draft = LocalPolicyFactory()
    first = draft.citations.get()
    CitationFactory(local_policy=draft)
    publish(draft)
    assert draft.main_citation == first


def test_a_record_in_review_can_be_published():
    draft = LocalPolicyFactory(status=RecordStatus.IN_REVIEW)
    assert publish(draft).status == RecordStatus.PUBLISHED


@pytest.mark.parametrize(
    "factory", [LocalPolicyFactory, AgreementFactory, IceListFactory, ProvisionFactory, WinFactory]
)
def test_nothing_is_published_without_a_citation(factory):
    assert "without a citation" in refused(factory(cited=None))


def test_nothing_published_cites_a_private_document():
    draft = LocalPolicyFactory()
    CitationFactory(
        local_policy=draft, document=DocumentFactory(title="Sealed memo", is_public=False)
    )
    assert "Sealed memo is not public" in refused(draft)


def test_a_provision_is_refused_if_one_of_its_claims_quotes_nothing():
    provision = ProvisionFactory()
    ClaimFactory(provision=provision)
    ClaimFactory(provision=provision, factor="no_287g", cited=None)
    message = refused(provision)
    assert "No 287(g) agreement" in message
    assert "Limits holds" not in message


@pytest.mark.parametrize("quote", ["", " \n"])
def test_a_provision_is_refused_if_the_citation_of_a_claim_quotes_no_words(quote):
    claim = ClaimFactory(cited__quote=quote)
    assert f"Without quoted words: {claim}." in refused(claim.provision)


def test_one_citation_with_the_words_is_enough_for_a_claim():
    claim = ClaimFactory(cited__quote="")
    CitationFactory(claim=claim)
    assert publish(claim.provision).status == RecordStatus.PUBLISHED


def test_a_claim_whose_words_a_court_has_sealed_can_be_published_again():
    claim = ClaimFactory(cited__quote="")
    claim.citations.update(
        document=DocumentFactory(
            sealed_at=PUBLISHED_AT, sealed_by=UserFactory(), sealed_reason="By order."
        )
    )
    assert publish(claim.provision).status == RecordStatus.PUBLISHED


@pytest.mark.parametrize("part", ["claim", "exception"])
def test_no_part_of_a_provision_cites_a_private_document(part):
    claim = ClaimFactory()
    exception = ExceptionFactory(provision=claim.provision)
    document = DocumentFactory(title="Sealed memo", is_public=False)
    CitationFactory(document=document, **{part: claim if part == "claim" else exception})
    assert "Sealed memo is not public" in refused(claim.provision)


def unsaved(**changes):
    """A draft whose period was changed after it was saved, as a form does."""
    draft = LocalPolicyFactory(effective_from=date(2018, 3, 1))
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft


@pytest.mark.parametrize("end", [date(2018, 2, 28), date(2018, 3, 1)])
def test_an_end_that_is_not_later_than_the_start_is_refused(end):
    assert "later than the start" in refused(unsaved(effective_until=end))


@pytest.mark.parametrize("start", [date(1899, 12, 31), date(2100, 1, 1), date(5025, 7, 7)])
def test_an_implausible_year_is_refused(start):
    assert "year is not plausible" in refused(unsaved(effective_from=start))


def test_a_factor_that_does_not_exist_is_refused():
    assert "no_alerts" in refused(unsaved(factor="no_alerts"))


def test_a_record_of_nobody_is_refused():
    assert "either a county or a unified-jail state" in refused(unsaved(county=None))


def test_a_record_of_a_state_without_unified_jails_is_refused():
    draft = LocalPolicyFactory(county=None, state=StateFactory(usps="RI"))
    draft.state = StateFactory(usps="CA")
    assert "not a valid choice" in refused(draft)


def test_an_agreement_that_ended_must_say_how():
    draft = AgreementFactory()
    draft.effective_until = date(2020, 1, 1)
    assert "Say how it ended" in refused(draft)


def from_a_list(**values):
    """A 287(g) agreement that only ICE's own list proves."""
    return AgreementFactory(cited__document=DocumentFactory(kind="ice_list"), **values)


def test_an_agreement_known_from_a_list_alone_must_say_from_which_day():
    assert "date of the newest list" in refused(from_a_list())


def test_an_agreement_known_from_a_list_of_a_day_is_published():
    assert publish(from_a_list(last_listed_on=date(2019, 6, 1))).pk


def test_an_agreement_known_by_its_text_as_well_need_not_be_on_a_list():
    draft = from_a_list()
    CitationFactory(agreement=draft)
    assert publish(draft).pk


# --- Overlaps ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018-01-01", "2018-03-02"),
        ("2018-03-01", None),
        ("2018-08-31", None),
        ("2018-04-01", "2018-05-01"),
    ],
)
def test_an_overlap_is_refused_with_the_number_of_the_other_record(start, end):
    other = published(
        LocalPolicyFactory, effective_from=date(2018, 3, 1), effective_until=date(2018, 9, 1)
    )
    draft = LocalPolicyFactory(county=other.county, effective_from=start, effective_until=end)
    draft.refresh_from_db()
    assert f"published record {other.pk} ({other})" in refused(draft)


def test_an_overlap_between_records_of_a_state_names_the_other_too():
    other = published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"))
    draft = LocalPolicyFactory(county=None, state=other.state)
    assert f"published record {other.pk}" in refused(draft)


def test_neighbouring_periods_are_published():
    first = published(
        LocalPolicyFactory, effective_from=date(2018, 3, 1), effective_until=date(2018, 9, 1)
    )
    for start, end in ((date(2018, 1, 1), date(2018, 3, 1)), (date(2018, 9, 1), None)):
        published(
            LocalPolicyFactory, county=first.county, effective_from=start, effective_until=end
        )
    assert LocalPolicy.objects.published().count() == 3


def test_a_withdrawn_record_is_no_longer_in_the_way():
    other = published(LocalPolicyFactory)
    actions.withdraw(record=other, by=UserFactory(), at=PUBLISHED_AT, reason="Not theirs.")
    assert published(LocalPolicyFactory, county=other.county).status == RecordStatus.PUBLISHED


def test_a_county_record_does_not_overlap_with_that_of_its_state():
    state = StateFactory(usps="RI")
    published(LocalPolicyFactory, county=None, state=state)
    assert published(LocalPolicyFactory, county=CountyFactory(state=state)).pk


def test_a_second_list_of_a_day_is_refused_with_the_number_of_the_first():
    first = published(IceListFactory)
    assert f"Record {first.pk} ({first})" in refused(IceListFactory())
    assert published(IceListFactory, kind="detention").pk


def test_a_list_can_be_corrected():
    assert correct(published(IceListFactory)).status == RecordStatus.PUBLISHED


# --- Only once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_a_record_that_is_over_cannot_be_published_again(status):
    record = published(LocalPolicyFactory)
    actions.withdraw(record=record, by=UserFactory(), at=PUBLISHED_AT, reason="Wrong.")
    LocalPolicy.objects.filter(pk=record.pk).update(status=status)
    assert "already decided" in refused(LocalPolicy.objects.get(pk=record.pk))


def test_a_draft_that_another_published_meanwhile_is_not_published_again():
    draft = LocalPolicyFactory()
    same = LocalPolicy.objects.get(pk=draft.pk)
    publish(draft, "2020-01-01")
    same.answer = "no"
    assert "already decided" in refused(same)
    draft.refresh_from_db()
    assert (draft.published_at, draft.answer) == (noon("2020-01-01"), "yes")


# --- Nothing is left half-done -----------------------------------------------------------------


def test_a_failure_at_the_end_leaves_everything_as_it_was(monkeypatch):
    old = published(LocalPolicyFactory)
    draft = actions.draft_successor(record=old, kind=ChangeKind.POLICY_CHANGE, by=old.published_by)
    draft.effective_from = date(2019, 1, 1)
    before = list(LocalPolicy.objects.order_by("pk").values())
    events = ChangeEvent.objects.count()

    def fail(fips):
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(score_periods, "rebuild", fail)
    with pytest.raises(IntegrityError):
        publish(draft)
    assert list(LocalPolicy.objects.order_by("pk").values()) == before
    assert ChangeEvent.objects.count() == events

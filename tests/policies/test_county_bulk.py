"""The same provision for many counties: what is planned, skipped, moved and drafted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policies import county_bulk, reviews
from policies.assessments import When, assess
from policies.county_bulk import Provision, Skipped
from policies.models import ChangeKind, ChangeSet, LocalPolicy
from policies.rubric import Factor
from tests.factories import (
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 1, 1)


def provision(**values) -> Provision:
    given = {
        "factors": ("limits_holds",),
        "answer": "no",
        "kind": ChangeKind.POLICY_CHANGE,
        "effective_from": date(2020, 7, 1),
        "quote": "shall honor detainers",
        "why": "Order 7.",
        **values,
    }
    return Provision(document=given.pop("document", None) or DocumentFactory(), **given)


def one_line(county, **values):
    (line,) = county_bulk.plan([county.pk], provision(**values), TODAY).lines
    return line


def test_a_county_without_a_record_gets_its_first():
    line = one_line(CountyFactory())
    assert (line.kind, line.before) == (ChangeKind.NEW, "unknown")


def test_a_county_with_another_answer_changes():
    record = published(LocalPolicyFactory)
    line = one_line(record.county)
    assert (line.kind, line.live, line.before) == (ChangeKind.POLICY_CHANGE, record, "yes")


def test_a_period_that_ended_is_not_changed_but_followed():
    record = published(LocalPolicyFactory, effective_until=date(2019, 1, 1))
    line = one_line(record.county, answer="yes")
    assert (line.kind, line.before) == (ChangeKind.NEW, "unknown")


def test_left_alone_and_why():
    same = published(LocalPolicyFactory, answer="no")
    begins = published(LocalPolicyFactory, effective_from=date(2020, 7, 1))
    drafted = LocalPolicyFactory()
    sent = LocalPolicyFactory(status="in_review")
    found = {
        record.county: one_line(record.county).skipped for record in (same, begins, drafted, sent)
    }
    assert list(found.values()) == [
        Skipped.ALREADY,
        Skipped.BEGINS_THEN,
        Skipped.DRAFT,
        Skipped.IN_REVIEW,
    ]
    later = published(LocalPolicyFactory, effective_from=date(2020, 12, 1))
    assert one_line(later.county, effective_until=TODAY).skipped == Skipped.OTHER_PERIOD
    assert one_line(later.county).kind == ChangeKind.NEW
    wrong = {"kind": ChangeKind.CORRECTION, "effective_from": None}
    assert one_line(CountyFactory(), **wrong).skipped == Skipped.NOTHING_TO_CORRECT
    assert one_line(same.county, **wrong).skipped == Skipped.ALREADY


def make(counties, given, by=None, **values):
    fips = [county.pk for county in counties]
    seen = county_bulk.plan(fips, given, TODAY).key
    return county_bulk.make_drafts(
        **{
            **{"fips": fips, "provision": given, "seen": seen, "title": "Order 7"},
            **{"by": by or UserFactory(), "at": noon("2021-01-01"), "today": TODAY},
            **values,
        }
    )


def a_bit_of_all():
    """Counties of each fate, one of them under a state's law."""
    published_provision(claims=[{"factor": "limits_holds"}])
    return [
        CountyFactory(usps="TX"),
        published(LocalPolicyFactory, county__usps="TX").county,
        published(LocalPolicyFactory, county__usps="TX", effective_until=date(2019, 1, 1)).county,
        published(LocalPolicyFactory, county__usps="TX", effective_from=date(2020, 12, 1)).county,
        published(LocalPolicyFactory, county__usps="TX", answer="no").county,
        published(LocalPolicyFactory).county,
    ]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"answer": "none_found"},
        {"effective_until": date(2020, 9, 1)},
        {"effective_until": date(2021, 6, 1)},
        {"effective_from": date(2021, 3, 1)},
        {"kind": ChangeKind.CORRECTION, "effective_from": None},
        {"factors": ("limits_holds", "no_status_inquiry")},
    ],
    ids=str,
)
def test_what_is_foretold_is_what_publishing_does(values):
    counties, given = a_bit_of_all(), provision(**values)
    fips = [county.pk for county in counties]
    planned = county_bulk.plan(fips, given, TODAY)
    before = assess(When(planned.day), fips=fips)
    made = make(counties, given)
    by, at = UserFactory(), noon("2021-01-02")
    reviews.submit(change_set=made, by=by, at=at)
    made.refresh_from_db()
    reviews.approve(change_set=made, by=UserFactory(), at=at)
    after = assess(When(planned.day), fips=fips)
    moved = {
        code: after[code].answers
        for code in fips
        if code in after and (code not in before or before[code].answers != after[code].answers)
    }
    assert moved == {code: one.answers_after for code, one in planned.moved.items()}


def test_the_drafts_say_what_was_given_each_with_its_citation():
    counties, given = a_bit_of_all()[:2], provision(page="3")
    by = UserFactory()
    made = make(counties, given, by)
    assert (made.title, made.status, made.created_by) == ("Order 7", "open", by)
    rows = [item.local_policy for item in made.items.order_by("pk")]
    assert [(row.change_kind, row.answer, row.status) for row in rows] == [
        ("new", "no", "draft"),
        ("policy_change", "no", "draft"),
    ]
    for row in rows:
        citation = row.citations.get()
        assert (citation.document, citation.page) == (given.document, "3")
        assert (row.created_by, row.change_note) == (by, "Order 7.")


def test_a_correction_keeps_each_records_own_days():
    record = published(LocalPolicyFactory, in_force_by=True, last_verified=date(2018, 1, 1))
    given = provision(kind=ChangeKind.CORRECTION, effective_from=None)
    row = make([record.county], given).items.get().local_policy
    assert (row.succeeds, row.effective_from, row.in_force_by, row.last_verified) == (
        *(record, record.effective_from, True),
        date(2018, 1, 1),
    )


def test_made_twice_it_is_made_once():
    counties, given, by = a_bit_of_all(), provision(), UserFactory()
    seen = county_bulk.plan([county.pk for county in counties], given, TODAY).key
    make(counties, given, by, seen=seen)
    with pytest.raises(reviews.AlreadyDoneError):
        make(counties, given, by, seen=seen)
    assert ChangeSet.objects.count() == 1


def test_a_plan_that_is_no_longer_so_is_not_carried_out():
    county, given = CountyFactory(), provision()
    seen = county_bulk.plan([county.pk], given, TODAY).key
    LocalPolicyFactory(county=county)
    with pytest.raises(ValidationError, match="changed since"):
        make([county], given, seen=seen)
    assert LocalPolicy.objects.count() == 1


def test_nothing_to_write_is_said():
    with pytest.raises(ValidationError, match="nothing to write"):
        make([LocalPolicyFactory().county], provision())


def test_as_many_queries_for_many_counties_as_for_few(django_assert_num_queries):
    given = provision()
    counties = a_bit_of_all()
    fips = [county.pk for county in counties]
    with django_assert_num_queries(12):
        county_bulk.plan(fips, given, TODAY)
    more = [one.pk for _ in range(4) for one in a_bit_of_all()]
    with django_assert_num_queries(12):
        found = county_bulk.plan([*fips, *more], given, TODAY)
    assert len(found.lines) == len({*fips, *more})
    assert Factor(found.lines[0].factor) == Factor.LIMITS_HOLDS

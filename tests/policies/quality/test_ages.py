"""What nobody verified for long, and what is marked to be verified."""

from datetime import date

import pytest

from policies.quality.base import months_before
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    WinFactory,
    published,
    published_provision,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db

NEW = date(2020, 2, 1)


def test_the_old_answers_of_a_county_are_one_finding():
    county = CountyFactory()
    for factor in ("limits_holds", "no_status_inquiry"):
        published(LocalPolicyFactory, county=county, factor=factor)
    (found,) = findings("not-verified")
    assert found.about == ("counties.county", county.pk)
    assert said("not-verified") == [
        "Not verified since 2017-02-01: 3 Limits holds; 6 No status inquiry."
    ]


def test_an_answer_that_was_verified_again_is_not_old():
    published(LocalPolicyFactory, last_verified=NEW)
    assert not findings("not-verified")


def test_an_answer_that_is_over_is_not_old():
    published(LocalPolicyFactory, effective_until=date(2018, 1, 1))
    assert not findings("not-verified")


@pytest.mark.parametrize(("months", "count"), [(24, 0), (12, 1)])
def test_how_old_is_old_can_be_said(months, count):
    published(LocalPolicyFactory, last_verified=date(2018, 6, 1))
    assert len(findings("not-verified", months=months)) == count


def test_the_last_day_of_two_years_is_not_old_yet():
    published(LocalPolicyFactory, effective_from=date(2018, 3, 1))
    assert not findings("not-verified", today=date(2020, 3, 1))
    assert findings("not-verified", today=date(2020, 3, 2))


def test_a_states_record_is_one_finding_for_all_its_counties():
    for _ in range(2):
        CountyFactory(usps="RI")
    published(StateRecordFactory)
    (found,) = findings("not-verified")
    assert (found.state, found.county) == ("RI", None)


def test_a_provision_that_nobody_verified_is_found():
    published_provision(claims=[{}], title="Act 5", last_verified=date(2018, 1, 1))
    assert said("not-verified") == ["Nobody has verified since 2018-01-01 that “Act 5” is the law."]


def test_a_provision_that_was_verified_is_not():
    published_provision(claims=[{}], last_verified=NEW)
    assert not findings("not-verified")


def test_an_agreement_known_only_from_an_old_document_is_found():
    county = CountyFactory()
    published(
        AgreementFactory, counties=[county], effective_from=date(2017, 1, 1), agency_name="Sheriff"
    )
    assert said("not-verified") == ["The agreement of Sheriff was last known on 2017-01-01."]


@pytest.mark.parametrize(
    ("kind", "day", "count"),
    [
        ("287g", date(2019, 12, 2), 0),
        ("287g", date(2019, 12, 1), 1),
        ("detention", date(2018, 3, 1), 0),
        ("detention", date(2018, 2, 28), 1),
    ],
)
def test_an_old_list_is_one_finding_whatever_counties_it_decides(kind, day, count):
    CountyFactory(), CountyFactory()
    published(IceListFactory, kind=kind, list_date=day)
    assert len(findings("not-verified")) == count


def test_only_the_newest_list_counts():
    published(IceListFactory, list_date=date(2018, 1, 1))
    published(IceListFactory, list_date=NEW)
    assert not findings("not-verified")


def test_records_that_are_marked_are_to_be_verified():
    marked = {"needs_verification": True, "verification_note": "Find the day."}
    published(LocalPolicyFactory, **marked)
    published(WinFactory, title="A win", **marked)
    published(AgreementFactory, agency_name="Sheriff", **marked)
    published_provision(claims=[marked], title="Act 5")
    assert said("to-verify") == [
        "3 Limits holds: Find the day.",
        "“Sheriff”: Find the day.",
        "“A win”: Find the day.",
        "“Act 5”, 3 Limits holds: Find the day.",
    ]


def test_drafts_and_unmarked_records_are_not():
    LocalPolicyFactory(needs_verification=True)
    published(LocalPolicyFactory)
    published_provision(claims=[{}])
    assert not findings("to-verify")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 3, 31), 1, date(2020, 2, 29)),
        (date(2020, 1, 15), 1, date(2019, 12, 15)),
        (date(2020, 2, 29), 24, date(2018, 2, 28)),
        (date(2020, 12, 31), 12, date(2019, 12, 31)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected

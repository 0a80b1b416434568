"""Two versions of a record, told apart field by field."""

from datetime import date

import pytest

from policies import actions
from policies.differences import differences
from policies.models import ChangeKind
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    UserFactory,
    WinFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


def draft_of(record):
    return actions.draft_successor(record=record, kind=ChangeKind.CORRECTION, by=UserFactory())


def told(old, new):
    return [(one.label, one.before, one.after) for one in differences(old, new)]


def test_a_copy_does_not_differ():
    old = published(LocalPolicyFactory, qualification="Except felonies.")
    assert told(old, draft_of(old)) == []


def test_fields_are_said_in_words_and_dates_as_exactly_as_known():
    old = published(LocalPolicyFactory, in_force_by=True)
    new = draft_of(old)
    new.answer, new.in_force_by, new.title = "no", False, "Order 3"
    new.effective_from, new.effective_from_precision = date(2018, 3, 1), "month"
    assert told(old, new) == [
        ("Answer", "yes, a protective policy", "no, it does the opposite"),
        ("Title of the policy", "", "Order 3"),
        ("In force from", "2017-02-01", "March 2018"),
        ("Began earlier", "yes", "no"),
    ]


def test_a_new_record_says_what_it_is_first_and_nothing_of_what_it_is_not():
    new = LocalPolicyFactory(needs_verification=True, verification_note="Which page?")
    assert [label for label, *_ in told(None, new)] == [
        *("County", "Factor", "Answer", "In force from"),
        *("Needs verification", "What to verify", "Citation"),
    ]


def test_only_the_precision_of_a_date_may_differ():
    old = published(LocalPolicyFactory)
    new = draft_of(old)
    new.effective_from_precision = "month"
    assert told(old, new) == [("In force from", "2017-02-01", "February 2017")]


def test_a_win_has_one_precision_for_both_of_its_dates():
    old = published(WinFactory, date_earliest=date(2019, 1, 1))
    new = draft_of(old)
    new.date_precision = "year"
    assert told(old, new) == [("Date, or earliest", "2019-01-01", "2019")]


def test_citations_that_came_and_went():
    old = published(LocalPolicyFactory)
    new = draft_of(old)
    new.citations.update(quote="may not hold")
    before, after = differences(old, new)
    assert (before.label, after.label) == ("Citation", "Citation")
    assert "“shall not hold any person”" in before.before
    assert before.after == ""
    assert "“may not hold”" in after.after


def test_claims_are_compared_by_their_factor():
    old = published_provision(
        claims=[{"factor": "limits_holds"}, {"factor": "no_status_inquiry"}],
        state=CountyFactory().state,
    )
    new = draft_of(old)
    new.claims.filter(factor="limits_holds").update(effective_until=date(2019, 1, 1))
    new.claims.filter(factor="no_status_inquiry").delete()
    ClaimFactory(provision=new, factor="no_287g", effect="forbids")
    found = told(old, new)
    assert found[0] == ("3 Limits holds: In force until", "", "2019-01-01")
    assert found[1][0] == "6 No status inquiry"
    assert "requires the protective policy" in found[1][1]
    assert ("1 No 287(g) agreement: Effect", "", "forbids local protection, imposes nothing") in (
        found
    )


def test_a_claims_own_quoted_words_count():
    old = published_provision(claims=[{}], state=CountyFactory().state)
    new = draft_of(old)
    CitationFactory(claim=new.claims.get(), quote="nor any constable")
    (found,) = told(old, new)
    assert found[0] == "3 Limits holds: Citation"
    assert "nor any constable" in found[2]


def test_a_new_exception_names_the_county():
    old = published_provision(claims=[{}], state=CountyFactory().state)
    new, county = draft_of(old), CountyFactory()
    ExceptionFactory(provision=new, county=county, effective_from=date(2018, 1, 1))
    labels = [label for label, _before, _after in told(old, new)]
    assert f"Exception {county}: Reason" in labels


def test_places_are_named_if_few_and_counted_if_many():
    counties = [CountyFactory() for _ in range(14)]
    old = published(IceListFactory, listed_counties=counties[:13])
    new = draft_of(old)
    new.listed_counties.set(counties[1:])
    assert told(old, new) == [
        ("Counties", f"13 in all; gone: {counties[0]}", f"13 in all; new: {counties[13]}")
    ]
    new.listed_counties.set(counties[:2])
    old.listed_counties.set(counties[:1])
    names = "; ".join(sorted(map(str, counties[:2])))
    assert told(old, new) == [("Counties", str(counties[0]), names)]


def test_a_new_record_is_told_in_full():
    new = LocalPolicyFactory(qualification="Except felonies.")
    found = {one.label: one for one in differences(None, new)}
    assert all(one.before == "" for one in found.values())
    assert found["County"].after == str(new.county)
    assert found["Qualification"].after == "Except felonies."
    assert "shall not hold" in found["Citation"].after
    assert "Notes" not in found

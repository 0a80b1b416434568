"""What is tied to no county, and rows of ICE's lists that nobody explained."""

from datetime import date

import pytest

from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    WinFactory,
    published,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db

GONE = {
    "effective_until": date(2020, 1, 1),
    "ended_as": "not_listed",
    "last_listed_on": date(2019, 10, 1),
}
ROW = {"sheet": "S", "row": 7, "usps": "TX", "agency": "Custer Countey", "unresolved": True}


def test_a_county_agency_tied_to_no_county_is_found():
    published(AgreementFactory, agency_name="Custer County Sheriff")
    assert [one.state for one in findings("agency-without-county")] == ["CA"]


def test_one_that_is_tied_or_that_is_no_countys_is_not():
    published(AgreementFactory, counties=[CountyFactory()])
    published(AgreementFactory, agency_type="state_agency")
    AgreementFactory()
    assert not findings("agency-without-county")


def test_a_citys_win_tied_to_no_county_is_found():
    published(WinFactory, title="A win", place="Springfield")
    assert said("win-without-county") == ["“A win” is about Springfield, but is tied to no county."]


def test_a_win_that_is_tied_or_that_is_a_states_is_not():
    published(WinFactory, place="Springfield", counties=[CountyFactory()])
    published(WinFactory, place="", kind="state_law")
    assert not findings("win-without-county")


def test_an_unresolved_row_is_found_once_on_the_newest_list_that_has_it():
    for day in (date(2020, 1, 1), date(2020, 2, 1)):
        published(IceListFactory, list_date=day, entries=[ROW, {**ROW, "row": 8, "agency": "B"}])
    assert said("row-unresolved") == [
        "List of 2020-02-01, row 7: nobody could tell yet what or where “Custer Countey” is.",
        "List of 2020-02-01, row 8: nobody could tell yet what or where “B” is.",
    ]


def test_a_row_that_is_resolved_is_not():
    published(IceListFactory, entries=[{**ROW, "unresolved": False}])
    assert not findings("row-unresolved")


def test_an_agreement_that_the_lists_dropped_in_silence_is_found():
    published(AgreementFactory, agency_name="Sheriff", cited__document__kind="ice_list", **GONE)
    assert said("no-longer-listed") == [
        "Sheriff (Jail Enforcement Model) is missing from ICE’s list since 2020-01-01, and no "
        "document says why."
    ]


def test_one_that_a_document_explains_is_not():
    document = DocumentFactory(kind="ice_list")
    agreement = AgreementFactory(cited__document=document, **GONE)
    CitationFactory(agreement=agreement, document__kind="news")
    from policies import actions
    from tests.factories import PUBLISHED_AT, UserFactory

    actions.publish(record=agreement, by=UserFactory(), at=PUBLISHED_AT)
    assert not findings("no-longer-listed")


def test_one_that_was_terminated_is_not():
    published(
        AgreementFactory,
        cited__document__kind="ice_list",
        **{**GONE, "ended_as": "terminated"},
    )
    assert not findings("no-longer-listed")

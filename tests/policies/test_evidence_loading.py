"""Loading evidence: ICE's lists, what was known when, subsets, and the number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counties.models import County
from policies import evidence
from policies.models import IceList
from policies.resolution import FactorEvidence
from policies.rubric import FACTORS, Factor
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    noon,
    published,
    published_provision,
    withdraw,
)

pytestmark = pytest.mark.django_db

F287, DETENTION = Factor.NO_287G, Factor.NO_DETENTION_CONTRACT


@pytest.fixture(autouse=True)
def counties():
    for fips in ("06037", "06075"):
        CountyFactory(fips=fips)
    CountyFactory(fips="44001", usps="RI")


def of(fips, factor, **when) -> FactorEvidence:
    return evidence.load(**when).of(fips).get(factor, FactorEvidence())


def place(fips):
    return County.objects.get(pk=fips)


# --- Lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "factor"), [("287g", F287), ("detention", DETENTION)])
def test_a_list_says_of_every_county_whether_it_is_on_it(kind, factor):
    published(IceListFactory, kind=kind, listed_counties=["06075"])
    assert [item.listed for item in of("06075", factor).lists] == [True]
    assert [item.listed for item in of("06037", factor).lists] == [False]
    assert [item.listed for item in of("44001", factor).lists] == [False]
    assert [f for f in FACTORS if of("06075", f).lists] == [factor]


def test_a_county_may_be_on_one_list_and_not_on_the_next():
    published(IceListFactory, list_date=date(2020, 2, 1))
    published(IceListFactory, list_date=date(2020, 1, 1), listed_counties=["06075"])
    found = [(str(item.list_date), item.listed) for item in of("06075", F287).lists]
    assert found == [("2020-01-01", True), ("2020-02-01", False)]


# --- Only what is published, or was ------------------------------------------------------------


def test_drafts_count_for_nothing():
    LocalPolicyFactory(county=place("06075"), factor=F287)
    ClaimFactory(factor=F287)
    ExceptionFactory(county=place("06075"))
    AgreementFactory(counties=["06075"])
    IceListFactory()
    assert evidence.load().of("06075") == {}


def test_what_was_withdrawn_counts_only_for_the_days_on_which_it_was_known():
    row = published(IceListFactory, at=noon("2020-01-10"))
    withdraw(row, on="2020-02-10")
    days = ("2020-01-10", "2020-01-11", "2020-02-10", "2020-02-11")
    known = [len(of("06075", F287, before=noon(on)).lists) for on in days]
    assert known == [0, 1, 1, 0]
    assert IceList.objects.get().status == "withdrawn"
    assert not of("06075", F287).lists


# --- Queries and subsets -----------------------------------------------------------------------


def a_record_of_each_kind(fips, usps):
    county = CountyFactory(fips=fips, usps=usps)
    published(LocalPolicyFactory, county=county)
    published(AgreementFactory, counties=[county], state=county.state)
    published_provision(claims=[{}], state=county.state, exceptions=[{"county": county}])
    published(IceListFactory, list_date=date(2000 + int(fips[-2:]), 1, 1), listed_counties=[county])


@pytest.mark.parametrize("fips", [None, ["06075", "44001"]])
def test_loading_takes_the_same_number_of_queries_however_much_there_is(fips):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            evidence.load(fips=fips)
        return len(captured)

    a_record_of_each_kind("06001", "CA")
    few = queries()
    for number in range(2, 8):
        a_record_of_each_kind(f"0600{number}", "CA")
        a_record_of_each_kind(f"4402{number}", "RI")
    assert queries() == few


@pytest.mark.parametrize("largest", [500, 1])
def test_a_subset_has_the_evidence_that_all_have(monkeypatch, largest):
    monkeypatch.setattr(evidence, "LARGEST_SUBSET", largest)
    a_record_of_each_kind("06001", "CA")
    a_record_of_each_kind("44009", "RI")
    subset = evidence.load(fips=["06001", "44009"])
    assert set(subset.state_of) == {"06001", "44009"}
    for fips in subset.state_of:
        assert subset.of(fips) == evidence.load().of(fips)

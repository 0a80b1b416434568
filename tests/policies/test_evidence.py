"""What of the database reaches the resolution: which records count, for which counties."""

from datetime import date

import pytest

from counties.models import County
from policies import evidence
from policies.models import COUNTY_LEVEL, AgencyType, LawLevel
from policies.resolution import FactorEvidence, Level
from policies.rubric import FACTORS, JAIL_FACTORS, Factor
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

HOLDS, F287, DETENTION = Factor.LIMITS_HOLDS, Factor.NO_287G, Factor.NO_DETENTION_CONTRACT


@pytest.fixture(autouse=True)
def counties():
    for fips in ("06037", "06075"):
        CountyFactory(fips=fips)
    for fips in ("44001", "44003"):
        CountyFactory(fips=fips, usps="RI")


def of(fips, factor, **when) -> FactorEvidence:
    return evidence.load(**when).of(fips).get(factor, FactorEvidence())


def place(fips):
    return County.objects.get(pk=fips)


def numbers(items):
    return [item.id for item in items]


# --- Agreements --------------------------------------------------------------------------------


@pytest.mark.parametrize("agency_type", AgencyType.values)
def test_only_a_county_level_agency_decides(agency_type):
    published(AgreementFactory, counties=["06075"], agency_type=agency_type)
    decides = agency_type in {"sheriff", "county_jail", "county_police", "independent_city"}
    assert bool(of("06075", F287).agreements) == decides
    assert decides == (agency_type in COUNTY_LEVEL)


def test_how_ice_lists_the_type_decides_nothing():
    published(
        AgreementFactory, counties=["06075"], agency_type="constable", type_as_listed="County"
    )
    assert not of("06075", F287).agreements


@pytest.mark.parametrize(("kind", "factor"), [("287g", F287), ("detention", DETENTION)])
def test_an_agreement_answers_the_factor_of_its_kind(kind, factor):
    row = published(AgreementFactory, counties=["06075"], kind=kind)
    found = [f for f in FACTORS if of("06075", f).agreements]
    assert found == [factor]
    assert numbers(of("06075", factor).agreements) == [row.pk]


def test_an_agreement_of_a_regional_jail_counts_for_each_of_its_counties():
    row = published(AgreementFactory, counties=["06075", "06037"], agency_type="county_jail")
    assert numbers(of("06075", F287).agreements) == numbers(of("06037", F287).agreements)
    assert numbers(of("06075", F287).agreements) == [row.pk]


def test_an_agreement_without_a_county_counts_for_none():
    published(AgreementFactory, agency_type="county_jail")
    assert not of("06075", F287).agreements


@pytest.mark.parametrize("listed", [[], ["44001"]])
@pytest.mark.parametrize("own_record", [True, False])
def test_a_unified_states_corrections_department_counts_once_for_every_county(listed, own_record):
    if own_record:
        published(LocalPolicyFactory, county=place("44001"), factor=F287)
    row = published(
        AgreementFactory,
        state=StateFactory(usps="RI"),
        agency_type="state_corrections",
        counties=listed,
    )
    for fips in ("44001", "44003"):
        assert numbers(of(fips, F287).agreements) == [row.pk]


def test_another_states_corrections_department_counts_for_no_county():
    published(AgreementFactory, agency_type="state_corrections", counties=["06075"])
    assert not of("06075", F287).agreements


def test_in_a_unified_state_an_agency_of_a_county_counts_for_that_county_only():
    published(AgreementFactory, state=StateFactory(usps="RI"), counties=["44001"])
    assert of("44001", F287).agreements
    assert not of("44003", F287).agreements


@pytest.mark.parametrize(
    ("listed", "evidence_on"),
    [(None, "2019-01-01"), ("2020-05-01", "2020-05-01"), ("2018-05-01", "2019-01-01")],
)
def test_the_evidence_of_an_agreement_is_its_start_or_the_newest_list_that_has_it(
    listed, evidence_on
):
    published(AgreementFactory, counties=["06075"], last_listed_on=listed)
    [item] = of("06075", F287).agreements
    assert str(item.evidence_on) == evidence_on


@pytest.mark.parametrize(
    ("listed", "from_list"),
    [(None, False), ("2018-12-31", False), ("2019-01-01", True), ("2020-05-01", True)],
)
def test_an_agreement_is_known_from_a_list_if_the_list_is_the_newer_evidence(listed, from_list):
    published(AgreementFactory, counties=["06075"], last_listed_on=listed)
    [item] = of("06075", F287).agreements
    assert item.listed is from_list


# --- State law ---------------------------------------------------------------------------------


def test_a_provision_that_does_not_bind_county_agencies_decides_no_county():
    published_provision(claims=[{}], binds_county_agencies=False)
    assert not of("06075", HOLDS).claims


def test_a_provision_counts_in_its_own_state_only():
    published_provision(claims=[{}])
    assert of("06075", HOLDS).claims
    assert not of("44001", HOLDS).claims


@pytest.mark.parametrize(("level", "rank"), [(level, Level[level.name]) for level in LawLevel])
def test_every_level_of_law_has_its_rank(level, rank):
    published_provision(claims=[{}], level=level)
    assert of("06075", HOLDS).claims[0].level == rank


def test_a_claim_comes_over_whole():
    law = published_provision(
        claims=[
            {
                "effect": "mandates",
                "effective_until": date(2020, 1, 1),
                "compliance_date": date(2018, 7, 1),
            }
        ],
        last_verified=date(2021, 1, 1),
    )
    [claim] = of("06075", HOLDS).claims
    assert (claim.id, claim.effect) == (law.claims.get().pk, "mandates")
    assert (claim.effective_from, claim.effective_until) == (date(2018, 1, 1), date(2020, 1, 1))
    assert (claim.decides_from, claim.evidence_on) == (date(2018, 7, 1), date(2021, 1, 1))


def test_a_county_is_excepted_from_every_factor_of_a_provision():
    published_provision(claims=[{}, {"factor": F287}], exceptions=[{"county": place("06075")}])
    assert len(of("06075", HOLDS).exceptions) == len(of("06075", F287).exceptions) == 1
    assert not of("06037", HOLDS).exceptions


def test_a_county_is_excepted_from_one_factor_for_a_time():
    law = published_provision(
        claims=[{}, {"factor": F287}],
        exceptions=[
            {
                "county": place("06075"),
                "factor": HOLDS,
                "effective_until": date(2019, 1, 1),
            }
        ],
    )
    [item] = of("06075", HOLDS).exceptions
    assert item.claim_id == law.claims.get(factor=HOLDS).pk
    assert item.effective_until == date(2019, 1, 1)
    assert not of("06075", F287).exceptions


def test_an_exception_covers_both_periods_of_a_claim():
    published_provision(
        claims=[
            {"effective_until": date(2018, 3, 1)},
            {"effective_from": date(2018, 6, 1)},
        ],
        exceptions=[{"county": place("06075")}],
    )
    assert len({item.claim_id for item in of("06075", HOLDS).exceptions}) == 2


# --- Records -----------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", FACTORS)
def test_a_unified_states_record_comes_first_for_the_jails_factors(factor):
    published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"), factor=factor)
    for fips in ("44001", "44003"):
        found = of(fips, factor)
        assert len(found.state_records) == 1
        assert found.state_record_first == (factor in JAIL_FACTORS)


def test_the_order_holds_where_the_county_has_a_record_too():
    published(LocalPolicyFactory, county=None, state=StateFactory(usps="RI"))
    published(LocalPolicyFactory, county=place("44001"))
    found = of("44001", HOLDS)
    assert (len(found.county_records), len(found.state_records)) == (1, 1)
    assert found.state_record_first


def test_a_record_of_a_state_without_unified_jails_answers_for_nobody():
    state = StateFactory(usps="RI")
    published(LocalPolicyFactory, county=None, state=state)
    state.unified_jail = False
    state.save()
    assert not of("44001", HOLDS).state_records


@pytest.mark.parametrize(
    ("observed", "verified", "evidence_on"),
    [
        (None, None, "2017-02-01"),
        ("2018-01-01", None, "2018-01-01"),
        (None, "2019-01-01", "2019-01-01"),
        ("2018-01-01", "2019-01-01", "2019-01-01"),
        ("2019-01-01", "2018-01-01", "2019-01-01"),
        ("2016-01-01", "2016-01-01", "2017-02-01"),
    ],
)
def test_the_evidence_of_a_record_is_the_newest_of_its_days(observed, verified, evidence_on):
    row = published(
        LocalPolicyFactory,
        county=place("06075"),
        observed_on=observed,
        last_verified=verified,
    )
    [item] = of("06075", HOLDS).county_records
    row.refresh_from_db()
    assert str(item.evidence_on) == evidence_on == str(row.evidence_on)

"""Which counties a record bears on: those whose scores are rebuilt when it is published."""

import pytest

from policies import actions
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    StateFactory,
    WinFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counties():
    return {
        "SF": CountyFactory(fips="06075"),
        "LA": CountyFactory(fips="06037"),
        "Kent": CountyFactory(usps="RI", fips="44003"),
        "Bristol": CountyFactory(usps="RI", fips="44001"),
    }


def test_a_county_record_bears_on_its_county(counties):
    assert actions.affected_counties(LocalPolicyFactory(county=counties["SF"])) == {"06075"}


def test_a_state_record_bears_on_every_county_of_the_state(counties):
    record = LocalPolicyFactory(county=None, state=StateFactory(usps="RI"))
    assert actions.affected_counties(record) == {"44001", "44003"}


def test_a_provision_bears_on_every_county_of_the_state(counties):
    assert actions.affected_counties(ProvisionFactory()) == {"06037", "06075"}


def test_an_agreement_bears_on_its_counties(counties):
    agreement = AgreementFactory(counties=[counties["SF"], counties["LA"]])
    assert actions.affected_counties(agreement) == {"06037", "06075"}


def test_an_agreement_of_a_corrections_department_bears_on_every_county_of_the_state(counties):
    agreement = AgreementFactory(state=StateFactory(usps="RI"), agency_type="state_corrections")
    assert actions.affected_counties(agreement) == {"44001", "44003"}


def test_a_win_bears_on_its_counties(counties):
    assert actions.affected_counties(WinFactory(counties=[counties["LA"]])) == {"06037"}


def test_an_ice_list_bears_on_every_county():
    assert actions.affected_counties(IceListFactory()) is None


def test_many_records_bear_on_the_counties_of_each(counties):
    records = [LocalPolicyFactory(county=counties["SF"]), WinFactory(counties=[counties["Kent"]])]
    assert actions.affected_by(records) == {"06075", "44003"}

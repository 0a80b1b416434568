"""The county screen's explanation is that of every other page, in fewer queries."""

from datetime import date

import pytest

from policies.assessments import When, explain
from policies.county_explained import explain_from
from policies.county_standing import own_rows
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    LocalPolicyFactory,
    StateRecordFactory,
    change,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

TODAY = date(2020, 6, 1)
FACTORS = ("limits_holds", "no_status_inquiry", "no_287g", "no_general_assistance")


def rich(usps: str):
    """A county with something of every kind that may decide."""
    county = CountyFactory(usps=usps)
    for factor in FACTORS:
        published(LocalPolicyFactory, county=county, factor=factor)
    record = published(LocalPolicyFactory, county=county, factor="limits_notifications")
    change(record, effective_from=date(2019, 1, 1), answer="no")
    published_provision(
        claims=[{"factor": "limits_holds"}, {"factor": "no_status_inquiry", "effect": "mandates"}],
        state=county.state,
        exceptions=[{"county": county, "factor": "limits_holds", "reason": "An injunction."}],
    )
    published_provision(
        claims=[{"factor": "no_general_assistance", "effect": "forbids"}], state=county.state
    )
    published(AgreementFactory, counties=[county], state=county.state)
    published(IceListFactory, listed_counties=[county])
    published(IceListFactory, kind="detention", list_date=date(2019, 5, 5))
    if county.state.unified_jail:
        published(StateRecordFactory, state=county.state, factor="limits_interrogations")
        published(AgreementFactory, state=county.state, agency_type="state_corrections")
    ExceptionFactory(provision__state=county.state, county=county)  # of a draft
    return county


@pytest.mark.parametrize("usps", ["CA", "RI"])
def test_it_says_what_every_other_page_says(usps):
    county = rich(usps)
    there, here = (
        explain(county, When(TODAY)),
        explain_from(county, own_rows(county, cited=False), TODAY),
    )
    assert here.assessment == there.assessment
    for one, other in zip(here.factors, there.factors, strict=True):
        assert one == other


def test_without_anything_on_record():
    county = CountyFactory()
    assert explain_from(county, [], TODAY) == explain(county, When(TODAY))

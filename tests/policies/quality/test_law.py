"""Answers against agreements and state law, and state law against itself."""

from datetime import date

import pytest

from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    published,
    published_provision,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return CountyFactory()


def agree(county, **values):
    return published(
        AgreementFactory, state=county.state, counties=[county], agency_name="Sheriff", **values
    )


def law(effect, factor="limits_holds", **values):
    claim = {"effect": effect, "factor": factor}
    claim |= {name: values.pop(name) for name in list(values) if name.startswith("effective")}
    return published_provision(claims=[claim], **values)


def test_a_yes_against_an_agreement_in_force_is_found(county):
    published(LocalPolicyFactory, county=county, factor="no_287g", last_verified=date(2019, 6, 1))
    agree(county)
    assert said("against-agreement") == [
        "1 No 287(g) agreement: the county’s own record says yes (evidence of 2019-06-01), but "
        "Sheriff has an agreement with ICE in force (evidence of 2019-01-01)."
    ]


@pytest.mark.parametrize("answer", ["no", "none_found"])
def test_an_answer_that_agrees_is_not(county, answer):
    published(LocalPolicyFactory, county=county, factor="no_287g", answer=answer)
    agree(county)
    assert not findings("against-agreement")


def test_an_agreement_that_ended_contradicts_nothing(county):
    published(LocalPolicyFactory, county=county, factor="no_287g")
    agree(county, effective_until=date(2020, 1, 1), ended_as="terminated")
    assert not findings("against-agreement")


def test_an_agreement_that_state_law_rules_out_is_found(county):
    agreement = agree(county)
    law("requires", "no_287g")
    (found,) = findings("contrary-to-law")
    assert found.about == ("policies.agreement", str(agreement.pk))
    assert found.county == county.pk


@pytest.mark.parametrize("effect", ["mandates", "forbids"])
def test_an_agreement_that_state_law_allows_is_not(county, effect):
    agree(county)
    law(effect, "no_287g")
    assert not findings("contrary-to-law")


def test_a_preempted_policy_is_found(county):
    published(LocalPolicyFactory, county=county)
    law("mandates", title="Act 4")
    assert said("preempted") == ["3 Limits holds: the county’s own policy is preempted by “Act 4”."]


@pytest.mark.parametrize("answer", ["no", "none_found"])
def test_a_mandate_preempts_no_other_answer(county, answer):
    published(LocalPolicyFactory, county=county, answer=answer)
    law("mandates")
    assert not findings("preempted")


def test_a_policy_at_risk_is_found(county):
    published(LocalPolicyFactory, county=county)
    law("forbids")
    assert [one.county for one in findings("at-risk")] == [county.pk]


def test_a_policy_that_no_law_forbids_is_not_at_risk(county):
    published(LocalPolicyFactory, county=county)
    law("requires")
    assert not findings("at-risk")


@pytest.mark.parametrize("effect", ["mandates", "forbids"])
def test_a_state_that_bars_and_requires_is_found_with_the_first_common_day(effect):
    law("requires", title="Act 1", effective_from=date(2018, 1, 1))
    law(effect, title="Act 2", effective_from=date(2019, 5, 1))
    assert said("law-against-itself") == [
        "3 Limits holds: “Act 1” and “Act 2” say opposite things from 2019-05-01 on."
    ]


def test_one_finding_for_all_the_provisions_of_a_conflict():
    for effect in ("requires", "mandates", "mandates"):
        law(effect)
    assert len(findings("law-against-itself")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"effect": "requires"}, {"effect": "requires"}),
        ({"effect": "mandates"}, {"effect": "forbids"}),
        ({"effect": "requires"}, {"effect": "mandates", "factor": "no_287g"}),
        (
            {"effect": "requires", "effective_until": date(2019, 1, 1)},
            {"effect": "mandates", "effective_from": date(2019, 1, 1)},
        ),
        ({"effect": "requires"}, {"effect": "mandates", "binds_county_agencies": False}),
    ],
    ids=["alike", "no opposites", "other factor", "one after the other", "binds others"],
)
def test_provisions_that_do_not_oppose_each_other_are_not(one, other):
    law(**one)
    law(**other)
    assert not findings("law-against-itself")


def test_two_states_do_not_oppose_each_other():
    from tests.factories import StateFactory

    law("requires", state=StateFactory(usps="CA"))
    law("mandates", state=StateFactory(usps="TX"))
    assert not findings("law-against-itself")

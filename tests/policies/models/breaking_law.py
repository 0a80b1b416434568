"""Illegal rows of state law: what the database must refuse."""

from __future__ import annotations

from datetime import date

from policies.models import ProvisionClaim, ProvisionException
from tests.factories import ClaimFactory, CountyFactory, ProvisionFactory
from tests.policies.models.breaking import breaks, insert_like


@breaks("stateprovision_known_level")
def provision_of_an_unknown_level():
    insert_like(ProvisionFactory(), level="opinion")


@breaks("stateprovision_verified_in_plausible_years")
def provision_verified_in_the_year_202():
    insert_like(ProvisionFactory(), last_verified=date(202, 1, 1))


def insert_claim(**changes):
    values = {"factor": "limits_holds", "effect": "requires", "effective_from": date(2018, 3, 1)}
    ProvisionClaim.objects.create(**{"provision": ProvisionFactory()} | values | changes)


@breaks("claim_ends_after_it_starts")
def claim_that_ends_before_it_starts():
    insert_claim(effective_until=date(2018, 2, 28))


@breaks("claim_ends_after_it_starts")
def claim_that_ends_when_it_starts():
    insert_claim(effective_until=date(2018, 3, 1))


@breaks("claim_plausible_years")
def claim_from_the_year_202():
    insert_claim(effective_from=date(202, 1, 1))


@breaks("claim_plausible_years")
def claim_until_the_year_2100():
    insert_claim(effective_until=date(2100, 1, 1))


@breaks("claim_plausible_years")
def claim_to_be_complied_with_in_the_year_5025():
    insert_claim(compliance_date=date(5025, 1, 1))


@breaks("claim_known_factor")
def claim_on_an_eighth_factor():
    insert_claim(factor="")


@breaks("claim_known_effect")
def claim_of_unknown_effect():
    insert_claim(effect="suggests")


@breaks("claim_starts_once")
def claim_twice():
    claim = ClaimFactory(effective_from=date(2018, 3, 1))
    insert_claim(provision=claim.provision, effect="mandates")


def insert_exception(**changes):
    values = {"reason": "An injunction.", "effective_from": date(2018, 3, 1)}
    ProvisionException.objects.create(
        **{"provision": ProvisionFactory(), "county": CountyFactory()} | values | changes
    )


@breaks("exception_ends_after_it_starts")
def exception_that_ends_before_it_starts():
    insert_exception(effective_until=date(2018, 2, 28))


@breaks("exception_ends_after_it_starts")
def exception_that_ends_when_it_starts():
    insert_exception(effective_until=date(2018, 3, 1))


@breaks("exception_plausible_years")
def exception_from_the_year_5025():
    insert_exception(effective_from=date(5025, 1, 1))


@breaks("exception_plausible_years")
def exception_until_the_year_2100():
    insert_exception(effective_until=date(2100, 1, 1))


@breaks("exception_known_factor")
def exception_from_an_eighth_factor():
    insert_exception(factor="no_alerts")


@breaks("exception_has_a_reason")
def exception_without_reason():
    insert_exception(reason="")

"""Which claims of state law bind a county, and from when they decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from counties.models import County
from policies.assessments import ExplainedFactor
from policies.models import EffectChoices, ProvisionClaim, StateProvision
from policies.resolution import Rule, in_force
from policies.rubric import Factor


def decides_from(claim: ProvisionClaim) -> date:
    return max(claim.effective_from, claim.compliance_date or claim.effective_from)


def claims_on(
    provisions: Iterable[StateProvision], county: County, factor: Factor, as_of: date
) -> Iterable[ProvisionClaim]:
    """Claims on the factor that bind the county's agencies, and from which it is not excepted on
    that day or, where they decide later, on the first day on which they do."""
    for provision in provisions:
        exceptions = [
            e
            for e in provision.exceptions.all()
            if e.county_id == county.pk and e.factor in ("", factor.value)
        ]
        for claim in provision.claims.all() if provision.binds_county_agencies else ():
            on = max(as_of, decides_from(claim))
            if claim.factor == factor.value and not in_force(exceptions, on):
                yield claim


def decided_later(
    explained: ExplainedFactor,
    county: County,
    provisions: Iterable[StateProvision],
    as_of: date,
) -> date | None:
    """The day from which a law that is enacted already will decide, if none decides yet."""
    if explained.decision.rule == Rule.STATE_PROVISION or explained.decision.required_by:
        return None
    days = [
        decides_from(claim)
        for claim in claims_on(provisions, county, explained.factor, as_of)
        if claim.effect != EffectChoices.FORBIDS
        and not claim.in_force_by
        and claim.provision.enacted_on
        and claim.provision.enacted_on <= as_of < claim.effective_from
    ]
    return min(days) if days else None

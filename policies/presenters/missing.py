"""What a county lacks, and who could adopt it: or which state law stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.models import (
    EffectChoices,
    LocalOption,
    LocalPower,
    ProvisionClaim,
    StateProvision,
)
from policies.presenters.choice import Choice
from policies.resolution import Rule, in_force
from policies.rubric import Answer, Factor
from policies.texts import FACTOR_TEXTS, answer_text


@dataclass(frozen=True, slots=True)
class MissingItem:
    """`law`: what state law says about it, in our words; `who`: the catalogue's own, English."""

    name: str
    reply: str
    url: str
    law: str
    who: str


@dataclass(frozen=True, slots=True)
class Missing:
    """`powers`: texts of the record (English) on who decides here, where the state differs."""

    items: tuple[MissingItem, ...]
    powers: tuple[str, ...]
    jail_authority: str

    @property
    def is_general(self) -> bool:
        """Whether some item names who usually can adopt it."""
        return any(item.who for item in self.items)


def missing(
    county: County,
    explanation: Explanation,
    provisions: Iterable[StateProvision],
    options: Iterable[LocalOption],
    powers: Iterable[LocalPower],
    choice: Choice,
) -> Missing:
    here = tuple(power.powers for power in powers)
    # The catalogue names offices that a state with other powers does not have.
    who = {} if here else {option.factor: option.who_can_adopt for option in options}
    laws = list(provisions)
    items = tuple(
        MissingItem(
            str(FACTOR_TEXTS[f.factor].name),
            str(answer_text(f.factor, f.decision.answer)),
            f"{choice.url('options')}#{f.factor.value}",
            *_law_and_who(f, county, laws, who.get(f.factor.value, ""), choice.when.as_of),
        )
        for f in explanation.factors
        if f.decision.answer in (Answer.NO, Answer.NONE_FOUND)
    )
    authority = county.state.jail_authority if county.state.unified_jail and not here else ""
    return Missing(items, here, authority)


def _law_and_who(
    explained: ExplainedFactor,
    county: County,
    provisions: Sequence[StateProvision],
    who: str,
    as_of: date,
) -> tuple[str, str]:
    if explained.decision.rule == Rule.STATE_PROVISION:
        law = _("State law (%(law)s) mandates this; the county cannot change it alone.")
        return law % {"law": explained.source.provision.title}, ""
    for claim in claims_on(provisions, county, explained.factor, as_of):
        begun = decides_from(claim) <= as_of
        ended = claim.effective_until and claim.effective_until <= as_of
        if claim.effect == EffectChoices.FORBIDS and begun and not ended:
            law = _("State law (%(law)s) forbids local policies of this kind.")
            return law % {"law": claim.provision.title}, who
    return "", who


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

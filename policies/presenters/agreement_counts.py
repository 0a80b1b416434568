"""A state's agreements with ICE in force, counted by kind and model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties.models import State
from policies.models import COUNTY_LEVEL, AgencyType, AgreementKind
from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class KindOfAgreement:
    """`deciding`: those of agencies that decide a county's answer; `others` decide none."""

    kind: str
    model: str
    deciding: int
    others: int
    url: str


def kinds_of_agreement(
    counted: Iterable[tuple[str, str, str, int]], state: State, choice: Choice
) -> tuple[KindOfAgreement, ...]:
    """`counted`: (kind, model, kind of agency, how many)."""
    deciders = {*COUNTY_LEVEL, *([AgencyType.STATE_CORRECTIONS] if state.unified_jail else [])}
    deciding: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    for kind, model, agency_type, number in counted:
        (deciding if agency_type in deciders else others)[kind, model] += number
    return tuple(
        KindOfAgreement(
            kind=str(AgreementKind(kind).label),
            model=model or _("not said"),
            deciding=deciding[kind, model],
            others=others[kind, model],
            url=choice.url("agreements", state=state.usps, kind=kind),
        )
        for kind, model in sorted(
            {*deciding, *others}, key=lambda key: (key[0], -deciding[key] - others[key], key[1])
        )
    )

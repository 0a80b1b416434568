"""Checks of answers against agreements and state law, and of state law against itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from counties.models import County
from policies.models import Agreement, EffectChoices, StateProvision
from policies.quality.base import Check, Claim, Finding, Material, Severity, about
from policies.resolution import AgreementEvidence, ClaimEvidence, Decision, RecordEvidence
from policies.rubric import Answer, Factor

Decided = tuple[str, Factor, Decision]


def _decided(material: Material, wanted: Callable[[Decision], bool]) -> Iterator[Decided]:
    for fips, decisions in material.decisions.items():
        for factor, decision in decisions.items():
            if wanted(decision):
                yield fips, factor, decision


def against_agreements(material: Material) -> Iterator[Finding]:
    """The county's own record says yes while an agreement is in force."""

    def wanted(decision: Decision) -> bool:
        return (
            isinstance(decision.basis, AgreementEvidence)
            and isinstance(decision.local, RecordEvidence)
            and decision.local_answer == Answer.YES
        )

    for fips, factor, decision in _decided(material, wanted):
        yield Finding(
            key=f"{fips}:{factor}",
            about=about(County, fips),
            sentence=gettext_noop(
                "%(factor)s: the county’s own record says yes (evidence of %(local_on)s), but "
                "%(agency)s has an agreement with ICE in force (evidence of %(agreement_on)s)."
            ),
            values={
                "factor": factor.value,
                "local_on": decision.local.evidence_on.isoformat(),
                "agency": material.agencies[decision.basis.id],
                "agreement_on": decision.basis.evidence_on.isoformat(),
            },
            county=fips,
        )


def contrary_to_state_law(material: Material) -> Iterator[Finding]:
    """An agreement in force where state law requires that there be none."""
    for fips, factor, decision in _decided(material, lambda one: one.contrary_to_law):
        yield Finding(
            key=f"{fips}:{factor}",
            about=about(Agreement, decision.basis.id),
            sentence=gettext_noop(
                "%(factor)s: %(agency)s has an agreement in force that state law rules out."
            ),
            values={"factor": factor.value, "agency": material.agencies[decision.basis.id]},
            county=fips,
        )


def preempted(material: Material) -> Iterator[Finding]:
    for fips, factor, decision in _decided(material, lambda one: one.preempted):
        title = (
            material.claims[decision.basis.id].title
            if isinstance(decision.basis, ClaimEvidence)
            else ""
        )
        yield Finding(
            key=f"{fips}:{factor}",
            about=about(County, fips),
            sentence=gettext_noop(
                "%(factor)s: the county’s own policy is preempted by “%(title)s”."
            ),
            values={"factor": factor.value, "title": title},
            county=fips,
        )


def at_risk(material: Material) -> Iterator[Finding]:
    for fips, factor, _decision in _decided(material, lambda one: one.at_risk):
        yield Finding(
            key=f"{fips}:{factor}",
            about=about(County, fips),
            sentence=gettext_noop(
                "%(factor)s: state law forbids such a local policy, so it is at risk."
            ),
            values={"factor": factor.value},
            county=fips,
        )


def bars_and_requires(material: Material) -> Iterator[Finding]:
    """One finding a state and factor: the first two provisions, on their first common day."""
    found = set()
    claims = sorted(material.claims.values(), key=lambda one: (one.state, one.decides_from))
    for one, other in combinations(claims, 2):
        key = f"{one.state}:{one.factor}"
        if (
            key in found
            or (one.state, one.factor) != (other.state, other.factor)
            or not _opposed(one, other)
            or (one.until and one.until <= other.decides_from)
            or (other.until and other.until <= other.decides_from)
        ):
            continue
        found.add(key)
        yield Finding(
            key=key,
            about=about(StateProvision, other.provision),
            sentence=gettext_noop(
                "%(factor)s: “%(one)s” and “%(other)s” say opposite things from %(day)s on."
            ),
            values={
                "factor": one.factor.value,
                "one": one.title,
                "other": other.title,
                "day": other.decides_from.isoformat(),
            },
            state=one.state,
        )


def _opposed(one: Claim, other: Claim) -> bool:
    effects = {one.effect, other.effect}
    return EffectChoices.REQUIRES in effects and len(effects) == 2


CHECKS = (
    Check(
        "law-against-itself",
        _("States that both bar and require"),
        _(
            "Two provisions in force on one day say opposite things about one factor. The higher "
            "source decides meanwhile; one of the two dates or readings is probably wrong."
        ),
        Severity.ERROR,
        bars_and_requires,
    ),
    Check(
        "against-agreement",
        _("Answers that contradict agreements"),
        _(
            "The county’s own record says that it declines, but an agreement with ICE is in force. "
            "The agreement decides; either it has ended or the record is out of date."
        ),
        Severity.ERROR,
        against_agreements,
    ),
    Check(
        "contrary-to-law",
        _("Agreements contrary to state law"),
        _(
            "A county agency has an agreement in force although state law requires that it have "
            "none. It is recorded as it is; each case needs to be known and explained."
        ),
        Severity.WARNING,
        contrary_to_state_law,
    ),
    Check(
        "preempted",
        _("Local policies preempted by state law"),
        _(
            "State law mandates what the county’s own policy refuses. The answer is no, and the "
            "policy is shown as preempted: is it still on the books?"
        ),
        Severity.WARNING,
        preempted,
    ),
    Check(
        "at-risk",
        _("Local policies at risk"),
        _(
            "State law forbids such a local policy without imposing anything itself. The policy "
            "counts as long as it is in force: is it?"
        ),
        Severity.WARNING,
        at_risk,
    ),
)

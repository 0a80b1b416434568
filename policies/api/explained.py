"""One county explained: what decided each factor, and how its answers came about."""

from __future__ import annotations

from datetime import date

from counties.models import County
from policies import explanations
from policies.api.rows import citation_row
from policies.assessments import ExplainedFactor
from policies.models import Agreement, IceList, LocalPolicy, Precision, ProvisionClaim
from policies.resolution import (
    Rule,
)
from policies.rubric import Answer


def factor_row(explained: ExplainedFactor, county: County, as_of: date) -> dict:
    """One of the seven factors of a county, with its reasons."""
    decision, source = explained.decision, explained.source
    return {
        "code": explained.factor.value,
        "answer": decision.answer.value,
        # Nothing known is no point lost either: never a zero.
        "points": None if decision.answer == Answer.UNKNOWN else int(decision.answer == Answer.YES),
        "decided_by": decision.rule.value,
        "explanation": explanations.sentence(explained, county),
        "local_answer": decision.local_answer.value,
        "preempted": decision.preempted,
        "at_risk": decision.at_risk,
        "contrary_to_law": decision.contrary_to_law,
        "required_by": decision.required_by,
        "stale": explained.stale,
        "qualification": getattr(source, "qualification", ""),
        "since": first_day(explained, as_of),
        **_dates(explained, as_of),
        "needs_verification": _needs_verification(source),
        "record": source.pk if source else None,
        "citations": [citation_row(citation) for citation in explained.citations],
        "local_citations": [citation_row(citation) for citation in explained.local_citations],
        "conflicts": [
            {
                "provision": claim.provision_id,
                "title": claim.provision.title,
                "effect": claim.effect,
            }
            for claim in explained.conflicts
        ],
    }


def first_day(explained: ExplainedFactor, as_of: date) -> date | None:
    """Since when the answer has been the same without a break."""
    return _start_of_run(explained, as_of, lambda decision: decision.answer)


def _start_of_run(explained: ExplainedFactor, as_of: date, what) -> date | None:
    start, previous = None, None
    for day, decision in explained.history:
        if day > as_of:
            break
        if start is None or what(decision) != previous:
            start, previous = day, what(decision)
    return start


def _dates(explained: ExplainedFactor, as_of: date) -> dict:
    """The period of the record that decided, and how fresh its evidence is."""
    source = explained.source
    dates = {
        "effective_from": None,
        "effective_from_precision": None,
        "in_force_by": False,
        "effective_until": None,
        "observed_on": None,
        "last_verified": _last_verified(source),
        "evidence_on": explained.decision.evidence_on,
    }
    if isinstance(source, IceList):
        # Absence is seen list by list: it counts from the first list of the run.
        start = _start_of_run(explained, as_of, lambda d: d.rule == Rule.ABSENT_FROM_LIST)
        dates |= {
            "effective_from": start,
            "effective_from_precision": Precision.DAY,
            "in_force_by": True,
            "observed_on": source.list_date,
        }
    elif source is not None:
        dates |= {
            "effective_from": source.effective_from,
            "effective_from_precision": source.effective_from_precision,
            "in_force_by": getattr(source, "in_force_by", False),
            "effective_until": source.effective_until,
            "observed_on": getattr(source, "observed_on", None),
        }
    return dates


def _last_verified(source) -> date | None:
    """The newest day on which someone, or a list by ICE, confirmed the record."""
    match source:
        case LocalPolicy():
            return source.last_verified
        case ProvisionClaim():
            return source.provision.last_verified
        case Agreement():
            return source.last_listed_on
        case IceList():
            return source.list_date
    return None


def _needs_verification(source: LocalPolicy | ProvisionClaim | Agreement | IceList | None) -> bool:
    if isinstance(source, ProvisionClaim):
        return source.needs_verification or source.provision.needs_verification
    return source is not None and source.needs_verification

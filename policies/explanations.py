"""One plain sentence that says what decided an answer, with its date and its exceptions."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor
from policies.models import Agreement, IceList, LocalPolicy, Precision, ProvisionClaim
from policies.resolution import Rule
from policies.rubric import Answer


def sentence(explained: ExplainedFactor, county: County) -> str:
    """Why the factor has its answer, in the active language."""
    decision = explained.decision
    parts = [_DECIDED_BY[decision.rule](explained, county)]
    if decision.contrary_to_law:
        parts.append(_("This is contrary to state law."))
    if decision.preempted:
        parts.append(_("The county's own policy is preempted by state law."))
    if decision.at_risk:
        parts.append(_("State law forbids such local policies, so this one is at risk."))
    if decision.required_by:
        parts.append(
            _("State law decides this from %(date)s on.")
            % {"date": long_date(decision.required_by)}
        )
    return " ".join(parts)


def long_date(day: date, precision: str = Precision.DAY) -> str:
    """A date in words, no more exact than it is known."""
    if precision == Precision.YEAR:
        return str(day.year)
    return formats.date_format(
        day, "YEAR_MONTH_FORMAT" if precision == Precision.MONTH else "DATE_FORMAT"
    )


def since(record) -> str:
    """From when a dated record holds: "since February 2017", or "in force by ..."."""
    day = long_date(record.effective_from, record.effective_from_precision)
    if getattr(record, "in_force_by", False):
        return _("in force by %(date)s") % {"date": day}
    return _("since %(date)s") % {"date": day}


def _by_agreement(explained: ExplainedFactor, county: County) -> str:
    agreement: Agreement = explained.source
    return _("%(agency)s has a %(kind)s with ICE, %(since)s.") % {
        "agency": agreement.agency_name,
        "kind": agreement.get_kind_display(),
        "since": since(agreement),
    }


def _by_state_provision(explained: ExplainedFactor, county: County) -> str:
    claim: ProvisionClaim = explained.source
    words = {
        "state": claim.provision.state.name,
        "law": claim.provision.title,
        "date": long_date(
            explained.decision.basis.decides_from,
            Precision.DAY if claim.compliance_date else claim.effective_from_precision,
        ),
    }
    if explained.decision.answer == Answer.YES:
        return _("%(state)s law requires it since %(date)s: %(law)s.") % words
    return _("%(state)s law mandates the cooperation since %(date)s: %(law)s.") % words


def _by_county_record(explained: ExplainedFactor, county: County) -> str:
    return _by_record(explained, county.name)


def _by_state_record(explained: ExplainedFactor, county: County) -> str:
    return _by_record(explained, county.state.jail_authority or county.state.name)


def _by_record(explained: ExplainedFactor, whose: str) -> str:
    policy: LocalPolicy = explained.source
    words = {"whose": whose, "since": since(policy), "title": policy.title}
    if policy.answer == Answer.NONE_FOUND:
        seen = policy.observed_on or policy.effective_from
        precision = (
            policy.observed_on_precision
            if policy.observed_on
            else (policy.effective_from_precision)
        )
        words["date"] = long_date(seen, precision)
        return _("Someone looked and found no such policy of %(whose)s (%(date)s).") % words
    if policy.answer == Answer.NO:
        return _("%(whose)s is documented doing the opposite, %(since)s.") % words
    if policy.title:
        return _("%(whose)s has its own policy, %(since)s: %(title)s.") % words
    return _("%(whose)s has its own policy, %(since)s.") % words


def _by_absence(explained: ExplainedFactor, county: County) -> str:
    ice_list: IceList = explained.source
    return _("Not on ICE's list of %(date)s.") % {"date": long_date(ice_list.list_date)}


def _by_nothing(explained: ExplainedFactor, county: County) -> str:
    return _("We have no record of what the county does. That is not a zero.")


_DECIDED_BY = {
    Rule.AGREEMENT: _by_agreement,
    Rule.STATE_PROVISION: _by_state_provision,
    Rule.COUNTY_RECORD: _by_county_record,
    Rule.STATE_RECORD: _by_state_record,
    Rule.ABSENT_FROM_LIST: _by_absence,
    Rule.NONE: _by_nothing,
}

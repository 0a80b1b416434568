"""One plain dictionary a record: the same for JSON and CSV. `serializers.py` says the keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from counties.models import County, State
from policies import catalogue
from policies.assessments import Assessment
from policies.models import (
    COUNTY_LEVEL,
    AgencyType,
    Agreement,
    ChangeEvent,
    Citation,
    LocalOption,
    PolicyWin,
    ProvisionClaim,
    ProvisionException,
    SourceDocument,
    StateProvision,
)
from policies.rubric import FACTORS, Factor
from policies.texts import FACTOR_TEXTS

FACTOR_CODES = tuple(factor.value for factor in FACTORS)


@dataclass(frozen=True, slots=True)
class CountyRows:
    """Makes rows of counties. `base`: scheme and host, put before the address of the page."""

    base: str
    pattern: str

    @classmethod
    def at(cls, base: str) -> CountyRows:
        # reverse() once, not three thousand times
        return cls(base, reverse("county", args=["usps", "slug"]))

    def row(self, county: County, assessment: Assessment) -> dict:
        counted = assessment.score
        path = self.pattern.replace("usps", county.state_id.lower()).replace("slug", county.slug)
        return {
            "fips": county.fips,
            "name": county.name,
            "state": county.state_id,
            "slug": county.slug,
            "population": county.population,
            "score": counted.value,
            "status": counted.status.value,
            "at_least": counted.at_least,
            "factors_known": counted.known,
            "band": counted.band,
            "stale": assessment.stale,
            **dict(zip(FACTOR_CODES, assessment.answers, strict=True)),
            "url": self.base + path,
        }


def citation_row(citation: Citation) -> dict:
    """Of a sealed document only the tombstone: title, hash and reason."""
    document = citation.document
    sealed = document.sealed_at is not None
    return {
        "document": document.pk,
        "title": document.title,
        "url": "" if sealed else document.url,
        "archived_url": "" if sealed else document.archived_url,
        "sha256": document.sha256,
        "page": citation.page,
        "quote": "" if sealed else citation.quote,
        "note": "" if sealed else citation.note,
        "sheet": citation.sheet,
        "row": citation.row,
        "cell": citation.cell,
        "sealed": sealed,
    }


def citation_rows(record) -> list[dict]:
    """The public citations of a record whose citations were prefetched with their documents."""
    return [citation_row(c) for c in record.citations.all() if c.document.is_public]


def document_row(document: SourceDocument) -> dict:
    sealed = document.sealed_at is not None
    return {
        "id": document.pk,
        "kind": document.kind,
        "title": document.title,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "published_on_precision": document.published_on_precision,
        "url": "" if sealed else document.url,
        "archived_url": "" if sealed else document.archived_url,
        "sha256": document.sha256,
        "language": document.language,
        "summary": "" if sealed else document.summary,
        "sealed": sealed,
        "sealed_reason": document.sealed_reason,
    }


def win_row(win: PolicyWin) -> dict:
    return {
        "id": win.pk,
        "title": win.title,
        "summary": win.summary,
        "kind": win.kind,
        "state": win.state_id,
        "place": win.place,
        "counties": [county.pk for county in win.counties.all()],
        "factors": [touched.factor for touched in win.win_factors.all()],
        "date_earliest": win.date_earliest,
        "date_latest": win.date_latest,
        "date_precision": win.date_precision,
        "note": win.note,
        "needs_verification": win.needs_verification,
        "citations": citation_rows(win),
    }


def provision_row(provision: StateProvision) -> dict:
    return {
        "id": provision.pk,
        "state": provision.state_id,
        "title": provision.title,
        "level": provision.level,
        "legal_citation": provision.legal_citation,
        "binds_county_agencies": provision.binds_county_agencies,
        "binds_others": provision.binds_others,
        "summary": provision.summary,
        "enacted_on": provision.enacted_on,
        "enacted_on_precision": provision.enacted_on_precision,
        "last_verified": provision.last_verified,
        "needs_verification": provision.needs_verification,
        "verification_note": provision.verification_note,
        "citations": citation_rows(provision),
        "claims": [_claim_row(claim) for claim in provision.claims.all()],
        "exceptions": [_exception_row(one) for one in provision.exceptions.all()],
    }


def _claim_row(claim: ProvisionClaim) -> dict:
    return {
        "factor": claim.factor,
        "effect": claim.effect,
        "effective_from": claim.effective_from,
        "effective_from_precision": claim.effective_from_precision,
        "effective_until": claim.effective_until,
        "compliance_date": claim.compliance_date,
        "qualification": claim.qualification,
        "needs_verification": claim.needs_verification,
        "verification_note": claim.verification_note,
        "citations": citation_rows(claim),
    }


def _exception_row(exception: ProvisionException) -> dict:
    return {
        "fips": exception.county_id,
        "factor": exception.factor or None,
        "reason": exception.reason,
        "effective_from": exception.effective_from,
        "effective_until": exception.effective_until,
        "citations": citation_rows(exception),
    }


def agreement_row(agreement: Agreement) -> dict:
    unified = agreement.agency_type == AgencyType.STATE_CORRECTIONS and agreement.state.unified_jail
    return {
        "id": agreement.pk,
        "kind": agreement.kind,
        "state": agreement.state_id,
        "agency_name": agreement.agency_name,
        "agency_type": agreement.agency_type,
        "type_as_listed": agreement.type_as_listed,
        "decides": agreement.agency_type in COUNTY_LEVEL or unified,
        "counties": [county.pk for county in agreement.counties.all()],
        "model": agreement.model,
        "signed_on": agreement.signed_on,
        "signed_on_precision": agreement.signed_on_precision,
        "last_listed_on": agreement.last_listed_on,
        "effective_from": agreement.effective_from,
        "effective_from_precision": agreement.effective_from_precision,
        "in_force_by": agreement.in_force_by,
        "effective_until": agreement.effective_until,
        "effective_until_precision": agreement.effective_until_precision,
        "ended_as": agreement.ended_as,
        "needs_verification": agreement.needs_verification,
        "citations": citation_rows(agreement),
    }


def option_row(option: LocalOption) -> dict:
    words = {name: catalogue.in_both(option, name) for name in option.words}
    return {
        "key": option.key,
        "place": option.place,
        "order": option.order,
        "factor": option.factor or None,
        **{name: english for name, (english, _spanish) in words.items()},
        "document": option.document_id if option.document.is_public else None,
        "page": option.page,
        "also_factors": option.also_factors,
        "routes": option.routes,
        **{f"{name}_es": spanish for name, (_english, spanish) in words.items()},
    }


def state_row(state: State, base: str, counted: dict) -> dict:
    """`counted`: how many counties it has, and how many of them are complete and partial."""
    return {
        "state": state.usps,
        "fips": state.fips,
        "name": state.name,
        "unified_jail": state.unified_jail,
        "jail_authority": state.jail_authority,
        "law_coded_through": state.law_coded_through,
        **counted,
        "url": base + reverse("state", args=[state.usps.lower()]),
    }


def change_row(event: ChangeEvent) -> dict:
    return {
        "revision": event.pk,
        "at": event.at,
        "kind": event.kind,
        "summary": event.summary,
        "state": event.state_id,
        "counties": [county.pk for county in event.counties.all()],
    }


def factor_text_row(factor: Factor) -> dict:
    text = FACTOR_TEXTS[factor]
    return {
        "code": factor.value,
        "number": text.number,
        "name": str(text.name),
        "question": str(text.question),
        "meaning": str(text.meaning),
    }

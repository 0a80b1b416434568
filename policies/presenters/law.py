"""State provisions, agreements and data notes as readers see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.explanations import long_date
from policies.models import (
    COUNTY_LEVEL,
    AgencyType,
    Agreement,
    DataNote,
    Precision,
    ProvisionClaim,
    StateProvision,
)
from policies.presenters.choice import Choice
from policies.presenters.claims import decides_from
from policies.presenters.sources import CitationItem, citation_items
from policies.presenters.wins import Place
from policies.rubric import Factor
from policies.texts import FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class ClaimItem:
    factor: str
    number: int
    effect: str
    effect_label: str
    period: str
    in_force: bool
    qualification: str
    to_verify: bool
    citations: tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True)
class ExceptionItem:
    county: Place
    reason: str
    period: str


@dataclass(frozen=True, slots=True)
class ProvisionItem:
    anchor: str
    title: str
    level: str
    legal_citation: str
    summary: str
    enacted: str
    binds: str
    binds_counties: bool
    to_verify: bool
    in_force: bool
    decides_from: str
    claims: tuple[ClaimItem, ...]
    exceptions: tuple[ExceptionItem, ...]
    citations: tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True)
class AgreementItem:
    agency: str
    agency_type: str
    kind: str
    model: str
    state: Place
    counties: tuple[Place, ...]
    period: str
    is_active: bool
    decides: bool
    notes: str
    citations: tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True)
class NoteItem:
    title: str
    kind: str
    text: str
    document: Place | None


def provision_items(
    provisions: Iterable[StateProvision], choice: Choice
) -> tuple[ProvisionItem, ...]:
    """Those enacted by the day asked for; those in force on it come first."""
    items = [_provision(p, choice) for p in provisions if is_enacted(p, choice.when.as_of)]
    return tuple(sorted(items, key=lambda item: not item.in_force))


def is_enacted(provision: StateProvision, as_of: date) -> bool:
    """By its date of enactment or, where that is not known, by the first day it claims."""
    if provision.enacted_on:
        return provision.enacted_on <= as_of
    begins = [claim.effective_from for claim in provision.claims.all()]
    return not begins or min(begins) <= as_of


def anchor(provision: StateProvision) -> str:
    """Where a page has this law."""
    return f"law-{provision.pk}"


def later_decision(provision: StateProvision, as_of: date) -> date | None:
    """The first day on which an enacted provision that decides nothing yet will decide."""
    claims = provision.claims.all()
    if any(c.effective_from <= as_of for c in claims) or any(c.in_force_by for c in claims):
        return None
    return min((decides_from(claim) for claim in claims), default=None)


def _provision(provision: StateProvision, choice: Choice) -> ProvisionItem:
    as_of = choice.when.as_of
    claims = tuple(_claim(claim, choice) for claim in provision.claims.all())
    # A provision that claims no factor is only known by its enactment.
    enacted = provision.enacted_on
    in_force = (
        any(claim.in_force for claim in claims) if claims else not enacted or enacted <= as_of
    )
    later = later_decision(provision, as_of) if provision.binds_county_agencies else None
    return ProvisionItem(
        anchor=anchor(provision),
        title=provision.title,
        level=provision.get_level_display(),
        legal_citation=provision.legal_citation,
        summary=provision.summary,
        enacted=long_date(enacted, provision.enacted_on_precision) if enacted else "",
        binds=_binds(provision),
        binds_counties=provision.binds_county_agencies,
        to_verify=provision.needs_verification,
        in_force=in_force,
        decides_from=long_date(later) if later else "",
        claims=claims,
        exceptions=tuple(
            ExceptionItem(
                Place(
                    e.county.name,
                    choice.url("county", e.county.state_id.lower(), e.county.slug),
                ),
                e.reason,
                period(e.effective_from, Precision.DAY, e.effective_until),
            )
            for e in provision.exceptions.all()
        ),
        citations=citation_items(provision.citations.all(), choice),
    )


#: Whom provisions bind, as the record (which is English) names them.
_OTHERS = {
    "state agencies": gettext_lazy("state agencies"),
    "city agencies": gettext_lazy("city agencies"),
    "private operators": gettext_lazy("private operators"),
    "courts": gettext_lazy("courts"),
}


def _binds(provision: StateProvision) -> str:
    whom = [_("county agencies")] if provision.binds_county_agencies else []
    others = [name.strip() for name in provision.binds_others.split(",") if name.strip()]
    return ", ".join([*whom, *(str(_OTHERS.get(name.lower(), name)) for name in others)])


def _claim(claim: ProvisionClaim, choice: Choice) -> ClaimItem:
    as_of = choice.when.as_of
    texts = FACTOR_TEXTS[Factor(claim.factor)]
    begun = claim.effective_from <= as_of
    return ClaimItem(
        factor=str(texts.name),
        number=texts.number,
        effect=claim.effect,
        effect_label=claim.get_effect_display(),
        period=_claim_period(claim),
        in_force=begun and (claim.effective_until is None or as_of < claim.effective_until),
        qualification=claim.qualification,
        to_verify=claim.needs_verification,
        citations=citation_items(claim.citations.all(), choice),
    )


def _claim_period(claim: ProvisionClaim) -> str:
    text = period(claim.effective_from, claim.effective_from_precision, claim.effective_until)
    if claim.compliance_date:
        return _("%(period)s; counties must comply by %(date)s") % {
            "period": text,
            "date": long_date(claim.compliance_date),
        }
    return text


def period(since: date, precision: str, until: date | None, ended: str = "") -> str:
    """A half-open period in words. `ended`: how it ended, if that is known."""
    begin = long_date(since, precision)
    if until is None:
        return _("since %(date)s") % {"date": begin}
    words = {"begin": begin, "end": long_date(until), "ended": ended}
    if ended:
        return _("%(begin)s to %(end)s (%(ended)s)") % words
    return _("%(begin)s until %(end)s") % words


def agreement_items(agreements: Iterable[Agreement], choice: Choice) -> tuple[AgreementItem, ...]:
    return tuple(_agreement(agreement, choice) for agreement in agreements)


def _agreement(agreement: Agreement, choice: Choice) -> AgreementItem:
    until = agreement.effective_until
    return AgreementItem(
        agency=agreement.agency_name,
        agency_type=agreement.get_agency_type_display(),
        kind=agreement.get_kind_display(),
        model=agreement.model,
        state=Place(agreement.state_id, choice.url("state", agreement.state_id.lower())),
        counties=tuple(
            Place(county.name, choice.url("county", county.state_id.lower(), county.slug))
            for county in agreement.counties.all()
        ),
        period=period(
            agreement.effective_from,
            agreement.effective_from_precision,
            until,
            agreement.get_ended_as_display(),
        ),
        is_active=until is None or choice.when.as_of < until,
        decides=agreement.agency_type in {*COUNTY_LEVEL, AgencyType.STATE_CORRECTIONS},
        notes=agreement.notes,
        citations=citation_items(agreement.citations.all(), choice),
    )


def note_items(notes: Iterable[DataNote], choice: Choice) -> tuple[NoteItem, ...]:
    return tuple(
        NoteItem(
            note.title,
            note.get_kind_display(),
            note.text,
            Place(note.document.title, choice.url("document", note.document_id))
            if note.document and note.document.is_public
            else None,
        )
        for note in notes
    )

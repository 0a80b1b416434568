"""`assessments.explain` for a screen that has the county's own rows at hand already: the same rules
and the same answer, from whole records, in half the queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from counties.models import County
from policies.assessments import Explanation, explanation_of
from policies.evidence import (
    FACTOR_OF_AGREEMENT,
    agreement_evidence,
    claim_evidence,
    record_evidence,
)
from policies.models import (
    COUNTY_LEVEL,
    AgencyType,
    Agreement,
    AgreementKind,
    Citation,
    IceList,
    LocalPolicy,
    ProvisionClaim,
    ProvisionException,
    RecordStatus,
)
from policies.resolution import ExceptionEvidence, FactorEvidence, ListEvidence
from policies.rubric import JAIL_FACTORS, Answer, Factor


def explain_from(county: County, rows: Iterable[LocalPolicy], today: date) -> Explanation:
    """`rows`: `county_standing.own_rows`, which get their citations here. Five queries at most."""
    rows = list(rows)
    parts: dict[Factor, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    behind: dict = {}
    _add_records(parts, behind, rows)
    _add_law(parts, behind, county)
    _add_agreements(parts, behind, county)
    _add_lists(parts, behind, county)
    unified = county.state.unified_jail
    evidence = {
        factor: FactorEvidence(
            **{name: tuple(found) for name, found in kinds.items()},
            state_record_first=unified and factor in JAIL_FACTORS,
        )
        for factor, kinds in parts.items()
    }

    def records_of(wanted) -> dict:
        found = {item: behind[item] for item in wanted if item is not None}
        _add_citations([*rows, *found.values()])
        return found

    return explanation_of(county, evidence, today, records_of)


def _add_records(parts, behind, rows: Iterable[LocalPolicy]) -> None:
    for row in rows:
        if row.status != RecordStatus.PUBLISHED:
            continue
        days = row.effective_from, row.effective_until, row.observed_on, row.last_verified
        found = record_evidence(row.pk, Answer(row.answer), *days)
        behind[found] = row
        kind = "county_records" if row.county_id else "state_records"
        parts[Factor(row.factor)][kind].append(found)


def _add_law(parts, behind, county: County) -> None:
    claims = ProvisionClaim.objects.filter(
        provision__status=RecordStatus.PUBLISHED,
        provision__binds_county_agencies=True,
        provision__state=county.state_id,
    )
    of_provision = defaultdict(list)
    for claim in claims.select_related("provision").order_by("pk"):
        claim.provision.state = county.state
        found = claim_evidence(
            *(claim.pk, claim.effect, claim.provision.level),
            *(claim.effective_from, claim.effective_until, claim.compliance_date),
            claim.provision.last_verified,
        )
        behind[found] = claim
        parts[Factor(claim.factor)]["claims"].append(found)
        of_provision[claim.provision_id].append((Factor(claim.factor), claim.pk))
    if not of_provision:
        return
    exceptions = ProvisionException.objects.filter(provision__in=of_provision, county=county)
    for one in exceptions.order_by("pk"):
        for factor, pk in of_provision[one.provision_id]:
            if not one.factor or one.factor == factor:
                found = ExceptionEvidence(pk, one.effective_from, one.effective_until)
                parts[factor]["exceptions"].append(found)


def _add_agreements(parts, behind, county: County) -> None:
    here = Q(counties=county, agency_type__in=COUNTY_LEVEL)
    if county.state.unified_jail:
        here |= Q(state=county.state_id, agency_type=AgencyType.STATE_CORRECTIONS)
    for row in Agreement.objects.published().filter(here).distinct().order_by("pk"):
        found = agreement_evidence(
            row.pk, row.effective_from, row.effective_until, row.last_listed_on
        )
        behind[found] = row
        parts[FACTOR_OF_AGREEMENT[AgreementKind(row.kind)]]["agreements"].append(found)


def _add_lists(parts, behind, county: County) -> None:
    on_it = IceList.listed_counties.through.objects.filter(icelist=OuterRef("pk"), county=county)
    rows = IceList.objects.published().annotate(has_it=Exists(on_it)).select_related("document")
    for row in rows.order_by("list_date"):
        found = ListEvidence(row.pk, row.list_date, row.has_it)
        behind[found] = row
        parts[FACTOR_OF_AGREEMENT[AgreementKind(row.kind)]]["lists"].append(found)


#: The field of Citation that names a record of each kind.
_CITED_BY = {
    LocalPolicy: "local_policy",
    ProvisionClaim: "claim",
    Agreement: "agreement",
    IceList: "ice_list",
}


def _add_citations(records: Iterable) -> None:
    """The citations of all these records, in one query, put where `citations.all()` finds them."""
    wanted = {(_CITED_BY[type(one)], one.pk): one for one in records}
    if not wanted:
        return
    anywhere = Q()
    for name in _CITED_BY.values():
        pks = [pk for field, pk in wanted if field == name]
        anywhere |= Q(**{f"{name}__in": pks}) if pks else Q()
    found = defaultdict(list)
    for citation in Citation.objects.with_documents().filter(anywhere):
        name = next(field for field in _CITED_BY.values() if getattr(citation, f"{field}_id"))
        found[name, getattr(citation, f"{name}_id")].append(citation)
    for key, record in wanted.items():
        prefetched = record.citations.all()
        prefetched._result_cache = found[key]
        kept = getattr(record, "_prefetched_objects_cache", {})
        record._prefetched_objects_cache = {**kept, "citations": prefetched}

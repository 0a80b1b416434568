"""From the database to the plain values that `resolution.py` reads: the only such road.

A fixed number of queries, however many counties and records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from counties.models import County, State
from policies.models import (
    COUNTY_LEVEL,
    AgencyType,
    Agreement,
    AgreementKind,
    IceList,
    LocalPolicy,
    ProvisionClaim,
    ProvisionException,
    StateProvision,
)
from policies.resolution import (
    AgreementEvidence,
    ClaimEvidence,
    Effect,
    ExceptionEvidence,
    FactorEvidence,
    Level,
    ListEvidence,
    RecordEvidence,
)
from policies.rubric import JAIL_FACTORS, Answer, Factor

FACTOR_OF_AGREEMENT = {
    AgreementKind.PROGRAM_287G: Factor.NO_287G,
    AgreementKind.DETENTION: Factor.NO_DETENTION_CONTRACT,
}
#: Subsets larger than this are not named one by one: all counties are read instead.
LARGEST_SUBSET = 500

FactorMap = dict[Factor, FactorEvidence]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All evidence by county. Counties of a state share what only the state gives them."""

    state_of: Mapping[str, str]
    by_state: Mapping[str, FactorMap]
    by_county: Mapping[str, FactorMap]

    def of(self, fips: str) -> FactorMap:
        """The evidence for one county, by factor; factors without any are missing."""
        return {**self.by_state.get(self.state_of[fips], {}), **self.by_county.get(fips, {})}


@dataclass(frozen=True, slots=True)
class Overlay:
    """Evidence as a change that is not made yet would leave it.

    `records` take the place of what is stored for their (county FIPS or state, factor). The
    agreements numbered in `closed` go, those in `agreements` (by the same keys) come. `lists` are
    further lists by factor, each with the counties that are on it.
    """

    records: Mapping[tuple[str, Factor], Sequence[RecordEvidence]] = field(default_factory=dict)
    agreements: Mapping[tuple[str, Factor], list[AgreementEvidence]] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    lists: Mapping[Factor, list[tuple[ListEvidence, frozenset[str]]]] = field(default_factory=dict)


def load(
    *,
    fips: Collection[str] | None = None,
    before: datetime | None = None,
    overlay: Overlay | None = None,
) -> Evidence:
    """Read what is published now, or was known just before the moment `before`.

    `fips`: only these counties (None: all). `overlay`: as if that had been published as well.
    """
    if fips is not None and len(fips) > LARGEST_SUBSET:
        return _only(load(before=before, overlay=overlay), fips)
    counties = County.objects.all() if fips is None else County.objects.filter(pk__in=fips)
    state_of = dict(counties.order_by().values_list("pk", "state_id"))
    states = set(state_of.values())
    unified = set(State.objects.filter(unified_jail=True).values_list("pk", flat=True))

    records = _records(fips, states, before)
    claims, claims_of_provision = _claims(states, before)
    exceptions = _exceptions(fips, claims_of_provision, before)
    agreements = _agreements(fips, states & unified, before)
    lists, listed = _lists(fips, before)
    if overlay:
        records.update(overlay.records)
        _change_agreements(overlay, agreements)
        _add_lists(overlay, lists, listed)

    by_state = {
        state: _state_map(state, claims, records, lists, unified=state in unified)
        for state in states
    }
    own = dict.fromkeys(key for key in (*records, *exceptions, *agreements) if key[0] in state_of)
    own |= dict.fromkeys((county, factor) for factor, rows in listed.items() for county in rows)
    by_county: dict[str, FactorMap] = defaultdict(dict)
    nothing = FactorEvidence()
    for county, factor in own:
        if county not in state_of:
            continue
        base = by_state[state_of[county]].get(factor, nothing)
        on_lists = listed.get(factor, {}).get(county, frozenset())
        by_county[county][factor] = FactorEvidence(  # `replace` takes four times as long
            claims=base.claims,
            state_records=base.state_records,
            state_record_first=base.state_record_first,
            agreements=base.agreements + tuple(agreements.get((county, factor), ())),
            exceptions=tuple(exceptions.get((county, factor), ())),
            county_records=tuple(records.pop((county, factor), ())),  # not twice in memory
            lists=tuple(replace(i, listed=True) if i.id in on_lists else i for i in base.lists)
            if on_lists
            else base.lists,
        )
    for state in states & unified:
        for factor in FACTOR_OF_AGREEMENT.values():
            rows = tuple(agreements.get((state, factor), ()))
            if rows:
                _add_state_agreements(by_state[state], by_county, state_of, state, factor, rows)
    return Evidence(state_of, by_state, by_county)


def _change_agreements(overlay: Overlay, agreements) -> None:
    if overlay.closed:
        for key, rows in agreements.items():
            agreements[key] = [row for row in rows if row.id not in overlay.closed]
    for key, added in overlay.agreements.items():
        agreements[key] = [*agreements.get(key, ()), *added]


def _add_lists(overlay: Overlay, lists, listed) -> None:
    for factor, added in overlay.lists.items():
        lists[factor] = (*lists.get(factor, ()), *(one for one, _counties in added))
        for one, counties in added:
            for code in counties:
                listed[factor][code].add(one.id)


def _only(evidence: Evidence, fips: Collection[str]) -> Evidence:
    return replace(evidence, state_of={code: evidence.state_of[code] for code in fips})


def _state_map(state, claims, records, lists, *, unified: bool) -> FactorMap:
    """What every county of the state shares. Only a unified-jail state has records of its own."""
    factors: FactorMap = {}
    for factor in Factor:
        own_claims = tuple(claims.get((state, factor), ()))
        state_records = tuple(records.get((state, factor), ())) if unified else ()
        if own_claims or state_records or factor in lists:
            factors[factor] = FactorEvidence(
                claims=own_claims,
                state_records=state_records,
                lists=lists.get(factor, ()),
                state_record_first=unified and factor in JAIL_FACTORS,
            )
    return factors


def _add_state_agreements(shared: FactorMap, by_county, state_of, state, factor, rows) -> None:
    """A unified-jail state's corrections department decides for each of its counties."""
    base = shared.get(factor, FactorEvidence(state_record_first=True))
    shared[factor] = replace(base, agreements=base.agreements + rows)
    for county, factors in by_county.items():
        if state_of[county] == state and factor in factors:
            own = factors[factor]
            factors[factor] = replace(own, agreements=own.agreements + rows)


def _records(fips, states, before) -> dict[tuple[str, Factor], Sequence[RecordEvidence]]:
    """By (county FIPS or state, factor). The keys cannot be confused: 5 digits, 2 letters."""
    rows = LocalPolicy.objects.known_before(before).order_by()
    if fips is not None:
        rows = rows.filter(county_id__in=fips) | rows.filter(state_id__in=states)
    found = defaultdict(list)
    answers = {answer.value: answer for answer in Answer}
    factors = {factor.value: factor for factor in Factor}
    for pk, county, state, factor, answer, start, end, observed, verified in rows.values_list(
        "pk",
        "county_id",
        "state_id",
        "factor",
        "answer",
        "effective_from",
        "effective_until",
        "observed_on",
        "last_verified",
    ):
        found[county or state, factors[factor]].append(
            record_evidence(pk, answers[answer], start, end, observed, verified)
        )
    return found


def record_evidence(pk, answer: Answer, start, end, observed, verified) -> RecordEvidence:
    evidence_on = start
    if observed and observed > evidence_on:
        evidence_on = observed
    if verified and verified > evidence_on:
        evidence_on = verified
    return RecordEvidence(pk, answer, start, end, evidence_on)


def claim_evidence(pk, effect, level, start, end, compliance, verified) -> ClaimEvidence:
    rank = Level[level.upper()]
    return ClaimEvidence(pk, Effect(effect), rank, start, end, compliance, max(start, verified))


def agreement_evidence(pk, start, end, listed) -> AgreementEvidence:
    on_list = listed is not None and listed >= start
    return AgreementEvidence(pk, start, end, listed if on_list else start, on_list)


def _claims(states, before):
    """Claims that bind county agencies, by (state, factor), and by provision."""
    provisions = StateProvision.objects.known_before(before).filter(
        binds_county_agencies=True, state_id__in=states
    )
    by_factor = defaultdict(list)
    by_provision = defaultdict(list)
    for row in (
        ProvisionClaim.objects.filter(provision__in=provisions)
        .order_by("pk")
        .values_list(
            "pk",
            "provision_id",
            "provision__state_id",
            "factor",
            "effect",
            "provision__level",
            "effective_from",
            "effective_until",
            "compliance_date",
            "provision__last_verified",
        )
    ):
        pk, provision, state, factor, effect, level, start, end, compliance, verified = row
        claim = claim_evidence(pk, effect, level, start, end, compliance, verified)
        by_factor[state, Factor(factor)].append(claim)
        by_provision[provision].append((Factor(factor), claim))
    return by_factor, by_provision


def _exceptions(fips, claims_of_provision, before):
    rows = ProvisionException.objects.filter(
        provision__in=StateProvision.objects.known_before(before)
    ).order_by("pk")
    if fips is not None:
        rows = rows.filter(county_id__in=fips)
    found = defaultdict(list)
    for provision, county, only, start, end in rows.values_list(
        "provision_id", "county_id", "factor", "effective_from", "effective_until"
    ):
        for factor, claim in claims_of_provision.get(provision, ()):
            if not only or only == factor:
                found[county, factor].append(ExceptionEvidence(claim.id, start, end))
    return found


def _agreements(fips, unified_states, before):
    """Deciding agreements, by (county FIPS, or unified-jail state, and factor)."""
    known = Agreement.objects.known_before(before).order_by()
    fields = ("pk", "kind", "effective_from", "effective_until", "last_listed_on")
    found = defaultdict(list)

    def add(place, pk, kind, start, end, listed):
        factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        found[place, factor].append(agreement_evidence(pk, start, end, listed))

    by_county = known.filter(agency_type__in=COUNTY_LEVEL, counties__isnull=False)
    if fips is not None:
        by_county = by_county.filter(counties__in=fips)
    for place, *row in by_county.values_list("counties", *fields):
        add(place, *row)
    by_state = known.filter(agency_type=AgencyType.STATE_CORRECTIONS, state__in=unified_states)
    for place, *row in by_state.values_list("state_id", *fields):
        add(place, *row)
    return found


def _lists(fips, before):
    """ICE's lists by factor (nobody on them), and per factor the lists each county is on."""
    known = IceList.objects.known_before(before)
    by_factor = defaultdict(list)
    factor_of = {}
    for pk, kind, list_date in known.order_by("list_date").values_list("pk", "kind", "list_date"):
        factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        factor_of[pk] = factor
        by_factor[factor].append(ListEvidence(pk, list_date, listed=False))
    rows = IceList.listed_counties.through.objects.filter(icelist__in=known)
    if fips is not None:
        rows = rows.filter(county_id__in=fips)
    listed: dict[Factor, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for pk, county in rows.values_list("icelist_id", "county_id"):
        listed[factor_of[pk]][county].add(pk)
    return {factor: tuple(items) for factor, items in by_factor.items()}, listed

"""From the database to scored counties: the only road, shared by pages and API.

`assess` scores all counties (or some) on one day: as known now from the stored score periods,
as known on a past day from the records as they stood. `explain` adds the reasons for one county.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Prefetch, Q

from counties.models import County
from policies import evidence as evidence_road
from policies.clock import end_of_day
from policies.models import (
    Agreement,
    AgreementKind,
    ChangeEvent,
    Citation,
    IceList,
    LocalPolicy,
    ProvisionClaim,
    ScorePeriod,
)
from policies.resolution import (
    UNKNOWN,
    AgreementEvidence,
    Basis,
    ClaimEvidence,
    Decision,
    FactorEvidence,
    ListEvidence,
    RecordEvidence,
    Rule,
    resolve,
)
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor, Score, score
from policies.timeline import RULE_LETTERS, RULES_BY_LETTER, content, fresh_until, history, is_stale

#: A record's citations in order, each with its document.
CITED = Prefetch("citations", Citation.objects.with_documents())


@dataclass(frozen=True, slots=True)
class When:
    """The two clocks: in force on `as_of`, as known on `known_on` (None: as known now)."""

    as_of: date
    known_on: date | None = None

    @property
    def known_before(self):
        """Exclusive moment for `known_on`, or None."""
        return end_of_day(self.known_on) if self.known_on else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of one county on one day. `since`: first day of these answers, if stored."""

    fips: str
    answers: tuple[Answer, ...]
    rules: str
    score: Score
    stale: bool
    preempted: str
    at_risk: str
    since: date | None = None

    def answer(self, factor: Factor) -> Answer:
        return self.answers[FACTORS.index(factor)]

    def rule(self, factor: Factor) -> Rule:
        return RULES_BY_LETTER[self.rules[FACTORS.index(factor)]]


_UNKNOWN_ANSWERS = (Answer.UNKNOWN,) * MAX_SCORE
_NO_FLAGS = "0" * MAX_SCORE


_NO_RULES = RULE_LETTERS[Rule.NONE] * MAX_SCORE
_NO_SCORE = score(_UNKNOWN_ANSWERS)


def unknown(fips: str) -> Assessment:
    """A county of which nothing is known."""
    return Assessment(
        fips,
        _UNKNOWN_ANSWERS,
        _NO_RULES,
        _NO_SCORE,
        stale=False,
        preempted=_NO_FLAGS,
        at_risk=_NO_FLAGS,
    )


def assess(when: When, *, fips: Collection[str] | None = None) -> dict[str, Assessment]:
    """Assessments by FIPS on that day, of these counties (None: all).

    Counties of which nothing is known are missing; see `unknown`. A fixed number of queries.
    """
    if when.known_on:
        return _from_records(when, fips)
    return _from_score_periods(when.as_of, fips)


def revision(before: datetime | None = None) -> int:
    """Number of the newest change: the version of everything published, now or before a moment."""
    events = ChangeEvent.objects.filter(at__lt=before) if before else ChangeEvent.objects
    return events.aggregate(newest=Max("pk"))["newest"] or 0


def _from_score_periods(as_of: date, fips: Collection[str] | None) -> dict[str, Assessment]:
    rows = ScorePeriod.objects.in_force(as_of).order_by()
    if fips is not None and len(fips) <= evidence_road.LARGEST_SUBSET:
        rows = rows.filter(county_id__in=fips)
    stale_letters = _stale_list_positions(as_of)
    answer_of = {answer.value: answer for answer in Answer}
    found = {}
    counted: dict[tuple[str, ...], tuple[tuple[Answer, ...], Score]] = {}  # few differ
    for code, since, fresh_to, rules, preempted, at_risk, *stored in rows.values_list(
        "county_id", "effective_from", "fresh_until", "rules", "preempted", "at_risk", *FACTORS
    ):
        if (vector := tuple(stored)) not in counted:
            answers = tuple(answer_of[value] for value in vector)
            counted[vector] = answers, score(answers)
        answers, total = counted[vector]
        stale = (fresh_to is not None and as_of > fresh_to) or any(
            rules[position] == RULE_LETTERS[Rule.ABSENT_FROM_LIST] for position in stale_letters
        )
        found[code] = Assessment(code, answers, rules, total, stale, preempted, at_risk, since)
    if fips is not None:
        return {code: found[code] for code in fips if code in found}
    return found


def _stale_list_positions(as_of: date) -> list[int]:
    """Positions of the factors whose latest ICE list is too old on that day."""
    positions = []
    latest = (
        IceList.objects.published()
        .filter(list_date__lte=as_of)
        .order_by()
        .values_list("kind")
        .annotate(Max("list_date"))
    )
    for kind, list_date in latest:
        factor = evidence_road.FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        if as_of > fresh_until(factor, list_date, from_list=True):
            positions.append(FACTORS.index(factor))
    return positions


def _from_records(when: When, fips: Collection[str] | None) -> dict[str, Assessment]:
    evidence = evidence_road.load(fips=fips, before=when.known_before)
    found = {}
    for code in evidence.state_of:
        own = evidence.of(code)
        decisions = [resolve(own[f], when.as_of) if f in own else UNKNOWN for f in FACTORS]
        if any(decision.answer != Answer.UNKNOWN for decision in decisions):
            found[code] = assessment_of(code, decisions, when.as_of)
    return found


def assessment_of(fips: str, decisions: Sequence[Decision], as_of: date) -> Assessment:
    """The assessment that seven decisions (in the order of FACTORS) amount to."""
    answers, rules, _, preempted, at_risk = content(decisions)
    stale = any(
        is_stale(factor, decision, as_of)
        for factor, decision in zip(FACTORS, decisions, strict=True)
    )
    return Assessment(fips, answers, rules, score(answers), stale, preempted, at_risk)


@dataclass(frozen=True, slots=True)
class ExplainedFactor:
    """One factor of one county: the decision, the records behind it, and its citations.

    `source` is the record that decided: a LocalPolicy, ProvisionClaim, Agreement or IceList.
    `local` is the county's own (or the state's) LocalPolicy, or the IceList it is absent from.
    `agreements`: all deciding agreements in force. `history`: (first day, decision), oldest
    first, over all time as known.
    """

    factor: Factor
    decision: Decision
    source: LocalPolicy | ProvisionClaim | Agreement | IceList | None
    local: LocalPolicy | IceList | None
    conflicts: tuple[ProvisionClaim, ...]
    citations: tuple[Citation, ...]
    local_citations: tuple[Citation, ...]
    stale: bool
    history: tuple[tuple[date, Decision], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    assessment: Assessment
    factors: tuple[ExplainedFactor, ...]


def explain(county: County, when: When) -> Explanation:
    """Why the county has the answers it has. A fixed number of queries."""
    evidence = evidence_road.load(fips=[county.pk], before=when.known_before).of(county.pk)
    return explanation_of(
        county, evidence, when.as_of, lambda behind: records_behind(behind, cited=True)
    )


def explanation_of(
    county: County,
    evidence: evidence_road.FactorMap,
    as_of: date,
    records_of: Callable[[list[Basis | None]], dict],
) -> Explanation:
    """The explanation that this evidence amounts to. `records_of`: as `records_behind`, cited."""
    histories = {f: tuple(history(evidence[f])) if f in evidence else () for f in FACTORS}
    decisions = [resolve(evidence.get(factor, FactorEvidence()), as_of) for factor in FACTORS]
    records = records_of([item for d in decisions for item in (d.basis, d.local, *d.conflicts)])
    assessment = assessment_of(county.pk, decisions, as_of)
    factors = tuple(
        _explained(factor, decision, records, as_of, histories[factor])
        for factor, decision in zip(FACTORS, decisions, strict=True)
    )
    return Explanation(assessment, factors)


def _explained(factor, decision, records, as_of, stretches) -> ExplainedFactor:
    source = records.get(decision.basis)
    local = records.get(decision.local)
    return ExplainedFactor(
        factor=factor,
        decision=decision,
        source=source,
        local=local,
        conflicts=tuple(records[claim] for claim in decision.conflicts),
        citations=_public_citations(source),
        local_citations=_public_citations(local),
        stale=is_stale(factor, decision, as_of),
        history=stretches,
    )


def _public_citations(record) -> tuple[Citation, ...]:
    if record is None:
        return ()
    return tuple(c for c in record.citations.all() if c.document.is_public)


def records_behind(evidence: Iterable[Basis | None], *, cited: bool = False) -> dict:
    """The model objects behind pieces of evidence, by evidence. One query a kind that occurs.

    `cited`: with their citations, and one query more a kind.
    """
    wanted = {item for item in evidence if item is not None}
    found: dict = {}
    for kind, queryset in _SOURCES.items():
        items = [item for item in wanted if isinstance(item, kind)]
        rows = queryset.prefetch_related(CITED) if cited else queryset.all()
        by_id = rows.in_bulk({item.id for item in items})
        found |= {item: by_id[item.id] for item in items}
    return found


_SOURCES = {
    RecordEvidence: LocalPolicy.objects.select_related("county", "state"),
    ClaimEvidence: ProvisionClaim.objects.select_related("provision__state"),
    ListEvidence: IceList.objects.select_related("document"),
    AgreementEvidence: Agreement.objects.all(),
}


def agreements_of(county: County, when: When):
    """Every agreement known for a county, deciding or not, newest first. Two queries."""
    here = Q(counties=county)
    if county.state.unified_jail:
        here |= Q(state=county.state, agency_type="state_corrections")
    return (
        Agreement.objects.known_before(when.known_before)
        .filter(here, effective_from__lte=when.as_of)
        .distinct()
        .order_by("-effective_from")
        .select_related("state")
        .prefetch_related(CITED)
    )

"""One county's page: the score, what it means, and seven factors each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.explanations import long_date, sentence
from policies.models import LocalPolicy, Precision
from policies.presenters.choice import Choice
from policies.presenters.history import Stretch, answers_since, start_precisions, stretches
from policies.presenters.marks import Mark, mark, score_sentence, square_class
from policies.presenters.sources import CitationItem, citation_items
from policies.resolution import Rule
from policies.rubric import Answer, Status
from policies.texts import ANSWER_WORDS, FACTOR_TEXTS, RULE_WORDS, answer_text


@dataclass(frozen=True, slots=True)
class Note:
    """A word of warning beside an answer. `kind` is its CSS class."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FactorRow:
    code: str
    number: int
    name: str
    question: str
    meaning: str
    css: str
    answer: str
    reply: str
    rule: str
    why: str
    qualification: str
    notes: tuple[Note, ...]
    citations: tuple[CitationItem, ...]
    local: str
    local_citations: tuple[CitationItem, ...]
    checked: str
    history: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    name: str
    reply: str
    url: str


@dataclass(frozen=True, slots=True)
class CountyPage:
    name: str
    state_name: str
    state_url: str
    population: str
    mark: Mark
    sentence: str
    is_complete: bool
    is_unknown: bool
    since: str
    checked: str
    factors: tuple[FactorRow, ...]
    missing: tuple[Missing, ...]
    cite: str
    cite_url: str
    data_url: str


def county_page(
    county: County, explanation: Explanation, choice: Choice, address: str
) -> CountyPage:
    """`address`: the page's absolute address without a query."""
    counted = explanation.assessment.score
    page_mark = mark(explanation.assessment)
    factors = tuple(_row(explained, county, choice) for explained in explanation.factors)
    frozen = f"?as_of={choice.as_of_iso}&known_on={(choice.when.known_on or choice.today)}"
    since = answers_since(explanation, choice.when.as_of)
    return CountyPage(
        name=county.name,
        state_name=county.state.name,
        state_url=choice.url("state", county.state_id.lower()),
        population=_population(county),
        mark=page_mark,
        sentence=_headline(county, explanation),
        is_complete=counted.value is not None,
        is_unknown=counted.status == Status.UNKNOWN,
        since=_since(since, explanation) if since else "",
        checked=_last_checked(explanation.factors),
        factors=factors,
        missing=_missing(explanation.factors, choice),
        cite=_cite(county, page_mark, choice),
        cite_url=address + frozen,
        data_url=f"/api/v1/counties/{county.pk}/{choice.with_query(palette='')}",
    )


def _population(county: County) -> str:
    if county.population is None:
        return ""
    return _("population %(n)s (%(year)d)") % {
        "n": f"{county.population:,}",
        "year": county.population_year,
    }


def _headline(county: County, explanation: Explanation) -> str:
    counted = explanation.assessment.score
    if counted.value == 7:
        return _(
            "%(county)s limits every one of the seven ways in which a county can help ICE."
        ) % {"county": county.name}
    return score_sentence(counted)


def _row(explained: ExplainedFactor, county: County, choice: Choice) -> FactorRow:
    decision = explained.decision
    texts = FACTOR_TEXTS[explained.factor]
    return FactorRow(
        code=explained.factor.value,
        number=texts.number,
        name=str(texts.name),
        question=str(texts.question),
        meaning=str(texts.meaning),
        css=square_class(decision.answer, decision.preempted),
        answer=str(ANSWER_WORDS[decision.answer]),
        reply=str(answer_text(explained.factor, decision.answer)),
        rule=str(RULE_WORDS[decision.rule]),
        why=sentence(explained, county),
        qualification=getattr(explained.source, "qualification", "") or "",
        notes=tuple(_notes(explained)),
        citations=citation_items(explained.citations, choice),
        local=_local(explained),
        local_citations=(
            citation_items(explained.local_citations, choice)
            if explained.local is not explained.source
            else ()
        ),
        checked=_checked(explained),
        history=stretches(explained),
    )


def _local(explained: ExplainedFactor) -> str:
    """The county's own answer, where something else decided."""
    decision = explained.decision
    if decision.rule not in (Rule.AGREEMENT, Rule.STATE_PROVISION):
        return ""
    if decision.local is None:
        return _("The county itself: no record of its own.")
    reply = answer_text(explained.factor, decision.local_answer)
    return _("The county itself: %(answer)s. %(reply)s") % {
        "answer": str(ANSWER_WORDS[decision.local_answer]).lower(),
        "reply": reply,
    }


def _notes(explained: ExplainedFactor) -> Iterable[Note]:
    decision = explained.decision
    if decision.preempted:
        yield Note("preempted", _("Preempted"), _("State law overrides the county's own policy."))
    if decision.at_risk:
        yield Note("risk", _("At risk"), _("State law forbids local policies of this kind."))
    if decision.contrary_to_law:
        yield Note(
            "contrary",
            _("Contrary to state law"),
            _("State law requires the protection, and the agreement is active all the same."),
        )
    if decision.required_by:
        text = _("State law decides this from %(date)s.") % {
            "date": long_date(decision.required_by)
        }
        yield Note("required", _("Required by"), text)
    if explained.stale:
        yield Note(
            "stale",
            _("Old evidence"),
            _("Nobody has confirmed it since %(date)s.") % {"date": _checked(explained)},
        )
    for claim in explained.conflicts:
        yield Note(
            "conflict",
            _("Conflicting law"),
            _("%(law)s says otherwise and was set aside.") % {"law": claim.provision.title},
        )
    if getattr(explained.source, "needs_verification", False):
        yield Note(
            "verify",
            _("To be verified"),
            _("A date or wording is not in the document at hand. Staff are checking it."),
        )


def _checked(explained: ExplainedFactor) -> str:
    """The newest day of evidence, as exactly as it is known."""
    day = explained.decision.evidence_on
    if day is None:
        return ""
    return long_date(day, _precision(explained.source, day))


def _precision(source: object, day: date) -> str:
    if isinstance(source, LocalPolicy):
        if source.observed_on == day:
            return source.observed_on_precision
        if source.last_verified == day:
            return Precision.DAY
        return source.effective_from_precision
    return Precision.DAY


def _last_checked(factors: Iterable[ExplainedFactor]) -> str:
    dated = [f for f in factors if f.decision.evidence_on]
    return _checked(max(dated, key=lambda f: f.decision.evidence_on)) if dated else ""


def _since(day: date, explanation: Explanation) -> str:
    precisions = start_precisions(explanation.factors)
    return long_date(day, precisions.get(day, Precision.DAY))


def _missing(factors: Iterable[ExplainedFactor], choice: Choice) -> tuple[Missing, ...]:
    return tuple(
        Missing(
            str(FACTOR_TEXTS[f.factor].name),
            str(answer_text(f.factor, f.decision.answer)),
            f"{choice.url('options')}#{f.factor.value}",
        )
        for f in factors
        if f.decision.answer in (Answer.NO, Answer.NONE_FOUND)
    )


def _cite(county: County, page_mark: Mark, choice: Choice) -> str:
    return _(
        "“%(county)s: %(score)s.” National Map of Local Entanglement with ICE, in force on "
        "%(as_of)s, as known on %(known_on)s."
    ) % {
        "county": county,
        "score": page_mark.label,
        "as_of": choice.as_of,
        "known_on": choice.known_on,
    }

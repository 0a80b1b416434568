"""One county's page: the score, what it means, and seven factors each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from counties.models import County
from policies.assessments import ExplainedFactor, Explanation
from policies.explanations import long_date, sentence
from policies.models import Precision, StateProvision
from policies.presenters.choice import Choice
from policies.presenters.claims import decided_later
from policies.presenters.headline import checked, deciders, evidence_age, headline, numeral
from policies.presenters.history import Stretch, answers_since, start_precisions, stretches
from policies.presenters.marks import Mark, mark, number_word, score_sentence, square_class
from policies.presenters.repeats import PrintedCitation, Quotes
from policies.presenters.sources import citation_items
from policies.resolution import Rule
from policies.rubric import MAX_SCORE, Answer, Score, Status
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
    is_unknown: bool
    answer: str
    reply: str
    rule: str
    why: str
    qualification: str
    notes: tuple[Note, ...]
    citations: tuple[PrintedCitation, ...]
    local: str
    local_citations: tuple[PrintedCitation, ...]
    checked: str
    history: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class CountyPage:
    """`factors`: all seven; `known` and `unknown` part them. `meaning`: what the score usually
    means. `cite_url`: the permalink, which keeps both dates; `share_url`: what is shown."""

    name: str
    state_name: str
    state_url: str
    population: str
    mark: Mark
    numeral: str
    numeral_label: str
    sentence: str
    meaning: str
    deciders: str
    is_complete: bool
    is_unknown: bool
    since: str
    checked: str
    factors: tuple[FactorRow, ...]
    cite: str
    cite_url: str
    share_url: str
    plain_url: str
    data_url: str
    csv_url: str
    report_url: str
    receipt_url: str
    compare_url: str
    changes_url: str

    @property
    def known(self) -> tuple[FactorRow, ...]:
        return tuple(row for row in self.factors if not row.is_unknown)

    @property
    def unknown(self) -> tuple[FactorRow, ...]:
        return tuple(row for row in self.factors if row.is_unknown)

    @property
    def unknown_words(self) -> str:
        return number_word(len(self.unknown))


def county_page(
    county: County,
    explanation: Explanation,
    choice: Choice,
    address: str,
    *,
    provisions: Sequence[StateProvision] = (),
) -> CountyPage:
    """`address`: the page's absolute address without a query. `provisions`: the state's."""
    counted = explanation.assessment.score
    page_mark = mark(explanation.assessment)
    quotes = Quotes()
    factors = tuple(_row(f, county, choice, provisions, quotes) for f in explanation.factors)
    printed, label = numeral(counted)
    frozen = f"?as_of={choice.as_of_iso}&known_on={(choice.when.known_on or choice.today)}"
    since = answers_since(explanation, choice.when.as_of)
    own_path = county.get_absolute_url()
    return CountyPage(
        name=county.name,
        state_name=county.state.name,
        state_url=choice.url("state", county.state_id.lower()),
        population=_population(county),
        mark=page_mark,
        numeral=printed,
        numeral_label=label,
        sentence=headline(county, explanation),
        meaning=_meaning(counted),
        deciders=deciders(explanation),
        is_complete=counted.value is not None,
        is_unknown=counted.status == Status.UNKNOWN,
        since=_since(since, explanation) if since else "",
        checked=evidence_age(explanation.factors),
        factors=factors,
        cite=_cite(county, page_mark, choice),
        cite_url=address + frozen,
        share_url=address + choice.keep,
        plain_url=address,
        receipt_url=choice.url("receipt", county.state_id.lower(), county.slug),
        compare_url=choice.url("compare", place=county.pk),
        changes_url=choice.url("change-log", county=county.pk),
        data_url=f"/api/v1/counties/{county.pk}/{choice.with_query(palette='')}",
        csv_url=f"/api/v1/counties/{choice.with_query(q=county.pk, palette='', format='csv')}",
        report_url=choice.url("report-an-error", page=own_path + choice.keep),
    )


def _meaning(counted: Score) -> str:
    """What such a score usually means. Of the highest, and of what is not known, all is said."""
    if counted.value in (None, MAX_SCORE):
        return ""
    words = score_sentence(counted)
    if words[1:2].islower():
        words = words[0].lower() + words[1:]
    return _("A score of %(score)d usually means: %(meaning)s") % {
        "score": counted.value,
        "meaning": words,
    }


def _population(county: County) -> str:
    if county.population is None:
        return ""
    return _("population %(n)s (%(year)d)") % {
        "n": f"{county.population:,}",
        "year": county.population_year,
    }


def _row(
    explained: ExplainedFactor,
    county: County,
    choice: Choice,
    provisions: Sequence[StateProvision],
    quotes: Quotes,
) -> FactorRow:
    decision = explained.decision
    later = decided_later(explained, county, provisions, choice.when.as_of)
    texts = FACTOR_TEXTS[explained.factor]
    return FactorRow(
        code=explained.factor.value,
        number=texts.number,
        name=str(texts.name),
        question=str(texts.question),
        meaning=str(texts.meaning),
        css=square_class(decision.answer, decision.preempted),
        is_unknown=decision.answer == Answer.UNKNOWN,
        answer=str(ANSWER_WORDS[decision.answer]),
        reply=str(answer_text(explained.factor, decision.answer)),
        rule=str(RULE_WORDS[decision.rule]),
        why=sentence(explained, county),
        qualification=getattr(explained.source, "qualification", "") or "",
        notes=(*_notes(explained), *_later(later)),
        citations=quotes.printed(citation_items(explained.citations, choice)),
        local=_local(explained),
        local_citations=(
            quotes.printed(citation_items(explained.local_citations, choice))
            if explained.local is not explained.source
            else ()
        ),
        checked=checked(explained),
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
            _("Nobody has confirmed it since %(date)s.") % {"date": checked(explained)},
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


def _later(day: date | None) -> Iterable[Note]:
    if day:
        text = _("State law decides this from %(date)s.") % {"date": long_date(day)}
        yield Note("required", _("Enacted"), text)


def _since(day: date, explanation: Explanation) -> str:
    precisions = start_precisions(explanation.factors)
    return long_date(day, precisions.get(day, Precision.DAY))


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

"""What a county's screen shows: seven factors, why each is answered as it is, what is in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from counties.models import County
from policies.admin.county_forms import CountyForm, FactorForm
from policies.admin.display import (
    ANSWER_WORDS,
    RULE_WORDS,
    add_url,
    change_url,
    factor_name,
    period,
    reader_url,
)
from policies.assessments import ExplainedFactor, Explanation
from policies.county_standing import Standing, set_of
from policies.models import Citation, LocalPolicy, ProvisionClaim
from policies.models.base import PublishedRecord
from policies.rubric import Answer


@dataclass(frozen=True, slots=True)
class InHand:
    """A draft, or what is in review."""

    words: str
    url: str
    answer: str
    what: str
    when: str
    author: str
    set_title: str
    set_url: str
    in_review: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day on, one answer for one reason."""

    since: date
    answer: str
    word: str
    rule: str


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor on a county's page. `form` is None for those who only read."""

    factor: str
    number: int
    name: str
    answer: str
    answer_word: str
    rule: str
    since: date | None
    evidence_on: date | None
    flags: tuple[tuple[str, str], ...]
    decided_by: str
    decided_by_url: str
    qualification: str
    citation: Citation | None
    citation_url: str
    local_answer: str
    local_word: str
    local: LocalPolicy | None
    live: LocalPolicy | None
    live_period: str
    history: tuple[Stretch, ...]
    in_hand: tuple[InHand, ...]
    add_url: str
    form: FactorForm | None


def rows_of(
    county: County,
    explanation: Explanation,
    standings: Mapping[str, Standing],
    form: CountyForm | None,
    today: date,
) -> list[FactorRow]:
    return [
        _row(
            county,
            number,
            factor,
            standings[factor.factor.value],
            form.factors[factor.factor.value] if form else None,
            today,
        )
        for number, factor in enumerate(explanation.factors, 1)
    ]


def _row(county, number, factor: ExplainedFactor, standing, form, today) -> FactorRow:
    decision, source = factor.decision, factor.source
    owner = source.provision if isinstance(source, ProvisionClaim) else source
    citation = factor.citations[0] if factor.citations else None
    flags = (
        (decision.contrary_to_law, "needs-person", _("contrary to state law")),
        (decision.preempted, "mark", _("preempted")),
        (decision.at_risk, "mark", _("at risk")),
        (factor.stale, "mark", _("stale")),
    )
    return FactorRow(
        factor=factor.factor.value,
        number=number,
        name=factor_name(factor.factor).removeprefix(f"{number} "),
        answer=decision.answer.value,
        answer_word=ANSWER_WORDS[decision.answer],
        rule=RULE_WORDS[decision.rule],
        since=since(factor, today),
        evidence_on=decision.evidence_on,
        flags=tuple((style, word) for applies, style, word in flags if applies),
        decided_by=str(owner) if owner else "",
        decided_by_url=change_url(owner) if owner else "",
        qualification=getattr(source, "qualification", "") or "",
        citation=citation,
        citation_url=reader_url(citation) if citation else "",
        local_answer=decision.local_answer.value,
        local_word=ANSWER_WORDS[decision.local_answer],
        local=factor.local if isinstance(factor.local, LocalPolicy) else None,
        live=standing.live,
        live_period=period(standing.live) if standing.live else "",
        history=_history(factor, today),
        in_hand=tuple(map(_in_hand, (*standing.drafts, *standing.in_review))),
        add_url=add_url(LocalPolicy, county=county.pk, factor=factor.factor.value),
        form=form,
    )


def since(factor: ExplainedFactor, today: date) -> date | None:
    """The first day of the stretch in which this answer was decided as it is today."""
    if factor.decision.answer == Answer.UNKNOWN:
        return None
    stretches = [one for one in _stretches(factor) if one[0] <= today]
    return stretches[-1][0] if stretches else None


def _stretches(factor: ExplainedFactor):
    """(first day, decision) wherever the answer or the rule changes."""
    found, previous = [], None
    for day, decision in factor.history:
        if (decision.answer, decision.rule) != previous:
            found.append((day, decision))
            previous = decision.answer, decision.rule
    return found


def _history(factor: ExplainedFactor, today: date) -> tuple[Stretch, ...]:
    """Empty where there is nothing to tell but what the row says already."""
    found = tuple(
        Stretch(day, one.answer.value, ANSWER_WORDS[one.answer], RULE_WORDS[one.rule])
        for day, one in _stretches(factor)
    )
    return found if len(found) > 1 or (found and found[0].since > today) else ()


def _in_hand(record: PublishedRecord) -> InHand:
    held = set_of(record)
    return InHand(
        words=record.get_status_display(),
        url=change_url(record),
        answer=str(ANSWER_WORDS[Answer(record.answer)]),
        what=record.get_change_kind_display(),
        when=period(record),
        author=str(record.created_by or ""),
        set_title=held.title if held else "",
        set_url=change_url(held) if held else "",
        in_review=not record.is_open_to_editing,
    )

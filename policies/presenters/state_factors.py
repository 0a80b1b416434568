"""What a state's law does to each of the seven factors, and how its counties stand on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.explanations import long_date
from policies.filters import ScoredCounty
from policies.models import EffectChoices, ProvisionClaim, StateProvision
from policies.presenters.choice import Choice
from policies.presenters.claims import decides_from
from policies.presenters.law import anchor, is_enacted
from policies.resolution import Rule
from policies.rubric import FACTORS, Answer, Factor
from policies.texts import ANSWER_WORDS, FACTOR_TEXTS

EFFECT_WORDS = {
    EffectChoices.REQUIRES: gettext_lazy("requires it"),
    EffectChoices.MANDATES: gettext_lazy("mandates the opposite"),
    EffectChoices.FORBIDS: gettext_lazy("forbids it to counties"),
}
RULES = {
    Rule.AGREEMENT: gettext_lazy("agreements with ICE"),
    Rule.STATE_PROVISION: gettext_lazy("state law"),
    Rule.COUNTY_RECORD: gettext_lazy("the county's own record"),
    Rule.STATE_RECORD: gettext_lazy("the record of the state's jails"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("absence from ICE's list"),
}
_CSS = {Answer.YES: "yes", Answer.NONE_FOUND: "none", Answer.NO: "no", Answer.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class LawWord:
    """`text`: the effect; `title`: of the law (in English); `since`: a day, or from when on."""

    effect: str
    text: str
    title: str
    anchor: str
    since: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Count:
    css: str
    label: str
    count: int
    url: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class FactorRow:
    number: int
    name: str
    question: str
    laws: tuple[LawWord, ...]
    counts: tuple[Count, ...]
    bar_label: str
    deciders: tuple[tuple[str, int], ...]


def factor_rows(
    rows: Sequence[ScoredCounty], provisions: Sequence[StateProvision], usps: str, choice: Choice
) -> tuple[FactorRow, ...]:
    return tuple(_row(factor, rows, provisions, usps, choice) for factor in FACTORS)


def _row(
    factor: Factor,
    rows: Sequence[ScoredCounty],
    provisions: Sequence[StateProvision],
    usps: str,
    choice: Choice,
) -> FactorRow:
    answers = Counter(row.assessment.answer(factor) for row in rows)
    rules = Counter(row.assessment.rule(factor) for row in rows)
    counts, x = [], 0.0
    for answer, css in _CSS.items():
        width = 100 * answers[answer] / len(rows) if rows else 0
        url = choice.url("directory", state=usps, factor=factor.value, answer=answer.value)
        label = str(ANSWER_WORDS[answer])
        counts.append(Count(css, label, answers[answer], url, f"{x:.2f}", f"{width:.2f}"))
        x += width
    texts = FACTOR_TEXTS[factor]
    return FactorRow(
        number=texts.number,
        name=str(texts.name),
        question=str(texts.question),
        laws=tuple(_laws(factor, provisions, choice.when.as_of)),
        counts=tuple(counts),
        bar_label=", ".join(f"{c.label}: {c.count}" for c in counts if c.count),
        deciders=tuple((str(words), rules[rule]) for rule, words in RULES.items() if rules[rule]),
    )


def _laws(factor: Factor, provisions: Iterable[StateProvision], as_of: date) -> Iterable[LawWord]:
    """What decides on that day or was enacted and will."""
    for provision in provisions:
        if not provision.binds_county_agencies or not is_enacted(provision, as_of):
            continue
        for claim in provision.claims.all():
            over = claim.effective_until and claim.effective_until <= as_of
            if claim.factor == factor and not over:
                yield _law_word(claim, provision, as_of)


def _law_word(claim: ProvisionClaim, provision: StateProvision, as_of: date) -> LawWord:
    decides = decides_from(claim)
    exact = decides != claim.effective_from
    day = long_date(decides, *(() if exact else (claim.effective_from_precision,)))
    words = _("since %(date)s") if decides <= as_of else _("from %(date)s on")
    if claim.in_force_by:
        words = _("in force by %(date)s")
    return LawWord(
        effect=claim.effect,
        text=str(EFFECT_WORDS[EffectChoices(claim.effect)]),
        title=provision.title,
        anchor=anchor(provision),
        since=words % {"date": day},
        in_force=decides <= as_of,
    )

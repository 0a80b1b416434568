"""Up to four counties side by side, factor by factor, beside all counties that are analysed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties.models import County
from policies import reports
from policies.assessments import Assessment, unknown
from policies.presenters.choice import Choice
from policies.presenters.figures import share as share_of
from policies.presenters.marks import Mark, mark, square_class, word
from policies.rubric import FACTORS, Answer
from policies.texts import FACTOR_TEXTS, RULE_WORDS, answer_text

MOST = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A column. `without`: the address of the page without it."""

    name: str
    state: str
    url: str
    population: str
    mark: Mark
    stale: bool
    without: str


@dataclass(frozen=True, slots=True)
class Cell:
    css: str
    answer: str
    reply: str
    rule: str
    flag: str


@dataclass(frozen=True, slots=True)
class Row:
    """A factor. `differs`: not all counties that are known answer alike. `share`: percent of the
    analysed counties of the nation where it is in force, or empty if none is analysed."""

    code: str
    number: int
    name: str
    question: str
    differs: bool
    cells: tuple[Cell, ...]
    share: str


@dataclass(frozen=True, slots=True)
class Comparison:
    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    analysed: int
    alike: str


def comparison(
    counties: Sequence[County],
    assessed: Mapping[str, Assessment],
    nation: reports.Summary,
    choice: Choice,
) -> Comparison:
    """`counties`: in the order in which they were asked for, each once."""
    found = [assessed.get(county.pk) or unknown(county.pk) for county in counties]
    codes = [county.pk for county in counties]
    shares = {count.code: count for count in nation.by_factor}
    rows = []
    for factor in FACTORS:
        answers = {one.answer(factor) for one in found} - {Answer.UNKNOWN}
        texts = FACTOR_TEXTS[factor]
        share = shares[factor].percent if nation.counties_analysed else None
        rows.append(
            Row(
                code=factor.value,
                number=texts.number,
                name=str(texts.name),
                question=str(texts.question),
                differs=len(answers) > 1,
                cells=tuple(_cell(one, factor) for one in found),
                share="" if share is None else share_of(share, places=0),
            )
        )
    return Comparison(
        places=tuple(
            _place(county, one, [code for code in codes if code != county.pk], choice)
            for county, one in zip(counties, found, strict=True)
        ),
        rows=tuple(rows),
        analysed=nation.counties_analysed,
        alike=_alike(found),
    )


def _place(county: County, assessed: Assessment, others: Sequence[str], choice: Choice) -> Place:
    return Place(
        name=county.name,
        state=county.state.name,
        url=choice.url("county", county.state_id.lower(), county.slug),
        population=f"{county.population:,}" if county.population is not None else "",
        mark=mark(assessed),
        stale=assessed.stale,
        without=address(others, choice),
    )


def address(codes: Sequence[str], choice: Choice) -> str:
    """The address of the comparison of these counties."""
    base = choice.url("compare")
    asked = "&".join(f"place={code}" for code in codes)
    if not asked:
        return base
    return f"{base}{'&' if '?' in base else '?'}{asked}"


def _cell(assessed: Assessment, factor) -> Cell:
    position = FACTORS.index(factor)
    answer = assessed.answer(factor)
    preempted = assessed.preempted[position] == "1"
    flag = ""
    if preempted:
        flag = _("preempted by state law")
    elif assessed.at_risk[position] == "1":
        flag = _("at risk: state law forbids it")
    return Cell(
        css=square_class(answer, preempted),
        answer=word(answer),
        reply=str(answer_text(factor, answer)),
        rule="" if answer == Answer.UNKNOWN else str(RULE_WORDS[assessed.rule(factor)]),
        flag=flag,
    )


def _alike(found: Sequence[Assessment]) -> str:
    """One sentence for what a bare score hides."""
    scores = {one.score.value for one in found}
    if len(found) < 2 or None in scores:
        return ""
    if len({one.answers for one in found}) == 1:
        return _("They have the same seven answers.")
    if len(scores) == 1:
        return _("The same score, but not the same policies.")
    return ""

"""One win: what the record says of its places before and after, whom it reaches, what it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.models import County
from policies.assessments import Assessment, unknown
from policies.explanations import long_date
from policies.models import PolicyWin, WinKind
from policies.presenters.choice import Choice
from policies.presenters.marks import Mark, mark, word
from policies.presenters.topics import topics
from policies.presenters.win_map import estimates
from policies.presenters.wins import WinItem, win_items
from policies.rubric import FACTORS, Answer, Factor
from policies.texts import FACTOR_TEXTS
from policies.win_days import last_day

#: Of more counties than this a page counts what moved, and lists none.
MOST_COUNTIES = 12


@dataclass(frozen=True, slots=True)
class FactorMove:
    """A factor that the win touches. `before`, `after`: the answer of one county, or counted."""

    name: str
    meaning: str
    before: str
    after: str
    says: str


@dataclass(frozen=True, slots=True)
class CountyMove:
    name: str
    url: str
    people: str
    before: Mark
    after: Mark
    says: str


@dataclass(frozen=True, slots=True)
class Moves:
    """The record on the day before the win can have happened, and on the last day it can have."""

    before: str
    after: str
    total: int
    factors: tuple[FactorMove, ...]
    counties: tuple[CountyMove, ...]
    sentence: str
    map_url: str


@dataclass(frozen=True, slots=True)
class WinPage:
    """`still_to_come`: on the day asked for it had not happened yet."""

    item: WinItem
    kind_uncertain: bool
    still_to_come: bool
    people: str
    people_source: str
    moves: Moves | None
    limits: tuple[str, ...]


def days_around(win: PolicyWin, as_of: date) -> tuple[date, date] | None:
    """The day before it can have happened, and the last day that it can have happened, up to
    `as_of`. None if its date is not known, or is still to come."""
    if not win.date_earliest or win.date_earliest > as_of:
        return None
    return win.date_earliest - timedelta(days=1), min(last_day(win) or as_of, as_of)


def win_page(
    win: PolicyWin,
    counties: Sequence[County],
    before: Mapping[str, Assessment],
    after: Mapping[str, Assessment],
    choice: Choice,
) -> WinPage:
    """`counties`: those it names or, of a state's law, all of the state. `before`, `after`: their
    assessments on `days_around`."""
    days = days_around(win, choice.when.as_of)
    touched = [Factor(one.factor) for one in win.win_factors.all()]
    return WinPage(
        item=win_items([win], choice)[0],
        kind_uncertain=win.kind_uncertain,
        still_to_come=bool(win.date_earliest and win.date_earliest > choice.when.as_of),
        people=_people(win, counties),
        people_source=estimates([county.population_year for county in counties]),
        moves=_moves(win, touched, counties, before, after, days, choice)
        if days and counties
        else None,
        limits=tuple(_limits(win, touched, counties, after)),
    )


def _moves(win, touched, counties, before, after, days, choice: Choice) -> Moves:
    pairs = [
        (
            county,
            before.get(county.pk) or unknown(county.pk),
            after.get(county.pk) or unknown(county.pk),
        )
        for county in counties
    ]
    since, until = (day.isoformat() for day in days)
    return Moves(
        before=long_date(days[0]),
        after=long_date(days[1]),
        total=len(pairs),
        factors=tuple(_factor(factor, pairs) for factor in touched),
        counties=tuple(_county(*pair, touched, until, choice) for pair in pairs)
        if len(pairs) <= MOST_COUNTIES
        else (),
        sentence=_sentence(pairs),
        map_url=choice.url("map", since=since, as_of=until, state=win.state_id),
    )


def _factor(factor: Factor, pairs) -> FactorMove:
    texts = FACTOR_TEXTS[factor]
    answers = [(was.answer(factor), now.answer(factor)) for _county, was, now in pairs]
    if len(answers) == 1:
        (was, now), *_rest = answers
        shown, says = (word(was), word(now)), _gain(was, now)
    else:
        total = len(answers)
        yes = [sum(pair[at] == Answer.YES for pair in answers) for at in (0, 1)]
        shown = tuple(_("in force in %(n)d of %(total)d") % {"n": n, "total": total} for n in yes)
        says = _tally(answers)
    return FactorMove(str(texts.name), str(texts.meaning), *shown, says)


def _is_gain(was: Answer, now: Answer) -> bool:
    return now == Answer.YES and was in (Answer.NO, Answer.NONE_FOUND)


def _gain(was: Answer, now: Answer) -> str:
    if now != Answer.YES:
        return _("no point by then")
    if was == Answer.YES:
        return _("had this point before")
    return (
        _("known to be in force since; before, nothing was known")
        if (was == Answer.UNKNOWN)
        else _points(1)
    )


def _tally(answers) -> str:
    """Points gained, and apart from them what became known: no record before is no zero."""
    says = _points(sum(_is_gain(*pair) for pair in answers))
    dark = sum(was == Answer.UNKNOWN and now == Answer.YES for was, now in answers)
    if not dark:
        return says
    return (
        says
        + "; "
        + ngettext(
            "%(n)d in force, with nothing known before",
            "%(n)d in force, with nothing known before",
            dark,
        )
        % {"n": dark}
    )


def _points(number: int) -> str:
    if not number:
        return _("no point gained")
    return ngettext("%(n)d point gained", "%(n)d points gained", number) % {"n": number}


def _county(county: County, was, now, touched, until: str, choice: Choice) -> CountyMove:
    answers = [(was.answer(factor), now.answer(factor)) for factor in touched]
    return CountyMove(
        name=county.name,
        url=choice.url("county", county.state_id.lower(), county.slug, as_of=until),
        people=f"{county.population:,}" if county.population else "",
        before=mark(was),
        after=mark(now),
        says=_tally(answers) if answers else "",
    )


def _sentence(pairs) -> str:
    """What the scores did, of many counties."""
    more = sum(now.score.at_least > was.score.at_least for _county, was, now in pairs)
    fewer = sum(now.score.at_least < was.score.at_least for _county, was, now in pairs)
    return _(
        "Of %(total)d counties, %(more)d have more points on record afterwards, %(fewer)d fewer, "
        "and %(same)d as many as before."
    ) % {"total": len(pairs), "more": more, "fewer": fewer, "same": len(pairs) - more - fewer}


def _people(win: PolicyWin, counties: Sequence[County]) -> str:
    number = sum(county.population or 0 for county in counties)
    if not number:
        return ""
    words = {"people": f"{number:,}", "n": f"{len(counties):,}", "place": win.place}
    if win.place:
        return (
            ngettext(
                "%(people)s people live in the county that %(place)s lies in; how many of them "
                "in the city, this record does not hold.",
                "%(people)s people live in the %(n)s counties that %(place)s lies in; how many "
                "of them in the city, this record does not hold.",
                len(counties),
            )
            % words
        )
    if win.counties.all():
        return (
            ngettext(
                "%(people)s people live in this county.",
                "%(people)s people live in these %(n)s counties.",
                len(counties),
            )
            % words
        )
    return _("%(people)s people live in the state.") % words


def _limits(win: PolicyWin, touched, counties: Sequence[County], after):
    """What the win does not do, as far as its kind and the record say."""
    texts = {
        WinKind.ENDED_287G: _(
            "Without a 287(g) agreement local officers have no federal powers. That alone ends "
            "no holds, no notices of release and no interviews in the jail."
        ),
        WinKind.DETENTION_ENDED: _(
            "A contract that ends frees nobody by itself: people may be held elsewhere, and a "
            "private or federal facility in the same county is not touched."
        ),
        WinKind.STATE_LAW: _(
            "A law says what has to be done from the day it takes effect. A law that names none "
            "of the seven policies moves no score."
        ),
        WinKind.LOCAL_POLICY: _(
            "A local policy binds those who work for the place that adopted it, not state or "
            "federal officers."
        ),
    }
    texts[WinKind.DECLINED_287G] = texts[WinKind.ENDED_287G]
    texts[WinKind.DETENTION_DECLINED] = _(
        "A contract that was declined leaves every other way of helping ICE as it was."
    )
    yield texts[WinKind(win.kind)]
    if win.place:
        yield _(
            "A city is not scored: the county's jail and sheriff do not answer to it. What moved "
            "in the county at that time moved for other reasons, or alongside."
        )
    if len(counties) == 1 and (own := after.get(counties[0].pk)):
        open_still = [
            factor
            for factor in FACTORS
            if factor not in touched and own.answer(factor) in (Answer.NO, Answer.NONE_FOUND)
        ]
        if open_still:
            yield _("Not in force in %(county)s by then: limits on %(topics)s.") % {
                "county": counties[0].name,
                "topics": topics(factor.value for factor in open_still),
            }
    yield _("It is a win on paper: whether it is obeyed, this record does not say.")

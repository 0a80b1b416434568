"""A state's law over the years: a lane for each law, drawn by the server, and its days in a table.

Places along a lane are percents of its width, so that the words keep their size on every screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.explanations import long_date
from policies.models import EffectChoices, Precision, ProvisionClaim, StateProvision
from policies.presenters.claims import decides_from
from policies.presenters.law import anchor, is_enacted
from policies.presenters.topics import topics

#: More years than this along the axis would touch on a phone.
MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a lane. `css`: the effect, or `waiting` between enactment and effect."""

    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one law does alike to some factors in one period, in words and drawn."""

    effect: str
    text: str
    period: str
    in_force: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    citation: str
    level: str
    anchor: str
    binds_counties: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something of a law began or ended."""

    iso: str
    when: str
    what: str
    law: str
    about: str


@dataclass(frozen=True, slots=True)
class Year:
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class LawTimeline:
    """`now`: where the day asked for is."""

    lanes: tuple[Lane, ...]
    events: tuple[Event, ...]
    years: tuple[Year, ...]
    now: str
    now_text: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        return 100 * (day - self.first).days / (self.last - self.first).days

    def x(self, day: date) -> str:
        return f"{self.at(day):.2f}%"

    def stretch(self, css: str, begin: date, end: date) -> Stretch:
        width = max(0.6, self.at(end) - self.at(begin))
        return Stretch(css, f"{min(self.at(begin), 100 - width):.2f}%", f"{width:.2f}%")


def law_timeline(
    provisions: Sequence[StateProvision], as_of: date, today: date
) -> LawTimeline | None:
    """Of what was enacted by the day asked for; None if that is nothing that claims a factor."""
    enacted = [p for p in provisions if is_enacted(p, as_of) and p.claims.all()]
    if not enacted:
        return None
    begins = [day for p in enacted for day in _days(p)]
    end = max(today, as_of)
    scale = _Scale(date(min(begins).year, 1, 1), date(end.year + 1, 1, 1))
    return LawTimeline(
        lanes=tuple(_lane(p, scale, end, as_of) for p in enacted),
        events=tuple(sorted(_events(enacted), key=lambda event: event.iso)),
        years=_years(scale),
        now=scale.x(as_of),
        now_text=long_date(as_of),
    )


def _days(provision: StateProvision) -> Iterable[date]:
    if provision.enacted_on:
        yield provision.enacted_on
    yield from (claim.effective_from for claim in provision.claims.all())


def _lane(provision: StateProvision, scale: _Scale, end: date, as_of: date) -> Lane:
    groups: dict[tuple, list[ProvisionClaim]] = defaultdict(list)
    for claim in provision.claims.all():
        groups[claim.effect, claim.effective_from, decides_from(claim), claim.effective_until] += [
            claim
        ]
    return Lane(
        title=provision.title,
        citation=provision.legal_citation,
        level=provision.get_level_display(),
        anchor=anchor(provision),
        binds_counties=provision.binds_county_agencies,
        lines=tuple(
            _line(provision, claims, scale, end, as_of)
            for _key, claims in sorted(groups.items(), key=lambda item: item[0][1:3])
        ),
    )


def _line(
    provision: StateProvision,
    claims: Sequence[ProvisionClaim],
    scale: _Scale,
    end: date,
    as_of: date,
) -> Line:
    claim = claims[0]
    decides, until = decides_from(claim), claim.effective_until
    stretches = []
    waits_from = min(provision.enacted_on or claim.effective_from, claim.effective_from)
    if waits_from < decides:
        stretches.append(scale.stretch("waiting", waits_from, min(decides, end)))
    if decides < end:
        stretches.append(scale.stretch(claim.effect, decides, min(until or end, end)))
    return Line(
        effect=claim.effect,
        text=_does(claim.effect) % {"topics": topics(c.factor for c in claims)},
        period=_period(claim, decides),
        in_force=decides <= as_of and (until is None or as_of < until),
        stretches=tuple(stretches),
    )


def _does(effect: str) -> str:
    return {
        EffectChoices.REQUIRES: _("limits help on %(topics)s"),
        EffectChoices.MANDATES: _("mandates help on %(topics)s"),
        EffectChoices.FORBIDS: _("forbids local limits on %(topics)s"),
    }[EffectChoices(effect)]


def _period(claim: ProvisionClaim, decides: date) -> str:
    precision = Precision.DAY if decides != claim.effective_from else claim.effective_from_precision
    words = {"from": long_date(decides, precision)}
    if claim.effective_until:
        words["until"] = long_date(claim.effective_until)
        return _("%(from)s until %(until)s") % words
    if claim.in_force_by:
        return _("in force by %(date)s") % {"date": words["from"]}
    return _("from %(from)s on") % words


def _events(provisions: Iterable[StateProvision]) -> Iterable[Event]:
    for law in provisions:
        if law.enacted_on:
            when = long_date(law.enacted_on, law.enacted_on_precision)
            yield Event(law.enacted_on.isoformat(), when, _("enacted"), law.title, "")
        yield from _claim_events(law)
        for one in law.exceptions.all():
            begins = one.effective_from
            yield Event(
                begins.isoformat(), long_date(begins), _("excepted"), law.title, one.county.name
            )


def _claim_events(law: StateProvision) -> Iterable[Event]:
    begin: dict[tuple, list[ProvisionClaim]] = defaultdict(list)
    end: dict[tuple, list[ProvisionClaim]] = defaultdict(list)
    for claim in law.claims.all():
        begin[claim.effect, decides_from(claim)].append(claim)
        if claim.effective_until:
            end[claim.effect, claim.effective_until].append(claim)
    for (effect, day), claims in begin.items():
        known = claims[0].effective_from_precision
        precision = known if day == claims[0].effective_from else Precision.DAY
        what = _("in force by then") if claims[0].in_force_by else _("takes effect")
        yield _event(law, day, precision, what, effect, claims)
    for (effect, day), claims in end.items():
        yield _event(law, day, Precision.DAY, _("ends"), effect, claims)


def _event(
    law: StateProvision,
    day: date,
    precision: str,
    what: str,
    effect: str,
    claims: Iterable[ProvisionClaim],
) -> Event:
    about = _does(effect) % {"topics": topics(claim.factor for claim in claims)}
    return Event(day.isoformat(), long_date(day, precision), what, law.title, about)


def _years(scale: _Scale) -> tuple[Year, ...]:
    span = scale.last.year - scale.first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 500) if span / n <= MOST_YEARS)
    first = scale.first.year
    shown = [first, *(y for y in range(first + 1, scale.last.year) if y % step == 0)]
    # Two beside each other would touch.
    if len(shown) > 1 and shown[1] - first < step / 2:
        del shown[1]
    return tuple(Year(scale.x(date(year, 1, 1)), str(year)) for year in shown)

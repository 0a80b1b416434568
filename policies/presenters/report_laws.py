"""State laws enacted, by what they do and by year; wins by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policies.explanations import long_date
from policies.models import EffectChoices, StateProvision, WinKind
from policies.presenters.choice import Choice
from policies.presenters.figures import Bar, Linked, bar
from policies.presenters.topics import topics
from policies.rubric import FACTORS

#: What a law does to the seven policies of counties, and the heading of its group.
SIDES = {
    "limits": gettext_lazy("Limit local help to ICE"),
    "serves": gettext_lazy("Mandate help, or forbid local limits"),
    "both": gettext_lazy("Do both"),
    "neither": gettext_lazy("Decide none of the seven for counties"),
}


@dataclass(frozen=True, slots=True)
class Law:
    title: str
    state: str
    url: str
    enacted: str
    year: int
    side: str
    topics: str


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    label: str
    laws: tuple[Law, ...]

    @property
    def count(self) -> Linked:
        return Linked(len(self.laws), f"#laws-{self.code}")


@dataclass(frozen=True, slots=True)
class Year:
    """A pair of columns on one line of zero, `x` their middle: limits up, serves down."""

    label: str
    x: float
    limits: int
    serves: int
    up: float
    down: float

    @property
    def left(self) -> float:
        return self.x - WIDE / 2

    @property
    def top(self) -> float:
        return UP - self.up

    @property
    def top_label(self) -> float:
        return self.top - 5

    @property
    def bottom_label(self) -> float:
        return DOWN + self.down + 14


#: The chart of years: where columns going up stand, and where those going down hang.
UP, DOWN, TALLEST, STEP, WIDE = 130, 152, 105, 38, 26
#: So many years have columns of their own; what is older shares the first.
YEARS = 10


@dataclass(frozen=True, slots=True)
class Chart:
    years: tuple[Year, ...]
    width: int
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Laws:
    message: str
    groups: tuple[Group, ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class WinRow:
    label: str
    count: Linked
    bar: Bar


def laws(provisions: Iterable[StateProvision], choice: Choice) -> Laws:
    """Of these, those that were enacted by the day (or, undated, began to be in force by it)."""
    found = [law for one in provisions if (law := _law(one, choice)) is not None]
    groups = tuple(
        Group(code, str(label), tuple(law for law in found if law.side == code))
        for code, label in SIDES.items()
    )
    return Laws(
        _message(groups, choice), tuple(group for group in groups if group.laws), _chart(found)
    )


def _law(provision: StateProvision, choice: Choice) -> Law | None:
    claims = list(provision.claims.all())
    day = provision.enacted_on or min((c.effective_from for c in claims), default=None)
    if day is None or day > choice.when.as_of:
        return None
    factors = {c.factor for c in claims} if provision.binds_county_agencies else set()
    return Law(
        provision.title,
        provision.state.name,
        choice.url("state", provision.state_id.lower()) + "#law",
        _enacted(provision, day),
        day.year,
        side(provision),
        topics([factor for factor in FACTORS if factor in factors]) if factors else "",
    )


def side(provision: StateProvision) -> str:
    """One of SIDES: by all its claims, whether or not they are still in force."""
    if not provision.binds_county_agencies:
        return "neither"
    effects = {claim.effect for claim in provision.claims.all()}
    limits = EffectChoices.REQUIRES in effects
    serves = bool(effects & {EffectChoices.MANDATES, EffectChoices.FORBIDS})
    if limits and serves:
        return "both"
    return "limits" if limits else "serves" if serves else "neither"


def _enacted(provision: StateProvision, day: date) -> str:
    if provision.enacted_on:
        return long_date(provision.enacted_on, provision.enacted_on_precision)
    return _("in force by %(date)s") % {"date": long_date(day)}


def _message(groups: tuple[Group, ...], choice: Choice) -> str:
    count = {group.code: len(group.laws) for group in groups}
    total = sum(count.values())
    if not total:
        return _("No state law on record was enacted by %(day)s") % {"day": choice.as_of}
    text = ngettext(
        "%(total)d state law on record: %(limits)d limits local help to ICE, %(serves)d mandates "
        "it or forbids local limits",
        "%(total)d state laws on record: %(limits)d limit local help to ICE, %(serves)d mandate "
        "it or forbid local limits",
        total,
    )
    both = count["both"]
    return text % {
        "total": total,
        "limits": count["limits"] + both,
        "serves": count["serves"] + both,
    }


def _chart(found: Iterable[Law]) -> Chart | None:
    """One pair of columns a year, also for years without a law: it is an axis of time."""
    decisive = [law for law in found if law.side != "neither"]
    if not decisive:
        return None
    last = max(law.year for law in decisive)
    first = max(min(law.year for law in decisive), last - YEARS)
    counts = {year: [0, 0] for year in range(first, last + 1)}
    for law in decisive:
        pair = counts[max(law.year, first)]
        pair[0] += law.side in ("limits", "both")
        pair[1] += law.side in ("serves", "both")
    has_older = any(law.year < first for law in decisive)
    most = max(max(pair) for pair in counts.values())
    years = tuple(
        Year(
            f"≤ {year}" if has_older and year == first else str(year),
            STEP * at + STEP / 2,
            limits,
            serves,
            limits * TALLEST / most,
            serves * TALLEST / most,
        )
        for at, (year, (limits, serves)) in enumerate(counts.items())
    )
    return Chart(
        years,
        STEP * len(years),
        DOWN + max(one.down for one in years) + 20,
        "; ".join(
            _("%(year)s: %(limits)d limit, %(serves)d mandate or forbid")
            % {"year": one.label, "limits": one.limits, "serves": one.serves}
            for one in years
            if one.limits or one.serves
        ),
    )


def win_rows(counts: Mapping[str, int], state: str, choice: Choice) -> tuple[WinRow, ...]:
    """`counts`: wins by kind, those on record and dated up to the day, or undated."""
    most = max(counts.values(), default=0)
    return tuple(
        WinRow(
            str(kind.label).capitalize(),
            Linked(counts.get(kind, 0), choice.url("wins", kind=kind.value, state=state)),
            bar("yes", counts.get(kind, 0), most),
        )
        for kind in sorted(WinKind, key=lambda kind: -counts.get(kind, 0))
    )


def wins_message(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return _("No policy win is on record")
    text = ngettext("%(n)s policy win on record", "%(n)s policy wins on record", total)
    return text % {"n": f"{total:,}"}

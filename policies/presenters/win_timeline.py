"""Wins over the years: a lane for each kind, a mark for each win, as wide as its date is unsure.

Places along a lane are percents of its width, so that it fits every screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policies.models import PolicyWin, WinKind
from policies.presenters.choice import Choice
from policies.presenters.wins import win_date, win_url
from policies.win_days import last_day

#: Pixels between two rows of a lane, and the height of a mark.
ROW, MARK = 11, 7
#: Percents of the width: the narrowest mark, and what is left free between two in a row.
NARROWEST, APART = 1.1, 0.5
#: More years than this along the axis would touch on a phone.
MOST_YEARS = 7


@dataclass(frozen=True, slots=True)
class Drawn:
    """A win. `css`: `day` where the day is known, else `span`."""

    title: str
    url: str
    css: str
    x: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    count: int
    url: str
    height: int
    marks: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Year:
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the table: a year, or what else is known of the date."""

    label: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WinTimeline:
    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    kinds: tuple[str, ...]
    rows: tuple[CountRow, ...]
    undated: int
    mark: int = MARK


def win_timeline(wins: Sequence[PolicyWin], choice: Choice, **query: object) -> WinTimeline | None:
    """None if no win has a date. `query`: the page's filters, kept by the links of the lanes."""
    dated = [(win, win.date_earliest, last_day(win)) for win in wins if win.date_earliest]
    if not dated:
        return None
    first = date(min(begin for _win, begin, _end in dated).year, 1, 1)
    last = date(max(end for _win, _begin, end in dated).year + 1, 1, 1)
    kinds = [kind for kind in WinKind if any(win.kind == kind for win in wins)]
    lanes = tuple(
        _lane(kind, [one for one in dated if one[0].kind == kind], first, last, choice, query)
        for kind in kinds
        if any(win.kind == kind for win, _begin, _end in dated)
    )
    return WinTimeline(
        lanes=lanes,
        years=_years(first, last),
        kinds=tuple(str(kind.label) for kind in kinds),
        rows=_rows(wins, kinds),
        undated=len(wins) - len(dated),
    )


def _lane(kind, dated, first: date, last: date, choice: Choice, query) -> Lane:
    days = (last - first).days
    marks, ends = [], []
    # The widest first, so that spans lie together at the top and the days beneath them.
    for win, begin, end in sorted(dated, key=lambda one: (one[1] - one[2], one[1], one[0].pk)):
        x = 100 * (begin - first).days / days
        width = max(NARROWEST, 100 * ((end - begin).days + 1) / days)
        x = min(x, 100 - width)
        row = next((at for at, free in enumerate(ends) if _fits(free, x, width)), len(ends))
        if row == len(ends):
            ends.append([])
        ends[row].append((x, x + width))
        marks.append(
            Drawn(
                title=f"{win.title}: {win_date(win)}",
                url=win_url(win, choice),
                css="day" if begin == end else "span",
                x=f"{x:.2f}%",
                width=f"{width:.2f}%",
                y=row * ROW,
            )
        )
    return Lane(
        label=str(kind.label),
        count=len(dated),
        url=choice.url("wins", **{**query, "kind": kind.value}),
        height=len(ends) * ROW,
        marks=tuple(marks),
    )


def _fits(taken: Iterable[tuple[float, float]], x: float, width: float) -> bool:
    return all(x >= end + APART or x + width + APART <= begin for begin, end in taken)


def _years(first: date, last: date) -> tuple[Year, ...]:
    span = last.year - first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 500) if span / n <= MOST_YEARS)
    days = (last - first).days
    return tuple(
        Year(f"{100 * (date(year, 1, 1) - first).days / days:.2f}%", str(year))
        for year in range(first.year, last.year, step)
    )


def _rows(wins: Sequence[PolicyWin], kinds: Sequence[WinKind]) -> tuple[CountRow, ...]:
    counted: Counter[tuple[tuple[int, int], str]] = Counter((_span(win), win.kind) for win in wins)
    spans = sorted({span for span, _kind in counted}, reverse=True)
    return tuple(
        CountRow(
            _span_label(span),
            tuple(counted[span, kind.value] for kind in kinds),
            sum(counted[span, kind.value] for kind in kinds),
        )
        for span in spans
    )


def _span(win: PolicyWin) -> tuple[int, int]:
    end = last_day(win)
    return (win.date_earliest.year, end.year) if win.date_earliest and end else (0, 0)


def _span_label(span: tuple[int, int]) -> str:
    first, last = span
    if not first:
        return _("date not known")
    if first == last:
        return str(first)
    return _("some day in %(first)d to %(last)d") % {"first": first, "last": last}

"""What the page of a received file shows: figures, errors, moved counties, lines. Reads only.

The lines come out of one packed field; places are named in one query for the page that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counties.models import County, State
from policies import import_report
from policies.admin.display import ANSWER_WORDS, change_url, squares_of, words_of
from policies.admin.submission_findings import problems
from policies.effects import Effect
from policies.import_lines import Line
from policies.imports.planned_policies import Outcome
from policies.models import AgencyType, FactorChoices, Submission
from policies.rubric import Answer
from policies.submission_writer import ICE_KINDS

PER_PAGE = 100
#: How much of each list the first page shows before it points to the whole list.
FIRST_FEW = 10
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")

OUTCOME_WORDS = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.CHANGED: gettext_lazy("changed"),
    Outcome.CONFIRMED: gettext_lazy("confirmed"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.REMOVED: gettext_lazy("no longer listed"),
    Outcome.SKIPPED: gettext_lazy("skipped"),
    Outcome.ERROR: gettext_lazy("error"),
}
#: What `?show=` may ask for of the lines, and the outcomes it means.
LINES_SHOWN = {
    "new": {Outcome.NEW},
    "changed": {Outcome.CHANGED},
    "unchanged": {Outcome.UNCHANGED, Outcome.CONFIRMED},
    "removed": {Outcome.REMOVED},
    "skipped": {Outcome.SKIPPED},
}
#: Lines are shown in this order by name, the figures too.
FIGURES = (
    ("errors", gettext_lazy("errors")),
    ("warnings", gettext_lazy("warnings")),
    ("moved", gettext_lazy("counties moved")),
    ("new", gettext_lazy("new")),
    ("changed", gettext_lazy("changed")),
    ("removed", gettext_lazy("no longer listed")),
    ("unchanged", gettext_lazy("unchanged")),
    ("skipped", gettext_lazy("skipped")),
)


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    count: str
    none: bool
    show: str
    current: bool
    needs_person: bool


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    row: int | None
    place: Place
    what: str
    before: SafeString
    after: SafeString
    outcome: str
    outcome_word: str
    message: str
    delta: int


@dataclass(frozen=True, slots=True)
class Moved:
    place: Place
    before: SafeString
    after: SafeString


def preview(submission: Submission, show: str, number: str, *, links: bool) -> dict:
    """The context of the page. `show`: a name of FIGURES, or "" for the first few of everything.

    `links`: whether the reader may open counties in the admin.
    """
    report = submission.report
    lines, effects = import_report.unpack(submission.lines)
    show = show if show in dict(FIGURES) else ""
    parts = {
        "errors": problems(report, "errors"),
        "warnings": problems(report, "warnings"),
        "moved": effects,
        "lines": _chosen(lines, show),
    }
    pages = _pages(parts, show, number)
    named = _places(_places_of(pages), links, _jails(submission))
    return {
        "report": report,
        "show": show,
        "rows": grouped(report.get("rows", 0)),
        "figures": _figures(report, len(effects), show),
        "errors": pages["errors"],
        "warnings": pages["warnings"],
        "moved": _replaced(pages["moved"], [_moved(one, named) for one in pages["moved"] or ()]),
        "lines": _replaced(pages["lines"], [_line(one, named) for one in pages["lines"] or ()]),
        "headings": _headings(submission),
        "seen": import_report.seen(submission.lines),
    }


def _chosen(lines: Sequence[Line], show: str) -> Sequence[Line]:
    if show in LINES_SHOWN:
        return [line for line in lines if line.outcome in LINES_SHOWN[show]]
    if show:
        return []
    # Errors have a table of their own, above.
    return [line for line in lines if line.outcome != Outcome.ERROR]


def _pages(parts: dict, show: str, number: str) -> dict[str, Page | None]:
    """The asked-for list by pages; without one, the first few of each, and all lines by pages."""
    asked = "lines" if show in LINES_SHOWN or not show else show
    pages: dict[str, Page | None] = {}
    for name, items in parts.items():
        if name == asked:
            pages[name] = Paginator(items, PER_PAGE).get_page(number)
        elif not show:
            pages[name] = Paginator(items, FIRST_FEW).get_page(1)
        else:
            pages[name] = None
    return pages


def _replaced(page: Page | None, items: list) -> Page | None:
    if page is not None:
        page.object_list = items
    return page


def _figures(report: dict, moved: int, show: str) -> list[Figure]:
    counted = {**report, "moved": moved}
    figures = []
    for key, name in FIGURES:
        value = counted.get(key) or 0
        count = value if isinstance(value, int) else len(value)
        needs_person = key == "errors" and count > 0
        figures.append(Figure(str(name), grouped(count), not count, key, key == show, needs_person))
    return figures


def _places_of(pages: dict[str, Page | None]) -> set[str]:
    keys = {line.place for line in pages["lines"] or () if line.place}
    return keys | {effect.fips for effect in pages["moved"] or ()}


def _jails(submission: Submission) -> bool:
    """Whether a state stands for its jails: agreements of a whole state, or several counties, do
    not."""
    return submission.kind not in ICE_KINDS


def _places(keys: set[str], links: bool, jails: bool) -> dict[str, Place]:
    """FIPS or postal code -> what it is called. At most two queries."""
    counties = County.objects.select_related("state").in_bulk([k for k in keys if len(k) == 5])
    named = {
        fips: Place(str(county), change_url(county) if links else county.get_absolute_url())
        for fips, county in counties.items()
    }
    if states := [key for key in keys if len(key) == 2]:
        named |= {
            usps: Place(_("%(state)s, its jails") % {"state": state.name} if jails else state.name)
            for usps, state in State.objects.in_bulk(states).items()
        }
    return named


def _moved(effect: Effect, named: dict[str, Place]) -> Moved:
    return Moved(
        named.get(effect.fips) or Place(effect.fips),
        squares_of(effect.answers_before, words_of(effect.before)),
        squares_of(effect.answers_after, words_of(effect.after)),
    )


def _line(line: Line, named: dict[str, Place]) -> ShownLine:
    return ShownLine(
        line.row,
        named.get(line.place) or Place(line.place),
        _what(line.what),
        _in_words(line.before),
        _in_words(line.after),
        line.outcome.value,
        str(OUTCOME_WORDS[line.outcome]),
        line.message,
        line.delta,
    )


def _what(code: str) -> str:
    return str(FactorChoices(code).label) if code in FactorChoices.values else code


def _in_words(text: str) -> SafeString:
    """ "none_found, by 2019-09-01" with the answer, or kind of agency, in the reader's words."""
    code, comma, rest = text.partition(",")
    if code in set(Answer):
        word = str(ANSWER_WORDS[Answer(code)])
    else:
        word = str(AgencyType(code).label) if code in AgencyType.values else code
    return _unbroken_days(f"{word}{comma}{rest}")


def _unbroken_days(text: str) -> SafeString:
    """The text with its days kept on one line each."""
    parts = enumerate(_DAY.split(text))
    return format_html_join("", "{}", ((_kept(part) if n % 2 else part,) for n, part in parts))


def _kept(day: str) -> SafeString:
    return format_html('<span class="number">{}</span>', day)


def _headings(submission: Submission) -> list[tuple[str, str]]:
    """(heading as the file has it, field) in the order of the file."""
    if submission.column_map:
        return [(heading, field) for field, heading in submission.column_map.items()]
    return list(submission.report.get("columns", {}).items())


@dataclass(frozen=True, slots=True)
class Left:
    """An answer or agreement that an undo leaves as it is. `row`: of the file; None if of no one
    row."""

    row: int | None
    place: Place
    what: str
    reason: str


def left_as_it_is(submission: Submission, left: Sequence[dict], *, links: bool) -> list[Left]:
    """What an undo leaves, by place, factor and row of the file rather than by code. The first of
    many."""
    if not left:
        return []
    left = left[:PER_PAGE]
    lines, _effects = import_report.unpack(submission.lines)
    row_of = {(line.place, line.what): line.row for line in lines}
    named = _places({one["place"] for one in left}, links, _jails(submission))
    return [
        Left(
            row_of.get((one["place"], one["factor"])),
            named.get(one["place"]) or Place(one["place"]),
            _what(one["factor"]),
            one["reason"],
        )
        for one in left
    ]


def rows_left_out(report: dict) -> str:
    count = report.get("rows_left_out", 0)
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": grouped(count)}


def grouped(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)

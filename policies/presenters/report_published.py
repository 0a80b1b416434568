"""Figures as reports printed them beside ours, with why they differ in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.explanations import long_date
from policies.models import PublishedFigure
from policies.presenters.choice import Choice
from policies.presenters.figures import Bar, Linked, bar, share
from policies.presenters.wins import Place
from policies.published import Compared, Edition, Ours
from policies.reports import percent
from policies.resolution import Rule
from policies.rubric import FACTORS, MAX_SCORE, Factor
from policies.texts import FACTOR_TEXTS

Table = PublishedFigure.Table

#: Why a figure cannot be had from our records, by its code; otherwise, that nobody wrote a rule.
NOT_OURS = {
    "increased_protection": gettext_lazy(
        "Compares with the election of 2016. Our record begins in 2017, so there is no first day "
        "to compare with."
    ),
    "changed_policy": gettext_lazy(
        "Compares with 2016, of which we have no record. The report does not name the counties."
    ),
}
#: What else explains a difference of coverage, by the figure's code.
COVERAGE = {
    "counties_examined": gettext_lazy(
        "Coverage: the article names only counties with five or more of the policies. What it "
        "found in the others it does not say, so nothing of them is on record from it."
    ),
    "counties_analysed": gettext_lazy(
        "Coverage: the report prints totals and names few counties. Ours come from documents that "
        "name them: %(known)s counties are known at least in part."
    ),
    "counties_without_information": gettext_lazy(
        "Coverage: here only a county of which no answer at all is known is without information."
    ),
}
RULES = {
    Rule.STATE_PROVISION: gettext_lazy("%(n)s by state law"),
    Rule.COUNTY_RECORD: gettext_lazy("%(n)s by the county's own record"),
    Rule.STATE_RECORD: gettext_lazy("%(n)s by the record of unified jails"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("%(n)s because ICE's list does not name them"),
    Rule.AGREEMENT: gettext_lazy("%(n)s by an agreement on record"),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    label: str
    published: str
    printed: str
    ours: Linked | None
    known: str
    complete: Linked | None
    difference: str
    bars: tuple[Bar, ...]
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    code: str
    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    title: str
    day: str
    document: Place | None
    coverage: str
    report_url: str
    sums: str
    tables: tuple[FigureTable, ...]


def edition_pages(editions: Iterable[Edition], choice: Choice) -> tuple[EditionPage, ...]:
    return tuple(_edition(edition, choice) for edition in editions)


def _edition(edition: Edition, choice: Choice) -> EditionPage:
    document = edition.document
    groups: dict[str, list[Compared]] = {}
    for row in edition.rows:
        groups.setdefault(row.figure.table, []).append(row)
    analysed = _analysed(edition)
    return EditionPage(
        title=document.title if document.is_public else _("A report that is not public"),
        day=long_date(edition.as_of, edition.precision),
        document=Place(document.title, choice.url("document", document.pk))
        if document.is_public
        else None,
        coverage=_coverage(edition, analysed),
        report_url=choice.url("reports", as_of=edition.as_of),
        sums=_sums(edition),
        tables=tuple(
            FigureTable(
                table.value,
                str(table.label).capitalize(),
                tuple(_row(row, rows, analysed, choice) for row in rows),
            )
            for table in (Table.BY_FACTOR, Table.BY_SCORE, Table.HEADLINE)
            if (rows := groups.get(table.value, []))
        ),
    )


def _analysed(edition: Edition) -> int | None:
    """How many counties the report says that it looked at."""
    codes = ("counties_analysed", "counties_examined")
    found = (r.figure.counties for r in edition.rows if r.figure.code in codes)
    return next(found, None)


def _coverage(edition: Edition, analysed: int | None) -> str:
    counted = edition.summary
    words = {
        "report": f"{analysed or 0:,}",
        "complete": f"{counted.counties_analysed:,}",
        "partial": f"{counted.counties_partial:,}",
        "unknown": f"{counted.counties_unknown:,}",
        "total": f"{counted.counties_total:,}",
    }
    ours = _(
        "Of %(total)s counties, our record of that day knows all seven answers of %(complete)s, "
        "some of %(partial)s, and none of %(unknown)s."
    )
    if analysed is None:
        return ours % words
    theirs = _("The report counted %(report)s counties.")
    return f"{theirs % words} {ours % words}"


def _sums(edition: Edition) -> str:
    """Whether the two printed tables add up to the same points, and ours; empty if incomplete."""
    factors = _printed(edition, Table.BY_FACTOR)
    scores = _printed(edition, Table.BY_SCORE)
    if len(factors) < len(FACTORS) or len(scores) < MAX_SCORE + 1:
        return ""
    by_factor = sum(factors.values())
    by_score = sum(int(code) * counties for code, counties in scores.items())
    text = (
        _(
            "The printed tables do not reconcile: %(by_factor)s points by policy, %(by_score)s by "
            "score. Ours hold %(ours)s in both, because both are counted from the same rows."
        )
        if by_factor != by_score
        else _("The printed tables hold %(by_factor)s points each; ours hold %(ours)s.")
    )
    ours = edition.summary.points
    return text % {"by_factor": f"{by_factor:,}", "by_score": f"{by_score:,}", "ours": f"{ours:,}"}


def _printed(edition: Edition, table: Table) -> dict[str, int]:
    return {
        row.figure.code: row.figure.counties
        for row in edition.rows
        if row.figure.table == table.value and row.figure.counties is not None
    }


def _row(
    compared: Compared, rows: Iterable[Compared], analysed: int | None, choice: Choice
) -> FigureRow:
    figure, ours = compared.figure, compared.ours
    printed = figure.counties
    most = max(
        max((row.figure.counties or 0, row.ours.counties if row.ours else 0)) for row in rows
    )
    query: Mapping[str, object] = ours.query if ours else {}
    url = choice.url("directory", **query, as_of=figure.as_of)
    complete = choice.url("directory", **{**query, "status": "complete"}, as_of=figure.as_of)
    by_factor = figure.table == Table.BY_FACTOR
    return FigureRow(
        label=_label(figure),
        published="–" if printed is None else f"{printed:,}",
        printed="" if figure.percent_printed is None else share(figure.percent_printed, places=0),
        ours=Linked(ours.counties, url) if ours else None,
        known=f"{ours.known:,}" if ours else "",
        complete=Linked(ours.complete, complete) if ours and by_factor else None,
        difference=_signed(ours.counties - printed) if ours and printed is not None else "",
        bars=(bar("printed", printed or 0, most), bar("ours", ours.counties if ours else 0, most)),
        why=_why(figure, ours, analysed),
        note=figure.note,
    )


def _label(figure: PublishedFigure) -> str:
    if figure.table == Table.BY_FACTOR:
        return str(FACTOR_TEXTS[Factor(figure.code)].name)
    if figure.table == Table.BY_SCORE:
        return _("Score %(score)s") % {"score": figure.code}
    return figure.label


def _signed(difference: int) -> str:
    if not difference:
        return "0"
    return f"{'+' if difference > 0 else '−'}{abs(difference):,}"


def _why(figure: PublishedFigure, ours: Ours | None, analysed: int | None) -> str:
    """Coverage first, then what decides ours; empty if there is nothing to explain."""
    if ours is None:
        return str(NOT_OURS.get(figure.code, _("We have no rule to count this by.")))
    if figure.counties == ours.counties:
        return _("The same.")
    sentences = []
    if figure.code in COVERAGE:
        sentences.append(str(COVERAGE[figure.code]) % {"known": f"{ours.known:,}"})
    elif analysed and (ours.rules or figure.table == Table.BY_SCORE):
        sentences.append(_known_of(figure, ours, analysed))
    if ours.rules:
        sentences.append(_decided(ours))
    return " ".join(sentences)


def _known_of(figure: PublishedFigure, ours: Ours, analysed: int) -> str:
    words = {
        "known": f"{ours.known:,}",
        "difference": f"{abs(ours.known - analysed):,}",
        "share": share(percent(ours.counties, ours.known)),
        "theirs": share(percent(figure.counties or 0, analysed)),
        "possible": f"{ours.possible:,}",
    }
    if figure.table == Table.BY_SCORE:
        text = _(
            "Coverage: we know all seven answers of %(known)s counties. By what is known, others "
            "may have this score as well; known in part: %(possible)s."
        )
    elif ours.known < analysed:
        text = _(
            "Coverage: we know this answer of %(known)s counties, %(difference)s fewer than the "
            "report. Of those, %(share)s have it; in the report, %(theirs)s."
        )
    else:
        text = _(
            "Coverage: we know this answer of %(known)s counties, %(difference)s more than the "
            "report. Of those, %(share)s have it; in the report, %(theirs)s."
        )
    return text % words


def _decided(ours: Ours) -> str:
    n = f"{ours.counties:,}"
    found = [rule for rule in RULES if ours.rules.get(rule)]
    if len(found) == 1:
        return _("Cause: all of ours, %(part)s.") % {"part": str(RULES[found[0]]) % {"n": n}}
    parts = [str(RULES[rule]) % {"n": f"{ours.rules[rule]:,}"} for rule in found]
    return _("Cause: of our %(n)s, %(parts)s.") % {
        "n": n,
        "parts": get_text_list(parts, _("and")),
    }

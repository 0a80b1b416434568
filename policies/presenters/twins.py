"""A county's policy twins: others with the same seven answers, the nearest in size first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import patterns
from policies.assessments import Assessment
from policies.presenters.choice import Choice
from policies.presenters.compare import address as comparison
from policies.presenters.marks import Mark, mark
from policies.presenters.patterns import Known, county_url, names_of, number_text
from policies.rubric import FACTORS, Status

#: Listed on the page; the directory has all.
LISTED = 24


@dataclass(frozen=True, slots=True)
class Twin:
    name: str
    state: str
    url: str
    population: str
    compare_url: str


@dataclass(frozen=True, slots=True)
class Twins:
    name: str
    url: str
    mark: Mark
    population: str
    heading: str
    in_force: str
    count: int
    rows: tuple[Twin, ...]
    all_url: str
    is_partial: bool
    score_url: str


def twins_of(
    county: Known,
    assessed: Assessment,
    assessments: Iterable[Assessment],
    counties: Mapping[str, Known],
    choice: Choice,
) -> Twins:
    codes = [code for code in patterns.twins(assessed, assessments) if code in counties]
    codes.sort(
        key=lambda c: (patterns.distance(county.population, counties[c].population), counties[c])
    )
    letters = patterns.exact(assessed.answers)
    partial = assessed.score.status == Status.PARTIAL
    name = "at_least" if partial else "score"
    return Twins(
        name=f"{county.name}, {county.usps}",
        url=county_url(county, choice),
        mark=mark(assessed),
        population=number_text(county.population),
        heading=_twins_heading(county, assessed, len(codes)),
        in_force=names_of(f for f, letter in zip(FACTORS, letters, strict=True) if letter == "y"),
        count=len(codes),
        rows=tuple(_twin(counties[code], county, choice) for code in codes[:LISTED]),
        all_url=choice.url("directory", pattern=letters),
        is_partial=partial,
        score_url=choice.url("patterns", **{name: assessed.score.at_least})
        if assessed.score.known
        else "",
    )


def _twin(twin: Known, county: Known, choice: Choice) -> Twin:
    return Twin(
        name=twin.name,
        state=twin.usps,
        url=county_url(twin, choice),
        population=number_text(twin.population),
        compare_url=comparison([county.fips, twin.fips], choice),
    )


def _twins_heading(county: Known, assessed: Assessment, number: int) -> str:
    words = {"county": county.name, "n": f"{number:,}"}
    if assessed.score.status == Status.UNKNOWN:
        return _("Nothing is known of %(county)s on this day, so it has no twins.") % words
    if assessed.score.status == Status.PARTIAL:
        if not number:
            return _("No county has the same known answers as %(county)s.") % words
        return (
            ngettext(
                "%(n)s county has the same known answers as %(county)s, and the same unknown.",
                "%(n)s counties have the same known answers as %(county)s, and the same unknown.",
                number,
            )
            % words
        )
    if not number:
        return _("No other county has the same seven answers as %(county)s.") % words
    return (
        ngettext(
            "%(n)s other county has the same seven answers as %(county)s.",
            "%(n)s other counties have the same seven answers as %(county)s.",
            number,
        )
        % words
    )

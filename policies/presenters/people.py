"""How many counties, and how many people, live under each score. A county is counted whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.assessments import Assessment
from policies.filters import ScoredCounty
from policies.lens import SCORE_CLASSES
from policies.presenters.choice import Choice
from policies.presenters.figures import share
from policies.presenters.map_figures import MANY
from policies.rubric import MAX_SCORE, Status

PARTIAL, UNKNOWN = "partial", "unknown"


@dataclass(frozen=True, slots=True)
class Band:
    """A score, or what is known in part or not at all. Widths are percents of the widest bar."""

    css: str
    label: str
    counties: int
    url: str
    county_share: str
    county_width: str
    people: str
    people_share: str
    people_width: str


@dataclass(frozen=True, slots=True)
class People:
    bands: tuple[Band, ...]
    sentence: str
    source: str


def band_of(assessment: Assessment) -> int | str:
    """The score of a complete county; `partial` or `unknown` for others."""
    if assessment.score.value is not None:
        return assessment.score.value
    return PARTIAL if assessment.score.status == Status.PARTIAL else UNKNOWN


def percent(part: int, whole: int) -> str:
    """With no more digits than it needs: 0.4%, 12%; what is next to none is no zero."""
    if not whole or not part:
        return share(0, places=0)
    exact = 100 * part / whole
    if exact < 0.1:
        return f"<{share(0.1)}"
    rounded = round(exact, 1 if exact < 10 or 99.5 <= exact < 100 else 0)
    return share(rounded, places=0 if rounded == round(rounded) else 1)


def people(rows: Sequence[ScoredCounty], state: str, usps: str, choice: Choice) -> People:
    counties: Counter[int | str] = Counter()
    persons: Counter[int | str] = Counter()
    for row in rows:
        band = band_of(row.assessment)
        counties[band] += 1
        persons[band] += row.county.population or 0
    everybody = persons.total()
    most_counties = max(counties.values(), default=0)
    most_persons = max(persons.values(), default=0)

    def band(key: int | str, css: str, label: str, **query: object) -> Band:
        return Band(
            css=css,
            label=label,
            counties=counties[key],
            url=choice.url("directory", state=usps, **query),
            county_share=percent(counties[key], len(rows)),
            county_width=_width(counties[key], most_counties),
            people=f"{persons[key]:,}",
            people_share=percent(persons[key], everybody),
            people_width=_width(persons[key], most_persons),
        )

    scores = [band(n, SCORE_CLASSES[n], str(n), score=n) for n in range(MAX_SCORE, -1, -1)]
    return People(
        bands=(
            *scores,
            band(PARTIAL, "p", _("partly known"), status="partial"),
            band(UNKNOWN, "u", _("no record"), status="unknown"),
        ),
        sentence=_sentence(persons, everybody, state),
        source=_source(rows),
    )


def _width(part: int, most: int) -> str:
    return f"{100 * part / most:.2f}%" if most else "0%"


def _sentence(persons: Counter[int | str], everybody: int, state: str) -> str:
    if not everybody:
        return ""
    many = sum(persons[n] for n in range(MANY, MAX_SCORE + 1))
    scored = sum(persons[n] for n in range(MAX_SCORE + 1))
    words = {
        "state": state,
        "share": percent(many, everybody),
        "rest": percent(everybody - scored, everybody),
        "many": MANY,
    }
    if not scored:
        return ""  # the count of counties says it
    if many:
        first = _(
            "%(share)s of the people of %(state)s live in a county that scores %(many)s or more."
        )
    else:
        first = _("Nobody in %(state)s is known to live in a county that scores %(many)s or more.")
    if scored == everybody:
        return first % words
    rest = _("%(rest)s live in a county of which we do not know all seven answers.")
    return f"{first % words} {rest % words}"


def _source(rows: Iterable[ScoredCounty]) -> str:
    """Which estimates, and of what a share is one."""
    years = Counter(row.county.population_year for row in rows)
    missing = years.pop(None, 0)
    listed = get_text_list([str(year) for year in sorted(years)], _("and"))
    parts = [
        _("People: estimates of the Census Bureau for 1 July %(years)s.") % {"years": listed}
        if years
        else ""
    ]
    parts.append(
        _(
            "Shares are of everybody in the state, whatever is known of their county. A county is "
            "counted whole: its policy binds its own sheriff, jail and offices, not the police of "
            "each city in it."
        )
    )
    if missing:
        parts.append(
            ngettext(
                "%(n)s county without an estimate is left out.",
                "%(n)s counties without an estimate are left out.",
                missing,
            )
            % {"n": missing}
        )
    return " ".join(filter(None, parts))

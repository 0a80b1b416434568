"""Counties of one score have different policies: the sets beneath each, and a county's twins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import patterns
from policies.assessments import Assessment
from policies.presenters.choice import Choice
from policies.presenters.marks import (
    PARTIAL_CLASSES,
    SCORE_CLASSES,
    Square,
    pattern_squares,
)
from policies.presenters.people import percent
from policies.presenters.wins import Place
from policies.rubric import FACTORS, MAX_SCORE, Factor, Status
from policies.texts import FACTOR_TEXTS

#: Counties named beneath a pattern, the largest.
NAMED = 3


class Known(NamedTuple):
    """What is read of a county besides its answers."""

    fips: str
    name: str
    usps: str
    slug: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Variant:
    squares: tuple[Square, ...]
    label: str
    counties: int
    url: str


@dataclass(frozen=True, slots=True)
class PatternItem:
    """One set of policies. `share`: of the counties of this score. `width`: percent of the
    commonest."""

    squares: tuple[Square, ...]
    in_force: str
    unknown: str
    counties: int
    url: str
    share: str
    width: str
    people: str
    named: tuple[Place, ...]
    more: int
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """In how many of the counties shown a policy is in force."""

    number: int
    name: str
    counties: int
    share: str
    width: str


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """One score, or the least that a partial county's can be: how many counties and patterns."""

    css: str
    label: str
    counties: str
    patterns: int
    commonest: tuple[Square, ...]
    commonest_share: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """Beneath one score, or of the partial counties of which as many are known to be in force."""

    css: str
    counties: int
    heading: str
    items: tuple[PatternItem, ...]
    common: tuple[Common, ...]
    is_partial: bool


def steps(
    assessments: Iterable[Assessment], choice: Choice, *, partial: bool, shown: int | None
) -> tuple[ScoreStep, ...]:
    """One for each score that a county has, best first."""
    groups: dict[int, list[Assessment]] = {}
    for one in assessments:
        if one.score.status == (Status.PARTIAL if partial else Status.COMPLETE):
            groups.setdefault(one.score.at_least, []).append(one)
    made = []
    for least, counties in sorted(groups.items(), reverse=True):
        found = patterns.patterns(counties)
        name = "at_least" if partial else "score"
        made.append(
            ScoreStep(
                css=_css(least, partial),
                label=_label(least, partial),
                counties=f"{len(counties):,}",
                patterns=len(found),
                commonest=pattern_squares(found[0].letters),
                commonest_share=percent(len(found[0].fips), len(counties)),
                url=choice.url("patterns", **{name: least}),
                is_shown=least == shown,
            )
        )
    return tuple(made)


def beneath(
    assessments: Iterable[Assessment],
    least: int,
    counties: Mapping[str, Known],
    choice: Choice,
    *,
    partial: bool,
) -> Patterns:
    status = Status.PARTIAL if partial else Status.COMPLETE
    here = [a for a in assessments if a.score.status == status and a.score.at_least == least]
    found = patterns.patterns(here)
    return Patterns(
        css=_css(least, partial),
        counties=len(here),
        heading=_heading(len(here), len(found), least, partial),
        items=tuple(_item(one, len(here), len(found[0].fips), counties, choice) for one in found),
        common=_common(found, len(here)),
        is_partial=partial,
    )


def _item(
    pattern: patterns.Pattern,
    whole: int,
    most: int,
    counties: Mapping[str, Known],
    choice: Choice,
) -> PatternItem:
    here = sorted((counties[c] for c in pattern.fips), key=lambda c: -(c.population or 0))
    number = len(here)
    variants = pattern.variants if len(pattern.variants) > 1 else ()
    return PatternItem(
        squares=pattern_squares(pattern.letters),
        in_force=names_of(pattern.in_force),
        unknown=names_of(pattern.unknown),
        counties=number,
        url=choice.url("directory", pattern=pattern.letters),
        share=percent(number, whole),
        width=f"{100 * number / most:.2f}%",
        people=f"{sum(c.population or 0 for c in here):,}",
        named=tuple(Place(f"{c.name}, {c.usps}", county_url(c, choice)) for c in here[:NAMED]),
        more=max(0, number - NAMED),
        variants=tuple(_variant(letters, n, choice) for letters, n in variants),
    )


def _variant(letters: str, number: int, choice: Choice) -> Variant:
    opposite = [f for f, letter in zip(FACTORS, letters, strict=True) if letter == "n"]
    label = (
        _("documented doing the opposite: %(names)s") % {"names": names_of(opposite)}
        if opposite
        else _("none documented doing the opposite")
    )
    return Variant(
        pattern_squares(letters), label, number, choice.url("directory", pattern=letters)
    )


def _common(found: Sequence[patterns.Pattern], whole: int) -> tuple[Common, ...]:
    made = []
    for factor in FACTORS:
        number = sum(len(one.fips) for one in found if factor in one.in_force)
        text = FACTOR_TEXTS[factor]
        width = f"{100 * number / whole:.2f}%" if whole else "0%"
        made.append(Common(text.number, str(text.name), number, percent(number, whole), width))
    return tuple(made)


def names_of(factors: Iterable[Factor]) -> str:
    """Names of policies in a list; empty for none."""
    names = [str(FACTOR_TEXTS[factor].name) for factor in factors]
    return get_text_list([name[:1].lower() + name[1:] for name in names], _("and"))


def _label(least: int, partial: bool) -> str:
    if not partial:
        return str(least)
    return f"{least}+" if least else _("none known")


def _css(least: int, partial: bool) -> str:
    if partial:
        return PARTIAL_CLASSES[min(least, len(PARTIAL_CLASSES) - 1)]
    return SCORE_CLASSES[least]


def _heading(counties: int, found: int, least: int, partial: bool) -> str:
    words = {
        "counties": f"{counties:,}",
        "patterns": found,
        "least": least,
        "most": MAX_SCORE,
    }
    if not counties and partial:
        return _("No county known in part has %(least)s policies known to be in force.") % words
    if not counties:
        return _("No county that is known in full scores %(least)s on this day.") % words
    ways = (
        ngettext("in one way", "in %(patterns)s different ways", found)
        if not partial
        else ngettext("in one pattern", "in %(patterns)s patterns", found)
    ) % words
    if partial:
        text = ngettext(
            "Of %(counties)s county known in part, %(least)s of the policies are known to be in "
            "force, %(ways)s.",
            "Of %(counties)s counties known in part, %(least)s of the policies are known to be in "
            "force, %(ways)s.",
            counties,
        )
    else:
        text = ngettext(
            "%(counties)s county scores %(least)s, %(ways)s.",
            "%(counties)s counties score %(least)s, %(ways)s.",
            counties,
        )
    return text % {**words, "ways": ways}


def county_url(county: Known, choice: Choice) -> str:
    return choice.url("county", county.usps.lower(), county.slug)


def number_text(number: int | None) -> str:
    return "" if number is None else f"{number:,}"

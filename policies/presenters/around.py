"""A county beside its neighbours, its state and the nation; and its policy twins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.models import County
from policies import reports
from policies.assessments import Assessment, unknown
from policies.presenters import compare
from policies.presenters.choice import Choice
from policies.presenters.marks import Mark, mark, number_word
from policies.presenters.wins import Place
from policies.rubric import MAX_SCORE
from policies.texts import FACTOR_TEXTS

#: How many neighbours, and how many twins, are named.
NEIGHBOURS = 6
TWINS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A county of the table. `is_own`: the one whose page this is."""

    name: str
    state: str
    url: str
    mark: Mark
    is_own: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A state's or the nation's figures, of its complete counties alone. `shares`: percent."""

    name: str
    url: str
    label: str
    mean: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """Counties with the same answers. `sentence` counts them all."""

    sentence: str
    named: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Around:
    """`touches`: whether the neighbours share a border, or are only the nearest."""

    rows: tuple[Row, ...]
    shares: tuple[Share, ...]
    factors: tuple[tuple[int, str], ...]
    touches: bool
    compare_url: str
    twins: Twins


def around(
    county: County,
    neighbours: Sequence[County],
    touches: bool,
    twins: Sequence[str],
    twins_named: Sequence[County],
    assessed: Mapping[str, Assessment],
    totals: tuple[int, int],
    choice: Choice,
) -> Around:
    """`twins`: all their codes; `twins_named`: those to name. `totals`: counties in the nation
    and in the state."""
    nation = reports.summary(assessed.values(), totals[0])
    here = [one for code, one in assessed.items() if code.startswith(county.state.fips)]
    state = reports.summary(here, totals[1])
    closest = [county.pk, *(other.pk for other in neighbours[: compare.MOST - 1])]
    return Around(
        rows=tuple(_row(one, county, assessed, choice) for one in (county, *neighbours)),
        shares=(
            _share(county.state.name, choice.url("state", county.state_id.lower()), state),
            _share(_("The nation"), choice.url("map"), nation),
        ),
        factors=tuple((text.number, str(text.name)) for text in FACTOR_TEXTS.values()),
        touches=touches,
        compare_url=compare.address(closest, choice),
        twins=_twins(assessed.get(county.pk) or unknown(county.pk), twins, twins_named, choice),
    )


def _row(one: County, own: County, assessed: Mapping[str, Assessment], choice: Choice) -> Row:
    return Row(
        name=one.name,
        state=one.state.name if one.state_id != own.state_id else "",
        url=choice.url("county", one.state_id.lower(), one.slug),
        mark=mark(assessed.get(one.pk) or unknown(one.pk)),
        is_own=one.pk == own.pk,
    )


def _share(name: str, url: str, counted: reports.Summary) -> Share:
    known = counted.counties_analysed
    label = _("%(known)s of %(total)s counties fully known") % {
        "known": f"{known:,}",
        "total": f"{counted.counties_total:,}",
    }
    return Share(
        name=name,
        url=url,
        label=label,
        mean=f"{counted.points / known:.1f}" if known else "–",
        shares=tuple(f"{row.percent:.0f}" if known else "–" for row in counted.by_factor),
    )


def _twins(own: Assessment, codes: Sequence[str], named: Sequence[County], choice: Choice) -> Twins:
    count = len(codes)
    words = {"n": f"{count:,}", "known": number_word(own.score.known)}
    if not own.score.known:
        sentence = ""
    elif not count:
        sentence = _("No other county has exactly the same answers.")
    elif own.score.known == MAX_SCORE:
        sentence = (
            ngettext(
                "%(n)s other county has exactly the same seven answers.",
                "%(n)s other counties have exactly the same seven answers.",
                count,
            )
            % words
        )
    else:
        sentence = (
            ngettext(
                "%(n)s other county has the same answers, as far as they are known (%(known)s of "
                "seven).",
                "%(n)s other counties have the same answers, as far as they are known (%(known)s "
                "of seven).",
                count,
            )
            % words
        )
    places = tuple(
        Place(str(one), choice.url("county", one.state_id.lower(), one.slug)) for one in named
    )
    return Twins(sentence, places, count - len(places))

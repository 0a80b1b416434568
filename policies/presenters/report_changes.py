"""Two days compared: who went up and down, why, and where; and the counties themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.state_codes import STATES
from policies.compared import Asked
from policies.comparison import (
    COMPARED,
    DIFFERING,
    NOT_COMPARED,
    Cause,
    CountyChange,
    Direction,
    Move,
)
from policies.explanations import long_date
from policies.presenters.change_words import (
    CAUSE_WORDS,
    DIRECTION_WORDS,
    MAP_CLASSES,
    MOVE_WORDS,
    title,
)
from policies.presenters.choice import Choice
from policies.presenters.figures import Linked
from policies.presenters.states import Segment
from policies.rubric import FACTORS
from policies.texts import FACTOR_TEXTS

#: Directions that have columns of their own in the tables of causes and states.
COLUMNS = DIFFERING


@dataclass(frozen=True, slots=True)
class Part:
    """One group of counties: how many, where they are listed, its colour."""

    code: str
    label: str
    count: Linked
    css: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """`meaning`: in a sentence, if the label needs one."""

    label: str
    meaning: str
    url: str
    counts: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    title: str
    lede: str
    parts: tuple[Part, ...]
    compared: Linked
    apart: tuple[Part, ...]
    not_compared: Linked
    segments: tuple[Segment, ...]
    causes: Table
    factors: Table
    states: Table


class Links:
    """Addresses of this page: the two days stay, the filters are what is asked for."""

    def __init__(self, asked: Asked, choice: Choice):
        self.asked, self.choice = asked, choice

    def days(self) -> dict[str, object]:
        since, until = self.asked.since, self.asked.until
        known_from = since.known_on if not self.asked.known_alike else None
        return {"from": since.as_of, "to": until.as_of, "known_from": known_from or ""}

    def query(self, **filters: object) -> dict[str, object]:
        wanted = self.asked.wanted
        given = {
            **({"state": self.asked.state} if self.asked.state else {}),
            **{name: getattr(wanted, name) for name in ("direction", "cause", "factor", "move")},
            **filters,
        }
        return {**self.days(), **{name: value or "" for name, value in given.items()}}

    def only(self, **filters: object) -> str:
        """These filters and the state, and none of the others; at the list."""
        none = dict.fromkeys(("direction", "cause", "factor", "move"))
        return self.choice.with_query(**self.query(**{**none, **filters})) + "#rows"


def changes_page(rows: Sequence[CountyChange], asked: Asked, choice: Choice) -> ChangesPage:
    """`rows`: all counties compared, of the country or of the state asked for."""
    links = Links(asked, choice)
    counts = Counter(row.direction for row in rows)
    compared = sum(counts[one] for one in COMPARED)
    return ChangesPage(
        title=title(counts, asked),
        lede=_lede(compared, len(rows), asked),
        parts=_parts(COMPARED, counts, links),
        compared=Linked(compared),
        apart=_parts(NOT_COMPARED, counts, links),
        not_compared=Linked(len(rows) - compared),
        segments=_segments(counts, compared),
        causes=_causes(rows, links),
        factors=_factors(rows, links),
        states=_states(rows, links),
    )


def _lede(compared: int, total: int, asked: Asked) -> str:
    if asked.is_same:
        return _("Nothing can differ. Choose another first day.")
    words = {
        "first": long_date(asked.since.as_of),
        "second": long_date(asked.until.as_of),
        "compared": f"{compared:,}",
        "total": f"{total:,}",
    }
    sentences = [
        _("Between %(first)s and %(second)s.") % words
        if asked.since.as_of != asked.until.as_of
        else "",
        ngettext(
            "Scores are compared where all seven answers are known on both days: in %(compared)s "
            "of %(total)s county.",
            "Scores are compared where all seven answers are known on both days: in %(compared)s "
            "of %(total)s counties.",
            total,
        )
        % words,
    ]
    return " ".join(filter(None, sentences))


def _parts(
    directions: Iterable[Direction], counts: Mapping[Direction, int], links: Links
) -> tuple[Part, ...]:
    return tuple(
        Part(
            one.value,
            str(DIRECTION_WORDS[one]),
            Linked(counts[one], links.only(direction=one)),
            MAP_CLASSES.get(one, ""),
            links.asked.wanted.direction == one,
        )
        for one in directions
    )


def _segments(counts: Mapping[Direction, int], compared: int) -> tuple[Segment, ...]:
    segments, x = [], 0.0
    for one in COMPARED:
        if counts[one]:
            width = 100 * counts[one] / compared
            segments.append(Segment(MAP_CLASSES[one], round(x, 2), round(width, 2)))
            x += width
    return tuple(segments)


def _causes(rows: Iterable[CountyChange], links: Links) -> Table:
    """A county counts under each of its causes."""
    counts = Counter((cause, row.direction) for row in rows for cause in row.causes)
    found = [cause for cause in Cause if any(counts[cause, one] for one in COLUMNS)]
    return _table(
        [
            (
                *(str(words) for words in CAUSE_WORDS[cause]),
                links.only(cause=cause),
                [(counts[cause, one], {"cause": cause, "direction": one}) for one in COLUMNS],
            )
            for cause in found
        ],
        [str(DIRECTION_WORDS[one]) for one in COLUMNS],
        links,
    )


def _factors(rows: Iterable[CountyChange], links: Links) -> Table:
    counts = Counter((change.code, change.move) for row in rows for change in row.factors)
    return _table(
        [
            (
                str(FACTOR_TEXTS[factor].name),
                "",
                links.only(factor=factor) if any(counts[factor, one] for one in Move) else "",
                [(counts[factor, one], {"factor": factor, "move": one}) for one in Move],
            )
            for factor in FACTORS
        ],
        [str(MOVE_WORDS[one]) for one in Move],
        links,
    )


#: A state has a row if one of these is found there: what merely came on record is everywhere.
_NEWS = tuple(one for one in DIFFERING if one != Direction.LEARNED)


def _states(rows: Iterable[CountyChange], links: Links) -> Table:
    counts = Counter((row.fips[:2], row.direction) for row in rows)
    return _table(
        [
            (
                name,
                "",
                links.choice.url("state", usps.lower()),
                [(counts[code, one], {"state": usps, "direction": one}) for one in _NEWS],
            )
            for code, (usps, name) in sorted(STATES.items(), key=lambda item: item[1][1])
            if any(counts[code, one] for one in _NEWS)
        ],
        [str(DIRECTION_WORDS[one]) for one in _NEWS],
        links,
    )


def _table(rows: list[tuple], columns: list[str], links: Links) -> Table:
    """Without the columns in which there is nothing."""
    kept = [i for i in range(len(columns)) if any(counts[i][0] for *_, counts in rows)]
    return Table(
        tuple(columns[i] for i in kept),
        tuple(
            TableRow(
                label,
                meaning,
                url,
                tuple(Linked(counts[i][0], links.only(**counts[i][1])) for i in kept),
            )
            for label, meaning, url, counts in rows
        ),
    )

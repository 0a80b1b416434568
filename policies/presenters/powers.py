"""The charts of authorities: which office usually has which power, and where others do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.authorities import CAN_WORDS, CHART, CITY_OFFICES, COUNTY_OFFICES, Can, Text
from policies.models import LocalPower, SourceDocument
from policies.place_kinds import NAMES, other_kinds, who_decides
from policies.presenters.choice import Choice
from policies.presenters.wins import Place
from policies.presenters.worded import Worded, named, worded
from policies.rubric import Factor


@dataclass(frozen=True, slots=True)
class Cell:
    word: str
    css: str


@dataclass(frozen=True, slots=True)
class PowerRow:
    power: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office in the record's words. `only_in`: the place to which it is limited, if any."""

    name: Worded
    powers: Worded
    jurisdiction: Worded
    selection: Worded
    only_in: str
    to_verify: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Offices across, powers down; below it each office described."""

    code: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[PowerRow, ...]
    offices: tuple[Office, ...]
    source: Place | None


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of place in which others decide: about the jail, and for the rest."""

    name: str
    jail: str
    government: str


def charts(powers: Iterable[LocalPower], choice: Choice) -> tuple[Chart, ...]:
    """The general chart of a county and that of a city."""
    general = [power for power in powers if not (power.state_id or power.county_id)]
    return (
        _chart("county", _("In a county"), COUNTY_OFFICES, 1, general, choice),
        _chart("city", _("In a city"), CITY_OFFICES, 2, general, choice),
    )


def _chart(
    code: str,
    title: str,
    offices: Sequence[tuple[str, Text]],
    column: int,
    powers: Sequence[LocalPower],
    choice: Choice,
) -> Chart:
    here = [power for power in powers if power.place == code]
    return Chart(
        code,
        title,
        tuple(str(name) for _key, name in offices),
        tuple(PowerRow(str(row[0]), tuple(map(_cell, row[column]))) for row in CHART),  # type: ignore[arg-type]
        tuple(_office(power) for power in here),
        source_of(here[0].document, choice) if here else None,
    )


def _cell(can: Can) -> Cell:
    return Cell(str(CAN_WORDS[can]), can.value)


def exceptions(powers: Iterable[LocalPower]) -> tuple[Office, ...]:
    """What the record says of single states and counties."""
    return tuple(_office(power) for power in powers if power.state_id or power.county_id)


def _office(power: LocalPower) -> Office:
    return Office(
        named(power),
        *(worded(power, column) for column in ("powers", "jurisdiction", "selection")),
        only_in=str(power.county or power.state or ""),
        to_verify=power.needs_verification,
    )


def kind_rows() -> tuple[KindRow, ...]:
    """Every kind of place to which the general chart does not apply."""
    return tuple(
        KindRow(
            str(NAMES[kind]),
            str(who_decides(kind, Factor.LIMITS_HOLDS)),
            str(who_decides(kind, Factor.NO_GENERAL_ASSISTANCE)),
        )
        for kind in other_kinds()
    )


def source_of(document: SourceDocument, choice: Choice) -> Place | None:
    if not document.is_public:
        return None
    return Place(document.title, choice.url("document", document.pk))

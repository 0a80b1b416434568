"""What a county or city can adopt, and which office usually has the power to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policies.models import LocalOption, LocalPower, SourceDocument
from policies.presenters.choice import Choice
from policies.presenters.wins import Place
from policies.rubric import FACTORS, Factor
from policies.texts import FACTOR_TEXTS


@dataclass(frozen=True, slots=True)
class OptionItem:
    title: str
    factor: str
    explanation: str
    wording: str
    who: str
    source: Place | None
    page: str


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options for one factor (`code` names it), or for one kind of place where none is met."""

    code: str
    label: str
    question: str
    options: tuple[OptionItem, ...]


@dataclass(frozen=True, slots=True)
class PowerItem:
    office: str
    powers: str
    jurisdiction: str
    selection: str
    only_in: str


@dataclass(frozen=True, slots=True)
class PowerGroup:
    label: str
    offices: tuple[PowerItem, ...]
    source: Place | None


def option_groups(options: Iterable[LocalOption], choice: Choice) -> tuple[OptionGroup, ...]:
    """By factor in their order, then what satisfies none, by kind of place."""
    by_factor: dict[str, list[OptionItem]] = {factor.value: [] for factor in FACTORS}
    by_place: dict[tuple[str, str], list[OptionItem]] = {}
    for option in options:
        if option.factor:
            by_factor[option.factor].append(_option(option, choice))
        else:
            key = option.place, option.get_place_display()
            by_place.setdefault(key, []).append(_option(option, choice))
    groups = [
        OptionGroup(
            code,
            str(FACTOR_TEXTS[Factor(code)].name),
            str(FACTOR_TEXTS[Factor(code)].question),
            tuple(items),
        )
        for code, items in by_factor.items()
        if items
    ]
    groups += [
        OptionGroup(code, str(label).capitalize(), "", tuple(items))
        for (code, label), items in by_place.items()
    ]
    return tuple(groups)


def _option(option: LocalOption, choice: Choice) -> OptionItem:
    return OptionItem(
        option.title,
        option.factor,
        option.explanation,
        option.model_wording,
        option.who_can_adopt,
        _source(option.document, choice),
        option.page,
    )


def power_groups(powers: Iterable[LocalPower], choice: Choice) -> tuple[PowerGroup, ...]:
    groups: dict[str, list[LocalPower]] = {}
    for power in powers:
        groups.setdefault(str(power.get_place_display()).capitalize(), []).append(power)
    return tuple(
        PowerGroup(
            label,
            tuple(
                PowerItem(
                    power.office,
                    power.powers,
                    power.jurisdiction,
                    power.selection,
                    str(power.county or power.state or ""),
                )
                for power in items
            ),
            _source(items[0].document, choice),
        )
        for label, items in groups.items()
    )


def _source(document: SourceDocument, choice: Choice) -> Place | None:
    if not document.is_public:
        return None
    return Place(document.title, choice.url("document", document.pk))

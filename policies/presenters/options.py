"""The catalogue of what a county, a court or a city can adopt, by who holds the power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policies.authorities import ROUTES
from policies.models import FactorChoices, LocalOption
from policies.models.reference import OptionPlace
from policies.presenters.choice import Choice
from policies.presenters.worded import Worded, named, worded
from policies.rubric import FACTORS, Factor
from policies.texts import FACTOR_TEXTS

#: Of those that earn no point.
NO_FACTOR = "none"

PLACE_NAMES = {
    OptionPlace.COUNTY_JAIL: gettext_lazy("County and jail"),
    OptionPlace.CRIMINAL_LEGAL: gettext_lazy("Courts, prosecutors and defenders"),
    OptionPlace.CITY: gettext_lazy("City"),
    OptionPlace.OTHER: gettext_lazy("Anything else a city or county can do"),
}
_WHO_HOLDS_IT = {
    OptionPlace.COUNTY_JAIL: gettext_lazy(
        "Most people who are turned over to ICE come from a county jail. Whoever runs it, and the "
        "board that pays for it, hold the power here. These are the seven that are scored."
    ),
    OptionPlace.CRIMINAL_LEGAL: gettext_lazy(
        "How a criminal case ends can decide whether deportation follows. Courts, prosecutors, "
        "defenders and the agencies that certify visas each make their own rules."
    ),
    OptionPlace.CITY: gettext_lazy(
        "City police are often the first that people meet. The council, the mayor or manager and "
        "the chief decide. A city's policy is shown here but scores no county."
    ),
    OptionPlace.OTHER: gettext_lazy(
        "Councils, county boards and school boards, by ordinance and in the budget. None of these "
        "is scored."
    ),
}


@dataclass(frozen=True, slots=True)
class Earned:
    """A factor of the seven that an option satisfies."""

    number: int
    code: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OptionItem:
    """`squares`: which of the seven it earns, in their order. `anchor`: the code of a factor, at
    the first option that earns it. `adopted`: how many counties have a policy of their own, in
    words; empty where it is not for counties to adopt."""

    title: Worded
    url: str
    explanation: Worded
    earns: tuple[Earned, ...]
    squares: tuple[bool, ...]
    offices: str
    adopted: str
    anchor: str


@dataclass(frozen=True, slots=True)
class OptionGroup:
    code: str
    name: str
    who: str
    options: tuple[OptionItem, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    value: str
    label: str


def place_picks() -> tuple[Pick, ...]:
    return tuple(Pick(place.value, str(name)) for place, name in PLACE_NAMES.items())


def factor_picks() -> tuple[Pick, ...]:
    return (
        *(Pick(value, str(label)) for value, label in FactorChoices.choices),
        Pick(NO_FACTOR, _("None of the seven")),
    )


def option_groups(
    options: Iterable[LocalOption], adopted: Mapping[str, int], choice: Choice
) -> tuple[OptionGroup, ...]:
    """By place of power, in the order of the catalogue. `adopted`: counties by factor code."""
    by_place: dict[str, list[OptionItem]] = {place.value: [] for place in PLACE_NAMES}
    anchors: set[str] = set()
    rank = {place.value: number for number, place in enumerate(PLACE_NAMES)}
    for option in sorted(options, key=lambda one: (rank[one.place], one.order)):
        anchor = option.factor if option.factor not in anchors else ""
        anchors.add(option.factor)
        by_place[option.place].append(_item(option, adopted, anchor, choice))
    return tuple(
        OptionGroup(place.value, str(name), str(_WHO_HOLDS_IT[place]), tuple(by_place[place.value]))
        for place, name in PLACE_NAMES.items()
        if by_place[place.value]
    )


def _item(
    option: LocalOption, adopted: Mapping[str, int], anchor: str, choice: Choice
) -> OptionItem:
    return OptionItem(
        named(option),
        choice.url("option", option.key),
        worded(option, "explanation"),
        earned(option),
        squares(option),
        offices(option),
        adopted_words(adopted.get(option.factor, 0)) if is_scored(option) else "",
        anchor,
    )


def is_scored(option: LocalOption) -> bool:
    """Whether a county that adopts it earns a point."""
    return bool(option.factor) and option.place == OptionPlace.COUNTY_JAIL


def adopted_words(number: int) -> str:
    if not number:
        return _("no county's own policy on record")
    words = ngettext(
        "%(number)s county with a policy of its own",
        "%(number)s counties with a policy of their own",
        number,
    )
    return words % {"number": f"{number:,}"}


def offices(option: LocalOption) -> str:
    """The offices that usually adopt it, each once: "Police chief, City council"."""
    named_once = dict.fromkeys(str(ROUTES[code].office) for code in option.routes if code in ROUTES)
    return ", ".join(named_once)


def squares(option: LocalOption) -> tuple[bool, ...]:
    return tuple(factor.value in option.factors for factor in FACTORS) if option.factors else ()


def earned(option: LocalOption) -> tuple[Earned, ...]:
    texts = [(code, FACTOR_TEXTS[Factor(code)]) for code in option.factors]
    return tuple(Earned(t.number, code, str(t.name), str(t.meaning)) for code, t in texts)

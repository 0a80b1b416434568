"""One local option: what it does, its wording, who adopts it how, and who has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from policies.assessments import Assessment
from policies.authorities import ROUTES
from policies.models import LocalOption
from policies.models.reference import OptionPlace
from policies.place_kinds import NAMES, other_kinds, who_decides
from policies.presenters.choice import Choice
from policies.presenters.options import PLACE_NAMES, Earned, earned, is_scored, squares
from policies.presenters.powers import source_of
from policies.presenters.wins import Place
from policies.presenters.worded import Worded, named, worded
from policies.resolution import Rule
from policies.rubric import Answer, Factor


@dataclass(frozen=True, slots=True)
class RouteRow:
    office: str
    instrument: str
    force: str


@dataclass(frozen=True, slots=True)
class KindWho:
    name: str
    who: str


@dataclass(frozen=True, slots=True)
class OptionPage:
    key: str
    title: Worded
    place: str
    place_code: str
    explanation: Worded
    earns: tuple[Earned, ...]
    squares: tuple[bool, ...]
    is_scored: bool
    is_of_city: bool
    wording: Worded
    who: Worded
    routes: tuple[RouteRow, ...]
    kinds: tuple[KindWho, ...]
    source: Place | None
    page: str
    related: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """In how many counties the point is earned in one way."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Counties with the point on that day, whoever decided it. `url`: exactly those."""

    total: int
    total_text: str
    reasons: tuple[Reason, ...]
    url: str


def option_page(option: LocalOption, related: Iterable[LocalOption], choice: Choice) -> OptionPage:
    is_county = option.place == OptionPlace.COUNTY_JAIL
    factor = Factor(option.factor) if option.factor else None
    return OptionPage(
        key=option.key,
        title=named(option),
        place=place_name(option),
        place_code=option.place,
        explanation=worded(option, "explanation"),
        earns=earned(option),
        squares=squares(option),
        is_scored=is_scored(option),
        is_of_city=option.place == OptionPlace.CITY,
        wording=worded(option, "model_wording"),
        who=worded(option, "who_can_adopt"),
        routes=tuple(
            RouteRow(str(route.office), str(route.instrument), str(route.force))
            for route in (ROUTES[code] for code in option.routes if code in ROUTES)
        ),
        kinds=tuple(
            KindWho(str(NAMES[kind]), str(who_decides(kind, factor))) for kind in other_kinds()
        )
        if is_county
        else (),
        source=source_of(option.document, choice),
        page=option.page,
        related=tuple(
            Place(f"{place_name(other)}: {named(other)}", choice.url("option", other.key))
            for other in related
        ),
    )


def place_name(option: LocalOption) -> str:
    return str(PLACE_NAMES[OptionPlace(option.place)])


#: What decided, after a number of counties.
_REASONS = {
    Rule.COUNTY_RECORD: gettext_lazy("by a policy of the county's own"),
    Rule.STATE_PROVISION: gettext_lazy("by state law"),
    Rule.STATE_RECORD: gettext_lazy("by the policy of the state's unified jails"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("because they are on none of ICE's lists"),
}


def in_force(factor: Factor, assessments: Mapping[str, Assessment], choice: Choice) -> InForce:
    """How the counties that have the point on that day came by it."""
    rules = Counter(
        one.rule(factor) for one in assessments.values() if one.answer(factor) == Answer.YES
    )
    return InForce(
        total=rules.total(),
        total_text=f"{rules.total():,}",
        reasons=tuple(
            Reason(f"{rules[rule]:,}", str(words))
            for rule, words in _REASONS.items()
            if rules[rule]
        ),
        url=choice.url("directory", factor=factor.value, answer=Answer.YES.value),
    )

"""What a county without a policy can adopt, and who there can: for the county's own page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counties.models import County
from policies.models import LocalOption
from policies.models.reference import OptionPlace
from policies.place_kinds import PlaceKind, kind_of, who_decides
from policies.presenters.choice import Choice
from policies.presenters.worded import Worded, named, worded
from policies.rubric import Factor


@dataclass(frozen=True, slots=True)
class AptOption:
    """`who`: in a place of this county's kind, in the active language. `url`: the option's page."""

    title: Worded
    wording: Worded
    who: str
    url: str


def apt_options(
    factor: Factor, county: County, options: Iterable[LocalOption], choice: Choice
) -> tuple[AptOption, ...]:
    """The options of the catalogue by which a county of this type, in this state, would earn the
    factor. `options`: the catalogue, such as `queries.jail_options()`, read once for all factors.
    The county's state must be at hand. No query."""
    kind = kind_of(county)
    return tuple(
        AptOption(
            title=named(option),
            wording=worded(option, "model_wording"),
            who=str(who_here(option, kind)),
            url=choice.url("option", option.key),
        )
        for option in options
        if option.place == OptionPlace.COUNTY_JAIL and factor.value in option.factors
    )


def who_here(option: LocalOption, kind: PlaceKind) -> str:
    """Who can adopt the option in a place of this kind: its own words where most counties are
    meant, else what is said of such places."""
    own = worded(option, "who_can_adopt")
    if kind == PlaceKind.COUNTY and own:
        return own.text
    return str(who_decides(kind, Factor(option.factor) if option.factor else None))

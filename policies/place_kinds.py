"""Kinds of places in which others decide than the general chart says. Pure: no queries, no clock.

What is said of each kind is general knowledge about American local government, shown as general;
staff can rewrite it (`site_texts.py`). Which county is of which kind follows from what its state's
law calls it, from the state's jail system, and from the list of consolidated governments below.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from counties.models import County
from policies.rubric import JAIL_FACTORS, Factor
from policies.site_texts import Text, editable


class PlaceKind(StrEnum):
    COUNTY = "county"
    CONSOLIDATED = "consolidated"
    PARISH = "parish"
    VIRGINIA_CITY = "virginia_city"
    OTHER_CITY = "other_city"
    UNIFIED_JAIL = "unified_jail"
    NO_GOVERNMENT = "no_government"
    ALASKA_BOROUGH = "alaska_borough"
    ALASKA_UNORGANIZED = "alaska_unorganized"
    DISTRICT = "district"


#: Counties whose government is also that of their city (outside Alaska, Hawaii and Connecticut).
CONSOLIDATED = frozenset(
    {
        "06075",  # San Francisco
        *("08014", "08031"),  # Broomfield, Denver
        "12031",  # Jacksonville and Duval
        "13021",  # Macon and Bibb
        "13059",  # Athens and Clarke
        "13215",  # Columbus and Muscogee
        "13245",  # Augusta and Richmond
        "18097",  # Indianapolis and Marion
        "20209",  # Kansas City and Wyandotte
        *("21067", "21111"),  # Lexington and Fayette, Louisville and Jefferson
        "22071",  # New Orleans
        "25019",  # Nantucket
        *("30023", "30093"),  # Anaconda and Deer Lodge, Butte and Silver Bow
        "32510",  # Carson City
        *("36005", "36047", "36061", "36081", "36085"),  # the five boroughs of New York City
        "42101",  # Philadelphia
        "47037",  # Nashville and Davidson
    }
)
#: States whose counties have no government of their own at all.
NO_COUNTY_GOVERNMENT = frozenset({"CT", "RI"})

#: A name; who decides about the jail; who decides for the rest of local government.
MESSAGES: dict[PlaceKind, tuple[str, str, str]] = {
    PlaceKind.COUNTY: (
        _("Most counties"),
        _(
            "The sheriff, by written policy or general order; the county board by ordinance where "
            "state law lets it direct the jail, and everywhere through budget and contracts."
        ),
        _(
            "The county board by ordinance or resolution, the county executive by order where "
            "there is one, and the sheriff for the sheriff's own staff."
        ),
    ),
    PlaceKind.CONSOLIDATED: (
        _("City and county in one, such as San Francisco, Denver or Philadelphia"),
        _(
            "One government answers for both. Where a department of correction runs the jail, the "
            "mayor and the council decide; where a sheriff does, so does the sheriff."
        ),
        _(
            "The one council or board of supervisors by ordinance, for police and all agencies at "
            "once; the mayor by executive order."
        ),
    ),
    PlaceKind.PARISH: (
        _("Parishes of Louisiana"),
        _(
            "The elected sheriff, by written policy. The parish pays for the jail, and can press "
            "through money and contracts, but seldom directs the sheriff."
        ),
        _(
            "The police jury or parish council by ordinance, and the parish president by order "
            "where there is one; the sheriff for the sheriff's own staff."
        ),
    ),
    PlaceKind.VIRGINIA_CITY: (
        _("Independent cities of Virginia"),
        _(
            "The city's elected sheriff, or the board of the regional jail on which the city has a "
            "seat. A regional jail's policy counts for every city and county that shares it."
        ),
        _(
            "The city council by ordinance or resolution, the city manager by order, the police "
            "chief for the police. There is no county above them."
        ),
    ),
    PlaceKind.OTHER_CITY: (
        _("Baltimore and St. Louis, cities outside any county"),
        _(
            "Whoever runs the jail: in Baltimore a department of the state, in St. Louis the "
            "city's own division of corrections, under the mayor."
        ),
        _("The council or board of aldermen by ordinance, and the mayor by executive order."),
    ),
    PlaceKind.UNIFIED_JAIL: (
        _("Delaware, Hawaii and Vermont, where the state runs the jails"),
        _(
            "The state's corrections department by directive, the governor by order, the "
            "legislature by law. No county can decide it alone; it can ask them to."
        ),
        _(
            "The county council or the mayor where there is one, and otherwise towns and cities; "
            "sheriffs and police chiefs for their own officers."
        ),
    ),
    PlaceKind.NO_GOVERNMENT: (
        _("Connecticut and Rhode Island, whose counties have no government"),
        _(
            "The state's corrections department by directive, the governor by order, the "
            "legislature by law: it runs the jails."
        ),
        _(
            "Towns and cities, each for itself: the council or town meeting by ordinance, the "
            "police chief by department rule. A rule for the whole county takes state law."
        ),
    ),
    PlaceKind.ALASKA_BOROUGH: (
        _("Boroughs of Alaska"),
        _(
            "The state's Department of Corrections by directive, the governor by order, the "
            "legislature by law. Alaska has no sheriffs."
        ),
        _(
            "The borough assembly by ordinance and the borough mayor by order; city councils and "
            "police chiefs for city police. State troopers answer to the state."
        ),
    ),
    PlaceKind.ALASKA_UNORGANIZED: (
        _("Census areas of Alaska, without a borough"),
        _(
            "The state's Department of Corrections by directive, the governor by order, the "
            "legislature by law. Alaska has no sheriffs."
        ),
        _(
            "Cities and tribal governments, each for itself; for the rest the state, whose "
            "legislature stands in for a borough assembly."
        ),
    ),
    PlaceKind.DISTRICT: (
        _("Washington, D.C."),
        _("The mayor, who oversees the Department of Corrections, and the Council by act."),
        _("The Council by act, which Congress may overturn, and the mayor by order."),
    ),
}

PARTS = ("name", "jail", "government")


def _text(kind: PlaceKind, part: str) -> Text:
    return editable(f"place.{kind.value}.{part}", MESSAGES[kind][PARTS.index(part)])


NAMES: dict[PlaceKind, Text] = {kind: _text(kind, "name") for kind in PlaceKind}
_WHO: dict[tuple[PlaceKind, bool], Text] = {
    (kind, is_jail): _text(kind, "jail" if is_jail else "government")
    for kind in PlaceKind
    for is_jail in (True, False)
}


def kind_of(county: County) -> PlaceKind:
    """The kind of place a county is. Its state must be at hand, or one query fetches it."""
    usps = county.state_id
    if county.kind == County.Kind.DISTRICT:
        return PlaceKind.DISTRICT
    if usps in NO_COUNTY_GOVERNMENT:
        return PlaceKind.NO_GOVERNMENT
    if usps == "AK":
        is_area = county.kind == County.Kind.CENSUS_AREA
        return PlaceKind.ALASKA_UNORGANIZED if is_area else PlaceKind.ALASKA_BOROUGH
    if county.state.unified_jail:
        return PlaceKind.UNIFIED_JAIL
    if county.pk in CONSOLIDATED:
        return PlaceKind.CONSOLIDATED
    if county.kind == County.Kind.INDEPENDENT_CITY:
        return PlaceKind.VIRGINIA_CITY if usps == "VA" else PlaceKind.OTHER_CITY
    return PlaceKind.PARISH if county.kind == County.Kind.PARISH else PlaceKind.COUNTY


def who_decides(kind: PlaceKind, factor: Factor | None) -> Text:
    """Who can adopt a policy on the factor in a place of this kind, and by which instrument.

    Factors 1 to 5 are about the jail (`rubric.JAIL_FACTORS`); the others, and provisions without
    a factor, are about local government as a whole.
    """
    return _WHO[kind, factor in JAIL_FACTORS]


def other_kinds() -> Iterator[PlaceKind]:
    """Those to which the general chart does not apply."""
    return (kind for kind in PlaceKind if kind != PlaceKind.COUNTY)


PART_LABELS: dict[str, Text] = {
    "name": gettext_lazy("name"),
    "jail": gettext_lazy("who decides about the jail"),
    "government": gettext_lazy("who decides for local government"),
}

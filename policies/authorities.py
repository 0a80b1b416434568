"""Which office can usually do what, and by which instrument a local option is adopted.

General, by type of office, and shown as general: every place differs. The chart follows chapter 6
of "Local Options for Protecting Immigrants" (ILRC, 2016), in our own words. Places to which it
does not apply are in `place_kinds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise

_SHERIFF = _("Sheriff or jail authority")
_BOARD = _("County board")
_EXECUTIVE = _("County executive")
_COUNCIL = _("City council")
_MAYOR = _("Mayor or city manager")


@dataclass(frozen=True, slots=True)
class Route:
    """An office and its instrument. `force`: whom that binds, and how lastingly."""

    office: Text
    instrument: Text
    force: Text


#: By the code that `LocalOption.routes` lists.
ROUTES: dict[str, Route] = {
    "sheriff_order": Route(
        _SHERIFF,
        _("written policy or general order"),
        _("Quickest: one signature. It binds deputies and jail staff until the office changes it."),
    ),
    "board_ordinance": Route(
        _BOARD,
        _("ordinance"),
        _(
            "Local law, which lasts until the board repeals it. How far it may direct an elected "
            "sheriff depends on the state."
        ),
    ),
    "board_resolution": Route(
        _BOARD,
        _("resolution"),
        _("States the county's position and can instruct its agencies. Easier to pass, weaker."),
    ),
    "board_contract": Route(
        _BOARD,
        _("vote on the contract"),
        _("Without a vote to sign or renew, the contract ends by its own terms."),
    ),
    "board_budget": Route(
        _BOARD,
        _("budget"),
        _("Pays for nothing that it does not approve: the way that is left where others fail."),
    ),
    "executive_order": Route(
        _EXECUTIVE,
        _("executive order"),
        _("Binds the agencies that report to the executive, until the next one revokes it."),
    ),
    "council_ordinance": Route(
        _COUNCIL,
        _("ordinance"),
        _("Local law for every department of the city, police included, until it is repealed."),
    ),
    "council_resolution": Route(
        _COUNCIL,
        _("resolution"),
        _("States the city's position. By itself it usually binds nobody."),
    ),
    "council_budget": Route(
        _COUNCIL,
        _("budget"),
        _("Money for one year; it has to be won again with the next budget."),
    ),
    "mayor_order": Route(
        _MAYOR,
        _("executive order or proclamation"),
        _("An order binds city agencies until it is revoked; a proclamation binds nobody."),
    ),
    "chief_order": Route(
        _("Police chief"),
        _("department rule or general order"),
        _("Binds the department's officers; the chief, or whoever is above, can change it."),
    ),
    "court_rule": Route(
        _("Judges of the court"),
        _("court rule or standing order"),
        _("Binds that court and everyone in its building."),
    ),
    "prosecutor_policy": Route(
        _("Prosecutor"),
        _("office policy"),
        _("Binds the office's lawyers and staff; the next prosecutor can change it."),
    ),
    "defender_policy": Route(
        _("Public defender"),
        _("office policy"),
        _("Sets how clients are advised; without money for it, it stays on paper."),
    ),
    "agency_procedure": Route(
        _("Each agency concerned"),
        _("written procedure"),
        _("Binds the agency's own staff; published, it can be held up to them."),
    ),
    "school_policy": Route(
        _("School board"),
        _("board policy"),
        _("Binds every school of the district."),
    ),
}


class Can(StrEnum):
    """How often an office of this type has the power."""

    USUALLY = "usually"
    VARIES = "varies"
    NO = "no"


CAN_WORDS: dict[Can, Text] = {
    Can.USUALLY: pgettext_lazy("has the power", "Usually"),
    Can.VARIES: pgettext_lazy("has the power", "Varies"),
    Can.NO: pgettext_lazy("has the power", "No"),
}

#: The offices of each chart, by the key of the row of `LocalPower` that describes them.
COUNTY_OFFICES: tuple[tuple[str, Text], ...] = (
    ("county-sheriff", _("Sheriff")),
    ("county-executive", _("Executive")),
    ("county-board", _("Board")),
)
CITY_OFFICES: tuple[tuple[str, Text], ...] = (
    ("city-police-chief", _("Police chief")),
    ("city-mayor", _("Mayor or manager")),
    ("city-council", _("Council")),
)
_U, _V, _N = Can.USUALLY, Can.VARIES, Can.NO

#: A power, and who has it: the three offices of a county, then the three of a city.
CHART: tuple[tuple[Text, tuple[Can, Can, Can], tuple[Can, Can, Can]], ...] = (
    (_("Runs the jail or the cells"), (_U, _N, _N), (_U, _N, _N)),
    (_("Patrols and arrests"), (_U, _N, _N), (_U, _N, _N)),
    (_("Makes rules for officers by written policy"), (_U, _N, _N), (_U, _V, _N)),
    (_("Directs other agencies by executive order"), (_N, _V, _N), (_N, _U, _N)),
    (_("Makes local law by ordinance"), (_N, _N, _U), (_N, _N, _U)),
    (_("Controls budgets and contracts"), (_N, _V, _U), (_N, _U, _U)),
    (_("Holds hearings and demands answers"), (_N, _N, _U), (_N, _N, _U)),
    (_("Answers to the voters directly"), (_U, _V, _U), (_N, _U, _U)),
)

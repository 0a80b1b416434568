"""The cell with a FIPS code: which county, state or nothing of ours it means. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counties.fips import FipsError, clean_fips, resolve_fips
from counties.state_codes import STATES, TERRITORIES
from policies.imports import cells
from policies.imports.cell_errors import CellError
from policies.imports.context import Gazetteer
from policies.imports.tables import CellValue, Severity, Skip, shown

TOTALS = Skip("total", "A row of totals.")
WHOLE_COUNTRY = Skip("whole_country", "A row for the whole country.")

_TOTAL = re.compile(r"^((grand|sub|all)[ -]?)?totals?\b|\btotals?:?$|^(sum|average|suma)$", re.I)
_FIVE_DIGITS = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row's place, or doubtful. `field`: `state`, `county` or `fips`."""

    severity: Severity
    code: str
    field: str
    message: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """`given`: as the cell has it. `fips`: a county of ours. `state`: digits of a whole state.

    `skip`: why the row is left out. Without any of these the cell is blank, or a problem.
    """

    given: str = ""
    fips: str = ""
    state: str = ""
    skip: Skip | None = None
    problem: Problem | None = None
    warning: Problem | None = None
    candidates: tuple[str, ...] = ()

    @property
    def usps(self) -> str:
        """The state that the code belongs to."""
        digits = self.state or self.fips or self.given
        known = self.state or _FIVE_DIGITS.fullmatch(digits)
        return STATES[digits[:2]][0] if known and digits[:2] in STATES else ""


def is_total(cell: CellValue) -> bool:
    """Whether a cell says that its row adds others up: "Total", "Grand total", "Texas total"."""
    return isinstance(cell, str) and _TOTAL.search(cell.strip()) is not None


def outside_the_map(name: str) -> Skip:
    """Why a row for a territory is left out."""
    return Skip("outside_map", f"{name} is outside the map.")


def read_code(cell: CellValue, gazetteer: Gazetteer) -> Code:
    """The code in a cell, cleaned and looked up; changed codes where the meaning is certain."""
    if isinstance(cell, str) and cell in gazetteer.known:
        return Code(cell, cell)
    if is_total(cell):
        return Code(skip=TOTALS)
    try:
        cells.refuse_error_cell(cell)
        if cells.is_blank(cell):
            return Code()
        return _resolved(clean_fips(cell), gazetteer)
    except CellError as error:
        problem = Problem(Severity.ERROR, error.code, "fips", error.message)
        return Code(shown(cell), problem=problem)
    except FipsError as error:
        return _unclean(error, shown(cell))


def _unclean(error: FipsError, given: str) -> Code:
    """A cell that is no county's code, though it may be a state's."""
    if error.code == "empty":
        return Code()
    if error.code == "whole_country":
        return Code(given, skip=WHOLE_COUNTRY)
    if error.code == "whole_territory":
        return Code(given, skip=outside_the_map(TERRITORIES[error.state_fips or ""][1]))
    if error.code == "whole_state":
        return Code(given, state=error.state_fips or "")
    return Code(given, problem=Problem(Severity.ERROR, "bad_fips", "fips", error.message))


def _resolved(given: str, gazetteer: Gazetteer) -> Code:
    found = resolve_fips(given, gazetteer.known, gazetteer.changes)
    if found.status == "territory":
        return Code(given, skip=outside_the_map(TERRITORIES[given[:2]][1]))
    if found.fips:
        changed = found.status == "changed"
        warning = Problem(Severity.WARNING, "changed_fips", "fips", found.explanation)
        return Code(given, found.fips, warning=warning if changed else None)
    code, message = "ambiguous_fips", found.explanation
    if found.status != "ambiguous":
        code = "unknown_fips"
        message += " Correct it, or leave it empty and give state and county."
    problem = Problem(Severity.QUESTION, code, "fips", message)
    return Code(given, problem=problem, candidates=found.candidates)

"""ICE's facility list of November 2017: which contracts are in use, and whose they are. Pure.

The list speaks for its own date; the dates of contracts in it are ICE's "best known" ones and
decide nothing. The sheet is "Facility List - Main": no other has population and operator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from counties.state_codes import is_territory, state_usps
from counties.zips import clean_zip
from policies.imports import cells, facilities
from policies.imports.agencies import Agency, decides
from policies.imports.context import Context
from policies.imports.facilities import Facility, Located, RunBy
from policies.imports.facility_figures import figures
from policies.imports.facts import Entry, Reading
from policies.imports.kinds.ice_detention_unused import UNUSED
from policies.imports.tables import CellValue, Column, Finding, Row, Severity, Skip, Table

COLUMNS: tuple[Column, ...] = (
    Column("code", ("DETLOC", "Detention location", "Facility code"), required=True),
    Column("name", ("Name", "Facility name"), required=True),
    Column("city", ("City",)),
    Column("county", ("County",), required=True),
    Column("state", ("State", "ST"), required=True),
    Column("zip", ("Zip", "ZIP code")),
    Column("type", ("Type", "Facility type"), required=True),
    Column("type_detailed", ("Type Detailed", "Type - Detailed", "Facility Type Detailed")),
    Column("population", ("FY17 ADP", "FY2017 ADP", "FY 2017 ADP"), required=True),
    Column("operator", ("Facility Operator", "Operator"), required=True),
    Column("owner", ("Facility Owner", "Owner"), required=True),
    *UNUSED,
)

REDACTED = "redacted"
#: Why a row decides no county's answer: key in `figures` -> words for a person.
REASONS = {
    REDACTED: "Redacted by ICE.",
    "outside_map": "Outside the map: territories are not covered.",
    "total": "A total, not a facility.",
    "duplicate": "The same facility as in an earlier row.",
    "not_a_contract": "Not held by an IGSA, DIGSA or USMS IGA.",
    "not_in_use": "Average population of fiscal year 2017 below one.",
    "no_county": "Left without a county on purpose.",
    Agency.CITY_POLICE: "A city's own jail: shown, decides no county.",
    Agency.PRIVATE: "Neither owned nor run by a county: a private company's.",
    Agency.STATE_AGENCY: "Neither owned nor run by a county: the state's.",
    Agency.OTHER: "Neither owned nor run by a county.",
}
#: Reasons why a facility has no active contract: its row is counted and left out.
NOT_ACTIVE = frozenset({"not_a_contract", "not_in_use"})


@dataclass
class _Rows:
    """What has been read so far."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: dict[int, Skip] = field(default_factory=dict)
    bad: set[int] = field(default_factory=set)
    reasons: Counter[str] = field(default_factory=Counter)
    seen: dict[str, tuple[int, Facility]] = field(default_factory=dict)

    def skip(self, row: Row, reason: str) -> None:
        code = "duplicate_row" if reason == "duplicate" else reason
        self.skipped[row.number] = Skip(code, REASONS[reason])
        self.reasons[reason] += 1


def read(table: Table, context: Context) -> Reading:
    """The active contracts of the list, each with its county; every other row has its reason."""
    rows = _Rows(findings=list(table.findings))
    for row in table:
        _read_row(row, table, context, rows)
    return Reading(
        rows=len(table.rows),
        entries=tuple(entry for entry in rows.entries if entry.active),
        findings=tuple(rows.findings),
        skipped=rows.skipped,
        bad_rows=frozenset(rows.bad),
        figures=figures(rows.entries, rows.reasons, len(rows.bad), len(table.rows)),
    )


def _read_row(row: Row, table: Table, context: Context, rows: _Rows) -> None:
    code = _text(row.get("code"))
    if "redacted" in (code.casefold(), _text(row.get("name")).casefold()):
        return rows.skip(row, REDACTED)
    if code.casefold().startswith(("total", "grand total")):
        return rows.skip(row, "total")
    usps = state_usps(row.get("state"))
    if usps and is_territory(usps):
        return rows.skip(row, "outside_map")
    if problem := _unreadable(row, code, usps):
        name, error, message = problem
        rows.bad.add(row.number)
        rows.findings.append(
            table.finding(Severity.ERROR, error, message, row.number, name, row.get(name))
        )
        return None
    facility = _facility(row, code, usps or "")
    earlier, same = rows.seen.setdefault(code.upper(), (row.number, facility))
    if earlier != row.number:
        return _repeated(row, table, rows, earlier, facility == same)
    return _matched(row, facility, table, context, rows)


def _unreadable(row: Row, code: str, usps: str | None) -> tuple[str, str, str] | None:
    """(field, error code, message) of the first thing that keeps a row from being read."""
    if not code:
        return "code", "missing_code", "Every facility needs its DETLOC code, such as ETOWAAL."
    if not _text(row.get("name")):
        return "name", "missing_name", "The facility's name is missing."
    if usps is None:
        state = _text(row.get("state"))
        return "state", "unknown_state", f"“{state}” is not a state; write it as in AL or Alabama."
    try:
        _population(row.get("population"))
    except cells.CellError as error:
        return "population", error.code, error.message
    return None


def _repeated(row: Row, table: Table, rows: _Rows, earlier: int, same: bool) -> None:
    if same:
        return rows.skip(row, "duplicate")
    rows.bad.add(row.number)
    message = (
        f"Row {earlier} has the same facility with other values. Keep the right one; row {earlier} "
        "is used until then."
    )
    code = row.get("code")
    rows.findings.append(
        table.finding(Severity.ERROR, "contradictory_rows", message, row.number, "code", code)
    )
    return None


def _matched(row: Row, facility: Facility, table: Table, context: Context, rows: _Rows) -> None:
    """Add the entry of a facility, with a question if its county has to be known and is not.

    Contracts that are not active are entries too, for the figures.
    """
    agency = facilities.agency_type(facility, context.gazetteer)
    reason = _why_not(facility, agency, context.gazetteer.unified_jails)
    found = _placed(facility, agency, context)
    unresolved = found.problem is not None and not reason
    if unresolved:
        rows.bad.add(row.number)
    elif reason in NOT_ACTIVE:
        rows.skip(row, reason)
    elif reason or not found.fips:
        of_the_state = agency == Agency.STATE_CORRECTIONS
        reason = reason or ("" if of_the_state else "no_county")
        rows.reasons.update([reason] if reason else [])
    if finding := _about_county(row, facility, found, reason, table, context):
        rows.findings.append(finding)
    entry = _entry(row, table, facility, agency, found, unresolved)
    rows.findings.extend(_doubts(row, facility, entry, table))
    rows.entries.append(entry)


def _doubts(row: Row, facility: Facility, entry: Entry, table: Table) -> Iterator[Finding]:
    """Warnings about what the list does not say clearly enough to count the facility."""
    if not facilities.known_type(facility):
        yield table.finding(
            Severity.WARNING,
            "unknown_type",
            f"“{facility.type}” is not a type of this list, so the facility counts as no contract. "
            "Contracts are IGSA, DIGSA and USMS IGA.",
            row.number,
            "type",
            facility.type,
        )
    if entry.active and facilities.run_by(facility) is RunBy.UNKNOWN:
        yield table.finding(
            Severity.WARNING,
            "operator_unknown",
            f"Nothing says whether a county owns or runs {facility.name}, so it decides nothing. "
            "Fill in operator or owner if a county does.",
            row.number,
            "operator",
        )


def _placed(facility: Facility, agency: Agency, context: Context) -> Located:
    """The counties of a facility: as a person chose before, else as the row says."""
    if agency == Agency.STATE_CORRECTIONS:
        return Located()
    choice = context.choice("facility", facility.code)
    picked = None if choice is None else facilities.chosen(choice, context.gazetteer.known)
    if picked is not None:
        return Located(picked)
    return facilities.locate(facility, context.gazetteer)


def _about_county(
    row: Row, facility: Facility, found: Located, reason: str, table: Table, context: Context
) -> Finding | None:
    """A question if the county decides an answer, a warning if it does not."""
    if found.problem is None:
        return None
    code, message = found.problem
    if reason:
        if code == "regional_jail":
            return None
        message = f"{message} It decides nothing now: {REASONS[reason]}"
    return table.finding(
        Severity.WARNING if reason else Severity.QUESTION,
        code,
        message,
        row.number,
        "county",
        facility.county,
        [context.gazetteer.label(one) for one in found.likely],
        scope="facility",
        key=facility.code,
    )


def _why_not(facility: Facility, agency: Agency, unified: Collection[str]) -> str:
    """Key of REASONS why the facility decides no answer whatever its county is; "" if it does."""
    if not facilities.contract_type(facility):
        return "not_a_contract"
    if not facilities.in_use(facility):
        return "not_in_use"
    return "" if decides(agency, facility.usps, unified) else agency


def _note(facility: Facility, agency: Agency) -> str:
    operator = facility.operator
    if agency in (Agency.COUNTY_JAIL, Agency.SHERIFF) and operator:
        if not operator.upper().startswith(("COUNTY", "PARISH")):
            return f"Owned by the county, run by {operator}."
    elif agency == Agency.PRIVATE and facility.owner:
        return f"Owned by {facility.owner}, run by {operator or facility.owner}."
    return ""


def _entry(
    row: Row, table: Table, facility: Facility, agency: Agency, found: Located, unresolved: bool
) -> Entry:
    contract = facilities.contract_label(facility)
    return Entry(
        sheet=table.sheet,
        row=row.number,
        usps=facility.usps,
        agency=facility.name,
        type_as_listed=" / ".join(filter(None, (facility.type, facility.detail))),
        county_as_listed=facility.county,
        model=contract,
        agency_type=agency,
        # Any of these may be the one: none of them was observed to decline.
        fips=tuple(dict.fromkeys((*found.fips, *found.likely))) if unresolved else found.fips,
        code=facility.code,
        city=facility.city,
        zip_code=facility.zip_code,
        operator=facility.operator,
        owner=facility.owner,
        population=facility.population,
        active=contract != "" and facilities.in_use(facility),
        unresolved=unresolved,
        note=_note(facility, agency),
    )


def _facility(row: Row, code: str, usps: str) -> Facility:
    return Facility(
        code=code,
        name=_text(row.get("name")),
        city=_text(row.get("city")),
        county=_text(row.get("county")),
        usps=usps,
        zip_code=clean_zip(row.get("zip")),
        type=_text(row.get("type")),
        detail=_text(row.get("type_detailed")),
        operator=_text(row.get("operator")),
        owner=_text(row.get("owner")),
        population=_population(row.get("population")),
    )


def _text(value: CellValue) -> str:
    """Text with single spaces; "" for an empty cell, a dash or a formula that failed."""
    return "" if cells.is_error_cell(value) else " ".join(cells.text(value).split())


def _population(value: CellValue) -> float | None:
    """The average as a number, None for an empty cell. Raises CellError for anything else."""
    number = cells.number(value)
    if number is not None and number < 0:
        raise cells.CellError("negative", "An average population cannot be negative. Correct it.")
    return number

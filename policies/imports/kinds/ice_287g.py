"""ICE's list of 287(g) agreements: every row becomes an entry, whoever the agency is. Pure.

The lists changed over the years: no COUNTY before mid-2025, an ADDENDUM since. Being on the list
proves the agreement; a signing date that cannot be read is left empty with a warning that names
the likely date, and the agreement then counts from the day of the list ("in force by").
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import chain

from counties.state_codes import is_territory, state_usps
from policies.imports import cells
from policies.imports.agencies import Agency, decides, normalised
from policies.imports.agency_counties import Doubt, Matched, choice_key, match_agency
from policies.imports.cell_errors import UNSAVED_FORMULA, UNSAVED_MESSAGE
from policies.imports.context import Context
from policies.imports.facts import Entry, Reading
from policies.imports.links import real_address
from policies.imports.moa_links import day_in
from policies.imports.tables import (
    CellValue,
    Column,
    FileError,
    Finding,
    Row,
    Severity,
    Skip,
    Table,
    shown,
)

COLUMNS = (
    Column("state", ("STATE", "ST"), required=True),
    Column(
        "agency",
        ("LAW ENFORCEMENT AGENCY", "AGENCY", "AGENCY NAME", "LEA", "PARTICIPATING AGENCY"),
        required=True,
    ),
    Column("type", ("TYPE", "AGENCY TYPE")),
    Column("county", ("COUNTY", "COUNTY NAME", "PARISH")),
    Column("model", ("SUPPORT TYPE", "MODEL", "287(g) MODEL", "PROGRAM", "TYPE OF SUPPORT"), True),
    Column("signed", ("SIGNED", "DATE SIGNED", "SIGNED ON", "SIGNING DATE", "MOA SIGNED")),
    Column("moa", ("MOA", "MOU", "AGREEMENT", "MOA LINK")),
    Column("addendum", ("ADDENDUM", "ADDENDA")),
)

MODELS = ("Jail Enforcement Model", "Task Force Model", "Warrant Service Officer")
_SHORT = {"jem": MODELS[0], "tfm": MODELS[1], "wso": MODELS[2]}
#: No agreement under section 287(g) is older; the section is of 1996, the first one of 2002.
FIRST_YEAR = 2002
PENDING = (
    "This is a list of pending applications: it has neither the date on which an agreement was "
    "signed nor the agreement itself. Pending lists are not agreements; nothing was read from it. "
    "Send ICE's list of participating agencies."
)


def read(table: Table, context: Context) -> Reading:
    """Every row as an entry, matched as far as it can be. Raises FileError for a pending list.

    A row whose agency or county is an open question stays in the entries, marked `unresolved`.
    """
    if "signed" not in table.headings and "moa" not in table.headings:
        raise FileError("pending_list", PENDING)
    reader = _Reader(table, context)
    for row in table:
        reader.read(row)
    return reader.reading()


class _Reader:
    """What was read so far."""

    def __init__(self, table: Table, context: Context) -> None:
        self.table = table
        self.context = context
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self.skipped: dict[int, Skip] = {}
        self.bad: set[int] = set()
        self.seen: dict[tuple[object, ...], int] = {}
        self.counts: Counter[str] = Counter()
        self.rows = 0

    def read(self, row: Row) -> None:
        for name, value in row.values.items():
            if value == UNSAVED_FORMULA:
                self.rows += 1
                self.counts["unresolved"] += 1
                self._bad(row, "formula_without_result", UNSAVED_MESSAGE, name)
                return
        agency, state = _text(row.get("agency")), _text(row.get("state"))
        if not agency and not state:
            if any(_text(value) for value in row.values.values()):
                self.rows += 1
                self.counts["unresolved"] += 1
                self._bad(row, "empty_row", "Neither a state nor an agency is named.", "agency")
            return
        self.rows += 1
        usps = state_usps(state)
        if usps and is_territory(usps):
            self.counts["non_deciding"] += 1
            self.counts["outside_map"] += 1
            self._skip(row, "outside_map", f"{state}: territories are outside this map.")
            return
        if usps is None or not agency:
            self.counts["unresolved"] += 1
            message = f"“{state}” is no state." if agency else "The agency is not named."
            self._bad(row, "unknown_state" if agency else "no_agency", message, "state")
            return
        self._entry(row, agency, usps)

    def _skip(self, row: Row, code: str, message: str) -> None:
        self.skipped[row.number] = Skip(code, message)

    def _entry(self, row: Row, agency: str, usps: str) -> None:
        listed_type, county = _text(row.get("type")), _text(row.get("county"))
        found = match_agency(agency, usps, listed_type, county, self.context)
        self._count(found, usps)
        model = model_name(_text(row.get("model")))
        if not model:
            self._bad(row, "no_model", "The kind of agreement (support type) is missing.", "model")
            return
        url = real_address(row.links.get("moa", ""))
        signed = self._signed(row, day_in(url))
        key = (usps, normalised(agency), model)
        if first := self.seen.get((*key, signed)):
            self._skip(row, "duplicate_row", f"The same as row {first}.")
            return
        if first := self.seen.get(key):
            message = f"Row {first} lists the same agreement with another date; both were kept."
            self._warn(row, "listed_twice", message, "agency")
        self.seen[*key, signed] = row.number
        self.seen.setdefault(key, row.number)
        if found.left_out:
            self._skip(row, "left_out", "Left out, as was chosen for this agency before.")
            return
        for doubt in found.doubts:
            self._doubt(row, doubt, agency, usps, found.agency_type)
        if found.unresolved:
            self.bad.add(row.number)
        self.entries.append(
            Entry(
                sheet=self.table.sheet,
                row=row.number,
                usps=usps,
                agency=agency,
                type_as_listed=listed_type,
                county_as_listed=county,
                model=model,
                signed_on=signed,
                url=url,
                addendum_url=real_address(row.links.get("addendum", "")),
                agency_type=found.agency_type,
                fips=found.fips,
                unresolved=found.unresolved,
            )
        )

    def _count(self, found: Matched, usps: str) -> None:
        deciding = decides(found.agency_type, usps, self.context.gazetteer.unified_jails)
        if found.unresolved:
            self.counts["unresolved"] += 1
        else:
            self.counts["deciding" if deciding else "non_deciding"] += 1

    def _signed(self, row: Row, filed: date | None) -> date | None:
        """The signing date, or None with a warning that names the likely one.

        `filed`: the day in the name of the agreement's file. Where only the year differs it is a
        typing error in one of the two; nothing is dated back by it.
        """
        value = row.get("signed")
        signed, likely = read_day(value)
        if signed is None:
            if _text(value):
                hint = f" Probably {' or '.join(likely)}." if likely else ""
                message = (
                    f"“{shown(value)}” is no day on which an agreement can have been signed."
                    f"{hint} The agreement counts from the day of the list until it is corrected."
                )
                self._warn(row, "bad_date", message, "signed", likely)
            return None
        if filed and filed.year > signed.year and filed == _in_year(signed, filed.year):
            message = (
                f"{signed} differs in the year from the agreement's file, {filed}. The agreement "
                "counts from the day of the list until it is corrected."
            )
            likely = (filed.isoformat(), signed.isoformat())
            self._warn(row, "date_unlike_file", message, "signed", likely)
            return None
        if signed > self.context.as_of:
            message = f"{signed} is later than the list itself ({self.context.as_of})."
            self._warn(row, "signed_after_list", message, "signed")
        return signed

    def _bad(self, row: Row, code: str, message: str, name: str) -> None:
        self.bad.add(row.number)
        self.findings.append(
            self.table.finding(
                Severity.ERROR, code, message, row.number, name, _text(row.get(name))
            )
        )

    def _warn(
        self, row: Row, code: str, message: str, name: str, likely: tuple[str, ...] = ()
    ) -> None:
        value = _text(row.get(name))
        self.findings.append(
            self.table.finding(Severity.WARNING, code, message, row.number, name, value, likely)
        )

    def _doubt(self, row: Row, doubt: Doubt, agency: str, usps: str, agency_type: str) -> None:
        asks = doubt.severity == Severity.QUESTION or doubt.suggestions
        value = _text(row.get("county")) if doubt.column == "county" else agency
        self.findings.append(
            self.table.finding(
                doubt.severity,
                doubt.code,
                doubt.message,
                row.number,
                doubt.column,
                value,
                doubt.suggestions,
                scope="agency" if asks else "",
                key=choice_key(usps, agency) if asks else "",
                agency_type=agency_type if asks else "",
            )
        )

    def reading(self) -> Reading:
        jails = self.context.gazetteer.unified_jails
        deciding = [
            e for e in self.entries if not e.unresolved and decides(e.agency_type, e.usps, jails)
        ]
        counties = set(chain.from_iterable(entry.fips for entry in deciding))
        statewide = {e.usps for e in deciding if e.agency_type == Agency.STATE_CORRECTIONS}
        counted = ("deciding", "non_deciding", "unresolved", "outside_map")
        return Reading(
            rows=self.rows,
            entries=tuple(self.entries),
            findings=tuple(self.findings),
            skipped=self.skipped,
            bad_rows=frozenset(self.bad),
            figures={
                **{name: self.counts[name] for name in counted},
                "counties_deciding": len(counties),
                "states_deciding": sorted(statewide),
                "undated": sum(entry.signed_on is None for entry in self.entries),
            },
        )


def model_name(text: str) -> str:
    """The model as we name it; one that is not known is kept as it is given."""
    key = re.sub(r"[^a-z]", "", text.casefold())
    if key in _SHORT:
        return _SHORT[key]
    for model in MODELS:
        stem = re.sub(r"[^a-z]", "", model.casefold().removesuffix("model"))
        if key.startswith(stem) and len(key) <= len(stem) + len("program"):
            return model
    return text


def read_day(value: CellValue) -> tuple[date | None, tuple[str, ...]]:
    """(the day that a cell holds, ()), or (None, the days that were probably meant)."""
    try:
        found = cells.day(value)
    except cells.CellError as error:
        return None, error.suggestions
    if found is None or found[1] != "day" or found[0].year < FIRST_YEAR:
        return None, ()
    return found[0], ()


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _text(value: CellValue) -> str:
    """A cell as one line without blanks around it. An error cell such as #N/A stays as it is."""
    return "" if value is None else re.sub(r"\s+", " ", str(value)).strip()

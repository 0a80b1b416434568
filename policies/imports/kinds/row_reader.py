"""Reads the rows of one table and keeps what is wrong with them. Pure.

Equal cells are read once: a file of 22,000 rows has few different dates, answers and sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from policies.imports import cells
from policies.imports.cell_errors import CellError
from policies.imports.context import Context
from policies.imports.days import Day
from policies.imports.facts import Engagement, Place, PolicyFact, Reading
from policies.imports.places import PlaceMatcher
from policies.imports.tables import CellValue, Finding, Row, Severity, Skip, Table
from policies.rubric import Answer, Factor

#: As long as the fields of the record are; a text, as long as a cell can be.
TITLE_LIMIT = 300
PAGE_LIMIT = 120
TEXT_LIMIT = 32_767


class RowReader:
    """The table, what it is read with, and the findings so far.

    A cell that cannot be read is noted as an error and then counts as empty, so that all that is
    wrong with a row is found at once. Ask `is_bad` before using what was read of it.
    """

    def __init__(self, table: Table, context: Context):
        self.table = table
        self.context = context
        self.findings: list[Finding] = []
        self.bad_rows: set[int] = set()
        self.skipped: dict[int, Skip] = {}
        self.states: set[str] = set()
        self._matcher = PlaceMatcher(context)
        self._texts: dict[tuple[str, int | None], str] = {}
        self._days: dict[tuple[CellValue, date | None], Day | None] = {}
        self._says: dict[CellValue, bool] = {}
        self._answers: dict[tuple[CellValue, Factor, bool], Answer | None] = {}

    def is_bad(self, row: Row) -> bool:
        return row.number in self.bad_rows

    def is_blank(self, row: Row) -> bool:
        """Whether no cell of the row says anything; 0 is something."""
        return all(map(cells.is_blank, row.values.values()))

    def says_something(self, row: Row, names: Sequence[str]) -> bool:
        """Whether any of these answers is more than a blank or "unknown"; errors are."""
        for name in names:
            value = row.values.get(name)
            if value is None:
                continue
            says = self._says.get(value)
            if says is None:
                try:
                    says = cells.answer(value, Factor.NO_287G) is not None
                except CellError:
                    says = True
                self._says[value] = says
            if says:
                return True
        return False

    def place(self, row: Row) -> Place | None:
        """Where the row belongs; None if it is skipped or its place is in doubt, both noted."""
        get = row.values.get
        match = self._matcher.match(get("state"), get("county"), get("fips"))
        self.states.add(match.usps)
        if match.skip:
            self.skipped[row.number] = match.skip
        for problem in match.problems:
            self.note(
                problem.severity,
                problem.code,
                problem.message,
                row,
                problem.field,
                problem.suggestions,
                match.key,
            )
        return match.place

    def text(self, row: Row, name: str, limit: int | None) -> str:
        value = row.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            return self._text(row, name, value, limit)
        found = self._texts.get((value, limit))
        if found is None:
            found = self._text(row, name, value, limit)
            if not self.is_bad(row):
                self._texts[value, limit] = found
        return found

    def _text(self, row: Row, name: str, value: CellValue, limit: int | None) -> str:
        try:
            return cells.text(value, limit)
        except CellError as error:
            self.refuse(row, name, error)
            return ""

    def day(self, row: Row, name: str, *, latest: date | None = None) -> Day | None:
        value = row.values.get(name)
        if value is None:
            return None
        key = (value, latest)
        if key not in self._days:
            try:
                self._days[key] = cells.day(value, latest=latest)
            except CellError as error:
                self.refuse(row, name, error)
                return None
        return self._days[key]

    def answer(self, row: Row, name: str, factor: Factor, *, literal: bool) -> Answer | None:
        value = row.values.get(name)
        if value is None:
            return None
        key = (value, factor, literal)
        if key not in self._answers:
            try:
                self._answers[key] = cells.answer(value, factor, literal=literal)
            except CellError as error:
                self.refuse(row, name, error)
                return None
        return self._answers[key]

    def yes_no(self, row: Row, name: str) -> bool:
        """Whether the cell says yes; blank is no."""
        value = row.values.get(name)
        if value is None:
            return False
        try:
            return cells.yes_no(value) or False
        except CellError as error:
            self.refuse(row, name, error)
            return False

    def refuse(self, row: Row, name: str, error: CellError) -> None:
        """Note the error of a cell; its row is bad."""
        self.note(Severity.ERROR, error.code, error.message, row, name, error.suggestions)

    def warn(self, row: Row, name: str, code: str, message: str) -> None:
        self.note(Severity.WARNING, code, message, row, name)

    def note(
        self,
        severity: Severity,
        code: str,
        message: str,
        row: Row,
        name: str = "",
        suggestions: Sequence[str] = (),
        key: str = "",
    ) -> None:
        """Keep a finding about a cell. Errors and questions make its row bad.

        `key`: under which the choice of a county would be remembered.
        """
        value = row.values.get(name)
        scope = "county" if key else ""
        found = self.table.finding(
            severity, code, message, row.number, name, value, suggestions, scope=scope, key=key
        )
        self.findings.append(found)
        if severity != Severity.WARNING:
            self.bad_rows.add(row.number)

    def reading(
        self,
        rows: int,
        policies: Sequence[PolicyFact],
        engagements: Sequence[Engagement] = (),
        figures: Mapping[str, object] | None = None,
    ) -> Reading:
        return Reading(
            rows=rows,
            policies=tuple(policies),
            engagements=tuple(engagements),
            findings=tuple(self.findings),
            skipped=self.skipped,
            bad_rows=frozenset(self.bad_rows),
            figures=figures or {},
        )

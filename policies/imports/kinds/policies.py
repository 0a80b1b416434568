"""Kind `policies`: partners' files, one row a county and factor, or one row a county. Pure.

Long form: the columns `factor` and `answer`. Wide form: one column a factor. In the wide form a
cell is 1 or 0, and 0 is `no` for factors 1 and 2 and `none_found` for 3 to 7; in the long form the
words `yes`, `no` and `none_found` are taken as they stand. A blank answer is no record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from policies.imports.cell_errors import CellError
from policies.imports.context import Context
from policies.imports.factor_names import factor_of
from policies.imports.facts import PolicyFact, Reading
from policies.imports.kinds.policy_columns import COLUMNS
from policies.imports.kinds.row_reader import TEXT_LIMIT, TITLE_LIMIT, RowReader
from policies.imports.kinds.sources import SourceReader
from policies.imports.tables import (
    HEADING_UNSURE,
    CellValue,
    FileError,
    Row,
    Severity,
    Skip,
    Table,
    quoted,
)
from policies.rubric import AGREEMENT_FACTORS, FACTORS, Answer, Factor

__all__ = ["COLUMNS", "read"]

NO_ANSWER = Skip("no_answer", "No answer.")
FURTHEST_AHEAD = timedelta(days=5 * 366)

_MaybeDay = tuple[date | None, str]
_NO_DAY: _MaybeDay = (None, "day")


def read(table: Table, context: Context) -> Reading:
    """The answers that the rows give. Raises FileError `missing_columns` or `two_forms`."""
    wide = _is_wide(table)
    rows = _Rows(table, context, wide=wide)
    if wide and "qualification" in table.headings:
        _say_that_qualifications_are_notes(rows.reader)
    for row in table.rows:
        rows.read(row)
    return rows.reader.reading(rows.count, rows.facts)


def _is_wide(table: Table) -> bool:
    """Which of the two forms the headings have."""
    has = table.headings
    in_long = [name for name in ("factor", "answer") if name in has]
    in_wide = [factor.value for factor in FACTORS if factor.value in has]
    if in_long and in_wide:
        listed = ", ".join(has[name] for name in in_long + in_wide)
        raise FileError(
            "two_forms",
            f"The sheet has columns of both forms ({listed}). Keep either factor and answer, with "
            "one row a county and factor, or one column a factor, with one row a county.",
        )
    if not in_wide and len(in_long) < 2:
        lacks = "answer" if "factor" in in_long else "factor"
        missing = f"the column {lacks}" if in_long else "any answers"
        near = _headings_near(table)
        hint = f" Near headings in the file: {', '.join(map(quoted, near))}." if near else ""
        raise FileError(
            "missing_columns",
            f"The sheet lacks {missing}. It needs either the columns factor and answer, or a "
            f"column for at least one factor: {', '.join(FACTORS)}.{hint}",
            near,
        )
    if not any(name in has for name in ("fips", "state", "county")):
        raise FileError(
            "missing_columns",
            "The sheet does not say which counties it is about. It needs a column fips, or the "
            "columns state and county.",
            _headings_near(table),
        )
    return bool(in_wide)


def _headings_near(table: Table) -> list[str]:
    """Headings that may be what is missing."""
    return [one.column for one in table.findings if one.code == HEADING_UNSURE]


class _Rows:
    """The rows of one file, one after the other."""

    def __init__(self, table: Table, context: Context, *, wide: bool):
        self.reader = RowReader(table, context)
        self.facts: list[PolicyFact] = []
        self.count = 0
        self._wide = wide
        self._sources = SourceReader(self.reader)
        self._factors: dict[CellValue, Factor | None] = {}
        self._in_wide = [factor for factor in FACTORS if factor.value in table.headings]
        self._answer_columns = [f.value for f in self._in_wide] if wide else ["answer"]

    def read(self, row: Row) -> None:
        """Note what is wrong with a row, or keep what it says."""
        reader = self.reader
        if reader.is_blank(row):
            return
        self.count += 1
        if not reader.says_something(row, self._answer_columns):
            reader.skipped[row.number] = NO_ANSWER
            return
        place = reader.place(row)
        if row.number in reader.skipped:
            return
        answers = self._wide_answers(row) if self._wide else self._long_answer(row)
        seen = reader.day(row, "last_verified", latest=reader.context.today)
        starts, ends = self._period(row, answers, seen[0] if seen else reader.context.as_of)
        in_force_by = reader.yes_no(row, "in_force_by")
        source = self._sources.read(row)
        title = reader.text(row, "title", TITLE_LIMIT)
        qualification = reader.text(row, "qualification", TEXT_LIMIT)
        notes = reader.text(row, "notes", TEXT_LIMIT)
        if self._wide and qualification:
            notes = "\n".join(filter(None, (qualification, notes)))
            qualification = ""
        if place is None or reader.is_bad(row):
            return
        for factor, name, answer in answers:
            # In the wide form the title is of the policy, and only a `yes` to 3 to 7 is one.
            # "None found" begins on no day: its date says when somebody looked.
            looked = answer == Answer.NONE_FOUND and starts[0] is not None
            named = not self._wide or (answer == Answer.YES and factor not in AGREEMENT_FACTORS)
            self.facts.append(
                PolicyFact(
                    reader.table.sheet,
                    row.number,
                    f"{reader.table.letters.get(name, '')}{row.number}",
                    place,
                    factor,
                    answer,
                    qualification,
                    title if named else "",
                    notes,
                    *starts,
                    *ends,
                    source,
                    in_force_by or looked,
                    seen[0] if seen else starts[0] if looked else None,
                )
            )

    def _long_answer(self, row: Row) -> list[tuple[Factor, str, Answer]]:
        factor = self._factor(row)
        answer = self.reader.answer(row, "answer", factor or Factor.NO_287G, literal=True)
        return [(factor, "answer", answer)] if factor and answer else []

    def _wide_answers(self, row: Row) -> list[tuple[Factor, str, Answer]]:
        found = []
        for factor in self._in_wide:
            if answer := self.reader.answer(row, factor.value, factor, literal=False):
                found.append((factor, factor.value, answer))
        return found

    def _factor(self, row: Row) -> Factor | None:
        value = row.values.get("factor")
        factor = self._factors.get(value)
        if factor is None:
            try:
                factor = factor_of(value)
                if factor is None:
                    message = "The row does not say which factor it answers. Write its code."
                    raise CellError("no_factor", message)
                self._factors[value] = factor
            except CellError as error:
                self.reader.refuse(row, "factor", error)
        return factor

    def _period(
        self, row: Row, answers: Sequence[tuple[Factor, str, Answer]], seen: date
    ) -> tuple[_MaybeDay, _MaybeDay]:
        """When the answer holds: its first day, and the first day on which it does no more.

        `seen`: the day from which it counts if the row does not say since when.
        """
        reader = self.reader
        starts = reader.day(row, "effective_from")
        ends = reader.day(row, "effective_until")
        if starts:
            self._check_start(row, starts[0], answers)
        if starts and ends and ends[0] <= starts[0]:
            message = f"It ends on {ends[0]}, but begins on {starts[0]}. Correct one of them."
            reader.refuse(row, "effective_until", CellError("ends_before_start", message))
        elif ends and ends[0] <= seen and row.values.get("effective_from") is None:
            message = (
                f"Without a start the answer counts from the day it was seen, {seen}; it "
                f"cannot have ended on {ends[0]}. Give effective_from."
            )
            reader.refuse(row, "effective_until", CellError("no_start", message))
        return starts or _NO_DAY, ends or _NO_DAY

    def _check_start(
        self, row: Row, start: date, answers: Sequence[tuple[Factor, str, Answer]]
    ) -> None:
        reader, context = self.reader, self.reader.context
        if start > context.today + FURTHEST_AHEAD:
            message = f"{start} is more than five years ahead. Correct the date."
            reader.refuse(row, "effective_from", CellError("too_far_ahead", message))
        elif start > context.today and any(one[2] == Answer.NONE_FOUND for one in answers):
            message = f"Nobody can have looked on {start}, which is to come. Correct the date."
            reader.refuse(row, "effective_from", CellError("future_observation", message))
        elif start > context.as_of:
            message = f"{start} is later than the day that the file speaks for, {context.as_of}."
            reader.warn(row, "effective_from", "starts_after_file", message)


def _say_that_qualifications_are_notes(reader: RowReader) -> None:
    table = reader.table
    message = (
        "With one row a county it cannot be told which factor a qualification is about. They are "
        "kept as notes for staff; use the form with one row a county and factor instead."
    )
    code = "qualification_kept_as_note"
    reader.findings.append(
        table.finding(Severity.WARNING, code, message, table.header_row, "qualification")
    )

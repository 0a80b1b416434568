"""The files that are imported: invented answers of every county to every factor, with sources."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from policies.rubric import AGREEMENT_FACTORS, FACTORS, Answer, Factor

HEADINGS = (
    *("fips", "state", "county", "factor", "answer"),
    *("source_title", "source_url", "source_date"),
)
SOURCES = 50
#: Counties in the file that shows whether queries grow with the rows.
FEW = 314
#: One answer in so many differs in the later file.
CHANGED = 100

Row = list[str]


def write(folder: Path, places: Sequence[tuple[str, str, str]]) -> dict:
    """Four files and places.json, the peer's counties. Returns how many rows each file has."""
    (folder / "places.json").write_text(json.dumps(list(places)))
    rows = [_row(place, at, number) for at, place in enumerate(places) for number in range(7)]
    few = len(FACTORS) * FEW
    changed = [row if at % CHANGED else _other(row) for at, row in enumerate(rows)]
    _xlsx(folder / "all.xlsx", rows)
    _csv(folder / "all.csv", rows)
    _xlsx(folder / "later.xlsx", changed)
    _xlsx(folder / "few.xlsx", rows[:few])
    _xlsx(folder / "few-later.xlsx", changed[:few])
    return {
        "rows": len(rows),
        "few": few,
        "changed": sum(old != new for old, new in zip(rows, changed, strict=True)),
        "few_changed": sum(old != new for old, new in zip(rows[:few], changed[:few], strict=True)),
    }


def _row(place: tuple[str, str, str], at: int, number: int) -> Row:
    fips, state, county = place
    factor = FACTORS[number]
    yes = (at * 7 + number * 3) % 5 < 2
    source = (at + number) % SOURCES
    return [
        *(fips, state, county, factor.value, (Answer.YES if yes else _no(factor)).value),
        *(f"Survey of jails, part {source + 1}", f"https://example.org/surveys/{source + 1}"),
        # As text in both kinds of file, so that both programs have the same to read.
        f"2025-{source % 8 + 1:02}-15",
    ]


def _no(factor: Factor) -> Answer:
    return Answer.NO if factor in AGREEMENT_FACTORS else Answer.NONE_FOUND


def _other(row: Row) -> Row:
    answer = _no(Factor(row[3])) if row[4] == Answer.YES else Answer.YES
    return [*row[:4], answer.value, *row[5:]]


def _xlsx(path: Path, rows: Sequence[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Answers")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    book.save(path)


def _csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])

"""Tables as the reader of files makes them, written short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from policies.imports.tables import CellValue, Row, Table


def table(
    rows: Sequence[Mapping[str, CellValue]],
    *,
    links: Mapping[tuple[int, str], str] | None = None,
    names: Sequence[str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> Table:
    """Rows of field -> value under a header in row 1; `links`: (row, field) -> address.

    `names`: the columns in their order, else all that occur; `headings`: those that differ.
    """
    fields = list(names or dict.fromkeys(name for row in rows for name in row))
    behind = links or {}
    return Table(
        "Sheet1",
        1,
        {name: (headings or {}).get(name, name) for name in fields},
        {name: get_column_letter(at) for at, name in enumerate(fields, 1)},
        [
            Row(
                number,
                {name: value for name, value in row.items() if value is not None and value != ""},
                {name: url for (at, name), url in behind.items() if at == number},
            )
            for number, row in enumerate(rows, 2)
        ],
    )

"""Many rows at once, each with a number known beforehand, so that rows can point to each other.

Django's `bulk_create` prepares every value of every row by itself, which at 22,000 rows takes
longer than the database does. Here a value that recurs (a date, an answer, a document) is prepared
once. Constraints and triggers are the database's and hold as ever; `save()` does nothing here that
would be missed.
"""

from __future__ import annotations

import csv
import gc
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice, repeat
from types import NoneType

from django.db import connection
from django.db.models import Model

#: Rows in one round of SQLite's `executemany`.
BATCH = 5000
#: Rows that PostgreSQL is sent at once: it takes them in while the next are made.
PIECE = 500
#: How PostgreSQL's COPY writes NULL here; no text of ours can be this.
_NULL = "\x01"


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without Python's search for cycles: of a large file some hundred thousand objects live until
    its end, and looking through all of them again and again takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def new_keys(model: type[Model], count: int) -> list[int]:
    """`count` primary keys that no row has had. Call inside the transaction that uses them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(sequence) FROM "  # OFFSET 0: the sequence is looked up once
                "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS named,"
                " generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        used = cursor.fetchone()
        first = (used[0] if used else 0) + 1
        return list(range(first, first + count))


def insert(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    constants: Mapping[str, object],
) -> None:
    """Insert rows of values for the fields `names` (attribute names, such as "county_id").

    `constants`: values that all rows share. A field in neither has its default. Rows may be made
    as they are asked for, but not with queries of their own: the connection is in use.
    """
    given = {*names, *constants}
    shared = {
        field.attname: constants.get(field.attname, field.get_default())
        for field in model._meta.concrete_fields
        if field.attname not in names and (field.attname in given or not field.primary_key)
    }
    fields = {field.attname: field for field in model._meta.concrete_fields}
    tail = tuple(fields[name].get_db_prep_save(value, connection) for name, value in shared.items())
    columns = [fields[name].column for name in (*names, *shared)]
    postgresql = connection.vendor == "postgresql"
    batches = _batches(rows, PIECE if postgresql else BATCH)
    prepared = _prepared([fields[name] for name in names], batches, tail)
    write = _copy if postgresql else _execute_many
    write(model._meta.db_table, columns, prepared)


def _batches(rows: Iterable[Sequence[object]], size: int) -> Iterator[list[Sequence[object]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


def _prepared(fields, batches, tail) -> Iterator[list[tuple]]:
    """Batches as the database takes them, `tail` at the end of each row. Numbers and texts are
    taken as they are; what else recurs in a field (a date) is prepared once. By columns, since
    most have nothing to prepare."""
    plain = {int, str, NoneType}
    seen: list[dict] = [{} for _ in fields]
    for batch in batches:
        columns: list[Iterable[object]] = []
        for field, known, values in zip(fields, seen, zip(*batch, strict=True), strict=True):
            if set(map(type, values)) <= plain:
                columns.append(values)
                continue
            for value in set(values).difference(known):
                known[value] = field.get_db_prep_save(value, connection)
            columns.append(map(known.__getitem__, values))
        yield list(zip(*columns, *map(repeat, tail), strict=False))  # the tail has no end


def _execute_many(table: str, columns: Sequence[str], batches: Iterator[list[tuple]]) -> None:
    """Several rows a statement: where a table has triggers, SQLite notes for each statement how to
    take it back, which at one row a statement takes longer than the rows themselves."""
    quote = connection.ops.quote_name
    marks = f"({', '.join(['%s'] * len(columns))})"
    start = (  # names come from the models, never from input
        f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES "
    )
    together = max(1, (connection.features.max_query_params or BATCH) // len(columns))
    with connection.cursor() as cursor:
        for batch in batches:
            whole = len(batch) - len(batch) % together
            if whole:
                joined = [
                    tuple(chain.from_iterable(batch[at : at + together]))
                    for at in range(0, whole, together)
                ]
                cursor.executemany(start + ", ".join([marks] * together), joined)
            if batch[whole:]:
                cursor.executemany(start + marks, batch[whole:])


def _copy(table: str, columns: Sequence[str], batches: Iterator[list[tuple]]) -> None:
    first = next(batches, None)
    if first is None:
        return
    quote = connection.ops.quote_name
    sql = (  # as above
        f"COPY {quote(table)} ({', '.join(map(quote, columns))}) "
        f"FROM STDIN WITH (FORMAT csv, NULL '{_NULL}')"
    )
    # COPY goes past Django's cursor, which would give errors their usual names.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(sql, _Text(chain([first], batches)))


class _Text:
    """Batches as COPY reads them: a file of as many pieces, each made when it is asked for."""

    def __init__(self, batches: Iterator[list[tuple]]):
        self._batches = batches

    def read(self, _size: int = -1) -> str:
        """The next piece, "" at the end. Its size is ours: psycopg takes what it gets."""
        text = io.StringIO()
        # Quoted where needed; an empty text is told from NULL by what stands for that.
        writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
        for batch in islice(self._batches, 1):
            writer.writerows([_NULL if value is None else value for value in row] for row in batch)
        return text.getvalue()

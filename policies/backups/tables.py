"""Tables as lines of JSON, and back. The first line names the columns; each other one is a row."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import BinaryField, Field, FileField, JSONField, Model

from policies import bulk

#: Whoever is signed in when a backup is made is not signed in where it is restored.
LEFT_OUT = {"sessions.Session"}
#: What `migrate` itself writes into a new database.
FROM_MIGRATING = {"contenttypes.ContentType", "auth.Permission"}
#: Read from the database at a time.
CHUNK = 2000


def every_model() -> list[type[Model]]:
    """One model a table, tables between two records included, in a fixed order."""
    models = apps.get_models(include_auto_created=True)
    return sorted(
        (one for one in models if one._meta.managed and not one._meta.proxy),
        key=lambda one: one._meta.label,
    )


def models_kept() -> dict[str, type[Model]]:
    """What a backup holds, by label."""
    return {one._meta.label: one for one in every_model() if one._meta.label not in LEFT_OUT}


def file_fields(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, FileField)]


def rows(model: type[Model]) -> Iterator[dict[str, object]]:
    """Every row as stored, by the fields' attribute names, in the order of the keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    stored = model._base_manager.order_by("pk").values_list(*names)
    for row in stored.iterator(chunk_size=CHUNK):
        yield dict(zip(names, row, strict=True))


def line(values: Iterable[object]) -> bytes:
    """A row as JSON. Moments keep their microseconds, numbers all their digits."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode() + b"\n"


def _plain(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
    raise TypeError(f"A backup cannot hold a {type(value).__name__}.")


def insert(model: type[Model], lines: Iterable[bytes]) -> int:
    """Write the rows of a table exactly as they were: no default, no present moment. How many.

    Raises KeyError or FieldDoesNotExist if the columns are not those of the model.
    """
    given = iter(lines)
    names = json.loads(next(given))
    fields = [model._meta.get_field(name) for name in names]
    if {field.attname for field in fields} != {f.attname for f in model._meta.concrete_fields}:
        raise KeyError(f"The columns of {model._meta.label} are not those of this version.")
    names = [field.attname for field in fields]
    count = _Counter(_decoded(fields, one) for one in given)
    if any(isinstance(field, JSONField | BinaryField) for field in fields):
        for values in count:
            # `raw`: moments such as "created at" are kept.
            model(**dict(zip(names, values, strict=True))).save_base(raw=True, force_insert=True)
    else:
        bulk.insert(model, names, count, {})
    return count.seen


class _Counter:
    """Counts what goes through."""

    def __init__(self, items: Iterable[list]):
        self.items = items
        self.seen = 0

    def __iter__(self) -> Iterator[list]:
        for item in self.items:
            self.seen += 1
            yield item


def _decoded(fields: list[Field], text: bytes) -> list[object]:
    return [field.to_python(value) for field, value in zip(fields, json.loads(text), strict=True)]


def empty() -> None:
    """Delete every row of every table. Inside a transaction, where references are checked last."""
    with connection.cursor() as cursor:
        for model in every_model():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of ours)


def are_empty() -> bool:
    """Whether nobody has written anything yet."""
    written = (one for label, one in models_kept().items() if label not in FROM_MIGRATING)
    return not any(one._base_manager.exists() for one in written)


def restart_numbers() -> None:
    """The next row of each table is numbered after the last one. SQLite sees to that itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every_model()):
            cursor.execute(statement)

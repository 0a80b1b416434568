"""JSON, CSV and the headers of every answer. Rows are plain dictionaries, the same for both."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from operator import itemgetter
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from rest_framework import serializers
from rest_framework.utils.encoders import JSONEncoder

import counties
import policies
from policies.imports.neutral import neutral

CSV_CHUNK = 500

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=JSONEncoder().default
).encode


def json_response(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(_encode(content), content_type="application/json", status=status)


def csv_response(columns: dict[str, Column], rows: Iterable[dict], name: str):
    """The whole list, streamed."""
    response = StreamingHttpResponse(
        _csv_lines(columns, iter(rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Lines(list):
    """What csv.writer writes to."""

    write = list.append

    def take(self) -> str:
        text = "".join(self)
        self.clear()
        return text


def _csv_lines(columns: dict[str, Column], rows: Iterator[dict]) -> Iterator[str]:
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(columns)
    getters = list(columns.values())
    while chunk := list(islice(rows, CSV_CHUNK)):
        writer.writerows([[as_cell(get(row)) for get in getters] for row in chunk])
        yield lines.take()
    yield lines.take()


def as_cell(value: object) -> object:
    """A value as a cell: no formula, lists joined, true and false in lower case."""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(str(as_cell(item)) for item in value)
    if isinstance(value, int | float):
        return value
    return str(JSONEncoder().default(value))


Column = Callable[[dict], object]


def columns_of(serializer: serializers.Serializer, prefix: str = "") -> dict[str, Column]:
    """The columns of a CSV: the keys of the JSON; those of a nested list as `citations.title`."""
    columns: dict[str, Column] = {}
    for name, field in serializer.fields.items():
        many = isinstance(field, serializers.ListSerializer)
        if many or isinstance(field, serializers.Serializer):
            nested = columns_of(field.child if many else field, f"{prefix}{name}.")
            columns.update({key: _of_nested(name, get, many) for key, get in nested.items()})
        else:
            columns[f"{prefix}{name}"] = _key(name)
    return columns


def _key(name: str) -> Column:
    return itemgetter(name)


def _of_nested(name: str, get: Column, many: bool) -> Column:
    if many:
        return lambda row: [get(item) for item in row[name]]
    return lambda row: None if row[name] is None else get(row[name])


@cache
def release() -> str:
    """Changes with the code and the reference data, which a revision number does not."""
    digest = hashlib.sha256()
    sources = [*Path(policies.__file__).parent.rglob("*.py")]
    sources += Path(counties.__file__).parent.glob("data/*.csv")
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def etag_of(*parts: object) -> str:
    """Weak, because the same answer may be sent compressed or not."""
    digest = hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogateescape"))
    return f'W/"{digest.hexdigest()[:32]}"'


def unchanged(request, etag: str) -> HttpResponse | None:
    """A 304, if the client has this version already."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    if not sent:
        return None
    # The compressing middleware marks the tags of what it compressed, not always well-formed.
    request.META["HTTP_IF_NONE_MATCH"] = re.sub(r';(br|gzip)\\?"', '"', sent)
    response = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        return None
    response["ETag"] = etag
    return response

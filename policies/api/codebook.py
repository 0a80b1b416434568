"""The codebook: every column of every list, read from the serializers that make the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from policies.api.base import PAGING, ListView, RowsListing
from policies.api.downloads import DOWNLOADS, Download
from policies.api.record_serializers import ColumnSerializer, ColumnType
from policies.api.schema import documented

#: The first that fits says what a field holds.
_TYPES = (
    (serializers.ChoiceField, ColumnType.CHOICE),
    (serializers.BooleanField, ColumnType.BOOLEAN),
    (serializers.IntegerField, ColumnType.INTEGER),
    (serializers.FloatField, ColumnType.NUMBER),
    (serializers.DateTimeField, ColumnType.DATETIME),
    (serializers.DateField, ColumnType.DATE),
    (serializers.URLField, ColumnType.URL),
    (serializers.CharField, ColumnType.TEXT),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV: `name` with those of its parents, such as `citations.title`."""

    name: str
    field: serializers.Field
    several: bool

    @property
    def type(self) -> ColumnType:
        return next(kind for of, kind in _TYPES if isinstance(self.field, of))

    @property
    def values(self) -> list[str]:
        return [str(value) for value in getattr(self.field, "choices", ())]

    @property
    def nullable(self) -> bool:
        return bool(self.field.allow_null)

    @property
    def meaning(self) -> str:
        """In the language that is active."""
        return str(self.field.help_text or "")


def columns(serializer: serializers.Serializer) -> Iterator[Column]:
    """In the order of the CSV."""
    return _columns(serializer, "", False)


def _columns(serializer, prefix: str, several: bool) -> Iterator[Column]:
    for name, field in serializer.fields.items():
        if isinstance(field, serializers.ListSerializer):
            yield from _columns(field.child, f"{prefix}{name}.", True)
        elif isinstance(field, serializers.Serializer):
            yield from _columns(field, f"{prefix}{name}.", several)
        elif isinstance(field, serializers.ListField):
            # What is said of a list is said of each of its items.
            field.child.help_text = field.help_text
            yield Column(f"{prefix}{name}", field.child, True)
        else:
            yield Column(f"{prefix}{name}", field, several)


@documented(
    "records",
    "codebook_list",
    ColumnSerializer,
    about="Every column of every list: what it holds and what it means",
    many=True,
)
class CodebookList(ListView):
    serializer_class = ColumnSerializer
    name = "codebook"

    def listing(self):
        self.refuse_unknown(*PAGING)
        return RowsListing(
            [_row(one, column) for one in ALL for column in columns(one.view.serializer_class())]
        )


def _row(download: Download, column: Column) -> dict:
    return {
        "list": download.name,
        "column": column.name,
        "type": column.type.value,
        "several": column.several,
        "nullable": column.nullable,
        "values": column.values,
        "meaning": column.meaning,
    }


CODEBOOK = Download(
    "codebook",
    CodebookList,
    _("Codebook"),
    _("Every column of every list: what it holds and what it means."),
)
#: Everything that can be had whole.
ALL = (*DOWNLOADS, CODEBOOK)

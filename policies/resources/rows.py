"""What all exports have in common: text that no program runs, dates as far as they are known."""

from __future__ import annotations

from datetime import date

from import_export import resources
from import_export.fields import Field

from policies.imports.cells import clean
from policies.imports.neutral import neutral

_PRECISION = {"day": 10, "month": 7, "year": 4}


def written(day: date | None, precision: str) -> str:
    """A date as far as it is known: 2017-02-14, 2017-02 or 2017; empty for None."""
    return day.isoformat()[: _PRECISION[precision]] if day else ""


class Rows(resources.ModelResource):
    """Rows whose texts no spreadsheet program runs."""

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return neutral(clean(value)) if isinstance(value, str) else value

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related(*self.related).prefetch_related(*self.prefetched)

    def get_chunk_size(self):
        """Records for which related ones are fetched at once; tables here have a few thousand."""
        return 5000

    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()


def column(name: str) -> Field:
    """A column whose value the resource's `dehydrate_<name>` makes."""
    return Field(column_name=name)


def attribute(name: str) -> Field:
    """A column whose value the row has under the same name."""
    return Field(name, name)

"""The OpenAPI description: every path with its parameters, read from the filters themselves."""

from __future__ import annotations

from functools import cache

import django_filters
from django.http import HttpResponsePermanentRedirect
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from policies.api import responses
from policies.api.base import DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE, ApiView
from policies.api.fields import ErrorsSerializer, day, number
from policies.filters import CheckedFilterSet, DayFilter, WholeNumberFilter

DAY = {"type": "string", "format": "date"}
FIPS = OpenApiParameter("fips", OpenApiTypes.STR, "path", description="FIPS code, five digits.")
CLOCKS = (
    OpenApiParameter("as_of", DAY, description="In force on this day (default: today)."),
    OpenApiParameter(
        "known_on", DAY, description="As we knew it at the end of this day (default: now)."
    ),
)
PAGING = (
    OpenApiParameter(
        "page", {"type": "integer", "minimum": 1, "default": 1}, description="Number of the page."
    ),
    OpenApiParameter(
        "page_size",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": LARGEST_PAGE_SIZE,
            "default": DEFAULT_PAGE_SIZE,
        },
        description="A CSV has the whole list, whatever the page.",
    ),
)


def _format(*formats: str) -> OpenApiParameter:
    kind = {"type": "string", "enum": list(formats), "default": "json"}
    return OpenApiParameter("format", kind, description="Of the answer.")


def parameters_of(filterset: type[CheckedFilterSet]) -> list[OpenApiParameter]:
    """The query parameters of a FilterSet, and its clocks."""
    parameters = [_parameter(name, one) for name, one in filterset.base_filters.items()]
    return [*parameters, *(clock for clock in CLOCKS if clock.name in filterset.clocks)]


def _parameter(name: str, one: django_filters.Filter) -> OpenApiParameter:
    extra = one.extra
    kind: dict = {"type": "string"}
    if isinstance(one, DayFilter):
        kind = DAY
    elif isinstance(one, WholeNumberFilter):
        kind = {
            "type": "integer",
            "minimum": extra["min_value"],
            "maximum": extra["max_value"],
        }
    elif "choices" in extra:
        kind = {"type": "string", "enum": [value for value, _label in extra["choices"]]}
    elif "validators" in extra:
        kind = {"type": "string", "pattern": extra["validators"][0].regex.pattern}
    elif "max_length" in extra:
        kind = {"type": "string", "maxLength": extra["max_length"]}
    if isinstance(one, django_filters.MultipleChoiceFilter):
        kind = {"type": "array", "items": kind}
    described = extra.get("help_text") or one.label
    return OpenApiParameter(name, kind, description=str(described), explode=True, style="form")


def documented(
    tag: str,
    operation: str,
    serializer,
    *parameters: OpenApiParameter,
    about: str,
    many: bool = False,
    clocks: bool = False,
    missing: bool = False,
    as_csv: bool = False,
):
    """Describe a view. `many`: a list in pages; `clocks`: it begins with the two clocks.
    `as_csv`: no list in pages, and can be had as CSV all the same."""
    answer = _page_of(serializer, clocks) if many else serializer
    described: dict = {(200, "application/json"): answer, 400: ErrorsSerializer}
    if many or as_csv:
        described[200, "text/csv"] = OpenApiTypes.STR
    if missing:
        described[404] = ErrorsSerializer
    formats = _format("json", "csv") if many or as_csv else _format("json")
    extra = [*PAGING, formats] if many else [formats]
    summary, _, rest = about.partition("\n")
    schema = extend_schema(
        operation_id=operation,
        tags=[tag],
        summary=summary,
        description=rest.strip(),
        parameters=[*parameters, *extra],
        responses=described,
    )

    return extend_schema_view(get=schema)


def _page_of(serializer: type[serializers.Serializer], clocks: bool):
    start: dict = {
        "count": number(),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
    }
    if clocks:
        start |= {
            "as_of": day(null=False),
            "known_on": day(),
            "revision": number(),
            "last_updated": serializers.DateTimeField(allow_null=True),
        }
    name = serializer.__name__.removesuffix("Serializer") + "Page"
    return inline_serializer(name, {**start, "results": serializer(many=True)})


@cache
def _description() -> dict:
    return SchemaGenerator().get_schema(public=True)


@extend_schema(exclude=True)
class SchemaView(ApiView):
    """OpenAPI 3, as JSON (which is YAML as well)."""

    def get(self, request):
        self.refuse_unknown()
        self.wants_csv(possible=False)
        return self.answer(_description())


@extend_schema(exclude=True)
class NotFoundView(ApiView):
    """Every path that there is not."""

    def get(self, request, path: str = ""):
        message = f"There is no “{path[:60]}” here. /api/v1/ lists what there is."
        return responses.json_response({"errors": {"path": message}}, status=404)


@extend_schema(exclude=True)
class SlashView(ApiView):
    """Every path ends with a slash."""

    def get(self, request, path: str):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))

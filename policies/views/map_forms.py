"""The map in other forms: a table, a file, and pictures. All of them answer the map's query."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from counties.models import County
from policies import lens_query, pictures
from policies.api.responses import csv_response
from policies.assessments import assess
from policies.lens_query import Query
from policies.parameters import BadParameter, page_number
from policies.presenters import map as map_presenter
from policies.presenters import map_table as presenter
from policies.presenters.map_legend import address
from policies.presenters.map_picture import frozen_address, picture
from policies.views.map import before, inside
from policies.views.page import public_page

PAGE_SIZE = 100
#: A picture for print in a column, and for screens of two pixels a point.
PNG_WIDTH = 1600


@public_page
def map_table(request: HttpRequest) -> HttpResponse:
    choice = request.choice
    query, page, rows = _read(request, "order", "page")
    order = request.GET.get("order") or "name"
    orderings = presenter.orderings(query)
    if order.removeprefix("-") not in orderings:
        raise BadParameter({"order": ", ".join(orderings)})
    rows.sort(key=orderings[order.removeprefix("-")], reverse=order.startswith("-"))
    shown = Paginator(rows, PAGE_SIZE).get_page(page_number(request.GET))
    context = {
        "page": page,
        "query": query,
        "columns": presenter.columns(query, choice, order),
        "rows": presenter.table_rows(shown.object_list, page.legend, query, choice),
        "shown": shown,
        "total": f"{len(rows):,}",
        "map_url": address("map", query, choice),
        "all_url": address("map-table", query.without(only=""), choice) if query.only else "",
        "previous_url": address(
            "map-table", query, choice, order=order, page=str(shown.number - 1)
        ),
        "next_url": address("map-table", query, choice, order=order, page=str(shown.number + 1)),
    }
    return render(request, "policies/map_table.html", context)


@public_page
def map_csv(request: HttpRequest) -> HttpResponse:
    """Every county that the map shows, as a file."""
    query, page, rows = _read(request)
    columns = presenter.csv_columns(page.legend, query)
    body = b"".join(csv_response(columns, rows, "").streaming_content)
    return _file(request, body, "text/csv; charset=utf-8", "csv")


@public_page
def map_svg(request: HttpRequest) -> HttpResponse:
    return _file(request, _svg(request).encode(), "image/svg+xml", "svg")


@public_page
def map_png(request: HttpRequest) -> HttpResponse:
    return _file(request, pictures.png_of(_svg(request), PNG_WIDTH), "image/png", "png")


def _read(request: HttpRequest, *also_known: str) -> tuple[Query, map_presenter.MapPage, list]:
    choice = request.choice
    query = lens_query.parse(request.GET, choice.when.as_of, *also_known)
    now, then, kept = assess(choice.when), before(query, choice), inside(query)
    page = map_presenter.map_page(now, then, kept, query, choice)
    shown = dict(map_presenter.shown_counties(now, then, kept, query))
    counties = County.objects.order_by("name", "state_id")
    return query, page, presenter.rows(counties, shown, now, then, query)


def _svg(request: HttpRequest) -> str:
    choice = request.choice
    query = lens_query.parse(request.GET, choice.when.as_of)
    page = map_presenter.map_page(
        assess(choice.when), before(query, choice), inside(query), query, choice
    )
    drawn = picture(page, choice, request.build_absolute_uri(frozen_address(query, choice)))
    return render_to_string("policies/map.svg", {"picture": drawn})


def _file(request: HttpRequest, body: bytes, content_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(request)}.{ending}"'
    return response


def _name(request: HttpRequest) -> str:
    return f"map-{request.choice.as_of_iso}"

"""How a request is answered: what every view of the API shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from policies import clock, parameters
from policies.api import responses
from policies.assessments import When
from policies.filters import CheckedFilterSet
from policies.models import ChangeEvent
from policies.parameters import BadParameter

DEFAULT_PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 5000
PAGING = ("page", "page_size")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Disposition",
}
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


class NotFound(Exception):
    """Answered with a 404 that says what was wrong, in `content` beside the message."""

    def __init__(self, name: str, message: str, **content: object):
        super().__init__(message)
        self.content = {"errors": {name: message}, **content}


class JSONOnly(BaseContentNegotiation):
    """The views read `format` themselves; an Accept header never refuses anybody."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Public data, read-only, in English whatever the browser prefers, open to any site."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = JSONOnly
    renderer_classes = [JSONRenderer]
    parser_classes: list = []

    def dispatch(self, request, *args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            response = super().dispatch(request, *args, **kwargs)
        response["Content-Language"] = settings.LANGUAGE_CODE
        return response

    def options(self, request, *args, **kwargs):
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in CORS.items():
            response[name] = value
        if response.status_code in (200, 304):
            # To be kept, and asked about each time: a correction must show at once.
            response["Cache-Control"] = "public, no-cache"
        return response

    def handle_exception(self, exc):
        if isinstance(exc, BadParameter):
            return responses.json_response({"errors": exc.errors}, status=400)
        if isinstance(exc, NotFound):
            return responses.json_response(exc.content, status=404)
        if isinstance(exc, exceptions.MethodNotAllowed):
            message = f"{self.request.method} is not possible here: the data are read-only."
            return responses.json_response({"errors": {"method": message}}, status=405)
        if isinstance(exc, SuspiciousOperation):
            return responses.json_response({"errors": {"request": str(exc)}}, status=400)
        raise exc

    def refuse_unknown(self, *known: str) -> None:
        """For a view without a FilterSet."""
        query = self.request.GET
        parameters.refuse_all(
            lambda: parameters.refuse_unknown(query, (*known, "format")),
            lambda: parameters.refuse_repeated(query),
            lambda: parameters.when(query, clock.today()),
        )

    @property
    def base_url(self) -> str:
        """Scheme and host, to be put before a path."""
        return self.request.build_absolute_uri("/")[:-1]

    def when(self) -> When:
        return parameters.when(self.request.GET, clock.today())

    def wants_csv(self, *, possible: bool = True) -> bool:
        wanted = self.request.GET.get("format") or "json"
        allowed = ["json", "csv"] if possible else ["json"]
        if wanted not in allowed:
            raise BadParameter({"format": f"Possible here: {', '.join(allowed)}."})
        return wanted == "csv"

    def answer(self, content: object) -> HttpResponse:
        """JSON with a tag made from the content itself."""
        response = responses.json_response(content)
        etag = responses.etag_of(response.content.decode())
        response["ETag"] = etag
        return responses.unchanged(self.request, etag) or response

    def tagged(self, edition: Edition, when: When, make: Callable[[], HttpResponse]):
        """An answer that follows from the revision and the request alone, made if it is news."""
        asked = (self.request.build_absolute_uri(), when.as_of, when.known_on)
        etag = responses.etag_of(responses.release(), edition.revision, *asked)
        response = responses.unchanged(self.request, etag) or make()
        response["ETag"] = etag
        return response


@dataclass(frozen=True, slots=True)
class Edition:
    """The version of everything published: the number of the newest change, and when it was."""

    revision: int
    last_updated: object

    @classmethod
    def current(cls) -> Edition:
        return cls(
            *(ChangeEvent.objects.order_by("-pk").values_list("pk", "at").first() or (0, None))
        )


def clocks(when: When, edition: Edition) -> dict:
    """What every answer that depends on the two clocks begins with."""
    return {"as_of": when.as_of, "known_on": when.known_on, "revision": edition.revision}


class Listing(Protocol):
    """A filtered list of rows."""

    def page(self, start: int, stop: int) -> tuple[int, list[dict]]: ...
    def all(self) -> Iterable[dict]: ...


@dataclass(frozen=True, slots=True)
class QuerysetListing:
    queryset: QuerySet
    as_row: Callable[[object], dict]

    def page(self, start: int, stop: int) -> tuple[int, list[dict]]:
        return self.queryset.count(), [self.as_row(one) for one in self.queryset[start:stop]]

    def all(self) -> Iterator[dict]:
        return map(self.as_row, self.queryset.iterator(chunk_size=LARGEST_PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class RowsListing:
    rows: list[dict]

    def page(self, start: int, stop: int) -> tuple[int, list[dict]]:
        return len(self.rows), self.rows[start:stop]

    def all(self) -> list[dict]:
        return self.rows


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for."""

    page: int
    size: int

    @property
    def start(self) -> int:
        return (self.page - 1) * self.size

    @property
    def stop(self) -> int:
        return self.page * self.size


NOTHING: Mapping[str, object] = {}


class ListView(ApiView):
    """A page of rows as JSON, or the whole list as CSV."""

    serializer_class: type[serializers.Serializer]
    filterset_class: type[CheckedFilterSet] | None = None
    #: Which of the two dates it takes, if no FilterSet says it.
    clocks: tuple[str, ...] = ()
    name: str

    def listing(self) -> Listing:
        """The rows that the parameters ask for. Raises BadParameter."""
        raise NotImplementedError

    def count_all(self) -> int:
        """How many rows there are on the dates asked for, without filters. At most one query."""
        return self.listing().page(0, 0)[0]

    def get(self, request) -> HttpResponse:
        as_csv, window = self.wants_csv(), self.window()
        listing = self.listing()
        return self.as_csv(listing) if as_csv else self.answer(self.as_page(listing, window))

    def as_csv(self, listing: Listing, name: str | None = None):
        columns = responses.columns_of(self.serializer_class())
        return responses.csv_response(columns, listing.all(), name or self.name)

    def as_page(self, listing: Listing, window: Window, about: Mapping[str, object] = NOTHING):
        count, rows = listing.page(window.start, window.stop)
        pages = max(1, -(-count // window.size))
        if window.page > pages:
            raise BadParameter({"page": f"There are only {pages} pages of {window.size}."})
        return {
            "count": count,
            "next": self._link(window.page + 1) if window.page < pages else None,
            "previous": self._link(window.page - 1) if window.page > 1 else None,
            **about,
            "results": rows,
        }

    def window(self) -> Window:
        window = Window(self._number("page", 1), self._number("page_size", DEFAULT_PAGE_SIZE))
        if window.size > LARGEST_PAGE_SIZE:
            raise BadParameter({"page_size": f"At most {LARGEST_PAGE_SIZE}."})
        return window

    def _number(self, name: str, default: int) -> int:
        text = self.request.GET.get(name) or str(default)
        if not _NUMBER.fullmatch(text) or int(text) < 1:
            raise BadParameter({name: f"“{text[:40]}” is not a whole number from 1 on."})
        return int(text)

    def _link(self, page: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(page)
        return f"{self.request.build_absolute_uri(self.request.path)}?{query.urlencode()}"

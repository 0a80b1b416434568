"""Totals of analysed counties on a day, changes between two days, and figures of reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from counties.models import County
from counties.state_codes import STATES
from policies import clock, compared, comparison, parameters, published, reports
from policies.api import responses
from policies.api.base import ApiView, Edition, ListView, RowsListing, clocks
from policies.api.schema import CLOCKS, DAY, OpenApiParameter, documented
from policies.api.serializers import (
    ChangesSerializer,
    CountyChangeSerializer,
    FactorCountSerializer,
    PublishedFigureSerializer,
    ScoreCountSerializer,
    SummarySerializer,
)
from policies.assessments import assess
from policies.comparison import Direction
from policies.parameters import BadParameter, pick

USPS = sorted(usps for usps, _name in STATES.values())
#: The tables of a summary that can be had as CSV.
TABLES = {
    "by_factor": FactorCountSerializer,
    "by_score": ScoreCountSerializer,
    "partial_by_factor": FactorCountSerializer,
}
STATE = OpenApiParameter(
    "state", {"type": "string", "enum": USPS}, description="Counties of this state only."
)


@documented(
    "reports",
    "reports_summary",
    SummarySerializer,
    *CLOCKS,
    STATE,
    OpenApiParameter(
        "table", {"type": "string", "enum": list(TABLES)}, description="For a CSV: which table."
    ),
    as_csv=True,
    about="Counties by factor and by score\nBoth tables cover complete counties only.",
)
class SummaryView(ApiView):
    def get(self, request):
        self.refuse_unknown("as_of", "known_on", "state", "table")
        as_csv = self.wants_csv()
        state = pick("state", request.GET.get("state", ""), USPS)
        table = pick("table", request.GET.get("table", ""), list(TABLES))
        if as_csv and not table:
            raise BadParameter({"table": f"For a CSV, name one: {', '.join(TABLES)}."})
        when = self.when()
        edition = Edition.current()

        def make():
            counties = County.objects.filter(state=state) if state else County.objects
            fips = set(counties.order_by().values_list("pk", flat=True))
            found = assess(when)
            counted = reports.summary((a for c, a in found.items() if c in fips), len(fips))
            content = asdict(counted)
            if as_csv:
                columns = responses.columns_of(TABLES[table]())
                name = "-".join(filter(None, ("summary", table, state, when.as_of.isoformat())))
                return responses.csv_response(columns, content[table], name)
            return responses.json_response({**clocks(when, edition), **content})

        return self.tagged(edition, when, make)


def _filter(name: str, values, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", "enum": list(values)}, description=description)


@documented(
    "reports",
    "reports_changes",
    ChangesSerializer,
    OpenApiParameter("from", DAY, required=True, description="The first day."),
    OpenApiParameter("to", DAY, description="The second day (default: today)."),
    CLOCKS[1],
    OpenApiParameter(
        "known_from",
        DAY,
        description="The first day as we knew it at the end of this one (default: `known_on`).",
    ),
    STATE,
    _filter("direction", comparison.Direction, "Default: all counties of which an answer differs."),
    _filter("cause", comparison.Cause, "Counties of which an answer differs for this cause."),
    _filter("factor", comparison.Factor, "Counties whose answer to this factor differs."),
    _filter("move", comparison.Move, "What happened to the answer."),
    as_csv=True,
    about="Counties whose answers differ between two days",
)
class ChangesView(ApiView):
    def get(self, request):
        query, today = request.GET, clock.today()
        parameters.refuse_all(
            lambda: self.refuse_unknown(*compared.PARAMETERS),
            lambda: compared.asked(query, today, until=today, since=None),
        )
        as_csv = self.wants_csv()
        asked = compared.asked(query, today, until=today, since=None)
        edition = Edition.current()

        def make():
            rows = comparison.chosen(compared.rows(asked), asked.wanted)
            if as_csv:
                columns = responses.columns_of(CountyChangeSerializer())
                name = f"changes-{asked.since.as_of}-{asked.until.as_of}"
                return responses.csv_response(columns, _change_rows(rows), name)
            directions = Counter(row.direction for row in rows)
            return responses.json_response(
                {
                    "from": asked.since.as_of,
                    "to": asked.until.as_of,
                    "known_from": asked.since.known_on,
                    "known_on": asked.until.known_on,
                    "revision": edition.revision,
                    "increased": directions[Direction.RAISED],
                    "decreased": directions[Direction.LOWERED],
                    "changed": sum(bool(row.factors) for row in rows),
                    "results": _change_rows(rows),
                }
            )

        return self.tagged(edition, asked.until, make)


def _change_rows(rows: list[comparison.CountyChange]) -> list[dict]:
    names = {
        fips: (name, state)
        for fips, name, state in County.objects.order_by().values_list("fips", "name", "state_id")
    }
    return [
        {
            "fips": row.fips,
            "name": names[row.fips][0],
            "state": names[row.fips][1],
            "from_score": row.from_score,
            "to_score": row.to_score,
            "direction": row.direction,
            "causes": list(row.causes),
            "factors": [
                {"code": one.code, "from": one.before, "to": one.after} for one in row.factors
            ],
        }
        for row in rows
    ]


@documented(
    "reports",
    "reports_published",
    PublishedFigureSerializer,
    CLOCKS[1],
    many=True,
    about="Figures that reports printed, beside ours for the same day",
)
class PublishedList(ListView):
    serializer_class = PublishedFigureSerializer
    clocks = ("known_on",)
    name = "published-figures"

    def count_all(self) -> int:
        return published.figures(self.when().known_on).count()

    def listing(self) -> RowsListing:
        self.refuse_unknown("known_on", "page", "page_size")
        known_on = self.when().known_on
        editions = published.compare(published.figures(known_on), known_on)
        return RowsListing([_figure_row(row) for edition in editions for row in edition.rows])


def _figure_row(row: published.Compared) -> dict:
    figure, ours = row.figure, row.ours
    printed = figure.percent_printed
    return {
        "document": figure.document_id if figure.document.is_public else None,
        "title": figure.document.title if figure.document.is_public else "",
        "as_of": figure.as_of,
        "as_of_precision": figure.as_of_precision,
        "table": figure.table,
        "code": figure.code,
        "label": figure.label,
        "published": figure.counties,
        "percent_printed": None if printed is None else float(printed),
        "ours": ours.counties if ours else None,
        "ours_known": ours.known if ours else None,
        "ours_complete": ours.complete if ours else None,
        "note": figure.note,
    }

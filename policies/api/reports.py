"""Totals of analysed counties on a day, and changes between two days."""

from __future__ import annotations

from dataclasses import asdict

from counties.models import County
from policies import clock, parameters, reports
from policies.api import responses
from policies.api.base import ApiView, Edition, clocks
from policies.api.schema import CLOCKS, DAY, OpenApiParameter, documented
from policies.api.serializers import ChangesSerializer, CountyChangeSerializer, SummarySerializer
from policies.assessments import When, assess
from policies.parameters import BadParameter


@documented(
    "reports",
    "reports_summary",
    SummarySerializer,
    *CLOCKS,
    about="Counties by factor and by score\nBoth tables cover complete counties only.",
)
class SummaryView(ApiView):
    def get(self, request):
        self.refuse_unknown("as_of", "known_on")
        self.wants_csv(possible=False)
        when = self.when()
        edition = Edition.current()

        def make():
            counted = reports.summary(assess(when).values(), County.objects.count())
            return responses.json_response({**clocks(when, edition), **asdict(counted)})

        return self.tagged(edition, when, make)


@documented(
    "reports",
    "reports_changes",
    ChangesSerializer,
    OpenApiParameter("from", DAY, required=True, description="The first day."),
    OpenApiParameter("to", DAY, description="The second day (default: today)."),
    CLOCKS[1],
    about="Counties whose answers differ between two days",
)
class ChangesView(ApiView):
    def get(self, request):
        self.refuse_unknown("from", "to", "known_on")
        as_csv = self.wants_csv()
        since, until = self._days()
        edition = Edition.current()

        def make():
            found = reports.changes(assess(since), assess(until))
            rows = _change_rows(found)
            if as_csv:
                columns = responses.columns_of(CountyChangeSerializer())
                name = f"changes-{since.as_of}-{until.as_of}"
                return responses.csv_response(columns, rows, name)
            return responses.json_response(
                {
                    "from": since.as_of,
                    "to": until.as_of,
                    "known_on": until.known_on,
                    "revision": edition.revision,
                    "increased": found.increased,
                    "decreased": found.decreased,
                    "changed": found.changed,
                    "results": rows,
                }
            )

        return self.tagged(edition, until, make)

    def _days(self) -> tuple[When, When]:
        query, today = self.request.GET, clock.today()
        known_on = parameters.when({"known_on": query.get("known_on", "")}, today).known_on
        if not query.get("from"):
            raise BadParameter({"from": "Give the first day, as from=YYYY-MM-DD."})
        since = parameters.parse_day("from", query["from"])
        until = parameters.parse_day("to", query["to"]) if query.get("to") else today
        if since > until:
            raise BadParameter({"from": f"{since} is later than the second day, {until}."})
        return When(since, known_on), When(until, known_on)


def _change_rows(found: reports.Changes) -> list[dict]:
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
            "factors": [
                {"code": one.code, "from": one.before, "to": one.after} for one in row.factors
            ],
        }
        for row in found.results
    ]

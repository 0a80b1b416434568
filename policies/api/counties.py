"""Counties: the list, one county explained, its history, and the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse

from counties.models import County
from policies import changes, clock
from policies.api import history, responses
from policies.api.base import PAGING, ApiView, Edition, ListView, clocks
from policies.api.explained import factor_row
from policies.api.places import Moved, find_county
from policies.api.rows import CountyRows
from policies.api.schema import CLOCKS, FIPS, OpenApiParameter, documented, parameters_of
from policies.api.serializers import (
    CountyDetailSerializer,
    CountySerializer,
    HistorySerializer,
    MapSerializer,
)
from policies.assessments import When, assess, explain
from policies.filters import CountyFilter
from policies.models import ChangeEvent, FactorChoices
from policies.parameters import BadParameter
from policies.rubric import Answer, Factor

MOVED = (
    "A retired code that means one county for certain is answered with a 301 to that county; "
    "any other code that is none of ours with a 404 that says what became of it."
)


@dataclass(frozen=True, slots=True)
class CountyListing:
    chosen: CountyFilter
    rows: CountyRows

    def page(self, start: int, stop: int) -> tuple[int, list[dict]]:
        count, scored = self.chosen.page(start, stop)
        return count, [self.rows.row(one.county, one.assessment) for one in scored]

    def all(self) -> Iterator[dict]:
        for one in self.chosen.scored():
            yield self.rows.row(one.county, one.assessment)


@documented(
    "counties",
    "counties_list",
    CountySerializer,
    *parameters_of(CountyFilter),
    about="Counties with their scores\nFilters on scores match complete counties only.",
    many=True,
    clocks=True,
)
class CountyList(ListView):
    serializer_class = CountySerializer
    filterset_class = CountyFilter

    def count_all(self):
        return County.objects.count()

    def get(self, request):
        as_csv, window = self.wants_csv(), self.window()
        chosen = CountyFilter(request.GET, queryset=County.objects.all(), today=clock.today())
        chosen.check(also_known=(*PAGING, "format"))
        edition = Edition.current()
        listing = CountyListing(chosen, CountyRows.at(self.base_url))
        about = {**clocks(chosen.when, edition), "last_updated": edition.last_updated}

        def make():
            if as_csv:
                return self.as_csv(listing, f"counties-{chosen.when.as_of}")
            return responses.json_response(self.as_page(listing, window, about))

        return self.tagged(edition, chosen.when, make)


class CountyView(ApiView):
    """What is asked of one county, by its code."""

    def handle_exception(self, exc):
        if not isinstance(exc, Moved):
            return super().handle_exception(exc)
        asked = self.request.resolver_match
        path = reverse(asked.view_name, kwargs={**asked.kwargs, "fips": exc.fips})
        query = self.request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


@documented(
    "counties",
    "counties_retrieve",
    CountyDetailSerializer,
    FIPS,
    *CLOCKS,
    about=f"One county, each factor with what decided it and the words it rests on\n{MOVED}",
    missing=True,
)
class CountyDetail(CountyView):
    def get(self, request, fips: str):
        self.refuse_unknown("as_of", "known_on")
        self.wants_csv(possible=False)
        when = self.when()
        county = find_county(fips, County.objects.select_related("state"))
        edition = Edition.current()
        explanation = explain(county, when)
        return self.answer(
            {
                **CountyRows.at(self.base_url).row(county, explanation.assessment),
                **clocks(when, edition),
                "factors": [factor_row(f, county, when.as_of) for f in explanation.factors],
            }
        )


@documented(
    "counties",
    "counties_history",
    HistorySerializer,
    FIPS,
    *CLOCKS,
    about=f"A county's score periods, and every change with its cause\n{MOVED}",
    missing=True,
)
class CountyHistory(CountyView):
    def get(self, request, fips: str):
        self.refuse_unknown("as_of", "known_on")
        self.wants_csv(possible=False)
        when = self.when()
        until = when.as_of if request.GET.get("as_of") else None
        county = find_county(fips, County.objects.select_related("state"))
        edition = Edition.current()
        log = changes.of_county(county.pk)
        if when.known_before:
            log = log.filter(at__lt=when.known_before)
        explanation = explain(county, when)
        return self.answer(
            {
                "fips": county.pk,
                "name": county.name,
                "state": county.state_id,
                "as_of": until,
                "known_on": when.known_on,
                "revision": edition.revision,
                "periods": history.period_rows(county, history.stretches(explanation, until)),
                "log": [_log_row(event) for event in log],
            }
        )


def _log_row(event: ChangeEvent) -> dict:
    return {
        "revision": event.pk,
        "at": event.at,
        "kind": event.kind,
        "summary": event.summary,
    }


@documented(
    "counties",
    "map",
    MapSerializer,
    *CLOCKS,
    OpenApiParameter(
        "factor",
        {"type": "string", "enum": FactorChoices.values},
        description="The answers to this factor, as `answers`, instead of the scores.",
    ),
    about="All scores by FIPS code\nCounties of which nothing is known are left out.",
)
class MapView(ApiView):
    def get(self, request):
        self.refuse_unknown("as_of", "known_on", "factor")
        self.wants_csv(possible=False)
        when, factor = self.when(), request.GET.get("factor")
        if factor and factor not in FactorChoices.values:
            known = ", ".join(FactorChoices.values)
            raise BadParameter({"factor": f"“{factor[:40]}” is not a factor. Possible: {known}."})
        edition = Edition.current()
        make = _answers if factor else _scores
        return self.tagged(
            edition,
            when,
            lambda: responses.json_response({**clocks(when, edition), **make(when, factor)}),
        )


def _scores(when: When, factor: None) -> dict:
    scores, partial, known = {}, {}, {}
    for fips, assessment in sorted(assess(when).items()):
        counted = assessment.score
        if counted.value is not None:
            scores[fips] = counted.value
        else:
            partial[fips] = counted.at_least
            known[fips] = counted.known
    return {"scores": scores, "partial": partial, "partial_known": known}


def _answers(when: When, code: str) -> dict:
    factor = Factor(code)
    answers = {
        fips: answer
        for fips, assessment in sorted(assess(when).items())
        if (answer := assessment.answer(factor)) != Answer.UNKNOWN
    }
    return {"factor": code, "answers": answers}

"""Reports that write themselves: of one day, of two days compared, and beside printed ones."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from counties.models import County
from counties.state_codes import STATES
from policies import clock, compared, comparison, parameters, published, reports
from policies.assessments import assess
from policies.compared import Asked
from policies.comparison import Cause, Direction, Move
from policies.models import ChangeEvent, ChangeKind, FactorChoices
from policies.parameters import pick
from policies.presenters.change_map import change_map
from policies.presenters.change_words import CAUSE_WORDS, DIRECTION_WORDS, MOVE_WORDS
from policies.presenters.changed_counties import county_rows, in_order
from policies.presenters.choice import Choice
from policies.presenters.figures import cite, csv_url
from policies.presenters.picks import state_options
from policies.presenters.report import report
from policies.presenters.report_changes import Links, changes_page
from policies.presenters.report_laws import laws, win_rows, wins_message
from policies.presenters.report_published import edition_pages
from policies.views import queries
from policies.views.page import public_page

PAGE_SIZE = 50


@public_page
def summary(request: HttpRequest) -> HttpResponse:
    """Both tables for one day, of the country or of one state."""
    choice = request.choice
    parameters.refuse_all_but(request.GET, "state")
    names = dict(STATES.values())
    state = pick("state", request.GET.get("state", ""), names)
    counties = County.objects.order_by().values_list("pk", flat=True)
    fips = set(counties.filter(state=state) if state else counties)
    assessed = assess(choice.when)
    counted = reports.summary((a for code, a in assessed.items() if code in fips), len(fips))
    shown = report(counted, state, names.get(state, ""), choice)
    wins = _of_state(queries.wins(choice.when), state).prefetch_related(None)
    kinds = dict(wins.order_by().values_list("kind").annotate(Count("pk")))
    day = {"as_of": choice.as_of_iso, "state": state}
    context = {
        "report": shown,
        "laws": laws(_of_state(queries.provisions_of_all(choice.when), state), choice),
        "wins": win_rows(kinds, state, choice),
        "wins_message": wins_message(kinds),
        "state": state,
        "states": state_options(),
        "csv": {
            table: csv_url("reports/summary", choice, table=table, **day)
            for table in ("by_factor", "by_score", "partial_by_factor")
        },
        "laws_csv": csv_url("state-provisions", choice, state=state),
        "wins_csv": csv_url("wins", choice, **day),
        "changes_url": choice.url("report-changes", state=state),
        "published_url": choice.url("report-published"),
        "cite": cite(shown.title, request, choice, **day),
    }
    return render(request, "policies/report.html", context)


def _of_state(records: QuerySet, state: str) -> QuerySet:
    return records.filter(state=state) if state else records


@public_page
def changes(request: HttpRequest) -> HttpResponse:
    """Two days compared. Without `from`, a year; without `to`, up to `as_of`."""
    choice, given = request.choice, request.GET
    parameters.refuse_all(
        lambda: parameters.refuse_all_but(given, *compared.PARAMETERS, "page"),
        lambda: _asked(given, choice),
        lambda: parameters.page_number(given),
    )
    asked = _asked(given, choice)
    choice = request.choice = choice.on(asked.until.as_of)
    rows = compared.rows(asked)
    fitting = in_order(comparison.chosen(rows, asked.wanted))
    page = Paginator(fitting, PAGE_SIZE).get_page(parameters.page_number(given))
    counties = County.objects.in_bulk([row.fips for row in page.object_list])
    links = Links(asked, choice)
    shown = changes_page(rows, asked, choice)
    context = {
        "shown": shown,
        "asked": asked,
        "map": change_map(rows, asked.state),
        "counties": county_rows(page.object_list, counties, asked, choice),
        "page": page,
        "total": f"{len(fitting):,}",
        "is_filtered": any((asked.wanted.direction, asked.wanted.cause, asked.wanted.factor))
        or bool(asked.wanted.move),
        "clear_url": links.only(),
        "previous_url": choice.with_query(**links.query(page=page.number - 1)) + "#rows",
        "next_url": choice.with_query(**links.query(page=page.number + 1)) + "#rows",
        "csv_url": csv_url("reports/changes", choice, **links.query()),
        "states": state_options(),
        "kept": [item for item in choice.kept if item[0] != "as_of"],
        "picks": _picks(asked),
        "method_changes": _method_changes(asked, choice),
        "report_urls": [
            choice.url("reports", as_of=day, state=asked.state)
            for day in (asked.since.as_of, asked.until.as_of)
        ],
        "cite": cite(shown.title, request, choice, **links.query()),
    }
    return render(request, "policies/report_changes.html", context)


def _asked(given: QueryDict, choice: Choice) -> Asked:
    until = choice.when.as_of
    if given.get("to"):
        until = parameters.parse_day("to", given["to"])
    return compared.asked(given, choice.today, until=until, since=clock.year_before(until))


def _picks(asked: Asked) -> list[dict]:
    """The filters of the list of counties, as controls."""
    wanted = asked.wanted
    return [
        {
            "name": name,
            "label": label,
            "options": [(value, str(words), value == chosen) for value, words in options],
        }
        for name, label, chosen, options in (
            (
                "direction",
                _("Score"),
                wanted.direction,
                [(one, DIRECTION_WORDS[one]) for one in Direction],
            ),
            (
                "cause",
                _("Cause"),
                wanted.cause,
                [(one, CAUSE_WORDS[one][0]) for one in Cause],
            ),
            ("factor", _("Policy"), wanted.factor, FactorChoices.choices),
            ("move", _("Its answer"), wanted.move, [(m, MOVE_WORDS[m]) for m in Move]),
        )
    ]


def _method_changes(asked: Asked, choice: Choice) -> dict | None:
    """How often our way of counting changed between two days of knowledge, and where it says so."""
    if asked.known_alike:
        return None
    events = ChangeEvent.objects.filter(
        kind=ChangeKind.METHOD, at__gte=clock.end_of_day(asked.since.known_on)
    )
    if asked.until.known_before:
        events = events.filter(at__lt=asked.until.known_before)
    return {"n": events.count(), "url": choice.url("change-log", kind=ChangeKind.METHOD.value)}


@public_page
def beside_published(request: HttpRequest) -> HttpResponse:
    """What reports printed, and what our records give for the same days."""
    choice = request.choice
    parameters.refuse_all_but(request.GET)
    known_on = choice.when.known_on
    editions = published.compare(published.figures(known_on), known_on)
    title = _("What earlier reports printed, and what our records say")
    context = {
        "title": title,
        "editions": edition_pages(editions, choice),
        "csv_url": csv_url("reports/published", choice),
        "cite": cite(title, request, choice),
    }
    return render(request, "policies/report_published.html", context)

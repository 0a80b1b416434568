"""What the pages of wins read besides the wins. Each is a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from counties.models import County
from policies.assessments import When
from policies.models import PolicyWin, WinFactor
from policies.presenters.win_map import Inhabitants
from policies.views import queries


def of_year(found: QuerySet[PolicyWin], year: int) -> QuerySet[PolicyWin]:
    """Those that can have happened in that year, as far as their date is known."""
    return found.annotate(last=Coalesce("date_latest", "date_earliest")).filter(
        date_earliest__lte=date(year, 12, 31), last__gte=date(year, 1, 1)
    )


def touching(found: QuerySet[PolicyWin], factor: str) -> QuerySet[PolicyWin]:
    return found.filter(pk__in=WinFactor.objects.filter(factor=factor).values("win"))


def years(when: When) -> tuple[int, ...]:
    """Every year from the first win to the last, newest first. One query."""
    ends = (
        queries.wins(when)
        .order_by()
        .aggregate(first=Min("date_earliest"), last=Max(Coalesce("date_latest", "date_earliest")))
    )
    if not ends["first"]:
        return ()
    return tuple(range(ends["last"].year, ends["first"].year - 1, -1))


def inhabitants() -> dict[str, Inhabitants]:
    """Counties and people of every state, by postal abbreviation. One query."""
    rows = (
        County.objects.order_by()
        .values("state_id")
        .annotate(
            counties=Count("pk"),
            people=Coalesce(Sum("population"), 0),
            first=Min("population_year"),
            last=Max("population_year"),
        )
        .values_list("state_id", "counties", "people", "first", "last")
    )
    return {usps: Inhabitants(*row) for usps, *row in rows}


def win(pk: int, when: When) -> PolicyWin | None:
    """The win of that number as known, or the version of it that was known. None if there is none.

    A corrected win has another number; its old addresses lead on to it.
    """
    known = queries.known_wins(when)
    if found := known.filter(pk=pk).first():
        return found
    published = PolicyWin.objects.filter(~Q(published_at=None)).order_by()
    before = dict(published.values_list("pk", "succeeds_id"))
    if pk not in before:
        return None
    first = _first(pk, before)
    return known.filter(pk__in=[one for one in before if _first(one, before) == first]).first()


def _first(pk: int, before: dict[int, int | None]) -> int:
    while earlier := before.get(pk):
        pk = earlier
    return pk

"""How long the score periods take to rebuild, next to merely reading and writing the same rows.

Runs by itself in an empty demonstration database that the environment names, fills it with the
invented records of `make demo`, and prints one line of JSON.
"""

# ruff: noqa: E402  Django has to be set up before models are imported

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if address := os.environ.get("TEST_DATABASE_URL"):  # from scripts/with_postgres.py
    os.environ["DATABASE_URL"] = address
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanctuary.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counties.models import County, State
from policies import bulk, score_periods
from policies.models import (
    Agreement,
    IceList,
    LocalPolicy,
    ProvisionClaim,
    ProvisionException,
    ScorePeriod,
    StateProvision,
)

ONE_COUNTY = "06075"
ONE_STATE = "TX"  # the most counties of all, 254
AGREEMENT_FIELDS = ("pk", "kind", "effective_from", "effective_until", "last_listed_on")


def main(rounds: int) -> None:
    with contextlib.redirect_stdout(sys.stderr):
        fill()
    periods = score_periods.rebuild()
    seconds: dict[str, list[float]] = {"read": [], "write": [], "rebuild": []}
    for _ in range(rounds):  # in turn, so that a busy moment of the machine strikes all three
        seconds["read"].append(timed(read_inputs))
        seconds["write"].append(time_of_writing(stored_rows()))
        seconds["rebuild"].append(timed(score_periods.rebuild))
    state = list(County.objects.filter(state=ONE_STATE).values_list("pk", flat=True))
    one_county = [timed(lambda: score_periods.rebuild([ONE_COUNTY])) for _ in range(4 * rounds)]
    one_state = [timed(lambda: score_periods.rebuild(state)) for _ in range(rounds)]
    wrong = score_periods.differences()
    result = {
        "database": f"{connection.display_name} {'.'.join(map(str, version()))}",
        "inputs": read_inputs(),
        "periods": periods,
        **{name: median(values) for name, values in seconds.items()},
        "queries": queries(score_periods.rebuild),
        "county": median(one_county),
        "county_queries": queries(lambda: score_periods.rebuild([ONE_COUNTY])),
        "state": median(one_state),
        "state_counties": len(state),
        "state_queries": queries(lambda: score_periods.rebuild(state)),
        "wrong": len(wrong),
    }
    print(json.dumps(result))


def fill() -> None:
    if "policies_localpolicy" in connection.introspection.table_names():
        return
    call_command("prepare", no_baseline=True, no_static=True)
    call_command("load_demo")


def version() -> tuple[int, ...]:
    return tuple(connection.get_database_version())


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def queries(work: Callable[[], object]) -> int:
    """How many statements the work sends, without those that open and close transactions."""
    with CaptureQueriesContext(connection) as captured:
        work()
    begins = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].upper().startswith(begins) for query in captured)


def read_inputs() -> int:
    """The rows and columns that `evidence.load` reads, and nothing done with them."""
    agreements = Agreement.objects.published().order_by()
    sources = (
        County.objects.order_by().values_list("pk", "state_id"),
        State.objects.filter(unified_jail=True).values_list("pk", flat=True),
        LocalPolicy.objects.published()
        .order_by()
        .values_list(
            *("pk", "county_id", "state_id", "factor", "answer", "effective_from"),
            *("effective_until", "observed_on", "last_verified"),
        ),
        ProvisionClaim.objects.filter(provision__in=StateProvision.objects.published()).values_list(
            *("pk", "provision_id", "provision__state_id", "factor", "effect", "provision__level"),
            *("effective_from", "effective_until", "compliance_date", "provision__last_verified"),
        ),
        ProvisionException.objects.filter(
            provision__in=StateProvision.objects.published()
        ).values_list("provision_id", "county_id", "factor", "effective_from", "effective_until"),
        agreements.filter(counties__isnull=False).values_list("counties", *AGREEMENT_FIELDS),
        agreements.values_list("state_id", *AGREEMENT_FIELDS),
        IceList.objects.published().values_list("pk", "kind", "list_date"),
        IceList.listed_counties.through.objects.values_list("icelist_id", "county_id"),
    )
    return sum(len(list(rows)) for rows in sources)


def stored_rows() -> list[tuple]:
    """What a rebuild writes, ready to be written again."""
    return list(ScorePeriod.objects.order_by("pk").values_list(*score_periods.NAMES))


def time_of_writing(rows: list[tuple]) -> float:
    """With the fastest way that we have of inserting rows, which the rebuild uses too."""
    ScorePeriod.objects.order_by().delete()
    start = time.perf_counter()
    with transaction.atomic():
        bulk.insert(ScorePeriod, score_periods.NAMES, rows, {})
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""One import by us, in a process of its own and a database that is prepared: a line of JSON.

`files FOLDER` writes what is imported. `admin FILE DAY` is what the admin does, in two requests
that share nothing but the database. `command FILE DAY` is `import_spreadsheet --apply`, and `undo`
takes back what was applied last.
"""

# ruff: noqa: E402  Django has to be set up before models are imported

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[level]) for level in (1, 2)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanctuary.settings")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from bench import imports_files
from bench.measure import peak_mb, statements, timed
from counties.models import County
from policies import clock, import_plans, import_report, score_periods, submissions
from policies.import_plans import Received
from policies.models import LocalPolicy, Submission, SubmissionKind

ABOUT = {"source_title": "A partner's answers"}


def files(folder: Path) -> dict:
    places = list(County.objects.order_by("fips").values_list("fips", "state_id", "name"))
    return imports_files.write(folder, places)


def received(path: Path, as_of: str) -> Received:
    day = date.fromisoformat(as_of)
    return Received(path.read_bytes(), path.name, SubmissionKind.POLICIES, day)


def admin(path: str, as_of: str) -> dict:
    by = get_user_model().objects.get(username="admin")

    def preview() -> None:
        submission = submissions.receive(
            received=received(Path(path), as_of), by=by, at=clock.now(), **ABOUT
        )
        submissions.compare(submission=submission, today=clock.today())

    def apply() -> None:
        submission = Submission.objects.latest("pk")
        submissions.apply(
            submission=submission,
            by=by,
            at=clock.now(),
            today=clock.today(),
            reviewed=import_report.seen(submission.lines),
        )

    return measured({"preview": preview, "apply": apply})


def command(path: str, as_of: str) -> dict:
    by = get_user_model().objects.get(username="system")

    @transaction.atomic
    def apply() -> None:
        file, today, at = received(Path(path), as_of), clock.today(), clock.now()
        plan = import_plans.make(file, today)
        submission = submissions.receive(received=file, by=by, at=at, **ABOUT)
        submissions.compare(submission=submission, today=today, plan=plan)
        del plan
        submissions.apply(submission=submission, by=by, at=at, today=today)

    return measured({"apply": apply})


def undo() -> dict:
    by = get_user_model().objects.get(username="admin")

    def take_back() -> None:
        submissions.undo(submission=Submission.objects.latest("pk"), by=by, at=clock.now())

    return measured({"apply": take_back})


def measured(steps: dict[str, Callable[[], None]]) -> dict:
    before = peak_mb()
    with statements() as counted:
        seconds = {name: timed(work) for name, work in steps.items()}
    peak = peak_mb()
    last = Submission.objects.latest("pk")
    named = ("rows", "new", "changed", "confirmed", "unchanged", "counties_moved")
    return {
        "seconds": seconds,
        "queries": counted.count,
        "shapes": counted.shapes,
        "before": before,
        "peak": peak,
        "totals": {name: last.report[name] for name in named},
        "errors": last.report["errors"][:3],
        "undone": {**last.undo_report, "left": len(last.undo_report.get("left", ()))},
        "status": last.status,
        "wrong": len(score_periods.differences()),  # as `manage.py rebuild_scores --check`
        "published": published(),
        "database": f"{connection.display_name} "
        + ".".join(map(str, connection.get_database_version())),
    }


def published() -> str:
    """All answers that are public, with their periods, in a few letters."""
    rows = (
        LocalPolicy.objects.published()
        .order_by("county_id", "factor", "effective_from")
        .values_list(
            *("county_id", "factor", "answer", "effective_from", "effective_until"),
            *("observed_on", "last_verified"),
        )
    )
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def main(what: str, *arguments: str) -> None:
    result = (
        files(Path(arguments[0]))
        if what == "files"
        else {"admin": admin, "command": command, "undo": undo}[what](*arguments)
    )
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])

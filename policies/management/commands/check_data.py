"""Says what the checks of the record find; exits with 1 if any of it is an error."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies import clock
from policies.quality import queue
from policies.quality.base import MONTHS
from policies.quality.words import address, detail

#: So many findings of one check are printed; --json and the admin have all.
PRINTED = 10


class Command(BaseCommand):
    help = "Check the record. Exit 1 if there is an error that nobody decided to leave as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument(
            "--refresh", action="store_true", help="keep what is found in the queue of the admin"
        )
        parser.add_argument(
            "--months",
            type=int,
            default=MONTHS,
            help=f"an answer is old when not verified for so many months ({MONTHS})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["months"] <= 1200:
            raise CommandError("--months: from 1 to 1200.", returncode=2)
        found = queue.look(today=clock.today(), months=options["months"])
        refreshed = queue.refresh(found=found, at=clock.now()) if options["refresh"] else None
        errors = queue.errors_left(found)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found, errors), indent=1, ensure_ascii=False))
        else:
            self.print_found(found)
            if refreshed:
                self.stdout.write(
                    f"In the queue: {refreshed.new} new, {refreshed.reopened} open again, "
                    f"{refreshed.gone} gone."
                )
        if errors:
            raise CommandError(f"{errors} findings are errors.")

    def print_found(self, found: queue.Found) -> None:
        for check, findings in found.items():
            self.stdout.write(f"{check.severity} {check.name}: {len(findings)}  ({check.title})")
            for one in findings[:PRINTED]:
                place = one.county or one.state
                where = f"{place}: " if place else ""
                self.stdout.write(f"  {where}{detail(one.sentence, one.values)}")
            if len(findings) > PRINTED:
                self.stdout.write(f"  and {len(findings) - PRINTED} more")


def as_json(found: queue.Found, errors: int) -> dict:
    """`errors` counts those that nobody decided to leave as they are."""
    return {
        "errors": errors,
        "checks": [
            {
                "name": check.name,
                "title": str(check.title),
                "explanation": str(check.explanation),
                "severity": check.severity.value,
                "count": len(findings),
                "findings": [
                    {
                        "key": one.key,
                        "record": {"model": one.about[0], "pk": one.about[1]},
                        "county": one.county,
                        "state": one.state,
                        "detail": detail(one.sentence, one.values),
                        "url": address(*one.about),
                    }
                    for one in findings
                ],
            }
            for check, findings in found.items()
        ],
    }

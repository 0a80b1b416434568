"""Imports a partner's file, the organisation's sheet, or one of ICE's lists."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from policies import clock, import_plans, import_report, submissions
from policies.import_plans import Received
from policies.imports.tables import FileError, quoted
from policies.management.acting import SYSTEM_USERNAME, UNUSABLE, acting_user
from policies.models import SubmissionKind

SHOWN = 20
FIRST_ROWS = 5
FAILED = 1


class Command(BaseCommand):
    help = (
        "Say what a spreadsheet would change (CSV, TSV, XLSX, XLS, ODS), and with --apply publish "
        "it. Exits 0 when done, 1 when rows are bad and nothing was applied, 2 when the file or "
        "the call cannot be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=SubmissionKind.values)
        parser.add_argument("--as-of", required=True, metavar="DATE", help="YYYY-MM-DD")
        parser.add_argument("--source", required=True, metavar="TITLE", help="what the file is")
        parser.add_argument("--source-url", default="", metavar="URL")
        parser.add_argument("--sheet", default="", metavar="NAME")
        parser.add_argument("--apply", action="store_true", help="publish, without a review")
        parser.add_argument("--skip-bad-rows", action="store_true", help="apply the good rows")
        parser.add_argument("--report", type=Path, metavar="OUT.JSON")
        parser.add_argument("--as", dest="username", default=SYSTEM_USERNAME, metavar="USER")
        parser.add_argument("--reason", default="", metavar="TEXT", help="for the change log")

    def handle(self, *args: Any, **options: Any) -> None:
        self.options = options
        try:
            received = self.received()
        except CommandError as error:
            error.returncode = UNUSABLE
            raise
        try:
            report = self.applied(received) if options["apply"] else self.planned(received)
        except FileError as error:
            self.write(import_report.report_of_error(received.kind, received.sha256, error))
            raise CommandError(error.message, returncode=UNUSABLE) from error
        self.write(report)
        self.tell(report)
        if unsure := import_report.headings_unsure(report):
            raise CommandError(
                f"Nothing was applied: say first what {', '.join(map(quoted, unsure))} means. "
                "Rename the heading or delete the column; or send the file through the admin, "
                "answer it there for everybody, and run this again.",
                returncode=FAILED,
            )
        if report["errors"] and not options["skip_bad_rows"]:
            bad = report["rows_left_out"] or len(report["errors"])
            raise CommandError(f"{bad} rows are bad; nothing was applied.", returncode=FAILED)

    def received(self) -> Received:
        path: Path = self.options["file"]
        try:
            as_of = date.fromisoformat(self.options["as_of"])
        except ValueError:
            raise CommandError(
                f"--as-of “{self.options['as_of']}” is not a date; write YYYY-MM-DD."
            ) from None
        if as_of > clock.today():
            raise CommandError(f"--as-of {as_of} is in the future.")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if path.stat().st_size > settings.LARGEST_UPLOAD:
            size, most = path.stat().st_size / 1e6, settings.LARGEST_UPLOAD / 1e6
            raise CommandError(f"{path} has {size:.0f} MB; at most {most:.0f} MB are read.")
        return Received(
            path.read_bytes(), path.name, self.options["kind"], as_of, self.options["sheet"]
        )

    def planned(self, received: Received) -> dict:
        return import_report.report(import_plans.make(received, clock.today()))

    @transaction.atomic
    def applied(self, received: Received) -> dict:
        """One transaction from receiving to applying: bad rows leave no trace."""
        by = acting_user(self.options["username"])
        plan = import_plans.make(received, clock.today())
        report = import_report.report(plan)
        kept_back = report["errors"] and not self.options["skip_bad_rows"]
        if kept_back or import_report.headings_unsure(report):
            return report
        at = clock.now()
        submission = submissions.receive(
            received=received,
            source_title=self.options["source"],
            source_url=self.options["source_url"],
            by=by,
            at=at,
        )
        submissions.compare(submission=submission, today=clock.today(), plan=plan)
        del plan  # kept with the submission in less room; applying takes it from there
        try:
            submissions.apply(
                submission=submission,
                by=by,
                at=at,
                today=clock.today(),
                reason=self.options["reason"] or "Applied from the command line without a review.",
                skip_bad_rows=self.options["skip_bad_rows"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=FAILED) from error
        return submission.report

    def write(self, report: dict) -> None:
        if path := self.options["report"]:
            text = json.dumps(report, indent=2, ensure_ascii=False)
            path.write_text(text + "\n", encoding="utf-8")

    def tell_by_reason(self, found: list[dict]) -> None:
        """How many have which code, the most common first, with their first rows and message."""
        by_code: dict[str, list[dict]] = defaultdict(list)
        for one in found:
            by_code[one["code"]].append(one)
        for code, ones in sorted(by_code.items(), key=lambda item: -len(item[1])):
            rows = list(dict.fromkeys(one["row"] for one in ones if one["row"]))
            words = ones[0]["message"]
            example = words if all(one["message"] == words for one in ones) else f"such as: {words}"
            self.stdout.write(f"  {len(ones):,} {code} ({_rows(rows)}): {example}")

    def tell(self, report: dict) -> None:
        counted = ("new", "changed", "unchanged", "removed", "skipped")
        figures = ", ".join(f"{report[name]:,} {name}" for name in counted)
        self.stdout.write(f"{report['rows']:,} rows: {figures}.")
        self.stdout.write(f"Counties whose answers move today: {report['counties_moved']:,}.")
        for name, value in report["figures"].items():
            self.stdout.write(f"  {name}: {_in_words(value)}")
        for name in ("errors", "warnings"):
            found = report[name]
            if found:
                self.stdout.write(f"{len(found):,} {name}:")
            for one in found[:SHOWN]:
                where = " ".join(
                    part
                    for part in (
                        one["sheet"],
                        f"row {one['row']}" if one["row"] else "",
                        one["column"],
                    )
                    if part
                )
                words = f"{one['message']}{_meant(one)}"
                self.stdout.write(f"  {where}: {words}".replace("  : ", "  "))
            if len(found) > SHOWN:
                self.stdout.write(f"  ... and {len(found) - SHOWN:,} more; --report has them all:")
                self.tell_by_reason(found)
        if found := report["skipped_rows"]:
            self.stdout.write("Left out on purpose:")
            self.tell_by_reason(found)
        if report["applied"]:
            self.stdout.write(f"Applied as submission {report['submission']}.")
        elif not self.options["apply"]:
            self.stdout.write("Nothing was written. --apply publishes it.")


def _rows(numbers: list[int]) -> str:
    """The first of these rows, as words."""
    if not numbers:
        return "the whole file"
    shown = ", ".join(f"{number:,}" for number in numbers[:FIRST_ROWS])
    more = ", ..." if len(numbers) > FIRST_ROWS else ""
    return f"row{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _in_words(figure: Any) -> str:
    """A figure of the report, whose parts may have names or be a list."""
    if isinstance(figure, dict):
        return ", ".join(f"{name!s} {value:,}" for name, value in figure.items()) or "none"
    if isinstance(figure, list):
        return ", ".join(map(str, figure)) or "none"
    return str(figure)


def _meant(finding: dict) -> str:
    """What may have been meant, where the message does not say it itself."""
    missing = [one for one in finding["suggestions"] if one not in finding["message"]]
    return f" Meant: {' or '.join(missing)}?" if missing else ""

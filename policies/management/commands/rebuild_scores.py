"""Writes the stored score periods afresh, or proves that they are what the records say."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies import score_periods


class Command(BaseCommand):
    help = "Rebuild the stored score periods of all counties from the published records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit 1 if a stored score differs from one computed afresh",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_stored()
            return
        written = score_periods.rebuild()
        self.stdout.write(f"Wrote {written} score periods.")

    def check_stored(self) -> None:
        differences = score_periods.differences()
        for line in differences:
            self.stdout.write(line)
        if differences:
            raise CommandError(f"{len(differences)} score periods differ. Run rebuild_scores.")
        self.stdout.write("Every stored score is what the records say.")

"""Takes back what a submission brought."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from policies import clock, submissions
from policies.management.acting import SYSTEM_USERNAME, acting_user
from policies.models import Submission


class Command(BaseCommand):
    help = "Undo a submission: what held before it holds again, where nobody has edited it since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("submission", type=int, metavar="ID")
        parser.add_argument("--as", dest="username", default=SYSTEM_USERNAME, metavar="USER")

    def handle(self, *args: Any, **options: Any) -> None:
        by = acting_user(options["username"])
        try:
            submission = Submission.objects.get(pk=options["submission"])
            undone = submissions.undo(submission=submission, by=by, at=clock.now())
        except Submission.DoesNotExist:
            raise CommandError(f"There is no submission {options['submission']}.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{undone['withdrawn']:,} records withdrawn, {undone['restored']:,} restored, "
            f"{len(undone['left']):,} left as they are because they were changed since."
        )
        for one in undone["left"]:
            self.stdout.write(f"  {one['place']} {one['factor']}: {one['reason']}")

"""Puts a backup back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation, ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from policies.backups import tables
from policies.backups.manifest import BadBackup, opened
from policies.backups.restoring import refuse_other_form, restore
from policies.management.commands.prepare import unapplied_migrations

#: What a backup that tells the truth about itself may still be unable to do.
FAILURES = (
    *(BadBackup, DatabaseError, OSError, ValidationError, SuspiciousOperation),
    *(FieldDoesNotExist, KeyError, TypeError, ValueError),
)


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, all of it or nothing. Stop the server first, and "
        "start it again afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="in the place of all that the database holds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["file"]) as (archive, manifest):
                self.refuse_unfit(replace=options["replace"])
                refuse_other_form(manifest)
                restore(archive, manifest)
        except FAILURES as error:
            raise CommandError(f"Nothing was restored. {_words(error)}") from error
        rows = sum(entry.rows or 0 for entry in manifest.tables.values())
        self.stdout.write(
            f"Restored {rows:,} rows and {len(manifest.files):,} files as of {manifest.made_at}, "
            f"revision {manifest.revision}. Everybody has to sign in again."
        )
        for name in manifest.missing:
            self.stderr.write(f"Was not in the store when the backup was made: {name}")
        call_command("rebuild_scores", "--check", stdout=self.stdout)

    def refuse_unfit(self, *, replace: bool) -> None:
        """A database without any table gets its tables; one that is in use is left as it is."""
        if not connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
        elif unapplied_migrations():
            raise BadBackup("The database is not up to date: run `manage.py prepare` first.")
        if not replace and not tables.are_empty():
            raise BadBackup("The database is not empty; --replace puts the backup in its place.")


def _words(error: Exception) -> str:
    return " ".join(getattr(error, "messages", [])) or str(error).strip()

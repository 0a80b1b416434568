"""The whole record, with drafts, accounts and archived files, into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies import clock
from policies.backups.making import make

USAGE = 2


class Command(BaseCommand):
    help = (
        "Back up the database and the archived files into one file, which `restore` puts back on "
        "SQLite or PostgreSQL. Keep it as safe as the database: it holds drafts and accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="is written, such as record-2026-11-30.zip")
        parser.add_argument("--replace", action="store_true", help="if the file is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(f"{path} is no file in a folder that there is.", returncode=USAGE)
        if path.exists() and path.stat().st_size and not options["replace"]:
            raise CommandError(
                f"{path} is there already; --replace writes over it.", returncode=USAGE
            )
        try:
            manifest = make(path, at=clock.now())
        except OSError as error:
            raise CommandError(f"Nothing was backed up: {error}") from error
        rows = sum(entry.rows or 0 for entry in manifest.tables.values())
        self.stdout.write(
            f"{path}: {rows:,} rows of {len(manifest.tables)} tables and {len(manifest.files):,} "
            f"files, revision {manifest.revision}."
        )
        for name in manifest.missing:
            self.stderr.write(f"Not in it, because it is not in the store: {name}")

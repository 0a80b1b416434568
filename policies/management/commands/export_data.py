"""All downloads in one folder: what is on the page of the data, as files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import override

from policies import clock, parameters
from policies.exports import Asked, FolderInUse, export, refuse_used

USAGE = 2


class Command(BaseCommand):
    help = (
        "Write every list of the public data as CSV and JSON, with the codebook, the change log "
        "and a manifest of hashes, into a new or empty folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--as-of", default="", help="in force on this day (default: today)")
        parser.add_argument("--known-on", default="", help="as we knew it then (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        given = {name: options[name] for name in parameters.WHEN_PARAMETERS}
        try:
            with override(settings.LANGUAGE_CODE):
                when = parameters.when(given, today)
            refuse_used(options["folder"])
            asked = Asked(when.as_of if options["as_of"] else None, when.known_on, today)
            manifest = export(options["folder"], asked, at=clock.now(), base=settings.SITE_URL)
        except parameters.BadParameter as error:
            told = "; ".join(
                f"--{name.replace('_', '-')}: {text}" for name, text in error.errors.items()
            )
            raise CommandError(told, returncode=USAGE) from error
        except FolderInUse as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        files = manifest["files"]
        self.stdout.write(
            f"{options['folder']}: {len(files)} files and manifest.json, in force on "
            f"{manifest['as_of']}, revision {manifest['revision']}."
        )
        for name, about in files.items():
            if name.endswith(".csv"):
                self.stdout.write(f"  {name}: {about['rows']:,} rows")

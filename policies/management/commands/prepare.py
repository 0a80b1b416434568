"""Everything a database and its folder need before the server starts; quick when nothing does."""

from __future__ import annotations

import hashlib
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from policies import roles
from policies.management.acting import SYSTEM_USERNAME

ADMIN_USERNAME = "admin"
#: Holds the fingerprint of the sources that the collected static files were made from.
STATIC_STAMP = ".sources"


class Command(BaseCommand):
    help = (
        "Prepare to serve: migrate, load the reference and baseline data, make the accounts, "
        "collect static files that changed. Safe to repeat; keeps all data."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-baseline", action="store_true", help="leave out the records of load_baseline"
        )
        parser.add_argument(
            "--no-static", action="store_true", help="leave out collecting the static files"
        )
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if anything is to be done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quieter = {"verbosity": max(0, options["verbosity"] - 1)}
        self.reach_database()
        if options["check"]:
            self.refuse_unprepared()
            return
        if unapplied_migrations():
            self.stdout.write("Migrating the database ...")
            call_command("migrate", interactive=False, **quieter)
        self.make_accounts()
        roles.make_groups()
        call_command("load_reference", **quieter)
        if not options["no_baseline"]:
            call_command("load_baseline", **quieter)
        if not options["no_static"]:
            self.collect_static()

    def reach_database(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            where = connection.settings_dict
            address = f"{where['HOST']}:{where['PORT']}/" if where["HOST"] else ""
            raise CommandError(
                f"Cannot reach the database {address}{where['NAME']} ({connection.vendor}). "
                f"Check DATABASE_URL. It said: {str(error).strip()}"
            ) from error

    def refuse_unprepared(self) -> None:
        if unapplied_migrations():
            raise CommandError("The database is not migrated: run `manage.py prepare` first.")
        if not (Path(settings.STATIC_ROOT) / STATIC_STAMP).exists():
            raise CommandError("No static files are collected: run `manage.py prepare` first.")

    def make_accounts(self) -> None:
        users = get_user_model().objects
        if not users.filter(username=SYSTEM_USERNAME).exists():
            users.create_user(SYSTEM_USERNAME, is_active=False)  # no password: unusable
        if not users.filter(is_superuser=True).exists():
            self.make_admin()

    def make_admin(self) -> None:
        users = get_user_model().objects
        if users.filter(username=ADMIN_USERNAME).exists():
            return  # somebody took its rights away on purpose
        password = os.environ.get("ADMIN_PASSWORD", "")
        if password:
            if settings.PRODUCTION:
                self.refuse_weak(password)
            users.create_superuser(ADMIN_USERNAME, password=password)
            self.stdout.write(
                f"Made the account “{ADMIN_USERNAME}” with the password in ADMIN_PASSWORD."
            )
        elif settings.PRODUCTION:
            # The output of a production server is kept in logs: no password belongs there.
            self.stdout.write("No admin account yet: set ADMIN_PASSWORD, or run createsuperuser.")
        else:
            password = secrets.token_urlsafe(12)
            users.create_superuser(ADMIN_USERNAME, password=password)
            self.stdout.write(
                "\n"
                f"  Made an admin account.  User name: {ADMIN_USERNAME}   Password: {password}\n"
                "  This password is shown only now. To set another: "
                f".venv/bin/python manage.py changepassword {ADMIN_USERNAME}\n"
            )

    def refuse_weak(self, password: str) -> None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(f"ADMIN_PASSWORD is too weak: {' '.join(error.messages)}") from error

    def collect_static(self) -> None:
        """Only when a source changed: collecting and compressing takes several seconds."""
        stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
        now = static_fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        self.stdout.write("Collecting and compressing the static files ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


def unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_fingerprint() -> str:
    """Changes when a static file is added, removed or edited."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            about = os.stat(storage.path(name))
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()

"""Writing a backup: one moment of the database, and the files that its rows name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from policies.assessments import revision
from policies.backups import tables
from policies.backups.manifest import (
    MANIFEST,
    SEAL,
    Entry,
    Hashed,
    Manifest,
    blocks,
    file_member,
    table_member,
)


def make(path: Path, *, at: datetime) -> Manifest:
    """Write a backup to `path`, which appears only when it is whole. Raises OSError.

    Only its owner may read the file: it holds drafts, sealed names and the hashes of passwords.
    """
    with _appearing(path) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        with one_moment():
            manifest = Manifest(at.isoformat(), revision(), migrations_applied())
            names = _write_tables(archive, manifest)
        _write_files(archive, manifest, names)
        content = manifest.as_bytes()
        passed = Hashed(lambda data: archive.writestr(MANIFEST, data))
        passed.write(content)
        archive.writestr(SEAL, passed.sha256)
    return manifest


def migrations_applied() -> list[str]:
    """What gives the tables their form, as "app.name"."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """All tables are read as of one moment, whatever others write meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_tables(archive: ZipFile, manifest: Manifest) -> list[str]:
    """The names of the files that the rows name."""
    named: set[str] = set()
    for label, model in tables.models_kept().items():
        with archive.open(table_member(label), "w", force_zip64=True) as member:
            passed, count = Hashed(member.write), 0
            passed.write(tables.line(field.attname for field in model._meta.concrete_fields))
            holding = tables.file_fields(model)
            for row in tables.rows(model):
                passed.write(tables.line(row.values()))
                named.update(str(row[name]) for name in holding if row[name])
                count += 1
        manifest.tables[label] = Entry(passed.sha256, passed.size, count)
    return sorted(named)


def _write_files(archive: ZipFile, manifest: Manifest, names: Iterable[str]) -> None:
    for name in names:
        if not default_storage.exists(name):
            manifest.missing.append(name)
            continue
        with (
            default_storage.open(name) as stored,
            archive.open(file_member(name), "w", force_zip64=True) as member,
        ):
            passed = Hashed(member.write)
            for block in blocks(stored):
                passed.write(block)
        manifest.files[name] = Entry(passed.sha256, passed.size)


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that is at `path` when all of it is written, and not there at all otherwise."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise

"""Putting a backup back: all of it, or nothing."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from zipfile import ZipFile

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from policies.backups import tables
from policies.backups.making import migrations_applied
from policies.backups.manifest import BadBackup, Manifest, blocks, file_member, table_member


def refuse_other_form(manifest: Manifest) -> None:
    """Raise BadBackup if the tables of this version have another form than those of the backup."""
    here, there = set(migrations_applied()), set(manifest.migrations)
    if here - there:
        raise BadBackup(
            f"It was made by an older version, without {', '.join(sorted(here - there)[:3])}. "
            "Restore it with that version, then update."
        )
    if there - here or manifest.tables.keys() != tables.models_kept().keys():
        unknown = sorted(there - here) or sorted(
            manifest.tables.keys() ^ tables.models_kept().keys()
        )
        raise BadBackup(
            f"It was made by another version: {', '.join(unknown[:3])}. Restore it with that one."
        )


def restore(archive: ZipFile, manifest: Manifest) -> None:
    """Put rows and files of a checked backup in the place of all that is there.

    One transaction; if anything in it fails, the files are as they were, too. Raises what the
    database raises, BadBackup and OSError.
    """
    files = _Files()
    try:
        with transaction.atomic():
            tables.empty()
            for label, model in tables.models_kept().items():
                with archive.open(table_member(label)) as lines:
                    count = tables.insert(model, lines)
                if count != manifest.tables[label].rows:
                    raise BadBackup(f"{label} has {count} rows, and not as many as it says.")
            connection.check_constraints()
            tables.restart_numbers()
            for name in manifest.files:
                files.put(archive, name, manifest.files[name].sha256)
    except BaseException:
        files.take_back()
        raise
    ContentType.objects.clear_cache()


class _Files:
    """Files put into the store, and how to undo it."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def put(self, archive: ZipFile, name: str, sha256: str) -> None:
        """Write the file, unless just this one is there."""
        if default_storage.exists(name):
            if _hash_of(name) == sha256:
                return
            self._set_aside(name)
        self._undo.append(lambda: default_storage.delete(name))
        with archive.open(file_member(name)) as stream:
            given = default_storage.save(name, File(stream))
        if given != name:
            self._undo.append(lambda: default_storage.delete(given))
            raise OSError(f"The store keeps {name} under another name, {given}.")

    def _set_aside(self, name: str) -> None:
        # Closed, and thereby gone, when nothing can call for it any more.
        kept = tempfile.TemporaryFile()  # noqa: SIM115
        with default_storage.open(name) as stored:
            for block in blocks(stored):
                kept.write(block)
        kept.seek(0)
        self._undo.append(lambda: default_storage.save(name, File(kept)))
        default_storage.delete(name)

    def take_back(self) -> None:
        for undo in reversed(self._undo):
            undo()


def _hash_of(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name) as stored:
        for block in blocks(stored):
            digest.update(block)
    return digest.hexdigest()

"""What a backup says of itself, and whether it is true."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
BLOCK = 1 << 20


class BadBackup(Exception):
    """The file is no backup, or not as it was made. The message says what is wrong."""


@dataclass(slots=True)
class Entry:
    """One member of the file. `rows`: of a table."""

    sha256: str
    size: int
    rows: int | None = None


@dataclass(slots=True)
class Manifest:
    """`migrations`: the form of the tables. `missing`: archived files that were not there."""

    made_at: str
    revision: int
    migrations: list[str]
    tables: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """Raises BadBackup for another format; ValueError, TypeError or KeyError for nonsense."""
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise BadBackup(f"It is a backup of format {said['format']}; this version reads 1.")
        for part in ("tables", "files"):
            said[part] = {name: Entry(**entry) for name, entry in said[part].items()}
        return cls(**said)

    def members(self) -> dict[str, Entry]:
        """By the name in the ZIP."""
        return {
            **{table_member(label): entry for label, entry in self.tables.items()},
            **{file_member(name): entry for name, entry in self.files.items()},
        }


def table_member(label: str) -> str:
    return f"tables/{label}.jsonl"


def file_member(name: str) -> str:
    return f"files/{name}"


class Hashed:
    """What goes through it is written on, counted and hashed."""

    def __init__(self, write: Callable[[bytes], object]):
        self._write, self._hash, self.size = write, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)
        self._write(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """A backup of which every byte was checked against its manifest. Raises BadBackup."""
    try:
        archive = ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {path}.") from None
    except (BadZipFile, OSError, ValueError) as error:
        raise BadBackup(f"{path} is cut off, or no backup ({error}).") from error
    with archive:
        try:
            manifest = _checked(archive)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as e:
            raise BadBackup(f"{path} is damaged ({e}).") from e
        except (KeyError, TypeError, ValueError) as error:
            raise BadBackup(f"{path} is no backup of this system ({error}).") from error
        yield archive, manifest


def _checked(archive: ZipFile) -> Manifest:
    content = archive.read(MANIFEST)
    if hashlib.sha256(content).hexdigest().encode() != archive.read(SEAL):
        raise BadBackup("The manifest was changed after the backup was made.")
    manifest = Manifest.read(content)
    members = manifest.members()
    names = archive.namelist()
    if sorted(names) != sorted([*members, MANIFEST, SEAL]):
        differing = sorted({*names} ^ {*members, MANIFEST, SEAL}) or ["a name given twice"]
        raise BadBackup(f"It does not hold what its manifest says: {', '.join(differing[:5])}.")
    for name, entry in members.items():
        passed = Hashed(lambda data: None)
        with archive.open(name) as stream:
            for block in blocks(stream):
                passed.write(block)
        if (passed.sha256, passed.size) != (entry.sha256, entry.size):
            raise BadBackup(f"{name} is not as it was when the backup was made.")
    return manifest

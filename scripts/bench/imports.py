"""A sheet of 22,001 answers, imported by us and by django-import-export: each in its own process.

Every sequence begins with a fresh copy of a prepared database. The tables are in
imports_tables.py, what is done in imports_ours.py and peer_imports/.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import with_postgres

from bench.servers import ROOT, Broken, demo_environment, run

DATABASES = ("sqlite", "postgresql")
RUNS = 3
#: The default peer on a busy machine: many minutes. Longer than that, something hangs.
SECONDS = 1200
FIRST_DAY, LATER_DAY = "2025-09-01", "2025-10-01"
OURS, PEER = "ours", "peer"

#: Name of a step, what is done, with which file, for which day.
Step = tuple[str, tuple[str, ...]]


def _admin(name: str, file: str, day: str = FIRST_DAY, what: str = "admin") -> Step:
    return name, (what, file, day)


#: What is measured, by the name of the sequence. Steps follow each other in one database.
SEQUENCES: dict[tuple[str, str], tuple[Step, ...]] = {
    (OURS, "admin, XLSX"): (
        _admin("first", "all.xlsx"),
        _admin("again", "all.xlsx"),
        _admin("later", "later.xlsx", LATER_DAY),
        ("undo", ("undo",)),
    ),
    (OURS, "admin, CSV"): (_admin("first", "all.csv"), _admin("again", "all.csv")),
    (OURS, "command, XLSX"): (
        _admin("first", "all.xlsx", what="command"),
        _admin("again", "all.xlsx", what="command"),
    ),
    (PEER, "tuned, XLSX"): (("first", ("tuned", "all.xlsx")), ("again", ("tuned", "all.xlsx"))),
    (PEER, "tuned, CSV"): (("first", ("tuned", "all.csv")), ("again", ("tuned", "all.csv"))),
    (PEER, "floor"): (("first", ("floor", "all.csv")),),
}
#: Once only: it takes minutes.
DEFAULT = (PEER, "default, XLSX")
FEW = (OURS, "admin, a tenth")
ONCE: dict[tuple[str, str], tuple[Step, ...]] = {
    DEFAULT: (("first", ("default", "all.xlsx")), ("again", ("default", "all.xlsx"))),
    FEW: (
        _admin("first", "few.xlsx"),
        _admin("again", "few.xlsx"),
        _admin("later", "few-later.xlsx", LATER_DAY),
        ("undo", ("undo",)),
    ),
}


@dataclass(slots=True)
class Results:
    """What was measured with one database, by sequence and step, and what was not as it must be."""

    sizes: dict[str, int]
    database: str = ""
    runs: dict[tuple[str, str], dict[str, list[dict]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    load: list[float] = field(default_factory=list)


def measure(folder: Path, database: str, runs: int) -> Results:
    """All sequences in turn, as often as asked, so that a busy moment strikes all."""
    folder.mkdir(parents=True)
    with _databases(folder, database) as databases:
        files = folder / "files"
        files.mkdir()
        databases.prepare(OURS)
        results = Results(databases.ours("files", str(files)))
        databases.prepare(PEER, "prepare", str(files / "places.json"))
        for turn in range(runs):
            sequences = SEQUENCES if turn else SEQUENCES | ONCE
            for (who, name), steps in sequences.items():
                with databases.fresh(who):
                    _sequence(databases, files, (who, name), steps, results)
    return results


def _sequence(databases, files, named, steps, results: Results) -> None:
    who, name = named
    published = ""
    for step, (what, *arguments) in steps:
        if arguments:
            arguments[0] = str(files / arguments[0])
        results.load.append(os.getloadavg()[0])
        work = databases.ours if who == OURS else databases.peer
        done = work(what, *arguments)
        results.runs.setdefault(named, {}).setdefault(step, []).append(done)
        results.database = done.get("database", results.database)
        problems = (
            list(_wrong_with_ours(done, step, published, results.sizes, few=named == FEW))
            if who == OURS
            else list(_wrong_with_peer(done, step, name, results.sizes))
        )
        results.wrong += [f"{databases.name}, {who}, {name}, {step}: {one}" for one in problems]
        if step == "first":
            published = done.get("published", "")


def _wrong_with_ours(
    done: dict, step: str, before: str, sizes: dict, *, few: bool
) -> Iterator[str]:
    rows = sizes["few" if few else "rows"]
    changed = sizes["few_changed" if few else "changed"]
    expected = {
        "first": {"new": rows, "changed": 0, "confirmed": 0, "unchanged": 0},
        "again": {"new": 0, "changed": 0, "confirmed": 0, "unchanged": rows},
        "later": {
            "new": 0,
            "changed": changed,
            "confirmed": rows - changed,
            "unchanged": rows - changed,
        },
    }.get(step, {})
    got = {name: done["totals"][name] for name in expected}
    if got != expected:
        yield f"{got} instead of {expected} {done['errors']}"
    if done["status"] != ("undone" if step == "undo" else "applied"):
        yield f"the submission is {done['status']}"
    if step in ("again", "undo") and done["published"] != before:
        yield "the published answers are not what they were after the first file"
    if step == "undo" and done["undone"]["left"]:
        yield f"{done['undone']['left']} rows were left"
    if done["wrong"]:
        yield f"{done['wrong']} stored scores are not what the records say"


def _wrong_with_peer(done: dict, step: str, name: str, sizes: dict) -> Iterator[str]:
    if done["wrong"] or done["stored"] != sizes["rows"]:
        yield f"{done['stored']} rows stored; {done.get('totals')}"
    skipped = done.get("totals", {}).get("skip")
    if name.startswith("tuned") and step == "again" and skipped != sizes["rows"]:
        yield f"{skipped} rows skipped"


# --- Databases ---------------------------------------------------------------------------------


@contextmanager
def _databases(folder: Path, database: str) -> Iterator[_Databases]:
    if database == "sqlite":
        yield _Sqlite(folder)
        return
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        server, address = with_postgres.start(Path(name))
        try:
            yield _Postgres(folder, address)
        finally:
            with_postgres.stop(server)


class _Databases:
    """Prepared databases of ours and of the peer, and fresh copies of them."""

    name = ""

    def __init__(self, folder: Path):
        self.folder = folder
        self.at: dict[str, str] = {OURS: OURS, PEER: PEER}

    def address(self, name: str) -> str:
        raise NotImplementedError

    def prepare(self, who: str, *arguments: str) -> None:
        """The database that is copied."""
        (self.folder / who).mkdir()
        self.make(who)
        if who == OURS:
            prepare = ["manage.py", "prepare", "--no-baseline", "--no-static"]
            run([sys.executable, *prepare], self._environment(OURS))
        else:
            self.peer(*arguments)

    @contextmanager
    def fresh(self, who: str) -> Iterator[None]:
        copy = f"{who}_copy"
        shutil.copytree(self.folder / who, self.folder / copy)
        self.copy(who, copy)
        self.at[who] = copy
        try:
            yield
        finally:
            self.at[who] = who
            self.drop(copy)
            shutil.rmtree(self.folder / copy)

    def make(self, name: str) -> None:
        """Make an empty database."""

    def copy(self, name: str, copy: str) -> None:
        """Copy what is not in the folder."""

    def drop(self, name: str) -> None:
        """Drop what is not in the folder."""

    def ours(self, *arguments: str) -> dict:
        return self._run(["scripts/bench/imports_ours.py", *arguments], self._environment(OURS))

    def peer(self, *arguments: str) -> dict:
        settings = {
            "PYTHONPATH": str(ROOT / "scripts"),
            "DJANGO_SETTINGS_MODULE": "bench.peer_imports.settings",
        }
        environment = self._environment(PEER) | settings
        return self._run(["-m", "bench.peer_imports.run", *arguments], environment)

    def _environment(self, who: str) -> dict[str, str]:
        name = self.at[who]
        return demo_environment(self.folder / name) | {"DATABASE_URL": self.address(name)}

    def _run(self, arguments: list[str], environment: dict[str, str]) -> dict:
        printed = run([sys.executable, *arguments], environment, seconds=SECONDS)
        try:
            return json.loads(printed.splitlines()[-1])
        except (IndexError, ValueError):
            raise Broken(f"{' '.join(arguments)} printed no result: {printed}") from None


class _Sqlite(_Databases):
    name = "SQLite"

    def address(self, name: str) -> str:
        return f"sqlite:///{self.folder / name / 'database.sqlite3'}"


class _Postgres(_Databases):
    name = "PostgreSQL"

    def __init__(self, folder: Path, server: str):
        super().__init__(folder)
        self.server = server

    def address(self, name: str) -> str:
        return f"{self.server.rpartition('/')[0]}/{name}"

    def make(self, name: str) -> None:
        self._do(f'CREATE DATABASE "{name}"')

    def copy(self, name: str, copy: str) -> None:
        self._do(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        connection = psycopg2.connect(self.server)
        try:
            connection.autocommit = True  # databases are made outside of transactions
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

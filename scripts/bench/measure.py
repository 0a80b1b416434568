"""What a piece of work with a database costs: time, statements, memory. For scripts with Django."""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

#: A statement's lists of values or of numbers, which are as long as its batch.
LISTS = re.compile(r"\((?:\s*\(?%s\)?\s*,?)+\)(?:,\s*\((?:\s*%s\s*,?)+\))*")
NOT_COUNTED = ("BEGIN", "COMMIT")
#: Each savepoint has a name of its own.
NAMED = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")


class Statements:
    """Statements sent, savepoints among them: each is a round trip.

    `shapes`: what has the same words is one (batches), and savepoints are left out.
    """

    def __init__(self) -> None:
        self.count = 0
        self._texts: dict[str, None] = {}

    @property
    def shapes(self) -> int:
        return len({LISTS.sub("(...)", text) for text in self._texts})

    def note(self, text: str) -> None:
        if not text.startswith(NOT_COUNTED):
            self.count += 1
            if not text.startswith(NAMED):
                self._texts[text] = None


@contextmanager
def statements() -> Iterator[Statements]:
    """Counts what passes through Django's cursors, and COPY, which goes past them."""
    counted = Statements()

    def execute(run, sql, params, many, context):
        counted.note(sql)
        return run(sql, params, many, context)

    def copy_expert(cursor, sql, *arguments):
        counted.note(sql)
        return cursor.cursor.copy_expert(sql, *arguments)

    CursorWrapper.copy_expert = copy_expert
    try:
        with connection.execute_wrapper(execute):
            yield counted
    finally:
        del CursorWrapper.copy_expert


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_mb() -> float:
    """The most memory that this process has had at once."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10

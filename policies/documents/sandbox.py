"""Runs `worker/` on a file, with bounds on time and on how many run at once."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKER = Path(__file__).with_name("worker")
#: Seconds on the clock; the worker limits its own seconds of computing.
READ_SECONDS = 90
DRAW_SECONDS = 25
#: So many of a server's processes' threads may wait for workers at once, and so long.
AT_ONCE = threading.BoundedSemaphore(2)
WAIT_SECONDS = 20


class SandboxError(Exception):
    """The file could not be opened. `code`: broken, bomb, not_docx, no_page, too_slow or busy."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read(kind: str, path: str) -> dict:
    """{"pages": [{"text", "label"}], "cut": bool, "state": str}. Raises SandboxError."""
    return _run(READ_SECONDS, "read", kind, path)[0]


def draw(kind: str, path: str, number: int) -> tuple[dict, bytes]:
    """({"width", "height", "text", "boxes"}, PNG) of page `number`. Raises SandboxError."""
    return _run(DRAW_SECONDS, "draw", kind, path, str(number))


def _run(seconds: int, *arguments: str) -> tuple[dict, bytes]:
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise SandboxError("busy")
    try:
        ran = subprocess.run(  # noqa: S603 - our own script; the file is only named to it
            [sys.executable, "-I", str(WORKER), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SandboxError("too_slow") from None
    finally:
        AT_ONCE.release()
    if ran.returncode:  # out of time (SIGXCPU), out of memory, or crashed
        raise SandboxError("too_slow" if ran.returncode in (-24, -9) else "broken")
    line, _newline, rest = ran.stdout.partition(b"\n")
    try:
        answer = json.loads(line)
    except ValueError:
        raise SandboxError("broken") from None
    if "refused" in answer:
        raise SandboxError(answer["refused"])
    return answer, rest


@contextmanager
def on_disk(file) -> Iterator[str]:
    """The path of an uploaded or stored file; a copy for as long as needed if it has none."""
    path = getattr(file, "temporary_file_path", None)
    if path:
        yield path()
        return
    try:
        yield file.path
        return
    except (AttributeError, NotImplementedError):
        pass
    with tempfile.NamedTemporaryFile(prefix="document-") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        yield copy.name

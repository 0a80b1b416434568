"""Servers and folders that a benchmark needs for a while, all on 127.0.0.1."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
COMMAND_SECONDS = 240
STOP_SECONDS = 10
#: gunicorn as `make run` starts it. Everything is measured with one worker.
OURS = ("-c", "sanctuary/gunicorn.py")


class Broken(Exception):
    """Something that has to work before it can be measured does not."""


def demo_environment(folder: Path) -> dict[str, str]:
    """The environment of `make demo`, with its data in a folder of our own."""
    ours = {
        "SANCTUARY_ENV": "demo",
        "DATA_DIR": str(folder),
        "ADMIN_PASSWORD": "unused-and-thrown-away",
    }
    without = ("DATABASE_URL", "TEST_DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS")
    return {key: value for key, value in os.environ.items() if key not in without} | ours


def run(
    command: list[str], environment: Mapping[str, str], *, seconds: float = COMMAND_SECONDS
) -> str:
    """What a command prints. If it fails, all it said is in the exception."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        printed, complaints = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Broken(f"{' '.join(command)} took longer than {seconds:.0f} s.") from None
    finally:
        _stop(process)
    if process.returncode != 0:
        raise Broken(f"{' '.join(command)} failed:\n{printed}{complaints}")
    return printed


def manage(*arguments: str, environment: Mapping[str, str]) -> None:
    run([sys.executable, "manage.py", *arguments], environment)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(
    environment: Mapping[str, str], log: Path, *, options: tuple[str, ...] = OURS
) -> Iterator[int]:
    """Our server, or another application in the same way: gives the port, and stops it after."""
    port = free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=dict(environment) | {"WEB_CONCURRENCY": "1"},
            stdout=output,
            stderr=output,
            start_new_session=True,  # ctrl-C reaches us, and we stop it
        )
    try:
        _wait(server, port, log)
        yield port
    finally:
        _stop(server)


def _stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """By its id, and gently first, so that it stops what it started itself."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Broken(f"A server did not start:\n{log.read_text(errors='replace')}")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            connection.request("GET", "/")
            status = connection.getresponse().status
            connection.close()
        except ConnectionError:
            time.sleep(0.05)
            continue
        if status != 200:
            said = log.read_text(errors="replace")
            raise Broken(f"The first page answers {status} instead of 200:\n{said}")
        return

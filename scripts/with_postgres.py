"""Run a command with a PostgreSQL of its own: `python scripts/with_postgres.py COMMAND ...`.

Starts a throw-away server on a free port of 127.0.0.1, gives its address to the command as
TEST_DATABASE_URL, and stops and deletes it afterwards, however the command ends. The exit status
is the command's. A TEST_DATABASE_URL that is already set is used as it is.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing in this server outlives the tests, so durability would only cost time.
OPTIONS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
)
START_SECONDS = 30


def find_binaries() -> Path:
    """The newest server installed: Debian keeps them out of PATH, one folder a version."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: float(folder.parent.name))
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    sys.exit("No PostgreSQL server is installed. Run scripts/test_tools.sh.")


def privileges() -> list[str]:
    """PostgreSQL refuses to run as root; and it should die with us even if we are killed."""
    if os.geteuid() == 0:
        return [
            "setpriv",
            *("--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=INT"),
        ]
    return ["setpriv", "--pdeathsig=INT"] if shutil.which("setpriv") else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    binaries, data, log = find_binaries(), folder / "data", folder / "log"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    folder.chmod(0o700)
    subprocess.run(
        [
            *(*privileges(), str(binaries / "initdb"), "-D", str(data), "-U", "postgres"),
            *("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder)},
    )
    port = free_port()
    command = [*privileges(), str(binaries / "postgres"), "-D", str(data), "-p", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command + [part for option in OPTIONS for part in ("-c", option)],
            cwd=folder,
            stdout=output,
            stderr=output,
            env=os.environ | {"HOME": str(folder)},
            start_new_session=True,  # ctrl-C reaches the tests first; we stop the server after
        )
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            stop(server)
            sys.exit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)
    return server, f"postgres://postgres@127.0.0.1:{port}/postgres"


def stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        try:
            server.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def run(command: list[str], url: str) -> int:
    child = subprocess.Popen(command, env=os.environ | {"TEST_DATABASE_URL": url})
    # A terminal sends ctrl-C to the command as well: let it finish its own way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: child.terminate())
    status = child.wait()
    return 128 - status if status < 0 else status


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server, url = start(Path(folder))
        try:
            return run(command, url)
        finally:
            stop(server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""No file of the project names a package registry, or a folder of somebody's own machine.

Installs take the addresses from the machine they run on (a mirror, say), so none is written down.
The words below are put together from parts for this file to pass its own check.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HOSTS = (
    ("py" + "pi", "org"),
    ("python" + "hosted", "org"),
    ("npm" + "js", "org"),
    ("npm" + "js", "com"),
    ("yarn" + "pkg", "com"),
    ("deb" + ".debian", "org"),
    ("security" + ".debian", "org"),
)
OPTIONS = ("index" + "-url", "trusted" + "-host", "find" + "-links")
FOLDERS = ("/" + "work/", ".." + "/shared", "/home" + "/", "/Us" + "ers/")
FORBIDDEN = re.compile(
    "|".join(
        [r"\b" + re.escape(".".join(host)) + r"\b" for host in HOSTS]
        + [r"--(?:extra-)?" + option for option in OPTIONS]
        + [r"(?<![\w.])" + re.escape(folder) for folder in FOLDERS]
    )
)


def project_files() -> list[Path]:
    """What is in the repository, or would be after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and Path(name).is_file()]


def main() -> int:
    found = 0
    for path in project_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # pictures and other binary files
        for match in FORBIDDEN.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            print(f"{path}:{line}: names {match[0]}")
            found += 1
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

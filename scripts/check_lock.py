"""The locks hold what pyproject.toml asks for, pinned by hash, and agree with each other."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?P<rest>.*)$")
HASH = re.compile(r"^    --hash=(sha256:[0-9a-f]{64})(?: \\)?$")

Lock = dict[str, tuple[str, set[str]]]


def read_lock(path: Path, problems: list[str]) -> Lock:
    """{name: (version, hashes)}; anything but pins, hashes and comments is a problem."""
    lock: Lock = {}
    name = ""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if pin := PIN.match(line):
            name = canonicalize_name(pin["name"])
            lock[name] = (pin["version"], set())
        elif (found := HASH.match(line)) and name:
            lock[name][1].add(found[1])
        elif line.strip() and not line.strip().startswith("#"):
            problems.append(f"{path}:{number}: only pins and hashes belong here: {line.strip()}")
    problems += [f"{path}: {name} has no hash" for name, (_, hashes) in lock.items() if not hashes]
    return lock


def missing(asked: list[str], lock: Lock, path: str) -> list[str]:
    problems = []
    for requirement in map(Requirement, asked):
        version, _ = lock.get(canonicalize_name(requirement.name), (None, set()))
        if version is None:
            problems.append(f"{path} lacks {requirement}")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{path} has {requirement.name} {version}, not {requirement}")
    return problems


def main() -> int:
    project = tomllib.loads(Path("pyproject.toml").read_text())
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    problems: list[str] = []
    locked = read_lock(Path("requirements.txt"), problems)
    locked_dev = read_lock(Path("requirements-dev.txt"), problems)
    problems += missing(runtime, locked, "requirements.txt")
    problems += missing([*runtime, *dev], locked_dev, "requirements-dev.txt")
    problems += [
        f"requirements-dev.txt does not pin {name} as requirements.txt does"
        for name, pinned in locked.items()
        if locked_dev.get(name) != pinned
    ]
    for problem in problems:
        print(problem)
    if problems:
        print("Run `make lock`.")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())

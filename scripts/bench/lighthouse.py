"""Lighthouse as Google runs it for phones: four categories, on pages of each kind."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.browser import FLAGS, executable
from bench.servers import Broken, run

PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "the map": "/",
    "the map in Spanish": "/es/",
    "a profile": "/counties/ca/san-francisco/",
    "a state": "/states/ca/",
    "a report": "/reports/",
}
#: Under Lighthouse the server has a name of this machine; these flags are for nothing else.
CHROME = " ".join(("--headless=new", *(flag for flag in FLAGS if "resolver" not in flag)))


@dataclass(frozen=True)
class Seen:
    """`scores`: 0 to 100 by category. `largest_ms`: the largest thing painted, by its model."""

    scores: dict[str, float]
    largest_ms: float
    blocked_ms: float
    shift: float


def install(folder: Path) -> Path:
    """The program, in a folder of its own."""
    if not shutil.which("npm"):
        raise Broken("Lighthouse needs npm (Debian: apt-get install npm).")
    folder.mkdir()
    quiet = ("--no-audit", "--no-fund", "--silent", "--prefix", str(folder))
    run(["npm", "install", *quiet, PACKAGE], os.environ)
    return folder / "node_modules" / ".bin" / "lighthouse"


def look(program: Path, address: str, runs: int) -> Seen:
    """Medians of so many visits."""
    visits = [_visit(program, address) for _ in range(runs)]
    return Seen(
        {name: median(visit.scores[name] for visit in visits) for name in CATEGORIES},
        median(visit.largest_ms for visit in visits),
        median(visit.blocked_ms for visit in visits),
        median(visit.shift for visit in visits),
    )


def _visit(program: Path, address: str) -> Seen:
    asked = ("--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}")
    environment = os.environ | {"CHROME_PATH": executable()}
    printed = run([str(program), address, *asked, f"--chrome-flags={CHROME}"], environment)
    found = json.loads(printed)
    scores = {name: found["categories"][name]["score"] for name in CATEGORIES}
    if problem := found.get("runtimeError"):
        raise Broken(f"Lighthouse on {address}: {problem['message']}")
    if None in scores.values():
        raise Broken(f"Lighthouse could not score {address}: {scores}")

    def value(audit: str) -> float:
        return float(found["audits"][audit]["numericValue"])

    return Seen(
        {name: score * 100 for name, score in scores.items()},
        value("largest-contentful-paint"),
        value("total-blocking-time"),
        value("cumulative-layout-shift"),
    )

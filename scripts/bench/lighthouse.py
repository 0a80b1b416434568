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
TRIES = 3
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
    found = _found(program, address)
    scores = {name: found["categories"][name]["score"] for name in CATEGORIES}

    def value(audit: str) -> float:
        return float(found["audits"][audit]["numericValue"])

    return Seen(
        {name: score * 100 for name, score in scores.items()},
        value("largest-contentful-paint"),
        value("total-blocking-time"),
        value("cumulative-layout-shift"),
    )


def _found(program: Path, address: str) -> dict:
    """Its report. Now and then it misses the start of its own recording, and has to run again."""
    report = program.parents[2] / "report.json"
    asked = ("--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={CHROME}")
    categories = f"--only-categories={','.join(CATEGORIES)}"
    problem = ""
    for _ in range(TRIES):
        try:
            run(
                [str(program), address, *asked, categories],
                os.environ | {"CHROME_PATH": executable()},
            )
        except Broken as error:
            problem = str(error)[-500:]
            continue
        found = json.loads(report.read_text(encoding="utf-8"))
        problem = found.get("runtimeError", {}).get("message", "")
        scores = [found["categories"][name]["score"] for name in CATEGORIES]
        if not problem and None not in scores:
            return found
    raise Broken(f"Lighthouse could not score {address}: {problem}")

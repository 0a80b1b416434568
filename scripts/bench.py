"""`make bench`: how quick we are, next to what we are compared with. docs/benchmarks.md explains.

Prints tables of medians and ratios. Nothing here passes or fails by its speed: the exit status is
1 only if something could not be measured because it does not work. Servers listen on 127.0.0.1 and
are stopped, and folders removed, however this ends.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import browser, http_times, imports, imports_tables, lighthouse, peer, slider
from bench.servers import ROOT, Broken, demo_environment, gunicorn, manage, run
from bench.table import show

PARTS = ("rebuild", "map", "slider", "lighthouse", "requests", "imports")
RUNS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts")
    parser.add_argument(
        "--runs",
        type=int,
        help=f"runs of each (default: {RUNS}; of imports {imports.RUNS}, the default peer once)",
    )
    parser.add_argument("--pictures", type=Path, help="keep a picture of each map in this folder")
    options = parser.parse_args()
    options.import_runs = options.runs or imports.RUNS
    options.runs = options.runs or RUNS
    for number in (signal.SIGINT, signal.SIGTERM):  # by SystemExit, so that all is tidied up
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    started = time.monotonic()
    broken = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        print(about_this_machine())
        try:
            prepare(folder, options.only)
            for part in options.only:
                try:
                    WORK[part](folder, options)
                except Broken as error:
                    broken.append(part)
                    print(f"\n{part} could not be measured: {error}", file=sys.stderr)
        except Broken as error:
            broken.append("everything")
            print(error, file=sys.stderr)
    print(f"\nTook {time.monotonic() - started:.0f} s.")
    if broken:
        print(f"BROKEN: {', '.join(broken)}")
    return 1 if broken else 0


def about_this_machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    busy = "  (busy: expect longer times and unsteady ratios)" if load > 1 else ""
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{cores} cores, load {load:.1f}{busy}"
    )


def prepare(folder: Path, parts: Sequence[str]) -> None:
    """The parts that pip does not install, and the database of `make demo` in a folder of ours."""
    run([str(ROOT / "scripts" / "test_tools.sh")], os.environ)
    if list(parts) == ["imports"]:
        return  # it makes databases of its own
    environment = demo_environment(data(folder))
    manage("prepare", "--no-baseline", environment=environment)
    manage("load_demo", environment=environment)


def data(folder: Path) -> Path:
    return folder / "data"


# --- Score periods -----------------------------------------------------------------------------


def rebuild(folder: Path, options: argparse.Namespace) -> None:
    script = [sys.executable, "scripts/bench/rebuild.py", str(options.runs)]
    with_postgres = [sys.executable, "scripts/with_postgres.py", *script]
    results = [
        json.loads(run(script, demo_environment(data(folder)))),
        json.loads(run(with_postgres, demo_environment(folder / "postgres"))),
    ]
    wrong = [result["database"] for result in results if result["wrong"]]
    first = results[0]
    show(
        f"Rebuilding all score periods: {first['inputs']:,} rows read, "
        f"{first['periods']:,} written; medians of {options.runs}",
        ["", *(result["database"] for result in results)],
        [
            ["reading the rows, ms", *(f"{r['read'] * 1000:,.0f}" for r in results)],
            ["writing the rows, ms", *(f"{r['write'] * 1000:,.0f}" for r in results)],
            ["the rebuild, ms", *(f"{r['rebuild'] * 1000:,.0f}" for r in results)],
            [
                "as a multiple of reading and writing (aim: under 4)",
                *(f"{r['rebuild'] / (r['read'] + r['write']):.2f}" for r in results),
            ],
            ["queries", *(str(r["queries"]) for r in results)],
            ["one county, ms", *(f"{r['county'] * 1000:,.1f}" for r in results)],
            ["one county, queries", *(str(r["county_queries"]) for r in results)],
            [
                f"one state of {first['state_counties']} counties, ms",
                *(f"{r['state'] * 1000:,.0f}" for r in results),
            ],
            ["one state, queries", *(str(r["state_queries"]) for r in results)],
        ],
    )
    if wrong:
        raise Broken(f"Stored score periods are not what the records say on {', '.join(wrong)}.")


# --- The map -----------------------------------------------------------------------------------


def map_page(folder: Path, options: argparse.Namespace) -> None:
    ours = demo_environment(data(folder))
    with gunicorn(ours, folder / "ours.log") as port:
        http = http_times.Client(port)
        http.get("/")  # rendered once; every visitor until the next change gets the same bytes
        peer.build(folder / "peer", http.get("/api/v1/map/").body)
        with gunicorn(
            peer.environment(folder / "peer"), folder / "peer.log", options=peer.GUNICORN
        ) as other:
            addresses = {
                "ours": f"http://127.0.0.1:{port}/",
                "d3 + us-atlas": f"http://127.0.0.1:{other}/",
                "the same, preloaded": f"http://127.0.0.1:{other}/preload.html",
            }
            visits: dict[str, list[browser.Visit]] = {name: [] for name in addresses}
            for turn in range(options.runs):  # in turn: a busy moment strikes all
                for name, address in addresses.items():
                    visits[name].append(browser.visit(address, look=turn == 0))
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
        for number, seen in enumerate(visits.values()):
            (options.pictures / f"map-{number}.png").write_bytes(seen[0].picture)
    show_visits(visits, options.runs)


def show_visits(visits: dict[str, list[browser.Visit]], runs: int) -> None:
    ours, *others = visits.values()

    def row(title: str, value, digits: int = 0) -> list[str]:
        mine = median(map(value, ours))
        cells = [f"{mine:,.{digits}f}"]
        for theirs in others:
            reached = median(map(value, theirs))
            cells += [f"{reached:,.{digits}f}", f"{mine / reached:.2f}"]
        return [title, *cells]

    names = [cell for name in list(visits)[1:] for cell in (name, "ours as a part")]
    show(
        f"Map coloured from nothing: CPU / {browser.CPU_SLOWDOWN}, 1.6 Mbit/s, 150 ms, brotli; "
        f"medians of {runs}",
        ["", "ours", *names],
        [
            row("kB on the wire, in all", lambda visit: visit.bytes / 1000, 1),
            row("requests", lambda visit: len(visit.resources)),
            row("ms to the first coloured map", lambda visit: visit.coloured_ms),
            row("of which computing, ms", lambda visit: visit.work_ms),
            row("ms to the first paint of anything", lambda visit: visit.first_paint_ms),
        ],
    )
    print("Aims: 90 kB at most, and a quarter of the time of d3 + us-atlas. Ours consists of")
    for address, size in sorted(ours[0].resources, key=lambda resource: -resource[1]):
        path = address.split("/", 3)[3]
        print(f"  {size / 1000:6.1f} kB  /{path}")


def slider_part(folder: Path, options: argparse.Namespace) -> None:
    with gunicorn(demo_environment(data(folder)), folder / "slider.log") as port:
        seen = slider.slide(f"http://127.0.0.1:{port}/")
    show(
        f"Another day on the map: {len(seen.taken_ms)} moves of the slider, no GPU, no slow-down",
        ["", ""],
        [
            ["median, ms to the painted frame", f"{seen.share(0.5):,.0f}"],
            ["slowest 5% (aim: 100 at most)", f"{seen.share(0.95):,.0f}"],
            ["kB of the history file, once", f"{seen.history_bytes / 1000:,.1f}"],
            ["kB of it on the wire", f"{seen.history_wire / 1000:,.1f}"],
        ],
    )


def lighthouse_part(folder: Path, options: argparse.Namespace) -> None:
    program = lighthouse.install(folder / "lighthouse")
    with gunicorn(demo_environment(data(folder)), folder / "lighthouse.log") as port:
        seen = {
            name: lighthouse.look(program, f"http://127.0.0.1:{port}{path}", options.runs)
            for name, path in lighthouse.PAGES.items()
        }
    show(
        f"{lighthouse.PACKAGE}, mobile (aims: 95, then 100 each); medians of {options.runs}",
        ["", *lighthouse.CATEGORIES, "largest paint, ms", "blocked, ms", "shift"],
        [
            [
                name,
                *(f"{page.scores[one]:.0f}" for one in lighthouse.CATEGORIES),
                f"{page.largest_ms:,.0f}",
                f"{page.blocked_ms:,.0f}",
                f"{page.shift:.3f}",
            ]
            for name, page in seen.items()
        ],
    )


# --- Requests ----------------------------------------------------------------------------------


def requests(folder: Path, options: argparse.Namespace) -> None:
    with gunicorn(demo_environment(data(folder)), folder / "requests.log") as port:
        results = [http_times.measure(port, what) for what in http_times.REQUESTS]
    show(
        "Requests to one worker over one connection, brotli",
        ["", "median ms", "slowest 5%, ms", "a second", "kB", "asked"],
        [
            [
                result.title,
                f"{result.median_ms:,.1f}",
                f"{result.slow_ms:,.1f}",
                f"{1000 / result.median_ms:,.0f}",
                f"{result.size / 1000:,.1f}",
                str(result.count),
            ]
            for result in results
        ],
    )


# --- Imports -----------------------------------------------------------------------------------


def imports_part(folder: Path, options: argparse.Namespace) -> None:
    """A table a database, shown as soon as it is measured; then what is wrong, if anything."""
    wrong = []
    for database in imports.DATABASES:
        results = imports.measure(folder / "imports" / database, database, options.import_runs)
        imports_tables.show_results(results, options.import_runs)
        wrong += results.wrong
    if wrong:
        raise Broken("; ".join(wrong))


WORK = {
    "rebuild": rebuild,
    "map": map_page,
    "slider": slider_part,
    "lighthouse": lighthouse_part,
    "requests": requests,
    "imports": imports_part,
}

if __name__ == "__main__":
    sys.exit(main())

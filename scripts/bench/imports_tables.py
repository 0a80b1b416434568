"""The tables of the imports: times, their ratios to the peer's, queries and memory."""

from __future__ import annotations

from statistics import median

from bench.imports import DEFAULT, FEW, OURS, PEER, Results
from bench.table import show

STEPS = {
    "first": "first time",
    "again": "the unchanged file again",
    "later": "a later file, 1% changed, the rest confirmed",
    "undo": "undo of that",
}
TUNED = {"XLSX": (PEER, "tuned, XLSX"), "CSV": (PEER, "tuned, CSV")}


def show_results(results: Results, runs: int) -> None:
    low, high = min(results.load), max(results.load)
    print(
        f"\nImports, {results.database}: {results.sizes['rows']:,} rows, preview and apply; "
        f"medians of {runs}, the default peer once; load {low:.1f} to {high:.1f}"
    )
    for step, title in STEPS.items():
        _show_step(results, step, title)
    _show_growth(results)
    print(
        "Aims, first time and unchanged: the default peer at least 20 times as long as ours, the "
        "tuned one\nat least 4 times; no more memory than the tuned peer; the same queries for "
        "any number of rows."
    )


def _show_step(results: Results, step: str, title: str) -> None:
    # A tenth of the rows is for the queries only.
    measured = {
        named: steps[step]
        for named, steps in results.runs.items()
        if step in steps and named != FEW
    }
    default = total(measured[DEFAULT]) if DEFAULT in measured else None
    rows = []
    for named, runs in sorted(measured.items(), key=lambda one: (one[0][0] == OURS, one[0][1])):
        who, name = named
        took, kind = total(runs), name.rpartition(", ")[2]
        tuned = total(measured[TUNED[kind]]) if TUNED.get(kind) in measured else None
        mine = who == OURS
        rows.append(
            [
                f"{who}: {name}",
                *(_seconds(runs, part) for part in ("preview", "apply")),
                f"{took:,.2f}",
                f"{median(run['read'] for run in runs):,.2f}" if "read" in runs[0] else "",
                f"{default / took:,.1f}" if mine and default and kind == "XLSX" else "",
                f"{tuned / took:,.1f}" if mine and tuned else "",
                f"{median(run['queries'] for run in runs):,.0f}",
                f"{median(run['peak'] for run in runs):,.0f}",
                f"{median(run['before'] for run in runs):,.0f}",
            ]
        )
    head = [
        "",
        "preview, s",
        "apply, s",
        "in all, s",
        "of which reading",
        "default / it",
        "tuned / it",
    ]
    show(f"{title[0].upper()}{title[1:]}", [*head, "queries", "peak MB", "MB at first"], rows)


def _seconds(runs: list[dict], part: str) -> str:
    if part not in runs[0]["seconds"]:
        return ""
    return f"{median(run['seconds'][part] for run in runs):,.2f}"


def total(runs: list[dict]) -> float:
    return median(sum(run["seconds"].values()) for run in runs)


def _show_growth(results: Results) -> None:
    """Whether a statement is sent for a row. What has the same words is one in another batch."""
    few, every = results.runs[FEW], results.runs[OURS, "admin, XLSX"]
    rows = []
    for step, title in STEPS.items():
        small, large = few[step][0], every[step][0]
        rows.append(
            [
                title,
                *(str(run["queries"]) for run in (small, large)),
                *(str(run["shapes"]) for run in (small, large)),
            ]
        )
    show(
        "Queries of ours (admin, XLSX), and how many of them with a batch's repetitions left out",
        [
            "",
            *(f"{results.sizes[size]:,} rows" for size in ("few", "rows")),
            *(f"distinct, {results.sizes[size]:,}" for size in ("few", "rows")),
        ],
        rows,
    )

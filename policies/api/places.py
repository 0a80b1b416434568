"""Which county a FIPS code means, and what to say if it means none of ours."""

from __future__ import annotations

from django.db.models import QuerySet

from counties import fips
from counties.lookups import fips_changes, known_fips
from counties.models import County
from policies.api.base import NotFound


class Moved(Exception):
    """The code asked for was changed and now means for certain the county `fips`."""

    def __init__(self, fips: str):
        super().__init__(fips)
        self.fips = fips


def find_county(code: str, counties: QuerySet[County]) -> County:
    """The county with this code.

    Raises Moved for a retired code whose meaning is certain. NotFound says what became of one
    that may mean several counties, and how to write a mangled one.
    """
    if is_code(code):
        county = counties.filter(pk=code).first()
        if county is not None:
            return county
        match = fips.resolve_fips(code, known_fips(), fips_changes())
        if match.fips is not None:
            raise Moved(match.fips)
    message, candidates = why_not(code)
    raise NotFound("fips", message, counties=candidates)


def is_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()


def why_not(code: str) -> tuple[str, list[str]]:
    """A sentence on a code that is none of ours, and the codes that may be meant."""
    shown = code[:40]
    try:
        clean = code if is_code(code) else fips.clean_fips(shown)
    except fips.FipsError as error:
        return f"Not the FIPS code of a county: {error.message}", []
    match = fips.resolve_fips(clean, known_fips(), fips_changes())
    candidates = list(match.candidates)
    if match.status == "current":
        return f"Write the code of a county with all five digits: {clean}, not “{shown}”.", [clean]
    if not candidates:
        return match.explanation, []
    # The second half of the explanation tells the sender of a spreadsheet what to do with a row.
    reason = match.explanation.split("; ")[0].rstrip(".")
    return f"{reason}. Ask for {' or '.join(candidates)} instead.", candidates

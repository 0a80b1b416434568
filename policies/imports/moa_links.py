"""What the addresses of agreements behind the cells of ICE's lists tell. Pure."""

from __future__ import annotations

import re
from datetime import date

#: "..._TFM_MOA_02232026.pdf", "..._WSO_MOA_05.08.25.pdf", "..._06-09-2020.pdf"
_DAY = re.compile(r"(?<!\d)(\d\d)[._-]?(\d\d)[._-]?(20\d\d|\d\d)(?:\D[^/]*)?\.pdf$", re.I)


def day_in(url: str) -> date | None:
    """The day that the name of an agreement's file ends with, as ICE names them."""
    found = _DAY.search(url)
    if not found:
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None

"""Addresses of agreements behind the cells of ICE's lists. Pure."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

#: "..._TFM_MOA_02232026.pdf", "..._WSO_MOA_05.08.25.pdf", "..._06-09-2020.pdf"
_DAY = re.compile(r"(?<!\d)(\d\d)[._-]?(\d\d)[._-]?(20\d\d|\d\d)(?:\D[^/]*)?\.pdf$", re.I)


def address(link: str) -> str:
    """The web address behind a link, taken out of a mail filter's wrapping; "" if it is none."""
    parts = urlsplit(link.strip())
    if parts.netloc.endswith("safelinks.protection.outlook.com"):
        return address(parse_qs(parts.query).get("url", [""])[0])
    return link.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


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

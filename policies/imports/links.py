"""Addresses behind cells: which are kept, and what they are without a mail program's wrapping.

Pure.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

_SAFELINKS = ".safelinks.protection.outlook.com"
#: A mail that was forwarded may be wrapped more than once.
_MOST_WRAPPINGS = 5


def real_address(target: str) -> str:
    """The web address that `target` leads to; empty if it is none (mail, files, scripts)."""
    address = target.strip()
    for _ in range(_MOST_WRAPPINGS):
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").lower()
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https") or not host:
            return ""
        if not host.endswith(_SAFELINKS):
            return address
        address = parse_qs(parts.query).get("url", [""])[0].strip()
    return ""

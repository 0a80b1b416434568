"""Rows and lists by ICE, written short."""

from __future__ import annotations

from datetime import date

from policies.imports.agreement_plan import KIND_287G, DatedList
from policies.imports.facts import Entry

DAYS = {"feb": date(2025, 2, 21), "jul": date(2025, 7, 18), "may": date(2026, 5, 18)}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def entry(
    agency="Kerr County Sheriff's Office", signed: str | None = "2020-01-10", **more
) -> Entry:
    values = {
        "sheet": "Sheet1",
        "row": 2,
        "usps": "TX",
        "agency": agency,
        "model": "Task Force Model",
        "signed_on": day(signed),
        "agency_type": "sheriff",
        "fips": ("48265",),
    }
    return Entry(**(values | more))


def ice_list(name: str, *entries: Entry, kind: str = KIND_287G) -> DatedList:
    return DatedList(name, DAYS[name], entries, kind)

"""What ICE's facility list adds up to, beside what the report of 2019 counted. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from policies.imports.agencies import COUNTY_LEVEL, Agency
from policies.imports.facts import Entry

#: "Growing the Resistance" (2019): counties analysed, and those without a detention contract.
REPORT_2019 = {"analysed": 2960, "without_contract": 2770, "with_contract": 190}


def figures(
    entries: Iterable[Entry], reasons: Mapping[str, int], unresolved: int, rows: int
) -> dict[str, object]:
    """Counts for the report of an import. `reasons`: why rows decide nothing, and how many.

    deciding + non_deciding + unresolved = rows. "Deciding" rows are active contracts of a facility
    owned or run by a county (or by the corrections department of a unified-jail state).
    """
    entries = list(entries)
    contracts = [e for e in entries if e.model and not e.unresolved]
    active = [entry for entry in contracts if entry.active]
    of_counties = [e for e in active if e.agency_type in COUNTY_LEVEL and e.fips]
    of_states = [e for e in active if e.agency_type == Agency.STATE_CORRECTIONS]
    others = [e for e in active if e not in of_counties and e not in of_states]
    little_used = [
        e for e in contracts if not e.active and e.agency_type in COUNTY_LEVEL and e.population
    ]
    deciding = len(of_counties) + len(of_states)
    deciding_counties = _counties(of_counties)
    by_type: dict[str, list[Entry]] = defaultdict(list)
    for entry in of_counties:
        by_type[contract_type(entry)].append(entry)
    only = {kind: _only(kind, by_type) for kind in by_type}
    return {
        "deciding": deciding,
        "non_deciding": rows - deciding - unresolved,
        "unresolved": unresolved,
        "non_deciding_by_reason": dict(sorted(reasons.items())),
        "facilities_by_type": {kind: len(several) for kind, several in sorted(by_type.items())},
        "counties_deciding": len(deciding_counties),
        "counties_by_type": {kind: len(_counties(e)) for kind, e in sorted(by_type.items())},
        "counties_only_by_type": {kind: len(fips) for kind, fips in sorted(only.items())},
        "unified_states_deciding": sorted({entry.usps for entry in of_states}),
        "counties_only_below_one_a_day": len(_counties(little_used) - deciding_counties),
        "counties_only_with_city_or_private_contract": len(_counties(others) - deciding_counties),
        "report_2019": REPORT_2019,
        "fewer_than_report_2019": REPORT_2019["with_contract"] - len(deciding_counties),
    }


def contract_type(entry: Entry) -> str:
    """The type of an entry's contract without what follows in brackets."""
    return entry.model.partition(" (")[0]


def _counties(entries: Iterable[Entry]) -> set[str]:
    return {fips for entry in entries for fips in entry.fips}


def _only(kind: str, by_type: Mapping[str, list[Entry]]) -> set[str]:
    """Counties that this type of contract alone puts on the list."""
    elsewhere = (entry for other, e in by_type.items() if other != kind for entry in e)
    return _counties(by_type[kind]) - _counties(elsewhere)

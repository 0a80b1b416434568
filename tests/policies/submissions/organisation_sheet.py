"""A full-size sheet in the organisation's 28 columns, with the troubles that its real one has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from counties.models import County, State

HEADINGS = (
    *("County", "Field Office", "State", "Jurisdiction", "Priority"),
    "Month and Year Jurisdiction Began Not Accepting Detainers",
    "Date of First Engagement between ERO and Local Government",
    "Date of Last Engagement between ERO and Local Government",
    *("Who Met with the Local Government?", "Current Detainer/Notification Acceptance Status"),
    *("ICE Comments", "Follow Up Meeting Scheduled", "Next Meeting Date"),
    *("HQ Priority Jurisdictions (187)", "ILRC Analysis"),
    *("No 287(g)", "No ICE Detention Contract", "No ICE holds", "No ICE alerts"),
    "Limits on ICE interrogations in jail",
    "Prohibition on asking about immigration status",
    "General prohibition on assistance to ICE",
    *("ILRC Total", "Path", "ILRC Comments", "Title of Policy", "LINK", "GEOID - FIPS"),
)
#: A whole state that the sheet does not have.
MISSING_STATE = "WY"
#: Rows whose total is more than seven factors can give.
IMPOSSIBLE_TOTALS = {"01001": 8, "01003": 31}
#: Counties of which the sheet knows only the first two factors.
HALF_KNOWN = {"01005", "01007"}
POLICIES = {"06075": ("Sanctuary ordinance", "https://example.org/sf-ordinance")}


def vector(position: int) -> list[int]:
    """Seven zeros and ones; which ones depends on where the county stands in the list."""
    return [int(factor < 2 or position % (factor + 3) == 0) for factor in range(7)]


def vectors() -> dict[str, list[int | None]]:
    """What the sheet answers, by FIPS (the whole of Rhode Island by "RI")."""
    found: dict[str, list[int | None]] = {"RI": [1, 1, 1, 1, 0, 0, 0]}
    counties = County.objects.exclude(state=MISSING_STATE).exclude(state="RI").order_by("pk")
    for position, fips in enumerate(counties.values_list("pk", flat=True)):
        found[fips] = list(vector(position))
        if fips in HALF_KNOWN:
            found[fips][2:] = [None] * 5
    return found


def sheet() -> bytes:
    """The file: UTF-8 without a mark, commas, one row a county and three that are none."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, restval="")
    writer.writeheader()
    writer.writerows(_rows())
    return text.getvalue().encode()


def _rows() -> Iterator[dict[str, object]]:
    answers = vectors()
    names = dict(County.objects.values_list("pk", "short_name"))
    states = dict(State.objects.values_list("fips", "usps"))
    island = _row("State of Rhode Island", "RI", "44", answers.pop("RI"))
    island["Jurisdiction"] = "Rhode Island Department of Corrections (ACI)"
    yield island
    for fips, given in answers.items():
        yield _row(names[fips], states[fips[:2]], str(int(fips)), given, fips)
    yield _row("Adjuntas Municipio", "PR", "72001", [1, 1, 0, 0, 0, 0, 0])
    yield _row("Guam", "GU", "66010", [1, 1, 0, 0, 0, 0, 0])
    yield {"County": "Total", "ILRC Total": 6000}


def _row(name, usps, code, answers, fips="") -> dict[str, object]:
    title, link = POLICIES.get(fips, ("", ""))
    known = [one for one in answers if one is not None]
    return {
        "County": name,
        "Field Office": "NOL",
        "State": f"{usps} ",
        "Jurisdiction": f"{name} Sheriffs Office",
        "Priority": "C: Large jurisdictions that continue to accept",
        "Date of First Engagement between ERO and Local Government": "7/31/2015",
        "Date of Last Engagement between ERO and Local Government": "9/1/2015",
        "Who Met with the Local Government?": "FOD",
        "Current Detainer/Notification Acceptance Status": (
            "4: Willing to accept both (I-247N) Notifications and (I-247D) Detainers"
        ),
        "ICE Comments": f"FNL FOD met with {name} and discussed the programme.",
        "Follow Up Meeting Scheduled": "No",
        "HQ Priority Jurisdictions (187)": "FALSE",
        **{
            heading: "" if answer is None else answer
            for heading, answer in zip(HEADINGS[15:22], answers, strict=True)
        },
        "ILRC Total": IMPOSSIBLE_TOTALS.get(fips, sum(known)),
        # As long as a coastline is.
        "Path": "<Polygon>" + "-87.5,30.2 " * (9000 if fips == "01003" else 60) + "</Polygon>",
        "Title of Policy": title,
        "LINK": link,
        "GEOID - FIPS": code,
    }


def expected(code: int | None, factor_index: int) -> str:
    """A cell's answer: 0 is "no" for factors 1 and 2, "none found" for the others."""
    if code is None:
        return "unknown"
    if code:
        return "yes"
    return "no" if factor_index < 2 else "none_found"

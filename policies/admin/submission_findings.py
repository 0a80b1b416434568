"""What is wrong with a file, as its page says it: equal findings as one, and what to choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counties.models import County
from policies.models import AgencyType

ROWS_NAMED = 8


@dataclass(slots=True)
class Problem:
    """Equal findings as one. `scope` and `key`: the question that a choice would answer."""

    code: str
    column: str
    value: str
    message: str
    suggestions: list[tuple[str, str]]
    scope: str
    key: str
    sheet: str
    rows: list[int]

    @property
    def row_words(self) -> str:
        if not self.rows:
            return ""
        named = ", ".join(str(row) for row in self.rows[:ROWS_NAMED])
        more = len(self.rows) - ROWS_NAMED
        if more > 0:
            return _("%(rows)s and %(more)d more") % {"rows": named, "more": more}
        return named


def problems(findings: Iterable[dict]) -> list[Problem]:
    """Findings in their order, those that say the same of several rows as one."""
    found: dict[tuple, Problem] = {}
    for one in findings:
        scope, key = question(one)
        same = (one["sheet"], one["code"], one["column"], one["value"], one["message"], key)
        problem = found.get(same)
        if problem is None:
            suggestions = suggested(one)
            problem = found[same] = Problem(
                one["code"],
                one["column"],
                one["value"],
                one["message"],
                suggestions,
                scope,
                key,
                one["sheet"],
                [],
            )
        if one["row"] is not None:
            problem.rows.append(one["row"])
    return list(found.values())


def question(finding: dict) -> tuple[str, str]:
    """(scope, key) of what a person can answer about a finding; empty if nothing."""
    if finding["code"] == "unknown_heading":
        return "column", finding["column"]
    choice = finding.get("choice") or {}
    return choice.get("scope", ""), choice.get("key", "")


def questions(report: dict) -> dict[tuple[str, str], dict]:
    """Everything that may be answered about a file, and the first finding that asks it."""
    asked: dict[tuple[str, str], dict] = {}
    for one in [*report.get("errors", ()), *report.get("warnings", ())]:
        if all(question(one)):
            asked.setdefault(question(one), one)
    for heading in report.get("columns", {}):
        about = {"message": "", "suggestions": [], "value": heading, "code": "unknown_heading"}
        asked.setdefault(("column", heading), about)
    return asked


def suggested(finding: dict) -> list[tuple[str, str]]:
    """(what choosing it stores, suggestion); "" if it takes more than a click.

    "Lampasas County (48281)" is 48281, of an agency with its kind before it.
    """
    scope, _key = question(finding)
    agency_type = finding.get("choice", {}).get("agency_type", "")
    return [(_stored(scope, text, agency_type), text) for text in finding["suggestions"]]


def _stored(scope: str, text: str, agency_type: str) -> str:
    if scope in ("column", "rename"):
        return text
    code = text.rpartition("(")[2].rstrip(")")
    if not scope or len(code) != 5 or not code.isdigit():
        return ""
    if scope == "agency":
        return f"{agency_type}:{code}" if agency_type else ""
    return code


def meaning(scope: str, value: str) -> str:
    """A remembered answer in words."""
    if not value:
        return _("left out")
    if scope in ("column", "rename"):
        return value
    kind, _colon, codes = value.rpartition(":")
    counties = "; ".join(str(c) for c in County.objects.filter(pk__in=codes.split(",")))
    kinds = dict(AgencyType.choices)
    return ", ".join(part for part in (str(kinds.get(kind, kind)), counties) if part)

"""What is wrong with a file, as its page says it: equal findings as one, and what to choose."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.models import County
from policies import import_choices
from policies.imports.tables import HEADING_UNSURE
from policies.models import AgencyType

ROWS_NAMED = 8
#: An answer to whether two names are one agency, in words.
RENAME_WORDS = {
    import_choices.SAME: gettext_lazy("the same agency"),
    import_choices.DIFFERENT: gettext_lazy("two agencies"),
}


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


@dataclass(frozen=True, slots=True)
class Question:
    """What a person can answer about a finding; empty if nothing."""

    scope: str = ""
    key: str = ""
    agency_type: str = ""


def problems(report: dict, name: str) -> list[Problem]:
    """Findings (`errors` or `warnings`) in their order, those that say the same as one."""
    choices = _choices(report)
    found: dict[tuple, Problem] = {}
    for one in report.get(name, ()):
        asked = _question(one, choices)
        same = (one["sheet"], one["code"], one["column"], one["value"], one["message"], asked)
        problem = found.get(same)
        if problem is None:
            problem = found[same] = Problem(
                one["code"],
                one["column"],
                one["value"],
                one["message"],
                suggested(one, asked),
                asked.scope,
                asked.key,
                one["sheet"],
                [],
            )
        if one["row"] is not None:
            problem.rows.append(one["row"])
    return list(found.values())


def _choices(report: dict) -> dict[tuple, Question]:
    return {
        _place_of(one): Question(one["scope"], one["key"], one["agency_type"])
        for one in report.get("choices", ())
    }


def _place_of(one: dict) -> tuple:
    return (one["sheet"], one["row"], one["column"], one["code"])


def _question(finding: dict, choices: dict[tuple, Question]) -> Question:
    if finding["code"] in ("unknown_heading", HEADING_UNSURE):
        return Question("column", finding["column"])
    return choices.get(_place_of(finding)) or Question()


def questions(report: dict) -> dict[tuple[str, str], tuple[dict, Question]]:
    """(scope, key) of everything that may be answered about a file -> the first finding that
    asks it, and the question."""
    choices = _choices(report)
    asked: dict[tuple[str, str], tuple[dict, Question]] = {}
    for one in [*report.get("errors", ()), *report.get("warnings", ())]:
        what = _question(one, choices)
        if what.key:
            asked.setdefault((what.scope, what.key), (one, what))
    for heading in report.get("columns", {}):
        about = {"message": "", "suggestions": [], "value": heading}
        asked.setdefault(("column", heading), (about, Question("column", heading)))
    return asked


def suggested(finding: dict, asked: Question) -> list[tuple[str, str]]:
    """(what choosing it stores, suggestion); "" if it takes more than a click.

    "Lampasas County (48281)" is 48281, of an agency with its kind before it.
    """
    if asked.scope == "rename":
        return [(text, str(RENAME_WORDS.get(text, text))) for text in finding["suggestions"]]
    return [(_stored(asked, text), text) for text in finding["suggestions"]]


def _stored(asked: Question, text: str) -> str:
    if asked.scope == "column":
        return text
    code = text.rpartition("(")[2].rstrip(")")
    if not asked.scope or len(code) != 5 or not code.isdigit():
        return ""
    if asked.scope == "agency":
        return f"{asked.agency_type}:{code}" if asked.agency_type else ""
    return code


def meaning(scope: str, value: str) -> str:
    """A remembered answer in words."""
    if not value:
        return _("left out")
    if scope == "rename":
        return str(RENAME_WORDS.get(value, value))
    if scope == "column":
        return value
    kind, _colon, codes = value.rpartition(":")
    counties = "; ".join(str(c) for c in County.objects.filter(pk__in=codes.split(",")))
    kinds = dict(AgencyType.choices)
    return ", ".join(part for part in (str(kinds.get(kind, kind)), counties) if part)

"""A plan as it is told: the report of the contract, and the packed lines of the preview."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence

from policies.effects import Effect
from policies.import_lines import Line, lines
from policies.import_plans import Plan
from policies.imports.planned_policies import Outcome
from policies.imports.tables import HEADING_UNSURE, FileError
from policies.rubric import Answer, score

#: How answers are packed.
LETTERS = {Answer.YES: "y", Answer.NO: "n", Answer.NONE_FOUND: "f", Answer.UNKNOWN: "u"}
ANSWERS = {letter: answer for answer, letter in LETTERS.items()}


def report(plan: Plan, *, applied: bool = False, submission: int | None = None) -> dict:
    """The contract's report. Counts are of answers (policies) or agreements (lists by ICE)."""
    return {
        "kind": plan.kind,
        "sha256": plan.sha256,
        "rows": plan.rows,
        **plan.counts(),
        "errors": [one.as_report() for one in plan.errors],
        "warnings": [one.as_report() for one in plan.warnings],
        "choices": [one.as_choice() for one in plan.findings if one.key],
        "open_questions": plan.open_questions,
        "figures": plan.figures,
        "counties_moved": len(plan.effects),
        "rows_left_out": len(plan.blocked),
        "skipped_rows": skipped_rows(plan),
        "applied": applied,
        "submission": submission,
    }


def skipped_rows(plan: Plan) -> list[dict[str, object]]:
    """Which rows are left out on purpose, and why. In the wide form, one row may have repeated
    several answers: `skipped` counts each, and the reason is told once."""
    found = [(plan.sheet, row, skip.code, skip.message) for row, skip in plan.skipped.items()]
    found += [
        (one.fact.sheet, one.fact.row, *one.problem)
        for one in plan.policies
        if one.outcome == Outcome.SKIPPED and one.problem
    ]
    return [
        {"sheet": sheet, "row": row, "code": code, "message": message}
        for sheet, row, code, message in sorted(dict.fromkeys(found), key=lambda one: one[1])
    ]


def headings_unsure(report: Mapping) -> list[str]:
    """The headings of which somebody must say what they are before anything can be applied."""
    return [one["column"] for one in report.get("errors", ()) if one["code"] == HEADING_UNSURE]


def report_of_error(kind: str, sha256: str, error: FileError) -> dict:
    """The same form for a file that cannot be read at all."""
    return {
        "kind": kind,
        "sha256": sha256,
        "rows": 0,
        **dict.fromkeys(("new", "changed", "unchanged", "confirmed", "removed", "skipped"), 0),
        "errors": [
            {
                **{"sheet": "", "row": None, "column": "", "value": ""},
                "code": error.code,
                "message": error.message,
                "suggestions": list(error.suggestions),
            }
        ],
        "warnings": [],
        "figures": {},
        "counties_moved": 0,
        "rows_left_out": 0,
        "skipped_rows": [],
        "applied": False,
        "submission": None,
    }


def pack(plan: Plan) -> bytes:
    """The lines of the preview and the effects on scores, small enough to keep."""
    packed = {
        "lines": [astuple_of(line) for line in lines(plan)],
        "effects": [
            [effect.fips, _letters(effect.answers_before), _letters(effect.answers_after)]
            for effect in plan.effects
        ],
    }
    return zlib.compress(json.dumps(packed, separators=(",", ":")).encode(), level=1)


def astuple_of(line: Line) -> tuple:
    return (
        line.sheet,
        line.row,
        line.outcome,
        line.place,
        line.what,
        line.before,
        line.after,
        line.message,
        line.delta,
    )


def unpack(packed: bytes) -> tuple[list[Line], list[Effect]]:
    """(lines, effects) as `pack` took them; empty for nothing."""
    if not packed:
        return [], []
    content = json.loads(zlib.decompress(bytes(packed)))
    found = [
        Line(sheet, row, Outcome(outcome), *rest) for sheet, row, outcome, *rest in content["lines"]
    ]
    return found, [_effect(*one) for one in content["effects"]]


def seen(packed: bytes) -> str:
    """What a preview showed, in a few letters: two previews with the same would do the same."""
    return hashlib.sha256(bytes(packed)).hexdigest()[:16]


def _letters(answers: Sequence[Answer]) -> str:
    return "".join(LETTERS[answer] for answer in answers)


def _effect(fips: str, before: str, after: str) -> Effect:
    was, will_be = (tuple(ANSWERS[letter] for letter in word) for word in (before, after))
    return Effect(fips, score(was), score(will_be), was, will_be)

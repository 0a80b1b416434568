"""The answers of all counties over time in one compact file, for the map's date slider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from counties import shapes
from policies import score_periods
from policies.evidence import FACTOR_OF_AGREEMENT
from policies.models import AgreementKind, IceList, ScorePeriod
from policies.resolution import Rule
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor
from policies.timeline import RULE_LETTERS, fresh_until

#: Change this when the file changes its form: browsers keep it for a day.
FORM = 1
#: One letter an answer, as in the map's index.
LETTERS = {Answer.YES: "y", Answer.NO: "n", Answer.NONE_FOUND: "f", Answer.UNKNOWN: "u"}
_NOTHING = ("u" * MAX_SCORE, "", "", "")
#: (FIPS, first day, first day after or None, fresh until or None, rules, answers)
Row = tuple[str, date, date | None, date | None, str, tuple[str, ...]]


def history_file(known_before: datetime | None) -> dict:
    """`days`: every first day, in order. `states`: what a county can be: seven letters; the last
    day on which none of it is old, or empty; the positions of answers that rest on absence from
    ICE's list; the positions of answers that an agreement decides. `counties`: for every county in
    order of FIPS codes, pairs of a day and a state (indexes), oldest first; before the first, and
    in state 0, nothing is known. `lists`: by position of a factor, [day of ICE's list, last day on
    which it is not old].

    `known_before`: as the record stood at that moment, None for now.
    """
    rows = list(_as_known(known_before) if known_before else _stored())
    days = sorted({row[1] for row in rows} | {row[2] for row in rows if row[2]})
    day_at = {day: at for at, day in enumerate(days)}
    states: dict[tuple, int] = {_NOTHING: 0}
    of: dict[str, list[int]] = {fips: [] for fips in shapes.county_paths()}
    open_until: dict[str, date | None] = {}
    for fips, start, until, fresh, rules, answers in rows:
        runs = of[fips]
        gap = open_until.get(fips)
        if gap and gap != start:
            runs += (day_at[gap], 0)
        runs += (day_at[start], states.setdefault(_state(fresh, rules, answers), len(states)))
        open_until[fips] = until
    for fips, until in open_until.items():
        if until:
            of[fips] += (day_at[until], 0)
    return {
        "days": [day.isoformat() for day in days],
        "states": list(states),
        "counties": list(of.values()),
        "lists": _lists(known_before),
    }


def _state(fresh: date | None, rules: str, answers: Iterable[str]) -> tuple[str, str, str, str]:
    return (
        "".join(LETTERS[Answer(answer)] for answer in answers),
        fresh.isoformat() if fresh else "",
        _positions(rules, Rule.ABSENT_FROM_LIST),
        _positions(rules, Rule.AGREEMENT),
    )


def _positions(rules: str, rule: Rule) -> str:
    return "".join(str(at) for at, letter in enumerate(rules) if letter == RULE_LETTERS[rule])


def _stored() -> Iterator[Row]:
    rows = ScorePeriod.objects.order_by("county_id", "effective_from").values_list(
        *("county_id", "effective_from", "effective_until", "fresh_until", "rules"), *FACTORS
    )
    for fips, start, until, fresh, rules, *answers in rows:
        yield fips, start, until, fresh, rules, tuple(answers)


def _as_known(before: datetime) -> Iterator[Row]:
    for fips, period in score_periods.compute(before=before):
        yield (
            *(fips, period.effective_from, period.effective_until, period.fresh_until),
            *(period.rules, tuple(period.answers)),
        )


def _lists(before: datetime | None) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    lists = IceList.objects.known_before(before).order_by("list_date")
    for kind, day in lists.values_list("kind", "list_date").distinct():
        factor: Factor = FACTOR_OF_AGREEMENT[AgreementKind(kind)]
        until = fresh_until(factor, day, from_list=True)
        found.setdefault(FACTORS.index(factor), []).append((day.isoformat(), until.isoformat()))
    return found

"""One answer of a file beside the published periods of its place and factor. Pure.

A fact without a start of its own is an observation of the day on which it was seen ("in force
by"). Sources of the rules: the two verbs of the record (the policy changed; we were wrong),
half-open periods, and "an observation that is older than an existing period runs until that period
starts".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policies.imports import cells
from policies.imports.facts import PolicyFact
from policies.imports.planned_policies import Act, Outcome, PlannedPolicy, StoredPolicy, refused


def compare(
    fact: PolicyFact, periods: list[StoredPolicy], as_of: date
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """The plan of one fact, and the periods as they would be after it."""
    as_of = fact.seen_on or as_of
    start = fact.effective_from or as_of
    if not periods:
        return _added(fact, start, None, periods, as_of)
    later = next((p for p in periods if p.effective_from > start), None)
    exact = next((p for p in periods if p.effective_from == start), None)
    cover = exact or next((p for p in periods if p.covers(start)), None)
    if cover is None:
        if later and _dates_it_back(fact, later):
            return _replaced(fact, later, Act.CORRECTION, periods, as_of, starts=start)
        return _added(fact, start, later, periods, as_of)
    if fact.effective_from is None:
        return _observed(fact, cover, periods, as_of)
    if exact:
        return _of_the_same_start(fact, exact, later, periods, as_of)
    if fact.answer == cover.answer and fact.in_force_by:
        seen = replace(fact, effective_from=None, effective_from_precision="day")
        return _observed(seen, cover, periods, max(start, as_of))
    if fact.answer == cover.answer:
        message = (
            f"Record {cover.pk} has the same answer since {cover.effective_from}, the file since "
            f"{start}. Leave the date empty to confirm it, or correct that record first."
        )
        return refused(fact, "other_start", message, cover), periods
    return _replaced(fact, cover, Act.POLICY_CHANGE, periods, as_of, keeps_until=start)


def _dates_it_back(fact: PolicyFact, later: StoredPolicy) -> bool:
    """The record knew the policy only from the day it was seen; the file knows when it began."""
    return (
        fact.effective_from is not None
        and later.in_force_by
        and later.answer == fact.answer
        and fact.effective_until in (None, later.effective_until)
    )


def _observed(
    fact: PolicyFact, cover: StoredPolicy, periods: list[StoredPolicy], as_of: date
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """The fact has no date of its own: it says what was seen on the day of the file."""
    if fact.answer == cover.answer:
        if _says_more(fact, cover):
            return _replaced(fact, cover, Act.CORRECTION, periods, as_of, starts=None)
        return _seen_again(fact, cover, periods, as_of)
    if as_of == cover.effective_from:
        return _replaced(fact, cover, Act.CORRECTION, periods, as_of, starts=None)
    if as_of < cover.evidence_on:
        message = (
            f"Record {cover.pk} says {cover.answer} from {cover.effective_from}, seen as late as "
            f"{cover.evidence_on}; the file says {fact.answer} on {as_of}. Give the dates between "
            "which the file's answer held, or correct that record."
        )
        return refused(fact, "contradicts_newer", message, cover), periods
    return _replaced(fact, cover, Act.POLICY_CHANGE, periods, as_of, keeps_until=as_of)


def _of_the_same_start(
    fact: PolicyFact,
    exact: StoredPolicy,
    later: StoredPolicy | None,
    periods: list[StoredPolicy],
    as_of: date,
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """The record has a period that begins on the very day that the fact gives."""
    until = fact.effective_until
    if fact.answer != exact.answer or _says_more(fact, exact):
        return _replaced(fact, exact, Act.CORRECTION, periods, as_of)
    if until == exact.effective_until:
        return _seen_again(fact, exact, periods, as_of)
    if until is None:
        if exact.effective_until and as_of < exact.effective_until:
            return _seen_again(fact, exact, periods, as_of)
        message = (
            f"Record {exact.pk} says that this ended on {exact.effective_until}; the file says "
            f"that it is in force on {as_of}. Give the day on which it began again, or correct "
            "that record."
        )
        return refused(fact, "ended_before", message, exact), periods
    act = Act.POLICY_CHANGE if exact.effective_until is None else Act.CORRECTION
    return _replaced(fact, exact, act, periods, as_of)


def _says_more(fact: PolicyFact, stored: StoredPolicy) -> bool:
    """The file words it otherwise, or knows a start or a precision that the record does not."""
    if _other_words(fact.qualification, stored.qualification):
        return True
    if _other_words(fact.title, stored.title):
        return True
    if fact.effective_from is None:
        return False
    knows_the_start = stored.in_force_by and not fact.in_force_by
    return knows_the_start or fact.effective_from_precision != stored.from_precision


def _other_words(said: str, stored: str) -> bool:
    """Words that differ by more than what reading takes away, such as a form's line ends."""
    return bool(said) and said != stored and said != cells.clean(stored)


def _seen_again(
    fact: PolicyFact, stored: StoredPolicy, periods: list[StoredPolicy], as_of: date
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """Nothing differs; if the file is newer than all evidence so far, the answer is confirmed."""
    if as_of <= stored.evidence_on or not stored.covers(as_of):
        return PlannedPolicy(fact, Outcome.UNCHANGED, before=stored), periods
    return _replaced(fact, stored, Act.CONFIRMED, periods, as_of, starts=None)


def _added(
    fact: PolicyFact,
    start: date,
    later: StoredPolicy | None,
    periods: list[StoredPolicy],
    as_of: date,
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """A period where the record has none. An open one runs until the next begins."""
    if later and fact.effective_until and fact.effective_until > later.effective_from:
        return _overlapping(fact, later), periods
    ends, precision = fact.effective_until, fact.effective_until_precision
    if ends is None and later:
        ends, precision = later.effective_from, later.from_precision
    made = PlannedPolicy(
        fact,
        Outcome.NEW,
        Act.NEW,
        starts=start,
        ends=ends,
        ends_precision=precision,
        in_force_by=fact.effective_from is None or fact.in_force_by,
    )
    return made, _with(periods, made, as_of)


def _replaced(
    fact: PolicyFact,
    stored: StoredPolicy,
    act: Act,
    periods: list[StoredPolicy],
    as_of: date,
    *,
    starts: date | None = None,
    keeps_until: date | None = None,
) -> tuple[PlannedPolicy, list[StoredPolicy]]:
    """A row that takes the place of a published one, or follows it on the day `keeps_until`."""
    observed = starts is None and keeps_until is None and fact.effective_from is None
    keeps_start = observed or act == Act.CONFIRMED
    start = keeps_until or starts or (stored.effective_from if keeps_start else None)
    start = start or fact.effective_from or stored.effective_from
    others = [period for period in periods if period is not stored]
    later = next((p for p in others if p.effective_from > start), None)
    if later and fact.effective_until and fact.effective_until > later.effective_from:
        return _overlapping(fact, later), periods
    ends, precision = fact.effective_until, fact.effective_until_precision
    if ends is None and later:
        ends, precision = later.effective_from, later.from_precision
    elif ends is None and keeps_start and act != Act.POLICY_CHANGE:
        ends, precision = stored.effective_until, stored.until_precision
    made = PlannedPolicy(
        fact,
        Outcome.CONFIRMED if act == Act.CONFIRMED else Outcome.CHANGED,
        act,
        succeeds=stored.pk,
        keeps_until=keeps_until,
        starts=start,
        ends=ends,
        ends_precision=precision,
        in_force_by=(
            stored.in_force_by if keeps_start else fact.effective_from is None or fact.in_force_by
        ),
        before=stored,
    )
    if keeps_until:
        others.append(replace(stored, effective_until=keeps_until))
    return made, _with(others, made, as_of)


def _overlapping(fact: PolicyFact, later: StoredPolicy) -> PlannedPolicy:
    message = (
        f"The period reaches into that of published record {later.pk}, which begins on "
        f"{later.effective_from}. Give an end that is not later, or correct that one first."
    )
    return refused(fact, "overlap", message, later)


def _with(periods: Iterable[StoredPolicy], made: PlannedPolicy, as_of: date) -> list[StoredPolicy]:
    starts = made.starts or as_of
    added = StoredPolicy(
        None, made.fact.answer, starts, made.ends, made.in_force_by, max(starts, as_of)
    )
    return sorted([*periods, added], key=lambda period: period.effective_from)

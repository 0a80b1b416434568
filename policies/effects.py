"""What a change that is not made yet would do to today's scores: evidence with the change laid over
it, resolved by the same rules. Reads, never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from counties.models import County
from policies import evidence as evidence_road
from policies.assessments import When, assess, unknown
from policies.evidence import Overlay
from policies.imports.planned_policies import PlannedPolicy, StoredPolicy
from policies.resolution import RecordEvidence, resolve
from policies.rubric import FACTORS, Answer, Factor, Score, score

Key = tuple[str, Factor]


@dataclass(frozen=True, slots=True)
class Effect:
    """A county whose score, or what is known of it, would move."""

    fips: str
    before: Score
    after: Score
    answers_before: tuple[Answer, ...]
    answers_after: tuple[Answer, ...]

    @property
    def size(self) -> int:
        """Points gained or lost of what is known: how far the county moves on the map."""
        return abs(self.after.at_least - self.before.at_least)


def overlay_of_policies(
    planned: Iterable[PlannedPolicy], stored: Mapping[Key, Iterable[StoredPolicy]], as_of: date
) -> Overlay:
    """The records of the places and factors that the planned answers touch, as they would be."""
    changed: dict[Key, list[PlannedPolicy]] = defaultdict(list)
    for one in planned:
        if one.act is not None:
            changed[one.fact.place.key, one.fact.factor].append(one)
    records = {}
    while changed:  # emptied on the way: two lists for each answer of a large file are much memory
        key, changes = changed.popitem()
        ended = {one.succeeds: one.keeps_until for one in changes if one.succeeds is not None}
        rows = [
            RecordEvidence(
                old.pk or 0,
                old.answer,
                old.effective_from,
                ended.get(old.pk) or old.effective_until,
                old.evidence_on,
            )
            for old in stored.get(key, ())
            if old.pk not in ended or ended[old.pk]
        ]
        for number, one in enumerate(changes, start=1):
            seen = one.fact.seen_on or as_of
            evidence_on = max(one.starts, seen) if one.starts else seen
            rows.append(RecordEvidence(-number, one.fact.answer, one.starts, one.ends, evidence_on))
        records[key] = tuple(rows)  # as evidence takes them: no copies
    return Overlay(records=records)


def effects(overlay: Overlay, fips: Collection[str] | None, today: date) -> list[Effect]:
    """Counties (of these; None: of all) that the overlay would move today, the farthest first."""
    before = assess(When(today), fips=fips)
    evidence = evidence_road.load(fips=fips, overlay=overlay)
    moved = []
    counted: dict[tuple[Answer, ...], Score] = {}
    for code in evidence.state_of:
        own = evidence.of(code)
        answers = tuple(
            resolve(own[factor], today).answer if factor in own else Answer.UNKNOWN
            for factor in FACTORS
        )
        was = before.get(code) or unknown(code)
        if answers == was.answers:
            continue
        if answers not in counted:
            counted[answers] = score(answers)
        moved.append(Effect(code, was.score, counted[answers], was.answers, answers))
    return sorted(moved, key=lambda one: (-one.size, one.fips))


def counties_of(places: Iterable[str]) -> set[str]:
    """FIPS of places that are counties, or all counties of the states among them."""
    keys = set(places)
    states = {key for key in keys if len(key) == 2}
    if not states:
        return keys
    inside = County.objects.filter(state__in=states).order_by().values_list("pk", flat=True)
    return (keys - states) | set(inside)

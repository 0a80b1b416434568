"""What an act would move, found out by doing it and taking it back: the answers are those that
publishing will give, because it is publishing that gives them. Nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from counties.models import County
from policies import actions
from policies.assessments import Assessment, When, assess, unknown
from policies.models import StateProvision
from policies.models.base import PublishedRecord
from policies.resolution import Rule
from policies.rubric import FACTORS, Factor


@dataclass(frozen=True, slots=True)
class Moved:
    """A county whose answers would not be the same on `day`, and what they would be."""

    county: County
    before: Assessment
    after: Assessment

    @property
    def points(self) -> int:
        """How far it moves on the map, of what is known; negative if down."""
        return self.after.score.at_least - self.before.score.at_least

    @property
    def newly_preempted(self) -> tuple[Factor, ...]:
        """Factors where the county's own `yes` would no longer count."""
        return _switched_on(self.before.preempted, self.after.preempted)

    @property
    def newly_at_risk(self) -> tuple[Factor, ...]:
        """Factors where the county's own `yes` would count, forbidden by state law."""
        return _switched_on(self.before.at_risk, self.after.at_risk)

    @property
    def held_by_agreement(self) -> tuple[Factor, ...]:
        """Factors that an agreement with ICE decides, whatever the law requires."""
        return tuple(f for f in FACTORS if self.after.rule(f) == Rule.AGREEMENT)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`moved`: farthest first. `before` and `after`: all of these counties, by FIPS."""

    day: date
    moved: tuple[Moved, ...]
    before: dict[str, Assessment]
    after: dict[str, Assessment]


def rehearse(act: Callable[[], object], *, fips: Collection[str] | None, day: date) -> Rehearsal:
    """What `act` would move on `day` among these counties (None: all). Writes nothing.

    Objects that the act changed stay changed in memory: read them afresh. Raises
    ValidationError if the act does. A fixed number of queries beside those of the act.
    """
    before = assess(When(day), fips=fips)
    with transaction.atomic():
        act()
        after = assess(When(day), fips=fips)
        transaction.set_rollback(True)
    changed = [
        code
        for code in sorted(before.keys() | after.keys())
        if _shown(before.get(code)) != _shown(after.get(code))
    ]
    counties = County.objects.select_related("state").in_bulk(changed)
    moved = [
        Moved(counties[code], before.get(code) or unknown(code), after.get(code) or unknown(code))
        for code in changed
    ]
    moved.sort(key=lambda one: (-abs(one.points), one.county.pk))
    return Rehearsal(day, tuple(moved), before, after)


def counties_touched(record: PublishedRecord) -> set[str] | None:
    """FIPS of the counties on which the record, or the one that it succeeds, bears."""
    rows = [record]
    if record.succeeds_id:
        rows.append(type(record).objects.get(pk=record.succeeds_id))
    return actions.affected_by(rows)


def days_of(provision: StateProvision, today: date) -> list[date]:
    """The days on which a law may move something, in order: today, and each day on which one of
    its claims or exceptions begins, decides or ends."""
    days = {today}
    for claim in provision.claims.all():
        days |= {claim.effective_from, claim.effective_until, claim.compliance_date}
    for exception in provision.exceptions.all():
        days |= {exception.effective_from, exception.effective_until}
    return sorted(day for day in days if day)


def day_to_show(days: Sequence[date], today: date) -> date:
    """Today, unless all that the law does lies ahead: then the first day of it."""
    ahead = [day for day in days if day > today]
    return ahead[0] if ahead and not any(day < today for day in days) else today


def _shown(assessment: Assessment | None) -> tuple | None:
    if assessment is None:
        return None
    return (assessment.answers, assessment.rules, assessment.preempted, assessment.at_risk)


def _switched_on(before: str, after: str) -> tuple[Factor, ...]:
    return tuple(
        factor
        for factor, was, now in zip(FACTORS, before, after, strict=True)
        if now == "1" and was != "1"
    )

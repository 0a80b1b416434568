"""What a check is, what it finds, and what checks share while they look."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import Model, Q
from django.utils.functional import Promise

from policies import evidence as evidence_road
from policies.evidence import Evidence
from policies.models import Agreement, ProvisionClaim, RecordStatus
from policies.resolution import Decision, FactorEvidence, resolve
from policies.rubric import FACTORS, Factor
from policies.timeline import STALE_287G_LIST_AFTER, STALE_AFTER_YEARS

#: An answer is old when nobody verified it for so long (the domain's rule for "stale").
MONTHS = 12 * STALE_AFTER_YEARS


class Severity(StrEnum):
    """An error makes something we say wrong or unsupported; a warning asks for work."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `key` is the same whenever the same thing is found again.

    `about`: label and primary key of the record to mend. `sentence`: an untranslated text with
    placeholders for `values` (see `words`). A county brings its state along (`queue`).
    """

    key: str
    about: tuple[str, str]
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    county: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """`name` is used in addresses and kept with what was found: it never changes."""

    name: str
    title: str | Promise
    explanation: str | Promise
    severity: Severity
    find: Callable[[Material], Iterable[Finding]]


def about(model: type[Model], pk: object) -> tuple[str, str]:
    return model._meta.label_lower, str(pk)


@dataclass(frozen=True, slots=True)
class Claim:
    """One factor that a published provision binding county agencies claims."""

    provision: int
    title: str
    state: str
    factor: Factor
    effect: str
    decides_from: date
    until: date | None


@dataclass(frozen=True)
class Material:
    """What several checks read, read once. `today`: the day for which they look."""

    today: date
    months: int = MONTHS

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_road.load()

    @cached_property
    def decisions(self) -> dict[str, dict[Factor, Decision]]:
        """Today's decision on every factor of every county of which something is known.

        Counties without evidence of their own share their state's; that is resolved once.
        """
        shared: dict[int, Decision] = {}

        def decided(one: FactorEvidence) -> Decision:
            if id(one) not in shared:  # all live as long as `evidence`
                shared[id(one)] = resolve(one, self.today)
            return shared[id(one)]

        evidence = self.evidence
        found = {}
        for fips, state in evidence.state_of.items():
            of_state = evidence.by_state.get(state, {})
            own = evidence.by_county.get(fips, {})
            found[fips] = {
                factor: decided(one)
                for factor in FACTORS
                if (one := own.get(factor) or of_state.get(factor))
            }
        return found

    @cached_property
    def claims(self) -> dict[int, Claim]:
        """Claims that bind county agencies, by their number."""
        rows = ProvisionClaim.objects.filter(
            provision__status=RecordStatus.PUBLISHED, provision__binds_county_agencies=True
        ).order_by("pk")
        return {
            pk: Claim(
                *(provision, title, state, Factor(factor), effect),
                max(start, compliance or start),
                until,
            )
            for pk, provision, title, state, factor, effect, start, compliance, until in (
                rows.values_list(
                    *("pk", "provision_id", "provision__title", "provision__state_id"),
                    *("factor", "effect", "effective_from", "compliance_date", "effective_until"),
                )
            )
        }

    @cached_property
    def agencies(self) -> dict[int, str]:
        """Names of agencies by the number of their published agreement."""
        return dict(Agreement.objects.published().order_by().values_list("pk", "agency_name"))

    @property
    def oldest_verified(self) -> date:
        """What was verified before this day is old."""
        return months_before(self.today, self.months)

    @property
    def oldest_287g_list(self) -> date:
        """The same for ICE's lists of 287(g) agreements, which come out about monthly."""
        return self.today - STALE_287G_LIST_AFTER


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_published(prefix: str = "") -> Q:
    """A condition on citations: what they carry is published."""
    published = RecordStatus.PUBLISHED
    condition = Q()
    for record in ("local_policy", "provision", "agreement", "ice_list", "win"):
        condition |= Q(**{f"{prefix}{record}__status": published})
    for part in ("claim", "exception"):
        condition |= Q(**{f"{prefix}{part}__provision__status": published})
    return condition

"""All checks, the most urgent first."""

from __future__ import annotations

from policies.quality import ages, coders, coverage, inbox, law, places, sources, wins
from policies.quality.base import Check, Finding, Material, Severity

_ALL = (
    *inbox.CHECKS,
    *coders.CHECKS,
    *sources.CHECKS,
    *law.CHECKS,
    *places.CHECKS,
    *wins.CHECKS,
    *coverage.CHECKS,
    *ages.CHECKS,
)
#: Errors first; within a severity, in the order above.
CHECKS: tuple[Check, ...] = tuple(sorted(_ALL, key=lambda check: check.severity))
BY_NAME = {check.name: check for check in CHECKS}
ERRORS = frozenset(check.name for check in CHECKS if check.severity == Severity.ERROR)


def find_all(material: Material) -> dict[Check, list[Finding]]:
    """What every check finds, in the order of CHECKS. A fixed number of queries."""
    return {check: list(check.find(material)) for check in CHECKS}

"""What one check finds, in words."""

from __future__ import annotations

from datetime import date

from policies.quality.base import MONTHS, Finding, Material
from policies.quality.checks import BY_NAME
from policies.quality.words import detail

TODAY = date(2020, 3, 1)


def findings(check: str, *, today: date = TODAY, months: int = MONTHS) -> list[Finding]:
    return list(BY_NAME[check].find(Material(today, months)))


def said(check: str, **when) -> list[str]:
    return [detail(one.sentence, one.values) for one in findings(check, **when)]

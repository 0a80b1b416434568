"""The days between which a win happened, as far as its date is known. Pure but for the record."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from policies.models import PolicyWin, Precision


def last_day(win: PolicyWin) -> date | None:
    """The last day on which it can have happened; None if its date is not known at all.

    A month or a year counts from its first day, so that its last day is what is uncertain.
    """
    day = win.date_latest or win.date_earliest
    if day is None or win.date_precision == Precision.DAY:
        return day
    if win.date_precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1])

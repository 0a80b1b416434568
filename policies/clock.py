"""Days and moments of the record. The only module here that asks what time it is.

Called by views and commands; everything else takes dates as arguments.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in New York."""
    return timezone.localdate()


def end_of_day(day: date) -> datetime:
    """The first moment after `day` in New York, to be used as an exclusive bound."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def day_of(moment: datetime) -> date:
    """The day in New York on which a moment falls."""
    return timezone.localtime(moment).date()


def year_before(day: date) -> date:
    """The same day of the year before; of a leap day the day before it."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)

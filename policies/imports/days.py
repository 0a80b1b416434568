"""Dates as people and spreadsheets write them. Pure.

What can be read in one way only is read; anything else is an error with the likely dates as
suggestions, never a guess. Numbers are read as month/day/year, as is usual in the United States:
03/04/2019 is the 4th of March, and 13/05/2019 is an error.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NoReturn

from policies.imports.cell_errors import CellError, plain
from policies.imports.tables import shown

#: A day, and how exactly it is known: "day", "month" or "year" (values of models.Precision).
Day = tuple[date, str]

FIRST_YEAR, LAST_YEAR = 1900, 2099
MOST_SUGGESTIONS = 3

#: Day 0 of the 1900 date system, which counts a 29 February 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
# Serial numbers of five digits: 18 May 1927 to 31 December 2099. Shorter ones could be years.
_FIRST_SERIAL, _END_OF_SERIALS = 10_000, 73_051
#: Two digits from here on are of the last century.
_LAST_CENTURY_FROM = 70
#: Longer text is not a date, whatever it says.
_LONGEST = 60
#: No typing error is mended into a year before this one.
_FIRST_LIKELY_YEAR = 1950

_TIME = re.compile(
    r"[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$", re.I
)
_THREE = re.compile(r"^(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})$", re.ASCII)
_TWO = re.compile(r"^(\d{1,4})\s*[-/]\s*(\d{1,4})$", re.ASCII)
_NUMBER = re.compile(r"^\d{1,9}(\.\d{0,20})?$", re.ASCII)
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")

_MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_FILLERS = frozenset(
    {
        *("de", "del", "of", "the", "st", "nd", "rd", "th"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        *("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    }
)
_LOOK_ALIKES = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
_REMEDY = "Write it as YYYY-MM-DD, or YYYY-MM or YYYY if no more is known"


def from_text(text: str) -> Day:
    """A date from stripped text, such as "2019-07-01", "7/1/19", "1 de julio de 2019", "2019"."""
    if len(text) > _LONGEST:
        raise CellError("not_a_date", f"“{shown(text)}” is too long for a date. {_REMEDY}.")
    bare = _TIME.sub("", text).strip()
    if three := _THREE.match(bare):
        return _three(three[1], three[3], three[4], text)
    if _NUMBER.match(bare):
        return from_number(float(bare), text)
    if (two := _TWO.match(bare)) and (month := _year_and_month(two[1], two[2])):
        return _first_of(*month, text)
    return _worded(bare, text)


def from_number(number: float, text: str = "") -> Day:
    """A date from a number: 2019 is a year, 43647 a serial number, 20190701 an ISO date."""
    text = text or f"{number:.10g}"
    whole = int(number)
    if whole == number and FIRST_YEAR <= whole <= LAST_YEAR:
        return date(whole, 1, 1), "year"
    if _FIRST_SERIAL <= number < _END_OF_SERIALS:
        return _DAY_ZERO + timedelta(days=whole), "day"
    digits = str(whole)
    if whole == number and len(digits) == 8 and FIRST_YEAR <= int(digits[:4]) <= LAST_YEAR:
        return _calendar(digits[:4], digits[4:6], digits[6:], text)
    if whole == number and len(digits) == 4:
        _refuse_year(text, [str(year) for year in _likely_years(digits)])
    _refuse(text)


def from_date(value: date) -> Day:
    """A true date of the spreadsheet, unless its year is a typing error."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        parts = str(value.month), str(value.day)
        _refuse_year(value.isoformat(), _dates(*parts, _likely_years(str(value.year))))
    return value, "day"


def _three(first: str, second: str, third: str, text: str) -> Day:
    if len(first) == 4 and len(third) <= 2:
        return _calendar(first, second, third, text)
    if len(first) <= 2 and len(third) == 4:
        return _calendar(third, first, second, text)
    if len(first) <= 2 and len(third) == 2:
        year_first = _dates(second, third, [_with_century(first)]) if len(first) == 2 else ()
        return _calendar(str(_with_century(third)), first, second, text, year_first)
    _refuse(text)


def _calendar(year: str, month: str, day: str, text: str, otherwise: Iterable[str] = ()) -> Day:
    """The day of these numbers. `otherwise`: dates they may be if the month is none."""
    y, m, d = int(year), int(month), int(day)
    if not FIRST_YEAR <= y <= LAST_YEAR:
        _refuse_year(text, _dates(month, day, _likely_years(year)))
    if 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y, m)[1]:
        return date(y, m, d), "day"
    if m > 12 and d <= 12:
        raise CellError(
            "day_first",
            f"“{shown(text)}” has no month {m}; dates are read as month/day/year. {_REMEDY}.",
            _distinct([*_dates(day, month, [y]), *otherwise]),
        )
    near = []
    if 1 <= m <= 12 and 28 < d <= 31:
        last = date(y, m, calendar.monthrange(y, m)[1])
        near = [last.isoformat(), (last + timedelta(days=1)).isoformat()]
    message = f"There is no such day as “{shown(text)}”. {_REMEDY}."
    raise CellError("impossible_date", message, near)


def _first_of(year: str, month: str, text: str) -> Day:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        _refuse_year(text, [f"{y}-{int(month):02}" for y in _likely_years(year)])
    if not 1 <= int(month) <= 12:
        _refuse(text)
    return date(int(year), int(month), 1), "month"


def _year_and_month(first: str, second: str) -> tuple[str, str] | None:
    """Of two numbers the one with four digits is the year, if the other is short."""
    if len(first) == 4 and len(second) <= 2:
        return first, second
    if len(second) == 4 and len(first) <= 2:
        return second, first
    return None


def _worded(bare: str, text: str) -> Day:
    """Dates with the month in words, English or Spanish."""
    parts = [part for part in _WORDS.findall(plain(bare)) if part not in _FILLERS]
    words = [part for part in parts if not part.isdigit()]
    numbers = [part for part in parts if part.isdigit()]
    month = _month(words[0]) if len(words) == 1 else None
    if month is None:
        _refuse(text, _respelt(words, numbers))
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return _first_of(numbers[0], str(month), text)
    if len(numbers) == 2:
        year, day = numbers if len(numbers[0]) == 4 else reversed(numbers)
        if len(day) <= 2 and len(year) in (2, 4):
            full = year if len(year) == 4 else str(_with_century(year))
            return _calendar(full, str(month), day, text)
    if len(numbers) == 1 and len(numbers[0]) == 2:
        # "Jul-19" is what spreadsheets make of July 2019, and also of the 19th of July.
        _refuse(text, [f"{_with_century(numbers[0])}-{month:02}"])
    _refuse(text)


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next((number for name, number in _MONTH_OF.items() if name.startswith(word)), None)


def _respelt(words: list[str], numbers: list[str]) -> list[str]:
    """Dates in which the name of the month is misspelt."""
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    if len(words) != 1 or len(words[0]) < 3 or not numbers:
        return []
    near = process.extractOne(words[0], tuple(_MONTH_OF), scorer=fuzz.ratio, score_cutoff=70)
    if near is None:
        return []
    try:
        first, precision = _worded(" ".join([*numbers[:1], near[0], *numbers[1:]]), "")
    except CellError as error:
        return list(error.suggestions)
    return [first.isoformat()[: 7 if precision == "month" else 10]]


def _refuse_year(text: str, likely: Iterable[str]) -> NoReturn:
    raise CellError(
        "implausible_year",
        f"The year of “{shown(text)}” is not between {FIRST_YEAR} and {LAST_YEAR}. {_REMEDY}.",
        _distinct(likely),
    )


def _refuse(text: str, likely: Iterable[str] = ()) -> NoReturn:
    raise CellError(
        "not_a_date",
        f"“{shown(text)}” is not a date that can be read in one way only. {_REMEDY}.",
        _distinct(list(likely) or _mended(text)),
    )


def _mended(text: str) -> Iterator[str]:
    """Dates that become one typing error: a separator too many or too few, a digit, a letter."""
    worded = re.search(r"[^\W\d_]{3}", text)
    digits = re.findall(r"[0-9]+", text if worded else text.translate(_LOOK_ALIKES))
    found = False
    for year, month, day in _splits(digits):
        known = len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR
        for mended in _dates(month, day, [int(year)] if known else _likely_years(year)):
            found = True
            yield mended
    years = [n for n in digits if len(n) == 4 and _likely(int(n))]
    if not found and len(years) == 1:
        yield years[0]


def _splits(digits: list[str]) -> Iterator[tuple[str, str, str]]:
    """(year, month, day) as runs of digits may have been meant."""
    match digits:
        case [first, second, third] if len(first) <= 2 and len(second) <= 2:
            yield third, first, second
        case [first, second, third] if len(first) >= 3 and len(third) <= 2:
            yield first, second, third
        case [first, joined] if len(first) <= 2 and len(joined) in (5, 6):
            yield joined[-4:], first, joined[:-4]
        case [joined, year] if len(joined) in (2, 3, 4) and len(year) in (2, 4):
            for cut in range(1, len(joined)):
                yield year, joined[:cut], joined[cut:]
        case [joined] if len(joined) in (6, 7, 8):
            for cut in (1, 2):
                yield joined[-4:], joined[:cut], joined[cut:-4]


def _dates(month: str, day: str, years: Iterable[int]) -> Iterator[str]:
    """The days of these numbers that the calendar has, in ISO form."""
    if not (0 < len(month) <= 2 and 0 < len(day) <= 2):
        return
    for year in years:
        try:
            yield date(year, int(month), int(day)).isoformat()
        except ValueError:
            continue


def _likely_years(digits: str) -> list[int]:
    """Years of which these digits are a typing error: 5025, 20255, 0025, 2205."""
    found = [f"20{digits[-2:]}"] if len(digits) in (3, 4) else []
    for at in range(len(digits)):
        found.append(digits[:at] + digits[at + 1 :])
        found.append(digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :])
    return [int(year) for year in dict.fromkeys(found) if len(year) == 4 and _likely(int(year))]


def _likely(year: int) -> bool:
    return _FIRST_LIKELY_YEAR <= year <= LAST_YEAR


def _with_century(two_digits: str) -> int:
    number = int(two_digits)
    return number + (1900 if number >= _LAST_CENTURY_FROM else 2000)


def _distinct(dates: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(dates))[:MOST_SUGGESTIONS]

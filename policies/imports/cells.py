"""Values of cells, cleaned one at a time. Pure.

Each function takes a cell as it was read and returns what it means, None or "" for nothing, or
raises `CellError`. Nothing is guessed: what can be read in two ways is an error that offers both.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import NoReturn
from urllib.parse import urlsplit

from policies.imports import days
from policies.imports.cell_errors import (
    BLANK_WORDS,
    NOT_AVAILABLE,
    UNKNOWN_WORDS,
    CellError,
    is_error_cell,
    plain,
    refuse_error_cell,
)
from policies.imports.days import Day
from policies.imports.neutral import original
from policies.imports.tables import CellValue, shown
from policies.rubric import AGREEMENT_FACTORS, Answer, Factor

__all__ = [
    "CellError",
    "answer",
    "clean",
    "day",
    "is_blank",
    "is_error_cell",
    "number",
    "refuse_error_cell",
    "text",
    "url",
    "yes_no",
]

LONGEST_URL = 500

_YES = frozenset({"yes", "y", "x", "true", "1", "si", "s", "✓", "✔", "☑"})
_NO = frozenset({"no", "n", "false", "0"})
#: A `no` to any factor, also in a sheet of 1 and 0, where "no" to factors 3 to 7 is `none_found`.
_DOCUMENTED_NO = frozenset({"documented no", "documented_no"})
_NONE_FOUND = frozenset(
    {"none_found", "none found", "none", "not found", "not_found", "no policy found", "none-found"}
)
_DOUBT = re.compile(r"\?|\b(maybe|perhaps|probably|possibly|likely|unclear|unsure|quizas?)\b")
_ANSWER_WORDS = ("yes", "no", "none_found")
_NOT_IN_ADDRESSES = re.compile(r'[\s<>"\\]')
_HOST = re.compile(r"^(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]$")


def is_blank(value: CellValue, *, not_available_is_blank: bool = False) -> bool:
    """Whether the cell says nothing: empty, only spaces, "NaN", "N/A", a dash.

    `not_available_is_blank`: "#N/A" too, for lists that write it in empty cells.
    """
    if value is None or value == "":
        return True
    if isinstance(value, float):
        return math.isnan(value)
    if not isinstance(value, str):
        return False
    if not_available_is_blank and value.strip().upper() in NOT_AVAILABLE:
        return True
    return len(value) < 9 and clean(value).casefold() in BLANK_WORDS


def text(value: CellValue, limit: int | None = None) -> str:
    """Text without control, zero-width and direction-changing characters; line breaks stay.

    1001.0 is "1001", a date its ISO form; "NaN" and "None" are "". HTML and formulas stay the
    text they are: every way out neutralises them, and the mark that it sets before a formula is
    taken off here. Longer than `limit`: `too_long`.

    >>> text("  Ordinance\\x00 12\\u202e \\r\\n as amended ")
    'Ordinance 12\\n as amended'
    >>> text(1001.0), text("NaN"), text(True)
    ('1001', '', 'TRUE')
    >>> text("'=1+1"), text("'-")
    ('=1+1', '-')
    """
    refuse_error_cell(value)
    if is_blank(value):
        return ""
    found = original(clean(value)) if isinstance(value, str) else _written(value)
    if limit is not None and len(found) > limit:
        raise CellError(
            "too_long",
            f"The text has {len(found):,} characters; at most {limit:,} fit. Shorten it.",
        )
    return found


def day(value: CellValue, *, latest: date | None = None) -> Day | None:
    """A date and how exactly it is known ("day", "month", "year"); see `days` for the forms.

    A month or a year gives its first day. `latest`: the last day that is possible.

    >>> day("7/1/2019"), day("July 2019")
    ((datetime.date(2019, 7, 1), 'day'), (datetime.date(2019, 7, 1), 'month'))
    >>> day(2017), day(43647)
    ((datetime.date(2017, 1, 1), 'year'), (datetime.date(2019, 7, 1), 'day'))
    """
    try:
        found = _day(value)
    except CellError as error:
        if latest is None:
            raise
        end = latest.isoformat()
        possible = [one for one in error.suggestions if one <= end]
        raise CellError(error.code, error.message, possible) from None
    if found and latest and found[0] > latest:
        raise CellError(
            "date_in_future",
            f"{found[0]} is later than {latest}, the last day that is possible here. "
            "Correct the date.",
        )
    return found


def _day(value: CellValue) -> Day | None:
    if isinstance(value, datetime):
        return days.from_date(value.date())
    if isinstance(value, date):
        return days.from_date(value)
    refuse_error_cell(value)
    if is_blank(value):
        return None
    if isinstance(value, str):
        found = clean(value)
        return None if plain(found) in UNKNOWN_WORDS else days.from_text(found)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return days.from_number(value)
    raise CellError("not_a_date", f"“{shown(value)}” is not a date. Write it as YYYY-MM-DD.")


def answer(value: CellValue, factor: Factor, *, literal: bool = False) -> Answer | None:
    """What a cell answers to a factor; None is no record, which is not an answer.

    In a 0/1 sheet 0 is `no` for factors 1 and 2 and `none_found` for 3 to 7, and "N", "no" and
    "false" stand for 0. `literal`: the column holds the codes, so that the word "no" means `no`.

    >>> answer(0, Factor.NO_287G), answer(0, Factor.LIMITS_HOLDS)
    (<Answer.NO: 'no'>, <Answer.NONE_FOUND: 'none_found'>)
    >>> answer("no", Factor.LIMITS_HOLDS, literal=True)
    <Answer.NO: 'no'>
    """
    refuse_error_cell(value)
    said = plain(text(value)) if not isinstance(value, str) else plain(clean(value))
    if said in _YES:
        return Answer.YES
    if said in _NO:
        if factor in AGREEMENT_FACTORS or (literal and said == "no"):
            return Answer.NO
        return Answer.NONE_FOUND
    if said in _DOCUMENTED_NO:
        return Answer.NO
    if said in _NONE_FOUND:
        return Answer.NONE_FOUND
    if said in UNKNOWN_WORDS:
        return None
    _refuse_answer(value, said)


def _refuse_answer(value: CellValue, said: str) -> NoReturn:
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    first = re.split(r"[\s,;:.(?!-]", said, maxsplit=1)[0]
    begins = []
    if first.isalpha() and first in _YES | _NO:
        begins = ["yes"] if first in _YES else ["no"]
    if _DOUBT.search(said):
        raise CellError(
            "uncertain_answer",
            f"“{shown(value)}” leaves it open. Write yes, no or none_found, or empty the cell if "
            "it is not known.",
            begins or _ANSWER_WORDS,
        )
    near = process.extract(said, _ANSWER_WORDS, scorer=fuzz.ratio, score_cutoff=60, limit=2)
    raise CellError(
        "not_an_answer",
        f"“{shown(value)}” is not an answer. Write yes, no or none_found (or 1 and 0), or empty "
        "the cell if it is not known; exceptions belong under qualification.",
        begins or [word for word, _score, _at in near],
    )


def yes_no(value: CellValue) -> bool | None:
    """True, False, or None if the cell does not say.

    >>> yes_no("Y"), yes_no("FALSE"), yes_no("unknown")
    (True, False, None)
    """
    found = answer(value, Factor.NO_287G)
    if found is Answer.NONE_FOUND:
        raise CellError("not_yes_or_no", f"“{shown(value)}” is neither yes nor no.", ["yes", "no"])
    return None if found is None else found is Answer.YES


def number(value: CellValue) -> float | None:
    """A number; thousands may be set apart by commas.

    >>> number("1,234.5"), number(" 7 "), number("n/a")
    (1234.5, 7.0, None)
    """
    refuse_error_cell(value)
    if is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    said = clean(value) if isinstance(value, str) else ""
    if re.fullmatch(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?", said, re.ASCII):
        return float(said.replace(",", ""))
    raise CellError("not_a_number", f"“{shown(value)}” is not a number. Write digits only.")


def url(value: CellValue, limit: int = LONGEST_URL) -> str:
    """An address on the web, http or https; "" if there is none.

    >>> url(" https://example.org/policy.pdf ")
    'https://example.org/policy.pdf'
    """
    found = text(value)
    if not found:
        return ""
    if len(found) > limit:
        raise CellError(
            "too_long",
            f"The address has {len(found):,} characters; at most {limit:,} fit. Use a shorter one.",
        )
    if _is_web_address(found):
        return found
    with_scheme = f"https://{found.lstrip('/')}"
    bare = "://" not in found and not found.startswith(("mailto:", "javascript:", "data:"))
    raise CellError(
        "not_a_url",
        f"“{shown(found)}” is not the address of a page. Write it whole, beginning with https://.",
        [with_scheme] if bare and _is_web_address(with_scheme) else [],
    )


def _is_web_address(found: str) -> bool:
    if _NOT_IN_ADDRESSES.search(found):
        return False
    try:
        parts = urlsplit(found)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    # "https://ice.gov@elsewhere.org" looks like an address of ice.gov.
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and bool(_HOST.match(host))


def _written(value: CellValue) -> str:
    """A value that is not text, as the spreadsheet would show it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return str(value)


def clean(value: str) -> str:
    """Text without control, zero-width and direction-changing characters; line breaks stay."""
    if value.isprintable():
        return value.strip()
    lines = re.split(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]", value)
    return "\n".join(_clean_line(line) for line in lines).strip()


def _clean_line(line: str) -> str:
    kept = []
    for c in line:
        category = unicodedata.category(c)
        if category == "Zs" or c == "\t":
            kept.append(" ")
        # Controls, format characters (direction, zero width, byte order mark), lone surrogates,
        # and the two that XML, and so no workbook, can hold.
        elif category not in ("Cc", "Cf", "Cs") and c not in "\ufffe\uffff":
            kept.append(c)
    return "".join(kept).rstrip()

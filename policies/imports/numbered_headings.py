"""Headings that give a factor by its number: "3", "F3", "Factor 3", "3. Limits holds". Pure.

A number beside the factor's own name only numbers it. A number alone may also be a count, an index
or a footnote, so it means a factor only where the whole row says so (`numbered_factors`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from policies.imports.tables import LONG_FORM
from policies.rubric import FACTORS, Factor

_NUMBERED = re.compile(r"(?:factor|f)?([1-7])")
#: A numbering that goes on, or begins before, is not that of the factors.
_OTHER_NUMBER = re.compile(r"(?:factor|f)?(?:[089]|[0-9]{2})")
#: One number may be anything; two that differ are a numbering.
_FEWEST = 2


def number_of(key: str) -> Factor | None:
    """The factor that a heading's key numbers: "factor3", "f3" or "3"."""
    found = _NUMBERED.fullmatch(key)
    return FACTORS[int(found[1]) - 1] if found else None


def without_number(key: str) -> tuple[Factor, str] | None:
    """(the factor numbered, the rest) of a key such as "3limitsholds"; None if there is no rest."""
    found = _NUMBERED.match(key)
    rest = key[found.end() :] if found else ""
    return (FACTORS[int(found[1]) - 1], rest) if found and rest else None


def numbered_factors(
    keys: Mapping[int, str], meanings: Mapping[int, str | None]
) -> dict[int, Factor]:
    """Column -> factor, of the headings that are numbers alone and mean factors.

    They do if the row has other headings that are known and is not of the long form, if each number
    stands there once and no other heading means its factor, and if they are at least two and more
    than the factors that are named. `meanings`: column -> field of each heading, None if unknown.
    """
    numbered = {
        index: factor
        for index, key in keys.items()
        if meanings[index] is None and (factor := number_of(key))
    }
    known = {name for name in meanings.values() if name}
    named = known & set(FACTORS)
    each_once = len(set(numbered.values())) == len(numbered)
    certain = (
        len(numbered) >= max(_FEWEST, len(named) + 1)
        and each_once
        and not named & set(numbered.values())
        and known > named
        and not LONG_FORM & known
        and not any(map(_OTHER_NUMBER.fullmatch, keys.values()))
    )
    return numbered if certain else {}

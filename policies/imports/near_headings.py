"""Which field a heading that is not known was most likely meant for. Pure.

Two degrees: `meant` is so near that its column may not be left out without asking; `suggested` is
worth naming, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from policies.imports.cell_errors import plain
from policies.imports.header_rows import heading_key
from policies.imports.numbered_headings import number_of

_NEAR = 70
_MOST = 3
#: Shorter words are too much like each other: "city" and "cita", "line" and "link".
_FEWEST_LETTERS = 5
_LETTERS_A_SLIP = 5
#: A spelling of one word, such as "end", stands in too many headings.
_FEWEST_WORDS = 2


def meant(heading: str, free: Mapping[str, str]) -> list[str]:
    """The fields that a heading misspells, says with other words beside, or numbers; likeliest
    first.

    `free`: spelling -> field, of the fields that have no column.

    >>> meant("Anwser", {"answer": "answer"}), meant("Answering machine", {"answer": "answer"})
    (['answer'], [])
    >>> meant("Effective date of the policy", {"effective date": "effective_from"})
    ['effective_from']
    """
    words = set(_words(heading))
    slips: dict[str, int] = {}
    for spelling, field in free.items():
        distance = _slips(heading, spelling)
        wanted = set(_words(spelling))
        if distance is None and len(wanted) >= _FEWEST_WORDS and wanted <= words:
            distance = len(heading)
        if distance is not None:
            slips[field] = min(distance, slips.get(field, distance))
    factor = number_of(heading_key(heading))
    if factor and factor in free.values():
        slips.setdefault(factor.value, 0)
    return sorted(slips, key=lambda field: slips[field])[:_MOST]


def suggested(heading: str, free: Mapping[str, str]) -> list[str]:
    """The fields that a heading resembles, likeliest first."""
    near = nearest([heading], list(free))
    return list(dict.fromkeys([*meant(heading, free), *(free[one] for one in near)]))[:_MOST]


def nearest(wanted: Iterable[str], texts: Sequence[str]) -> list[str]:
    """Those of `texts` that are spelt like one of `wanted`, the nearest first."""
    from rapidfuzz import fuzz, process  # loaded for misspellings alone: it takes 4 MB

    scores: dict[str, float] = {}
    for text in wanted:
        for found, score, _ in process.extract(
            text, texts, scorer=fuzz.WRatio, processor=_spaced, score_cutoff=_NEAR
        ):
            scores[found] = max(score, scores.get(found, 0))
    return sorted(scores, key=lambda found: -scores[found])[:_MOST]


def _slips(heading: str, spelling: str) -> int | None:
    """How many letters are wrong, missing, too many or exchanged; None if too many are.

    One may be, or one in each word and more in long ones: "source name" is no "source date".
    """
    from rapidfuzz.distance import OSA  # loaded for misspellings alone: it takes 4 MB

    key, other = heading_key(heading), heading_key(spelling)
    if len(other) >= _FEWEST_LETTERS and OSA.distance(key, other, score_cutoff=1) <= 1:
        return 1
    pairs = list(zip(_words(heading), _words(spelling), strict=False))
    if len(pairs) != len(_words(heading)) or len(pairs) != len(_words(spelling)):
        return None
    # Beside other words that agree, a short one may be misspelt too: "effective form".
    shortest = _FEWEST_LETTERS if len(pairs) == 1 else _FEWEST_LETTERS - 1
    total = 0
    for one, two in pairs:
        slips = OSA.distance(one, two)
        if slips and (len(two) < shortest or slips > max(1, len(two) // _LETTERS_A_SLIP)):
            return None
        total += slips
    return total


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def _spaced(text: str) -> str:
    return text.replace("_", " ").casefold()

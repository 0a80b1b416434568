"""The seven factors, the four answers, and how a score is counted. Pure: no ORM, no clock.

Source of the rubric: ILRC, National Map of Local Entanglement with ICE. A score describes written
or stated policy, never whether it is obeyed. Texts for people are in `texts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What is known of one factor. UNKNOWN means that there is no record: it is never a zero."""

    YES = "yes"
    NO = "no"
    NONE_FOUND = "none_found"
    UNKNOWN = "unknown"


class Factor(StrEnum):
    """The seven factors in their fixed order, by public code."""

    NO_287G = "no_287g"
    NO_DETENTION_CONTRACT = "no_detention_contract"
    LIMITS_HOLDS = "limits_holds"
    LIMITS_NOTIFICATIONS = "limits_notifications"
    LIMITS_INTERROGATIONS = "limits_interrogations"
    NO_STATUS_INQUIRY = "no_status_inquiry"
    NO_GENERAL_ASSISTANCE = "no_general_assistance"


FACTORS: tuple[Factor, ...] = tuple(Factor)
MAX_SCORE = len(FACTORS)

#: Decided by agreements with ICE, and by absence from ICE's own lists of them.
AGREEMENT_FACTORS = frozenset({Factor.NO_287G, Factor.NO_DETENTION_CONTRACT})
#: About the jail. In a unified-jail state the state's record comes first for these.
JAIL_FACTORS = frozenset(FACTORS[:5])

#: A partial county takes its "at least" colour on the map from this many known factors on.
PARTIAL_COLOUR_FROM = 5


class Status(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is None unless all seven are known; `at_least` counts the known `yes`."""

    value: int | None
    at_least: int
    known: int

    @property
    def status(self) -> Status:
        if self.known == MAX_SCORE:
            return Status.COMPLETE
        return Status.PARTIAL if self.known else Status.UNKNOWN

    @property
    def band(self) -> int | None:
        """The map's colour step, 0 to 7; None where no colour is honest."""
        if self.known >= PARTIAL_COLOUR_FROM:
            return self.at_least
        return None


def score(answers: Sequence[Answer]) -> Score:
    """Count seven answers, in the order of FACTORS. Raises ValueError for any other number."""
    if len(answers) != MAX_SCORE:
        raise ValueError(f"A score needs {MAX_SCORE} answers, got {len(answers)}.")
    known = sum(answer != Answer.UNKNOWN for answer in answers)
    at_least = sum(answer == Answer.YES for answer in answers)
    return Score(value=at_least if known == MAX_SCORE else None, at_least=at_least, known=known)

"""The system's mark: a score as a numeral over seven squares, always in the order of FACTORS."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.assessments import Assessment
from policies.lens import PARTIAL_CLASSES as PARTIAL_CLASSES
from policies.lens import PARTIAL_NEUTRAL as PARTIAL_NEUTRAL
from policies.lens import SCORE_CLASSES as SCORE_CLASSES
from policies.lens import map_class as map_class
from policies.rubric import FACTORS, MAX_SCORE, Answer, Score, Status
from policies.texts import ANSWER_WORDS, BAND_TEXTS, FACTOR_TEXTS

#: CSS classes of one square, and the letters of the map's own index.
PREEMPTED = "pre"
SQUARE = {Answer.YES: "y", Answer.NO: "n", Answer.NONE_FOUND: "f", Answer.UNKNOWN: "u"}


@dataclass(frozen=True, slots=True)
class Square:
    css: str
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`numeral` is what is printed large; `css` its colour; `label` says both in words."""

    numeral: str
    css: str
    label: str
    squares: tuple[Square, ...]
    is_complete: bool


def score_label(score: Score) -> str:
    """A score in words: never a bare digit, and never a zero for what is not known."""
    if score.value is not None:
        return _("%(score)d of %(most)d") % {"score": score.value, "most": MAX_SCORE}
    if not score.known:
        return _("no record")
    missing = MAX_SCORE - score.known
    words = {"least": score.at_least, "missing": number_word(missing)}
    if not score.at_least:
        return (
            ngettext(
                "none known to be in force, %(missing)s factor unknown",
                "none known to be in force, %(missing)s factors unknown",
                missing,
            )
            % words
        )
    return (
        ngettext(
            "at least %(least)d, %(missing)s factor unknown",
            "at least %(least)d, %(missing)s factors unknown",
            missing,
        )
        % words
    )


def score_sentence(score: Score) -> str:
    """One sentence on what a score means."""
    if score.value is not None:
        return str(BAND_TEXTS[score.value])
    if score.status == Status.UNKNOWN:
        return _("We have no record of what this county does. That is not a zero.")
    words = {"least": number_word(score.at_least), "missing": number_word(MAX_SCORE - score.known)}
    if not score.at_least:
        return (
            _("None of the seven policies is known to be in force; %(missing)s we do not know.")
            % words
        )
    return (
        ngettext(
            "At least %(least)s of the seven policies is in force; %(missing)s we do not know.",
            "At least %(least)s of the seven policies are in force; %(missing)s we do not know.",
            score.at_least,
        )
        % words
    )


def number_word(number: int) -> str:
    """A number from 0 to 7 as a word within a sentence."""
    words = (
        *(_("none"), _("one"), _("two"), _("three")),
        *(_("four"), _("five"), _("six"), _("seven")),
    )
    return words[number]


def mark(assessment: Assessment) -> Mark:
    score = assessment.score
    if score.value is not None:
        numeral = str(score.value)
    else:
        numeral = f"{score.at_least}+" if score.at_least else "–"
    return Mark(
        numeral=numeral,
        css=map_class(score) or "u",
        label=score_label(score),
        squares=squares(assessment),
        is_complete=score.value is not None,
    )


def squares(assessment: Assessment) -> tuple[Square, ...]:
    return tuple(
        Square(
            square_class(answer, preempted == "1"), f"{FACTOR_TEXTS[factor].name}: {word(answer)}"
        )
        for factor, answer, preempted in zip(
            FACTORS, assessment.answers, assessment.preempted, strict=True
        )
    )


#: Letters of a pattern (`policies/patterns.py`) that are no answer: no point, either way.
_NO_POINT = "x"


def pattern_squares(letters: str) -> tuple[Square, ...]:
    """The squares of a pattern of seven letters; none of an empty one."""
    words = {letter: word(answer) for answer, letter in SQUARE.items()}
    words[_NO_POINT] = _("not in force, or none found")
    return tuple(
        Square(
            SQUARE[Answer.NONE_FOUND] if letter == _NO_POINT else letter,
            f"{FACTOR_TEXTS[factor].name}: {words[letter]}",
        )
        for factor, letter in zip(FACTORS, letters, strict=False)
    )


def square_class(answer: Answer, preempted: bool) -> str:
    return PREEMPTED if preempted else SQUARE[answer]


def word(answer: Answer) -> str:
    return str(ANSWER_WORDS[answer])

"""What the map shows of seven answers, as letters: y(es), n(o), f (none found), u(nknown)."""

from __future__ import annotations

from datetime import date

import pytest

from policies.lens import Kind, Lens, steps
from policies.rubric import Answer, Factor

ANSWERS = {"y": Answer.YES, "n": Answer.NO, "f": Answer.NONE_FOUND, "u": Answer.UNKNOWN}
HOLDS, NOTIFICATIONS = Factor.LIMITS_HOLDS, Factor.LIMITS_NOTIFICATIONS
SINCE = date(2017, 2, 20)


def answers(letters: str):
    return tuple(ANSWERS[letter] for letter in letters)


def shown(lens: Lens, now: str, before: str = "uuuuuuu"):
    found = lens.shown(answers(now), answers(before))
    return found.step, found.css


@pytest.mark.parametrize(
    ("letters", "step", "css"),
    [
        ("nfnfnfn", "0", "a"),
        ("yyyyyyy", "7", "h"),
        ("yynfnfn", "2", "c"),
        ("yyyyyyu", "partial", "z"),  # six known
        ("yyyffuu", "partial", "w"),  # five known: the colour of "at least 3"
        ("yyyfuuu", "partial", "p"),  # four known: no colour is honest
        ("uuuuuuu", "unknown", ""),
    ],
)
def test_the_score(letters, step, css):
    assert shown(Lens(), letters) == (step, css)


@pytest.mark.parametrize(
    ("letter", "step", "css"),
    [("y", "yes", "g"), ("f", "none_found", "k"), ("n", "no", "a"), ("u", "unknown", "")],
)
def test_the_answer_to_one_factor(letter, step, css):
    assert shown(Lens(factor=HOLDS), f"nn{letter}yyyy") == (step, css)


@pytest.mark.parametrize(
    ("letters", "step"),
    [
        ("uuynuuu", "yes"),
        ("uuyfuuu", "yes"),  # none found is not in force
        ("uuyyuuu", "no"),
        ("uunnuuu", "no"),
        ("uuyuuuu", "unknown"),
        ("uuuyuuu", "no"),  # whatever the other is, this one is not as asked
        ("uuuuuuu", "unknown"),
    ],
)
def test_several_together_hold_only_if_all_are_known_to(letters, step):
    lens = Lens(in_force=(HOLDS,), not_in_force=(NOTIFICATIONS,))
    assert lens.kind == Kind.TOGETHER
    assert shown(lens, letters)[0] == step


@pytest.mark.parametrize(
    ("before", "now", "step", "css"),
    [
        ("fffffff", "yffffff", "raised1", "f"),
        ("fffffff", "yyfffff", "raised2", "g"),
        ("fffffff", "yyyyyyy", "raised3", "h"),
        ("yyyyyyy", "yyyyyyn", "lowered1", "c"),
        ("yyyyyyy", "nnnnnnn", "lowered3", "a"),
        ("yffffff", "nyfffff", "both", "d"),
        ("nffffff", "fnfffff", "same", "n"),  # "no" and "none found" are both not in force
        ("fuuuuuu", "fyyyyyy", "same", "n"),  # what we learnt of is no change
        ("fuuuuuu", "uyyyyyy", "one_day", "p"),
        ("uuuuuuu", "yyyyyyy", "one_day", "p"),
        ("uuuuuuu", "uuuuuuu", "unknown", ""),
    ],
)
def test_a_change_is_of_what_is_known_on_both_days(before, now, step, css):
    assert shown(Lens(since=SINCE), now, before) == (step, css)


def test_a_change_of_one_factor_leaves_the_others_aside():
    lens = Lens(factor=HOLDS, since=SINCE)

    assert lens.kind == Kind.CHANGE
    assert shown(lens, "nnynnnn", "yyfyyyy") == ("raised1", "f")
    assert shown(lens, "yyfyyyy", "nnfnnnn") == ("same", "n")
    assert steps(lens) == ("lowered1", "same", "raised1", "one_day", "unknown")


@pytest.mark.parametrize(
    "lens",
    [
        Lens(),
        Lens(factor=HOLDS),
        Lens(in_force=(HOLDS,)),
        Lens(since=SINCE),
        Lens(since=SINCE, factor=HOLDS),
    ],
)
def test_whatever_is_shown_has_a_step_in_the_legend(lens):
    for now in ANSWERS:
        for before in ANSWERS:
            assert shown(lens, now * 7, before * 7)[0] in steps(lens)

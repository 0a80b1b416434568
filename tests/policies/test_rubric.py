import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.rubric import (
    AGREEMENT_FACTORS,
    FACTORS,
    JAIL_FACTORS,
    Answer,
    Factor,
    Status,
    score,
)

Y, N, X, U = Answer.YES, Answer.NO, Answer.NONE_FOUND, Answer.UNKNOWN
sevens = st.lists(st.sampled_from(Answer), min_size=7, max_size=7)


def test_the_seven_factors_have_their_public_codes_in_order():
    assert [factor.value for factor in FACTORS] == [
        "no_287g",
        "no_detention_contract",
        "limits_holds",
        "limits_notifications",
        "limits_interrogations",
        "no_status_inquiry",
        "no_general_assistance",
    ]


def test_the_first_two_factors_are_about_agreements():
    assert set(FACTORS[:2]) == AGREEMENT_FACTORS


def test_the_first_five_factors_are_about_the_jail():
    assert set(FACTORS) - JAIL_FACTORS == {Factor.NO_STATUS_INQUIRY, Factor.NO_GENERAL_ASSISTANCE}


@pytest.mark.parametrize(
    ("answers", "value", "at_least", "known", "status", "band"),
    [
        ((Y,) * 7, 7, 7, 7, Status.COMPLETE, 7),
        ((N,) * 7, 0, 0, 7, Status.COMPLETE, 0),
        ((X,) * 7, 0, 0, 7, Status.COMPLETE, 0),
        ((N, N, X, X, X, X, X), 0, 0, 7, Status.COMPLETE, 0),
        ((Y, Y, X, X, X, X, X), 2, 2, 7, Status.COMPLETE, 2),
        ((Y, Y, Y, Y, Y, Y, X), 6, 6, 7, Status.COMPLETE, 6),
        ((Y, Y, Y, Y, Y, Y, U), None, 6, 6, Status.PARTIAL, 6),
        ((Y, Y, Y, X, X, U, U), None, 3, 5, Status.PARTIAL, 3),
        ((N, N, X, X, X, U, U), None, 0, 5, Status.PARTIAL, 0),
        ((Y, Y, Y, Y, U, U, U), None, 4, 4, Status.PARTIAL, None),
        ((U, U, U, U, U, U, N), None, 0, 1, Status.PARTIAL, None),
        ((U, U, U, U, U, U, Y), None, 1, 1, Status.PARTIAL, None),
        ((U,) * 7, None, 0, 0, Status.UNKNOWN, None),
    ],
)
def test_score_counts_what_is_known(answers, value, at_least, known, status, band):
    counted = score(answers)
    assert (counted.value, counted.at_least, counted.known) == (value, at_least, known)
    assert (counted.status, counted.band) == (status, band)


@pytest.mark.parametrize("number", [0, 1, 6, 8])
def test_score_refuses_any_other_number_of_answers(number):
    with pytest.raises(ValueError, match=f"needs 7 answers, got {number}"):
        score([Y] * number)


@given(sevens)
def test_a_score_exists_only_when_all_seven_are_known(answers):
    assert (score(answers).value is None) == (U in answers)


@given(sevens)
def test_a_score_is_the_number_of_yes(answers):
    counted = score(answers)
    assert counted.at_least == answers.count(Y)
    assert counted.value in (None, counted.at_least)


@given(sevens, st.integers(0, 6))
def test_turning_an_answer_into_yes_never_lowers_a_score(answers, position):
    better = [*answers]
    better[position] = Y
    assert score(better).at_least >= score(answers).at_least
    assert (score(better).value or 0) >= (score(answers).value or 0)


@given(sevens, st.integers(0, 6))
def test_learning_an_answer_never_makes_a_county_less_known(answers, position):
    known = [*answers]
    known[position] = X
    assert score(known).known >= score(answers).known

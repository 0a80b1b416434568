"""Percent agreement and Cohen's kappa, against figures worked out by hand."""

import pytest

from policies.agreement_stats import Undefined, agreement


def pairs(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, count in table.items() for _ in range(count)]


def test_two_answers_worked_out_by_hand():
    # po = (20 + 15) / 50 = 0.7; pe = 25/50 * 30/50 + 25/50 * 20/50 = 0.3 + 0.2 = 0.5
    # kappa = (0.7 - 0.5) / (1 - 0.5) = 0.4
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    found = agreement(pairs(table))
    assert (found.cases, found.same, found.undefined) == (50, 35, None)
    assert found.percent == 70
    assert found.kappa == pytest.approx(0.4)


def test_answers_that_are_not_balanced():
    # po = .60, pe = .7 * .6 + .3 * .4 = .54; and po = .50, pe = .7 * .3 + .3 * .7 = .42
    first = {("yes", "yes"): 45, ("yes", "no"): 25, ("no", "yes"): 15, ("no", "no"): 15}
    other = {("yes", "yes"): 25, ("yes", "no"): 45, ("no", "yes"): 5, ("no", "no"): 25}
    found = agreement(pairs(first))
    assert (found.percent, found.kappa) == (60, pytest.approx(0.06 / 0.46))
    found = agreement(pairs(other))
    assert (found.percent, found.kappa) == (50, pytest.approx(0.08 / 0.58))


def test_three_answers_worked_out_by_hand():
    # po = 4/6; firsts yes 3, no 2, none 1; seconds yes 2, no 2, none 2
    # pe = (3*2 + 2*2 + 1*2) / 36 = 1/3; kappa = (2/3 - 1/3) / (1 - 1/3) = 0.5
    cases = [
        *(("yes", "yes"), ("yes", "yes"), ("yes", "no")),
        *(("no", "no"), ("no", "none"), ("none", "none")),
    ]
    found = agreement(cases)
    assert found.same == 4
    assert found.kappa == pytest.approx(0.5)


def test_full_agreement_is_one():
    found = agreement([("yes", "yes"), ("no", "no")])
    assert (found.percent, found.kappa) == (100, 1)


def test_never_the_same_is_below_zero():
    # po = 0; pe = 1/2 * 1/2 + 1/2 * 1/2 = 1/2; kappa = -1
    found = agreement([("yes", "no"), ("no", "yes")])
    assert (found.percent, found.kappa) == (0, -1)


def test_one_who_never_varies_gives_kappa_zero_which_is_defined():
    # po = 1/2; pe = 1 * 1/2; kappa = 0
    found = agreement([("yes", "yes"), ("yes", "no")])
    assert (found.kappa, found.undefined) == (0, None)


def test_no_cases_are_undefined_not_zero():
    found = agreement([])
    assert (found.percent, found.kappa, found.undefined) == (None, None, Undefined.NO_CASES)


@pytest.mark.parametrize("count", [1, 5])
def test_one_answer_throughout_leaves_kappa_undefined(count):
    found = agreement([("yes", "yes")] * count)
    assert (found.percent, found.kappa) == (100, None)
    assert found.undefined == Undefined.NO_VARIATION


def test_the_order_of_cases_makes_no_difference():
    cases = [("yes", "no"), ("no", "no"), ("yes", "yes")]
    assert agreement(cases) == agreement(reversed(cases))

"""Totals and shares: both tables of a summary count the same counties."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from policies.reports import percent, summary
from policies.rubric import FACTORS, MAX_SCORE, Answer, Score, score

YES, NO, NONE_FOUND, UNKNOWN = Answer.YES, Answer.NO, Answer.NONE_FOUND, Answer.UNKNOWN


@dataclass(frozen=True)
class County:
    fips: str
    answers: tuple[Answer, ...]

    @property
    def score(self) -> Score:
        return score(self.answers)


def county(*answers: Answer, fips: str = "06001") -> County:
    """Seven answers; those not given are NONE_FOUND."""
    return County(fips, answers + (NONE_FOUND,) * (MAX_SCORE - len(answers)))


def scoring(points: int) -> County:
    return county(*[YES] * points)


#: Growing the Resistance, December 2019: score -> (counties, percent as printed).
PRINTED_2019 = {
    0: (27, 1),
    1: (162, 5),
    2: (2109, 71),
    3: (357, 12),
    4: (106, 4),
    5: (57, 2),
    6: (21, 1),
    7: (121, 4),
}


def test_the_distribution_of_2019_gives_its_printed_percentages():
    counties = [scoring(n) for n, (count, _) in PRINTED_2019.items() for _ in range(count)]

    counted = summary(counties, total=3140)

    assert counted.counties_analysed == 2960
    assert counted.counties_unknown == 180
    for row in counted.by_score:
        counties, printed = PRINTED_2019[row.score]
        assert row.counties == counties
        assert abs(row.percent - printed) <= 0.5
    assert counted.points == 7133
    assert sum(row.yes for row in counted.by_factor) == 7133
    assert counted.counties_with(5) == 199


def test_partial_counties_are_counted_apart_and_enter_neither_table():
    counted = summary([scoring(3), county(YES, NO, YES, UNKNOWN)], total=5)

    assert (counted.counties_analysed, counted.counties_partial) == (1, 1)
    assert counted.counties_unknown == 3
    assert counted.points == 3
    assert sum(row.counties for row in counted.by_score) == 1
    assert all(row.unknown == 0 for row in counted.by_factor)


def test_what_is_known_of_partial_counties_has_a_table_of_its_own():
    counted = summary([scoring(3), county(YES, NO, YES, UNKNOWN), county(YES, UNKNOWN)], total=5)

    assert counted.counties_partial == 2
    first, second = counted.partial_by_factor[:2]
    assert (first.yes, first.no, first.unknown, first.percent) == (2, 0, 0, 100.0)
    assert (second.yes, second.no, second.unknown) == (0, 1, 1)


def test_a_wholly_unknown_county_is_not_partial():
    counted = summary([County("06001", (UNKNOWN,) * 7)], total=1)

    assert (counted.counties_analysed, counted.counties_partial, counted.counties_unknown) == (
        *(0, 0, 1),
    )


def test_answers_are_counted_by_factor_in_their_order():
    counted = summary([county(YES, NO), county(NO, NO)], total=2)

    assert [row.code for row in counted.by_factor] == list(FACTORS)
    first, second, third = counted.by_factor[:3]
    assert (first.yes, first.no, first.percent) == (1, 1, 50.0)
    assert (second.yes, second.no) == (0, 2)
    assert (third.none_found, third.percent) == (2, 0.0)


def test_nothing_analysed_gives_zero_percent():
    assert percent(0, 0) == 0
    assert summary([], total=3143).by_score[7].percent == 0


@given(st.lists(st.lists(st.sampled_from(Answer), min_size=7, max_size=7), max_size=30))
def test_points_equal_the_sum_of_both_tables(rows):
    counted = summary([County("06001", tuple(row)) for row in rows], total=len(rows))

    assert counted.points == sum(row.yes for row in counted.by_factor)
    assert counted.points == sum(row.score * row.counties for row in counted.by_score)
    assert (
        counted.counties_analysed + counted.counties_partial + counted.counties_unknown
        == counted.counties_total
    )

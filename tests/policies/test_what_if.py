"""What a county could do by itself about each factor, and the rank of a score."""

import pytest

from policies.resolution import FactorEvidence
from policies.rubric import FACTORS, Factor
from policies.what_if import Lever, Power, Rank, levers, rank
from tests.policies.plain import agreement, claim, day, excepted, ice_list, record

ON = "2019-12-01"


def lever(factor=Factor.LIMITS_HOLDS, on=ON, *, state_runs_jails=False, **evidence) -> Lever:
    evidence = {
        name: value if isinstance(value, tuple) else (value,) for name, value in evidence.items()
    }
    found = levers({factor: FactorEvidence(**evidence)}, day(on), state_runs_jails=state_runs_jails)
    return found[FACTORS.index(factor)]


def test_there_is_a_lever_for_every_factor_in_their_order():
    found = levers({}, day(ON), state_runs_jails=False)
    assert [one.factor for one in found] == list(FACTORS)
    assert {one.power for one in found} == {Power.ADOPT}


@pytest.mark.parametrize("answer", ["no", "none_found"])
def test_what_is_not_in_force_can_be_adopted(answer):
    assert lever(county_records=record(answer)).power == Power.ADOPT


def test_what_is_in_force_is_no_switch():
    found = lever(county_records=record("yes"))
    assert found.power == Power.IN_FORCE
    assert not found.is_open


def test_a_mandate_blocks_and_is_named():
    found = lever(claims=claim("mandates", number=7))
    assert (found.power, found.law.id, found.is_open) == (Power.MANDATED, 7, False)


def test_a_law_that_forbids_blocks_what_is_unknown_too():
    found = lever(claims=claim("forbids", number=7))
    assert (found.power, found.law.id, found.is_open) == (Power.FORBIDDEN, 7, False)


@pytest.mark.parametrize(
    ("on", "power"), [("2018-12-31", Power.ADOPT), ("2019-01-01", Power.FORBIDDEN)]
)
def test_a_law_blocks_from_its_first_day(on, power):
    assert lever(on=on, claims=claim("forbids", start="2019-01-01")).power == power


@pytest.mark.parametrize(
    ("on", "power"), [("2019-06-30", Power.MANDATED), ("2019-07-01", Power.ADOPT)]
)
def test_a_law_blocks_until_it_ends(on, power):
    assert lever(on=on, claims=claim("mandates", until="2019-07-01")).power == power


def test_a_law_with_a_compliance_date_blocks_from_that_date():
    law = claim("mandates", compliance="2020-01-01")
    assert lever(on="2019-12-31", claims=law).power == Power.ADOPT
    assert lever(on="2020-01-01", claims=law).power == Power.MANDATED


def test_a_county_that_is_excepted_is_not_blocked():
    assert lever(claims=claim("mandates"), exceptions=excepted()).power == Power.ADOPT


@pytest.mark.parametrize("factor", [Factor.NO_287G, Factor.NO_DETENTION_CONTRACT])
def test_an_agreement_can_be_ended(factor):
    assert lever(factor, agreements=agreement()).power == Power.END_AGREEMENT


def test_an_agreement_that_the_law_mandates_cannot_be_ended():
    found = lever(Factor.NO_287G, agreements=agreement(), claims=claim("mandates"))
    assert found.power == Power.MANDATED


def test_an_agreement_against_the_law_can_be_ended_and_the_law_is_named():
    found = lever(Factor.NO_287G, agreements=agreement(), claims=claim("requires", number=5))
    assert (found.power, found.law.id) == (Power.END_AGREEMENT, 5)


def test_being_on_the_latest_list_does_not_keep_a_county_from_declining():
    found = lever(Factor.NO_287G, agreements=agreement(), lists=ice_list(listed=True))
    assert found.power == Power.END_AGREEMENT


def test_where_the_state_runs_the_jails_only_what_is_not_the_jails_is_the_countys():
    found = levers({}, day(ON), state_runs_jails=True)
    assert [one.power for one in found] == [Power.NOT_ITS_OWN] * 5 + [Power.ADOPT] * 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, Rank(1, 5, 0)),
        (6, Rank(1, 5, 1)),
        (5, Rank(2, 5, 2)),
        (4, Rank(4, 5, 0)),
        (0, Rank(4, 5, 1)),
    ],
)
def test_a_rank_counts_who_is_higher_and_who_is_level(value, expected):
    assert rank(value, [6, 5, 5, 0]) == expected


def test_alone_it_is_the_first_of_one():
    assert rank(3, []) == Rank(1, 1, 0)

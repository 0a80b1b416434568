from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from policies.lens import Lens
from policies.lens_query import Query, View, parse
from policies.parameters import BadParameter
from policies.rubric import Factor

AS_OF = date(2019, 12, 1)


def test_nothing_asked_for_is_the_score_of_the_whole_country():
    query = parse(QueryDict(""), AS_OF)

    assert query == Query()
    assert query.seen.viewbox == "0 0 975 610"
    assert query.items() == []


def test_what_is_asked_for_is_what_its_address_says():
    asked = (
        "in_force=limits_holds&in_force=no_287g&not_in_force=limits_notifications&state=CA"
        "&population_min=0&population_max=500000&only=yes&layer=agreements&view=10.5,20,300"
    )
    query = parse(QueryDict(asked), AS_OF)

    assert query == Query(
        Lens(
            in_force=(Factor.LIMITS_HOLDS, Factor.NO_287G),
            not_in_force=(Factor.LIMITS_NOTIFICATIONS,),
        ),
        "CA",
        0,
        500_000,
        "yes",
        True,
        View(10.5, 20, 300),
    )
    again = QueryDict("&".join(f"{name}={value}" for name, value in query.items()))
    assert parse(again, AS_OF) == query


def test_a_state_in_small_letters_is_one_and_is_what_is_seen():
    query = parse(QueryDict("state=tx"), AS_OF)

    assert query.state == "TX"
    assert query.seen.width < 500


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("factor=nonsense", {"factor"}),
        ("in_force=nonsense", {"in_force"}),
        ("in_force=no_287g&not_in_force=no_287g", {"not_in_force"}),
        ("factor=no_287g&in_force=limits_holds", {"in_force"}),
        ("since=2017-02-30", {"since"}),
        ("since=2019-12-01", {"since"}),
        ("since=2017-01-01&in_force=no_287g", {"since"}),
        ("state=ZZ", {"state"}),
        ("population_min=-1", {"population_min"}),
        ("population_min=many", {"population_min"}),
        ("population_min=10&population_max=9", {"population_max"}),
        ("only=8", {"only"}),
        ("factor=no_287g&only=7", {"only"}),
        ("layer=moon", {"layer"}),
        ("view=1,2", {"view"}),
        ("view=0,0,0", {"view"}),
        ("view=0,0,9999", {"view"}),
        ("view=1e9,0,100", {"view"}),
        ("state=CA&state=TX", {"state"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(asked, names):
    with pytest.raises(BadParameter) as error:
        parse(QueryDict(asked), AS_OF)

    assert set(error.value.errors) == names


def test_the_day_before_is_early_enough():
    assert parse(QueryDict("since=2019-11-30"), AS_OF).lens.since == date(2019, 11, 30)

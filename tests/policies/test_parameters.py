from datetime import date

import pytest
from django.http import QueryDict

from policies import parameters
from policies.assessments import When
from policies.clock import end_of_day
from policies.parameters import BadParameter, parse_day, when

TODAY = date(2021, 1, 1)


def refused(text, read=lambda query: when(query, TODAY)):
    """The messages by parameter with which a query string is refused."""
    with pytest.raises(BadParameter) as error:
        read(QueryDict(text))
    return error.value.errors


@pytest.mark.parametrize(
    "text",
    [
        "2017-13-45",
        "2017-02-29",
        "2017-00-01",
        "2017-1-1",
        "20170220",
        "2017-W08-1",  # a day of a week, which Python would read
        "2017-051",
        "02/20/2017",
        "2017-02-20T00:00",
        " 2017-02-20",
        "2017-02-20 ",
        "-017-02-20",
        "２０１７-02-20",
        "today",
        "",
        "0",
        "2017-02-20\x00",
        "x" * 1000,
    ],
)
def test_what_is_not_a_day_is_refused_with_a_reason(text):
    with pytest.raises(BadParameter) as error:
        parse_day("as_of", text)
    assert "is not a date" in error.value.errors["as_of"]
    assert len(error.value.errors["as_of"]) < 140


@pytest.mark.parametrize("text", ["1775-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_outside_the_range_is_refused(text):
    with pytest.raises(BadParameter, match="outside the range"):
        parse_day("as_of", text)


@pytest.mark.parametrize("text", ["1776-01-01", "2200-12-31", "2016-02-29", "2017-02-20"])
def test_a_day_that_exists_is_read(text):
    assert parse_day("as_of", text) == date.fromisoformat(text)


def test_without_parameters_it_is_today_as_known_now():
    assert when(QueryDict(""), TODAY) == When(TODAY, None)


def test_empty_parameters_of_a_form_are_as_if_left_out():
    assert when(QueryDict("as_of=&known_on="), TODAY) == When(TODAY, None)


def test_both_clocks_are_read():
    found = when(QueryDict("as_of=2017-02-20&known_on=2020-01-01"), TODAY)
    assert found == When(date(2017, 2, 20), date(2020, 1, 1))


def test_a_future_day_in_force_is_allowed():
    assert when(QueryDict("as_of=2030-01-01"), TODAY).as_of == date(2030, 1, 1)


@pytest.mark.parametrize(("known_on", "fits"), [("2021-01-01", True), ("2021-01-02", False)])
def test_today_can_be_known_but_not_tomorrow(known_on, fits):
    if fits:
        assert when(QueryDict(f"known_on={known_on}"), TODAY).known_on == TODAY
    else:
        assert "in the future" in refused(f"known_on={known_on}")["known_on"]


def test_every_bad_parameter_is_named():
    assert set(refused("as_of=2017-13-45&known_on=2022-01-01")) == {"as_of", "known_on"}


def test_the_message_names_the_parameter_and_the_value():
    with pytest.raises(BadParameter, match="as_of: “2017-13-45” is not a date"):
        when(QueryDict("as_of=2017-13-45"), TODAY)


def test_an_unknown_parameter_is_named_with_those_that_are_known():
    errors = refused(
        "sate=CA&as_of=2017-02-20",
        lambda query: parameters.refuse_unknown(query, {"state", "as_of"}),
    )
    assert errors == {"sate": "Unknown parameter. Known here: as_of, state."}


def test_known_parameters_pass():
    parameters.refuse_unknown(QueryDict("state=CA"), {"state", "as_of"})


def test_a_parameter_given_twice_is_refused_because_one_would_be_ignored():
    errors = refused("as_of=2017-02-20&as_of=2018-01-01", parameters.refuse_repeated)
    assert set(errors) == {"as_of"}


def test_a_repeatable_parameter_may_be_given_twice():
    parameters.refuse_repeated(QueryDict("state=CA&state=TX"), ["state"])


def test_the_moment_of_knowledge_is_the_end_of_the_day_in_new_york():
    moment = When(TODAY, date(2020, 7, 1)).known_before
    assert moment == end_of_day(date(2020, 7, 1))
    assert moment.isoformat() == "2020-07-02T00:00:00-04:00"


def test_as_known_now_has_no_moment():
    assert When(TODAY).known_before is None

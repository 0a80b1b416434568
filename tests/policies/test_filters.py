"""Every parameter of the list of counties, alone and at its edges."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from counties.models import CountyAlias
from policies import actions
from policies.filters import CountyFilter
from policies.parameters import BadParameter
from policies.rubric import FACTORS
from tests.factories import (
    PUBLISHED_AT,
    CountyFactory,
    LocalPolicyFactory,
    UserFactory,
    change,
    noon,
    published,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 1, 1)
SF, LA, KENT, BRISTOL, TRAVIS = "06075", "06037", "44003", "44001", "48453"


@pytest.fixture
def counties():
    return {
        SF: CountyFactory(fips=SF, short_name="San Francisco", population=800_000),
        LA: CountyFactory(fips=LA, short_name="Los Angeles", population=10_000_000),
        KENT: CountyFactory(fips=KENT, usps="RI", short_name="Kent", population=170_000),
        BRISTOL: CountyFactory(fips=BRISTOL, usps="RI", short_name="Bristol", population=50_000),
        TRAVIS: CountyFactory(
            fips=TRAVIS, usps="TX", short_name="Travis", population=None, population_year=None
        ),
    }


@pytest.fixture
def scored(counties):
    """San Francisco 7, Kent 0, Los Angeles 5 of 6 known, the others unknown."""
    answers = {
        SF: ["yes"] * 7,
        KENT: ["none_found"] * 7,
        LA: ["no"] + ["yes"] * 5,
    }
    drafts = [
        LocalPolicyFactory(county=counties[code], factor=factor, answer=answer)
        for code, said in answers.items()
        for factor, answer in zip(FACTORS, said, strict=False)
    ]
    actions.publish_many(records=drafts, by=UserFactory(), at=PUBLISHED_AT, summary="Scores.")
    return counties


def checked(text):
    found = CountyFilter(QueryDict(text), today=TODAY)
    found.check()
    return found


def fips(text, *, ordered=False):
    rows = [row.county.pk for row in checked(text).scored()]
    return rows if ordered else set(rows)


def refused(text):
    with pytest.raises(BadParameter) as error:
        checked(text)
    return error.value.errors


EVERYONE = {SF, LA, KENT, BRISTOL, TRAVIS}


def test_without_parameters_all_counties_are_listed_unknown_ones_too(scored):
    assert fips("") == EVERYONE


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=CA", {SF, LA}),
        ("state=ca", {SF, LA}),
        ("state=CA&state=TX", {SF, LA, TRAVIS}),
        ("state=VT", set()),
        ("q=francisco", {SF}),
        ("q=SAN+FR", {SF}),
        ("q=06075", {SF}),
        ("q=6075", {SF}),
        ("q=nowhere", set()),
        ("q=%25", set()),
        ("q=_", set()),
        ("population_min=170000", {SF, LA, KENT}),
        ("population_min=170001", {SF, LA}),
        ("population_max=170000", {KENT, BRISTOL}),
        ("population_min=50000&population_max=50000", {BRISTOL}),
        ("score=7", {SF}),
        ("score=0", {KENT}),
        ("score=0&score=7", {SF, KENT}),
        ("score=5", set()),  # a partial county has no score
        ("score_min=0", {SF, KENT}),
        ("score_min=1", {SF}),
        ("score_min=7", {SF}),
        ("score_max=0", {KENT}),
        ("score_max=6", {KENT}),
        ("score_max=7", {SF, KENT}),
        ("score_min=5&score_max=3", set()),
        ("status=complete", {SF, KENT}),
        ("status=partial", {LA}),
        ("status=unknown", {BRISTOL, TRAVIS}),
        ("factor=no_287g&answer=yes", {SF}),
        ("factor=no_287g&answer=no", {LA}),
        ("factor=no_287g&answer=none_found", {KENT}),
        ("factor=no_287g&answer=unknown", {BRISTOL, TRAVIS}),
        ("factor=no_general_assistance&answer=unknown", {LA, BRISTOL, TRAVIS}),
        ("factor=limits_holds", {SF, LA}),
        ("as_of=2017-01-31&score_min=0", set()),
        ("as_of=2017-02-01&score_min=0", {SF, KENT}),
        ("known_on=2019-12-31&score_min=0", set()),
        ("known_on=2020-01-01&score_min=0", {SF, KENT}),
        ("known_on=2019-12-31&status=unknown", EVERYONE),
        ("state=CA&status=complete&score=7", {SF}),
    ],
)
def test_a_parameter_finds_the_counties_it_says(scored, query, expected):
    assert fips(query) == expected


def test_a_name_is_found_without_its_accents_by_its_other_names(counties):
    CountyAlias.objects.create(county=counties[KENT], name="Doña Ana", key="donaana")
    assert fips("q=Do%C3%B1a+Ana") == fips("q=dona+ana") == {KENT}


def test_a_county_with_several_matching_names_is_listed_once(counties):
    for key in ("sanfrancisco", "sanfranciscocity"):
        CountyAlias.objects.create(county=counties[SF], name=key, key=key)
    assert fips("q=san+francisco", ordered=True) == [SF]


# --- Changed and modified ----------------------------------------------------------------------


@pytest.fixture
def changed(counties):
    """Los Angeles has had another answer since 2019-06-01, which we recorded on 2020-06-01."""
    row = published(LocalPolicyFactory, county=counties[LA], at=noon("2020-01-01"))
    published(LocalPolicyFactory, county=counties[SF], at=noon("2020-01-01"))
    change(row, answer="no", effective_from=date(2019, 6, 1), on="2020-06-01")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("changed_since=2019-05-31", {LA}),
        ("changed_since=2019-06-01", set()),
        ("changed_since=2017-01-31", {SF, LA}),
        ("changed_since=2019-05-31&as_of=2019-05-31", set()),
        ("changed_since=2019-05-31&known_on=2020-05-31", set()),
        ("changed_since=2019-05-31&known_on=2020-06-01", {LA}),
        ("modified_since=2020-01-01", {SF, LA}),
        ("modified_since=2020-01-02", {LA}),
        ("modified_since=2020-06-01", {LA}),
        ("modified_since=2020-06-02", set()),
        ("modified_since=1776-01-01", {SF, LA}),
    ],
)
def test_what_changed_and_what_we_modified_are_told_apart(changed, query, expected):
    assert fips(query) == expected


def test_modified_days_begin_at_midnight_in_new_york(counties):
    published(
        LocalPolicyFactory,
        county=counties[SF],
        at=noon("2020-01-01").replace(day=2, hour=4, minute=59),
    )
    assert fips("modified_since=2020-01-01") == {SF}
    assert fips("modified_since=2020-01-02") == set()


# --- Order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("name", [BRISTOL, KENT, LA, SF, TRAVIS]),
        ("-name", [TRAVIS, SF, LA, KENT, BRISTOL]),
        ("state", [LA, SF, BRISTOL, KENT, TRAVIS]),
        ("fips", [LA, SF, BRISTOL, KENT, TRAVIS]),
        ("-fips", [TRAVIS, KENT, BRISTOL, SF, LA]),
        ("-population", [LA, SF, KENT, BRISTOL, TRAVIS]),
    ],
)
def test_the_list_can_be_ordered(scored, ordering, expected):
    assert fips(f"ordering={ordering}", ordered=True) == expected


@pytest.mark.parametrize(("ordering", "whole"), [("score", [KENT, SF]), ("-score", [SF, KENT])])
def test_a_county_known_in_part_or_not_at_all_comes_after_all_scores(scored, ordering, whole):
    rows = fips(f"ordering={ordering}", ordered=True)
    assert rows[:3] == [*whole, LA]
    assert set(rows[3:]) == {BRISTOL, TRAVIS}


def test_a_county_whose_population_is_not_known_comes_last_from_the_smallest_on_too(scored):
    assert fips("ordering=population", ordered=True)[-1] == TRAVIS


# --- Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("state=XX", "state"),
        ("state=California", "state"),
        ("score=8", "score"),
        ("score=-1", "score"),
        ("score=seven", "score"),
        ("score_min=8", "score_min"),
        ("score_min=-1", "score_min"),
        ("score_min=x", "score_min"),
        ("score_max=7.5", "score_max"),
        ("score_max=NaN", "score_max"),
        ("factor=no_alerts", "factor"),
        ("factor=limits_holds&answer=maybe", "answer"),
        ("answer=yes", "answer"),
        ("status=done", "status"),
        ("population_min=-1", "population_min"),
        ("population_min=1e9", "population_min"),
        ("population_max=99999999999999999999", "population_max"),
        ("changed_since=01/02/2019", "changed_since"),
        ("changed_since=2019-02-30", "changed_since"),
        ("modified_since=yesterday", "modified_since"),
        ("modified_since=0001-01-01", "modified_since"),
        ("ordering=size", "ordering"),
        ("q=" + "x" * 101, "q"),
        ("q=%00", "q"),
        ("as_of=2017-13-45", "as_of"),
        ("known_on=2021-01-02", "known_on"),
        ("sate=CA", "sate"),
        ("score_min=1&score_min=5", "score_min"),
    ],
)
def test_an_unknown_or_invalid_parameter_is_refused_by_name(counties, query, named):
    assert named in refused(query)


def test_every_wrong_parameter_is_named_at_once(counties):
    assert set(refused("sate=CA&score=8&as_of=x")) == {"sate", "score", "as_of"}


def test_other_parameters_of_a_page_can_be_allowed(counties):
    CountyFilter(QueryDict("page=2"), today=TODAY).check(also_known=("page",))


# --- Pages and queries -------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "state=CA", "score_min=0", "ordering=-score", "q=an"])
def test_a_page_is_a_slice_of_the_whole_list(scored, query):
    whole = checked(query).scored()
    for start, stop in ((0, 2), (2, 4), (4, 6)):
        assert checked(query).page(start, stop) == (len(whole), whole[start:stop])


@pytest.mark.parametrize(
    "query", ["", "score_min=0", "changed_since=2019-01-01", "known_on=2020-06-01", "q=place"]
)
def test_listing_takes_a_fixed_number_of_queries(scored, query):
    def count():
        with CaptureQueriesContext(connection) as captured:
            for row in checked(query).scored():
                assert row.county.state.name
        return len(captured)

    # A search that finds nothing has nothing to look up, so that one place is there from the start.
    published(LocalPolicyFactory, county=CountyFactory(fips="06099"))
    few = count()
    for number in range(1, 20, 2):
        published(LocalPolicyFactory, county=CountyFactory(fips=f"06{number + 100:03d}"))
    assert count() == few

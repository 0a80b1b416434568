"""What a county can adopt, and who there can: for its own page."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from policies.assessments import When
from policies.presenters.apt_options import apt_options
from policies.presenters.choice import Choice
from policies.rubric import Factor
from policies.views import queries
from tests.factories import CountyFactory, OptionFactory

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 1)
CHOICE = Choice.of({"as_of": "2020-06-01"}, When(DAY), DAY)


def apt(county, factor=Factor.LIMITS_HOLDS):
    return apt_options(factor, county, queries.jail_options(), CHOICE)


def test_a_county_is_offered_the_option_that_earns_the_factor():
    OptionFactory(key="holds")
    OptionFactory(factor="no_287g")
    OptionFactory(place="city")
    (found,) = apt(CountyFactory())
    assert (str(found.title), str(found.wording)) == ("No holds", "Nobody shall be held.")
    assert found.who == "The sheriff."
    assert found.url == "/options/holds/?as_of=2020-06-01"


def test_a_factor_that_is_touched_besides_counts():
    OptionFactory(also_factors=["limits_notifications"])
    assert len(apt(CountyFactory(), Factor.LIMITS_NOTIFICATIONS)) == 1


def test_where_others_decide_they_are_named():
    OptionFactory()
    (found,) = apt(CountyFactory(usps="RI"))
    assert "corrections department" in found.who
    assert "sheriff" not in found.who


def test_an_option_without_a_name_is_not_offered():
    OptionFactory(title="")
    assert apt(CountyFactory()) == ()


def test_in_spanish():
    OptionFactory()
    county = CountyFactory()
    with override("es"):
        (found,) = apt(county)
        assert (str(found.title), found.who) == ("Sin retenciones", "El sheriff.")
        assert not found.title.is_foreign


def test_it_asks_the_database_for_the_options_alone(django_assert_num_queries):
    OptionFactory()
    county = CountyFactory()
    options = list(queries.jail_options())
    with django_assert_num_queries(0):
        apt_options(Factor.LIMITS_HOLDS, county, options, CHOICE)

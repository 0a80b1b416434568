"""Counties side by side."""

import pytest

from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/compare/"
SEVEN = (
    "no_287g",
    "no_detention_contract",
    "limits_holds",
    "limits_notifications",
    "limits_interrogations",
    "no_status_inquiry",
    "no_general_assistance",
)


@pytest.fixture
def marin():
    return CountyFactory(fips="06041", short_name="Marin", slug="marin")


@pytest.fixture
def napa():
    return CountyFactory(fips="06055", short_name="Napa", slug="napa")


def answers(county, *yes):
    for factor in SEVEN:
        answer = "yes" if factor in yes else "none_found"
        published(LocalPolicyFactory, county=county, factor=factor, answer=answer)


def shown(client, *places, **query):
    page = client.get(ADDRESS, {"place": list(places), **query})
    assert page.status_code == 200
    return page.context["shown"]


def test_without_places_it_asks_for_them(client, marin):
    page = client.get(ADDRESS)
    assert page.context["shown"] is None
    assert page.content.decode().count('name="place"') == 4


def test_places_stand_in_the_order_in_which_they_were_asked_for(client, marin, napa):
    assert [p.name for p in shown(client, "06055", "Marin, CA").places] == [
        "Napa County",
        "Marin County",
    ]


def test_a_place_asked_for_twice_is_there_once(client, marin):
    assert len(shown(client, "06041", "Marin, California").places) == 1


def test_the_same_score_with_other_policies_is_said(client, marin, napa):
    answers(marin, "limits_holds")
    answers(napa, "no_status_inquiry")
    found = shown(client, "06041", "06055")
    assert found.alike == "The same score, but not the same policies."
    assert [row.code for row in found.rows if row.differs] == ["limits_holds", "no_status_inquiry"]


def test_the_same_answers_are_said(client, marin, napa):
    answers(marin, "limits_holds")
    answers(napa, "limits_holds")
    assert shown(client, "06041", "06055").alike == "They have the same seven answers."


def test_unknown_is_not_a_difference_and_not_a_zero(client, marin, napa):
    answers(marin, "limits_holds")
    found = shown(client, "06041", "06055")
    assert not any(row.differs for row in found.rows)
    assert found.places[1].mark.numeral == "–"
    assert found.rows[0].cells[1].rule == ""


def test_the_nation_is_that_of_analysed_counties(client, marin, napa):
    answers(marin, "limits_holds")
    answers(napa)
    found = shown(client, "06041")
    assert found.analysed == 2
    assert {row.code: row.share for row in found.rows}["limits_holds"] == "50%"


def test_where_none_is_analysed_there_is_no_share(client, marin):
    assert {row.share for row in shown(client, "06041").rows} == {""}


def test_a_preempted_policy_is_marked(client, marin):
    published(LocalPolicyFactory, county=marin, factor="limits_holds")
    published_provision(state=StateFactory(usps="CA"), claims=[{"effect": "mandates"}])
    (cell,) = shown(client, "06041").rows[2].cells
    assert (cell.css, cell.flag) == ("pre", "preempted by state law")


def test_words_that_fit_several_are_a_question_with_the_others_kept(client, marin):
    CountyFactory(fips="06003", short_name="Orange", slug="orange")
    CountyFactory(fips="01001", usps="AL", short_name="Orange", slug="orange")
    page = client.get(ADDRESS, {"place": ["06041", "Orange"]})
    (question,) = page.context["unclear"]
    assert [name for name, _ in question.offered] == ["Orange County, AL", "Orange County, CA"]
    assert question.offered[0][1] == "/compare/?place=06041&place=01001"
    assert len(page.context["shown"].places) == 1


@pytest.mark.parametrize("text", ["Atlantis", "<script>alert(1)</script>", "99999", "x" * 500])
def test_words_that_fit_none_are_said_and_are_text(client, marin, text):
    page = client.get(ADDRESS, {"place": text})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert page.context["unclear"][0].offered == ()


def test_more_than_four_are_refused(client, marin):
    assert client.get(ADDRESS, {"place": ["a", "b", "c", "d", "e"]}).status_code == 400


@pytest.mark.parametrize("query", [{"colour": "red"}, {"as_of": "x"}])
def test_what_means_nothing_is_refused(client, query):
    assert client.get(ADDRESS, query).status_code == 400


def test_both_clocks_are_kept(client, marin):
    published(LocalPolicyFactory, county=marin, factor="limits_holds", at=noon("2020-06-01"))
    assert shown(client, "06041", as_of="2019-01-01").rows[2].cells[0].css == "y"
    found = shown(client, "06041", as_of="2019-01-01", known_on="2020-05-31")
    assert found.rows[2].cells[0].css == "u"
    assert "as_of=2019-01-01" in found.places[0].url


def test_a_place_more_costs_what_looking_its_words_up_costs(
    client, marin, napa, django_assert_max_num_queries
):
    more = CountyFactory.create_batch(2)
    with django_assert_max_num_queries(14):
        shown(client, "06041", "06055", *(county.pk for county in more))


def test_a_county_page_leads_to_it(client, marin):
    assert "/compare/?place=06041" in client.get("/counties/ca/marin/").content.decode()

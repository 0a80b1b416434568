"""The receipt of a score: from the total down to the quoted words and who checked them."""

from datetime import date

import pytest

from policies import reviews
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    UserFactory,
    change,
    noon,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/counties/ca/marin/receipt/"


@pytest.fixture
def marin():
    return CountyFactory(fips="06041", short_name="Marin", slug="marin")


def lines(client, query=""):
    page = client.get(ADDRESS + query)
    assert page.status_code == 200
    return {line.code: line for line in page.context["receipt"].lines}


def record(county, **values):
    return published(LocalPolicyFactory, county=county, factor="limits_holds", **values)


def test_a_point_leads_to_the_record_the_words_the_page_and_the_hash(client, marin):
    policy = LocalPolicyFactory(county=marin, title="Sheriff's order 12", cited=None)
    document = DocumentFactory(title="Order 12", sha256="ab" * 32)
    CitationFactory(local_policy=policy, document=document, page="4", quote="no holds at all")
    from policies import actions

    actions.publish(record=policy, by=UserFactory(), at=noon("2020-01-02"))
    line = lines(client)["limits_holds"]
    assert (line.points, line.record, line.number_of_record) == ("1", policy.title, policy.pk)
    (citation,) = line.citations
    assert (citation.quote, citation.place) == ("no holds at all", "page 4")
    assert citation.sha256 == "ab" * 32
    assert "ab" * 32 in client.get(ADDRESS).content.decode()


def test_coder_and_reviewer_are_named_as_people_never_by_their_log_in(client, marin):
    coder = UserFactory(username="secret-login", first_name="Ada", last_name="Coder")
    reviewer = UserFactory(username="other-login")
    record(marin, created_by=coder, by=reviewer, at=noon("2020-01-02"))
    hands = lines(client)["limits_holds"].hands
    assert [(hand.what, hand.who) for hand in hands] == [
        ("coded by", "Ada Coder"),
        ("checked and published by", "a member of staff"),
    ]
    assert hands[1].when == "Jan. 2, 2020"
    text = client.get(ADDRESS).content.decode()
    assert "secret-login" not in text
    assert "other-login" not in text


def hands_of(client):
    return [(hand.what, hand.who) for hand in lines(client)["limits_holds"].hands]


def test_what_nobody_read_a_second_time_is_not_called_checked(client, marin):
    alone = UserFactory(first_name="Ada", last_name="Alone", is_superuser=True)
    draft = LocalPolicyFactory(county=marin, factor="limits_holds", created_by=alone)
    reviews.publish_alone(record=draft, by=alone, at=noon("2020-01-02"), reason="In a hurry.")
    assert hands_of(client)[1] == ("published by", "Ada Alone, without a second reader")


def test_the_system_checks_nothing(client, marin):
    record(marin, by=UserFactory(username="system"))
    assert hands_of(client) == [("published by", "the system, by command, without a second reader")]


def test_what_is_not_known_has_no_points_rather_than_none(client, marin):
    line = lines(client)["limits_holds"]
    assert (line.points, line.record, line.citations, line.hands) == ("", "", (), ())


@pytest.mark.parametrize(("answer", "points"), [("yes", "1"), ("no", "0"), ("none_found", "0")])
def test_points_are_those_of_the_rubric(client, marin, answer, points):
    record(marin, answer=answer)
    assert lines(client)["limits_holds"].points == points


def test_state_law_is_named_with_its_citation_and_the_local_answer_beside_it(client, marin):
    record(marin, answer="none_found")
    published_provision(state=marin.state, title="Values Act", legal_citation="§ 7284", claims=[{}])
    line = lines(client)["limits_holds"]
    assert line.record == "Values Act, § 7284"
    assert line.local == "The county’s own answer: none found."


def test_agreements_and_lists_are_named(client, marin):
    published(AgreementFactory, state=marin.state, counties=[marin], agency_name="Marin Sheriff")
    published(IceListFactory, kind="detention", list_date=date(2020, 1, 1))
    found = lines(client)
    assert found["no_287g"].record == "Marin Sheriff, Jail Enforcement Model"
    assert found["no_detention_contract"].record == "ICE’s list of Jan. 1, 2020"


def test_it_is_of_the_chosen_day_and_of_what_was_known_then(client, marin):
    old = record(marin, answer="none_found", at=noon("2020-01-02"))
    change(old, on="2020-06-01", answer="yes", effective_from=date(2020, 3, 1))
    assert lines(client)["limits_holds"].points == "1"
    assert lines(client, "?as_of=2020-02-01")["limits_holds"].points == "0"
    assert lines(client, "?as_of=2020-04-01&known_on=2020-05-01")["limits_holds"].points == "0"


def test_the_address_printed_on_it_holds_both_dates(client, marin):
    page = client.get(ADDRESS + "?as_of=2020-02-01&known_on=2020-05-01")
    assert page.context["receipt"].address.endswith("?as_of=2020-02-01&known_on=2020-05-01")


def test_sealed_words_are_not_printed_and_the_sealing_is_said(client, marin):
    policy = record(marin)
    policy.citations.get().document.__class__.objects.update(
        sealed_at=noon("2021-01-01"), sealed_by=UserFactory(), sealed_reason="Order of the court"
    )
    text = client.get(ADDRESS).content.decode()
    assert "shall not hold any person" not in text
    assert "Order of the court" in text


def test_an_unknown_county_and_a_bad_date_are_refused(client, marin):
    assert client.get("/counties/ca/nowhere/receipt/").status_code == 404
    assert client.get(ADDRESS + "?as_of=tomorrow").status_code == 400


def test_the_county_page_links_to_it(client, marin):
    assert ADDRESS in client.get("/counties/ca/marin/").content.decode()


def test_few_queries(client, marin, django_assert_max_num_queries):
    record(marin)
    with django_assert_max_num_queries(20):
        client.get(ADDRESS)

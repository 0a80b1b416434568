from __future__ import annotations

import pytest

from tests.factories import CountyFactory, LocalPolicyFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alameda():
    return CountyFactory(fips="001", short_name="Alameda", name="Alameda County")


def test_what_is_asked_for_stands_in_no_address_and_no_cookie_is_set(client, alameda):
    published(LocalPolicyFactory, county=alameda, factor="limits_holds")
    response = client.post("/find/", {"q": "94608"})

    assert response.status_code == 200
    assert "Alameda County" in response.content.decode()
    assert 'href="/counties/ca/' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_it_works_where_forms_are_checked_for_their_origin(alameda):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/find/", {"q": "x"}).status_code == 200


def test_a_form_without_words_asks_for_some(client):
    assert "Find my county" in client.get("/find/").content.decode()
    assert client.post("/find/", {"q": " "}).status_code == 200


def test_nothing_found_leads_on(client):
    html = client.post("/find/", {"q": "<b>Atlantis</b>"}).content.decode()

    assert "No county, town or ZIP fits “&lt;b&gt;Atlantis&lt;/b&gt;”" in html
    assert 'href="/counties/"' in html


def test_a_chosen_day_is_kept(client, alameda):
    html = client.post("/find/?as_of=2019-01-01", {"q": "Alameda"}).content.decode()

    assert "?as_of=2019-01-01" in html
    assert client.post("/find/?as_of=yesterday", {"q": "Alameda"}).status_code == 400


def test_other_methods_are_refused(client):
    assert client.put("/find/").status_code == 405


def test_the_number_of_queries_is_fixed(client, alameda, django_assert_num_queries):
    client.get("/find/")
    with django_assert_num_queries(6):
        client.post("/find/", {"q": "Alameda"})

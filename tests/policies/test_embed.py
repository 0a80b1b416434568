"""Frames for other people's pages: only these may be framed, and what is wrong is said in them."""

from __future__ import annotations

import html
import re

import pytest

from policies.rubric import FACTORS
from tests.factories import CountyFactory, LocalPolicyFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marin():
    county = CountyFactory(fips="041", short_name="Marin", name="Marin County", slug="marin")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=county, factor=factor.value)
    return county


FRAMES = ("/embed/map/", "/embed/state/ca/", "/embed/county/ca/marin/")
EVERYBODY, NOBODY = "frame-ancestors *", "frame-ancestors 'none'"


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_may_stand_on_any_page_and_leads_back(client, path):
    response = client.get(f"{path}?as_of=2019-12-01&theme=dark")
    page = response.content.decode()

    assert response.status_code == 200
    assert EVERYBODY in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "In force on Dec. 1, 2019" in page
    assert re.search(r'href="http://testserver/[^"]*as_of=2019-12-01"', page)
    assert "<script" not in page
    assert 'class="dark"' in page


@pytest.mark.parametrize("path", ["/", "/embed/", "/counties/ca/marin/", "/states/ca/"])
def test_no_other_page_may_be_framed(client, path):
    response = client.get(path)

    assert NOBODY in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/county/ca/atlantis/", 404),
        ("/embed/state/zz/", 404),
        ("/embed/map/?factor=x", 400),
        ("/embed/map/?as_of=yesterday", 400),
        ("/embed/map/?theme=pink", 400),
    ],
)
def test_what_is_wrong_is_said_in_the_frame(client, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert EVERYBODY in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert 'target="_blank"' in response.content.decode()


def test_a_county_is_shown_with_its_seven_squares(client):
    page = client.get("/embed/county/ca/marin/").content.decode()

    assert page.count('class="qy"') == 7
    assert "7 of 7" in page


def test_a_frame_of_the_map_asks_what_the_map_asks(client):
    page = client.get("/embed/map/?factor=limits_holds").content.decode()

    assert "Will the jail hold someone longer for ICE?" in page


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("", "http://testserver/embed/map/"),
        ("kind=state&state=CA&theme=light", "http://testserver/embed/state/ca/?theme=light"),
        ("kind=county&county=06041", "http://testserver/embed/county/ca/marin/"),
        ("kind=county&county=Marin, CA", "http://testserver/embed/county/ca/marin/"),
    ],
)
def test_the_line_of_html(client, query, source):
    page = client.get(f"/embed/?{query}").content.decode()
    line = html.unescape(re.search(r'<code id="code">(.*?)</code>', page)[1])

    assert line.startswith(f'<iframe src="{source}" title="')
    assert line.endswith("</iframe>")
    assert "\n" not in line


def test_a_name_of_several_counties_is_a_question(client):
    CountyFactory(fips="043", short_name="Mariposa", name="Mariposa County", slug="mariposa")
    page = client.get("/embed/?kind=county&county=mari").content.decode()

    assert "Which of these?" in page
    assert "<iframe" not in page


@pytest.mark.parametrize(
    "query", ["kind=moon", "theme=pink", "kind=state&state=ZZ", "as_of=yesterday"]
)
def test_a_bad_choice_is_refused(client, query):
    assert client.get(f"/embed/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["kind=county&county=atlantis", "kind=county", "kind=state"])
def test_nothing_chosen_leads_on(client, query):
    response = client.get(f"/embed/?{query}")

    assert response.status_code == 200
    assert "<iframe" not in response.content.decode()


@pytest.mark.parametrize(("path", "queries"), [(FRAMES[0], 3), (FRAMES[1], 5), (FRAMES[2], 4)])
def test_the_number_of_queries_is_fixed(client, django_assert_num_queries, path, queries):
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


# --- Pictures for links that are shared ----------------------------------------------------------


@pytest.mark.parametrize("path", ["/share/ca/marin.png", "/share/ca.png", "/es/share/ca/marin.png"])
def test_a_place_has_a_picture(client, path):
    response = client.get(path)

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert "max-age=3600" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/share/zz.png", "/share/ca/atlantis.png"])
def test_no_place_has_none(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("/counties/ca/marin/?as_of=2019-12-01", "/share/ca/marin.png?as_of=2019-12-01"),
        ("/states/ca/", "/share/ca.png"),
        ("/es/states/ca/", "/es/share/ca.png"),
    ],
)
def test_a_page_names_its_picture(client, page, picture):
    expected = f'<meta property="og:image" content="http://testserver{picture}">'
    assert expected in client.get(page).content.decode()

"""The map as a table, a file and a picture: the same counties as on the map, said the same way."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from defusedxml import ElementTree

from policies.rubric import FACTORS
from policies.views import map as map_view
from tests.factories import AgreementFactory, CountyFactory, LocalPolicyFactory, published
from tests.policies.drawn import counties_drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record():
    """Marin has all seven; Alameda gains two in 2018 and is known in part; Napa has no record."""
    map_view._pages.clear()
    marin = CountyFactory(fips="041", short_name="Marin", name="Marin County", population=250_000)
    alameda = CountyFactory(
        fips="001", state=marin.state, short_name="Alameda", name="Alameda County", population=9
    )
    CountyFactory(fips="055", state=marin.state, short_name="Napa", name="Napa County")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=marin, factor=factor.value)
    for factor in FACTORS[2:4]:
        start = date(2017, 1, 1)
        published(
            LocalPolicyFactory,
            county=alameda,
            factor=factor.value,
            answer="no",
            effective_from=start,
            effective_until=date(2018, 1, 1),
        )
        published(
            LocalPolicyFactory,
            county=alameda,
            factor=factor.value,
            answer="yes",
            effective_from=date(2018, 1, 1),
        )


def rows(client, query: str) -> list[dict]:
    text = client.get(f"/map/map.csv?{query}").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def text_of(response) -> str:
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


QUERIES = (
    "",
    "factor=limits_holds",
    "in_force=limits_holds&not_in_force=no_287g",
    "since=2017-06-01&as_of=2019-01-01",
    "since=2017-06-01&as_of=2019-01-01&factor=limits_holds",
    "state=ca&population_max=1000",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_file_has_the_counties_that_the_legend_counts(client, query):
    legend = re.findall(
        r'data-step="(\w+)".*?data-count>([\d,]+)<', text_of(client.get(f"/?{query}"))
    )
    counted = Counter(row["shown"] for row in rows(client, query))

    drawn_and_on_record = {step: int(n.replace(",", "")) for step, n in legend}
    unknown = drawn_and_on_record.pop("unknown")
    counted.pop("unknown", None)
    assert {step: n for step, n in drawn_and_on_record.items() if n} == dict(counted)
    assert unknown >= 0


def test_a_change_is_told_with_the_answers_of_both_days(client):
    found = {row["county"]: row for row in rows(client, "since=2017-06-01&as_of=2019-01-01")}

    alameda = found["Alameda County"]
    assert alameda["shown"] == "raised2"
    assert alameda["shown_in_words"].startswith("2 policies more in force")
    assert (alameda["limits_holds_before"], alameda["limits_holds"]) == ("no", "yes")
    assert found["Napa County"]["shown"] == "unknown"


def test_the_table_holds_what_was_chosen_in_the_legend(client):
    html = text_of(client.get("/map/table/?factor=limits_holds&only=yes&order=-population"))

    assert html.index("Marin County") < html.index("Alameda County")
    assert "Napa County" not in html
    assert '<th scope="col" class="number" aria-sort="descending">' in html


@pytest.mark.parametrize("order", ["name", "-name", "state", "population", "shown", "-shown"])
def test_the_table_is_sorted(client, order):
    assert client.get(f"/map/table/?order={order}").status_code == 200


@pytest.mark.parametrize("query", ["factor=x", "as_of=yesterday", "only=9"])
@pytest.mark.parametrize("form", ["table/", "map.csv", "map.svg", "map.png"])
def test_bad_parameters_are_refused(client, form, query):
    assert client.get(f"/map/{form}?{query}").status_code == 400


def test_a_table_is_sorted_by_what_it_has(client):
    assert client.get("/map/table/?order=colour").status_code == 400


def test_a_filter_leaves_counties_out_and_a_step_the_others(client):
    small = counties_drawn(text_of(client.get("/?population_max=1000")))
    chosen = counties_drawn(text_of(client.get("/?only=7")))

    assert (small["06001"][0], small["06041"][0], small["01001"][0]) == ("p", "o", "o")
    assert (chosen["06001"][0], chosen["06041"][0], chosen["01001"][0]) == ("r", "h", "r")


def test_the_picture_says_what_it_is(client):
    svg = text_of(client.get("/map/map.svg?as_of=2019-01-01&layer=agreements"))
    ElementTree.fromstring(svg)  # well-formed

    assert "How far do local governments help ICE?" in svg
    assert "Jan. 1, 2019" in svg
    assert "free to use with credit" in svg
    assert "http://testserver/?layer=agreements&amp;as_of=2019-01-01&amp;known_on=" in svg
    assert svg.count('class="h"') >= 1


def test_the_picture_has_the_colours_that_were_chosen(client):
    assert ".h { fill: #0d5c34 }" in text_of(client.get("/map/map.svg"))
    assert ".h { fill: #fbf7d0 }" in text_of(client.get("/map/map.svg?palette=safe"))


def test_the_picture_is_also_a_png_to_be_kept(client):
    response = client.get("/map/map.png?as_of=2019-01-01")

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'attachment; filename="map-2019-01-01.png"'
    assert response.content.startswith(b"\x89PNG")


def test_agreements_are_dots_on_their_counties(client):
    marin = {"counties": ["06041"]}
    published(AgreementFactory, state_id="CA", effective_from=date(2019, 1, 1), **marin)
    html = text_of(client.get("/?layer=agreements&as_of=2019-06-01"))

    assert re.search(r'class="ag" data-layer="0" d="M[\d.]+ [\d.]+h0"', html)
    assert "287(g) agreement: 1" in html
    before = text_of(client.get("/?layer=agreements&as_of=2018-06-01"))
    assert re.search(r'class="ag" data-layer="0" d=""', before)


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/map/table/", 4), ("/map/table/?since=2016-01-01&state=CA", 7), ("/map/map.svg", 3)],
)
def test_the_number_of_queries_is_fixed(client, django_assert_num_queries, path, queries):
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)

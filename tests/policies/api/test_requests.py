"""How the API answers whatever is asked: bad input, methods, caching, other sites, languages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counties.models import FipsChange
from policies import actions
from policies.api_urls import LISTS
from policies.models import SourceDocument
from tests.factories import CountyFactory, LocalPolicyFactory, StateFactory, UserFactory, published

pytestmark = pytest.mark.django_db

PATHS = [*(f"{name}/" for name in LISTS), "counties/06001/", "counties/06001/history/"]
VALUES = (
    *("%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%F0%9F%98%80", "%D9%A3", "';", "=1+1", "true"),
    *("-1", "1e400", "NaN", "1.5", "99999999999999999999", "9" * 5000, "06001", "CA", "yes"),
    *("0001-01-01", "9999-12-31", "1776-01-01", "2200-12-31", "2017-W01-1", "2017-13-45"),
)


@pytest.fixture
def county():
    county = CountyFactory(fips="001")
    published(LocalPolicyFactory, county=county)
    return county


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("counties/?as_of=2017-13-45", {"as_of"}),
        ("counties/?as_of=20170220", {"as_of"}),
        ("counties/?as_of=1492-10-12", {"as_of"}),
        ("counties/?known_on=2199-01-01", {"known_on"}),
        ("counties/?as_of=x&known_on=y&score=z&stat=CA", {"as_of", "known_on", "score", "stat"}),
        ("counties/?score=8", {"score"}),
        ("counties/?score_min=8", {"score_min"}),
        ("counties/?score_min=1.5", {"score_min"}),
        ("counties/?score_max=-1", {"score_max"}),
        ("counties/?state=XX", {"state"}),
        ("counties/?status=zero", {"status"}),
        ("counties/?factor=limits", {"factor"}),
        ("counties/?answer=yes", {"answer"}),
        ("counties/?factor=limits_holds&answer=maybe", {"answer"}),
        ("counties/?population_min=99999999999", {"population_min"}),
        ("counties/?changed_since=yesterday", {"changed_since"}),
        ("counties/?modified_since=0001-01-01", {"modified_since"}),
        ("counties/?ordering=fips,name", {"ordering"}),
        ("counties/?as_of=2017-01-01&as_of=2018-01-01", {"as_of"}),
        ("counties/?page=0", {"page"}),
        ("counties/?page=2", {"page"}),
        ("counties/?page=x", {"page"}),
        ("counties/?page_size=0", {"page_size"}),
        ("counties/?page_size=5001", {"page_size"}),
        ("counties/?format=xml", {"format"}),
        ("counties/?page=x&format=csv", {"page"}),
        ("counties/06001/?as_of=2017-13-45", {"as_of"}),
        ("counties/06001/?score=7", {"score"}),
        ("counties/06001/?format=csv", {"format"}),
        ("counties/06001/history/?as_of=2017-13-45&x=1", {"as_of", "x"}),
        ("map/?as_of=2017-13-45", {"as_of"}),
        ("map/?factor=holds", {"factor"}),
        ("map/?state=CA", {"state"}),
        ("map/?format=csv", {"format"}),
        ("reports/summary/?as_of=2017-02-30", {"as_of"}),
        ("reports/summary/?format=csv", {"table"}),
        ("reports/summary/?format=csv&table=counties", {"table"}),
        ("reports/summary/?state=California", {"state"}),
        ("reports/published/?as_of=2019-01-01", {"as_of"}),
        ("reports/changes/", {"from"}),
        ("reports/changes/?from=2017-01-01&cause=weather&move=up", {"cause", "move"}),
        ("reports/changes/?from=2017-01-01&known_from=2099-01-01", {"known_from"}),
        ("reports/changes/?from=2017-13-45", {"from"}),
        ("reports/changes/?from=2017-01-01&to=2017-13-45", {"to"}),
        ("reports/changes/?from=2018-01-01&to=2017-01-01", {"from"}),
        ("reports/changes/?from=2017-01-01&as_of=2017-01-01", {"as_of"}),
        ("wins/?county=99999", {"county"}),
        ("wins/?score=7", {"score"}),
        ("documents/?as_of=2017-01-01", {"as_of"}),
        ("state-provisions/?binds_county_agencies=maybe", {"binds_county_agencies"}),
        ("factors/?q=x", {"q"}),
        ("options/?place=moon", {"place"}),
        ("states/?as_of=2017-13-45", {"as_of"}),
        ("schema/?x=1", {"x"}),
        ("?x=1", {"x"}),
    ],
)
@pytest.mark.usefixtures("county")
def test_bad_parameters_are_named(refused, address, names):
    errors = refused(address)

    assert set(errors) == names
    assert all(errors.values())


def test_the_message_says_what_is_wrong(refused):
    assert "2017-13-45" in refused("counties/?as_of=2017-13-45")["as_of"]
    assert "future" in refused("map/?known_on=2199-01-01")["known_on"]
    assert "score_min" in refused("counties/?stat=CA")["stat"]


@pytest.mark.usefixtures("county")
def test_nothing_that_is_asked_is_a_server_error(client, ask):
    for path, methods in ask("schema/")["paths"].items():
        address = path.replace("{fips}", "06001")
        names = [one["name"] for one in methods["get"]["parameters"] if one["in"] == "query"]
        for name, value in itertools.product(names, VALUES):
            response = client.get(f"{address}?{name}={value}")
            assert response.status_code in (200, 400), (address, name, value)
            if response.status_code == 400:
                assert response.json()["errors"]


NAMES = ("q", "state", "score", "as_of", "population_min", "factor", "county", "from", "page", "x")


@given(path=st.sampled_from(PATHS), name=st.sampled_from(NAMES), value=st.text(max_size=30))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_is_a_server_error(client, path, name, value):
    CountyFactory(fips="06001")
    response = client.get(f"/api/v1/{path}", {name: value})
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_read_only(client, method):
    for path in [*PATHS, ""]:
        response = getattr(client, method)(f"/api/v1/{path}")
        assert response.status_code == 405
        assert "GET" in response["Allow"]
        assert "read-only" in response.json()["errors"]["method"]


def test_any_site_may_read(client, county):
    for path in ("counties/", "counties/?format=csv", "counties/?x=1", "counties/99999/"):
        response = client.get(f"/api/v1/{path}", headers={"origin": "https://example.org"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response
    preflight = client.options("/api/v1/map/")
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path", ["map/", "counties/", "counties/06001/", "reports/summary/", "documents/"]
)
def test_unchanged_is_a_304(client, county, path):
    first = client.get(f"/api/v1/{path}")
    assert first["Cache-Control"] == "public, no-cache"
    sent = {"if-none-match": first["ETag"]}

    again = client.get(f"/api/v1/{path}", headers=sent)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"

    published(LocalPolicyFactory, county=county, factor="no_status_inquiry")
    assert client.get(f"/api/v1/{path}", headers=sent).status_code == 200


def test_a_304_for_what_was_compressed(client, county):
    tag = client.get("/api/v1/map/?as_of=2018-01-01")["ETag"]
    for marked in (tag, tag[:-1] + ';br\\"', tag[:-1] + ';br"'):
        again = client.get("/api/v1/map/?as_of=2018-01-01", headers={"if-none-match": marked})
        assert again.status_code == 304, marked
    other = client.get("/api/v1/map/?as_of=2018-01-02", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_a_document_made_private_is_not_held_back_by_a_tag(client, county):
    first = client.get("/api/v1/counties/06001/")
    assert first.json()["factors"][2]["citations"]
    SourceDocument.objects.update(is_public=False)

    again = client.get("/api/v1/counties/06001/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["factors"][2]["citations"] == []


def test_the_map_follows_a_change_at_once(client, county):
    before = client.get("/api/v1/map/").json()
    record = county.local_policies.get()
    actions.withdraw(record=record, by=UserFactory(), at=record.published_at, reason="Wrong.")
    after = client.get("/api/v1/map/").json()

    assert before["partial"] == {"06001": 1}
    assert after["partial"] == {}
    assert after["revision"] > before["revision"]


def test_the_language_of_the_reader_changes_nothing(client, county):
    english = client.get("/api/v1/counties/06001/")
    spanish = client.get("/api/v1/counties/06001/", headers={"accept-language": "es"})

    assert spanish.content == english.content
    assert spanish["Content-Language"] == "en"


@pytest.mark.parametrize("accept", ["text/html", "text/csv", "application/xml", "nonsense"])
def test_an_accept_header_refuses_nobody(client, county, accept):
    response = client.get("/api/v1/counties/", headers={"accept": accept})
    assert response["Content-Type"] == "application/json"
    assert client.get("/api/v1/counties/?format=json").status_code == 200


def test_paths_that_there_are_not(client, refused):
    assert "nonsense" in refused("nonsense/", status=404)["path"]
    assert refused("counties/06001/nonsense/", status=404)
    response = client.get("/api/v1/counties?state=CA")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/counties/?state=CA"


@pytest.fixture
def renamed():
    """Shannon County, South Dakota became Oglala Lakota County."""
    state = StateFactory(usps="SD", fips="46", name="South Dakota")
    county = CountyFactory(fips="46102", state=state)
    FipsChange.objects.create(
        old_fips="46113", county=county, kind="renamed", certain=True, explanation="Renamed."
    )


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("rest", ["", "history/"])
@pytest.mark.parametrize("query", ["", "?as_of=2018-01-01&known_on=2020-06-01", "?format=json"])
def test_a_code_that_was_changed_for_certain_leads_to_the_county_of_today(client, rest, query):
    response = client.get(f"/api/v1/counties/46113/{rest}{query}")
    assert response.status_code == 301
    assert response["Location"] == f"/api/v1/counties/46102/{rest}{query}"
    assert response["Access-Control-Allow-Origin"] == "*"

    there = client.get(f"/api/v1/counties/46113/{rest}{query}", follow=True)
    assert there.json()["fips"] == "46102"


@pytest.mark.usefixtures("renamed")
def test_a_bad_parameter_is_named_before_anything_is_redirected(refused):
    assert set(refused("counties/46113/?score=7")) == {"score"}


def test_a_code_that_may_mean_several_counties_is_a_404_that_names_them(client):
    state = StateFactory(usps="AK", fips="02", name="Alaska")
    for code in ("02063", "02066"):
        FipsChange.objects.create(
            old_fips="02261",
            county=CountyFactory(fips=code, state=state),
            kind="split",
            certain=False,
            explanation="It was split.",
        )
    for path in ("counties/02261/", "counties/02261/history/"):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code == 404
        assert response.json()["counties"] == ["02063", "02066"]


@pytest.mark.parametrize("operation", ["{fips}/", "{fips}/history/"])
def test_the_description_tells_of_the_redirect(ask, operation):
    described = ask("schema/")["paths"][f"/api/v1/counties/{operation}"]["get"]
    assert "301" in described["description"]


def test_the_index_names_every_path(client, county):
    index = client.get("/api/v1/").json()

    assert set(index) == set(LISTS)
    for name, address in index.items():
        expected = 400 if name == "reports/changes" else 200
        assert client.get(address).status_code == expected

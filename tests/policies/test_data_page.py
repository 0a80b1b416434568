"""/data/: every list with its files and rows, the codebook, the licence, how to cite."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.utils import translation

from policies.api import responses
from policies.api.base import ListView
from policies.api.codebook import ALL, columns
from policies.api_urls import LISTS
from policies.models import ChangeEvent
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    WinFactory,
    noon,
    published,
    published_provision,
    withdraw,
)

ADDRESS = "/data/"


@pytest.fixture
def record():
    county = CountyFactory(fips="06001")
    published(LocalPolicyFactory, county=county)
    published(AgreementFactory, counties=[county], state=county.state)
    published(WinFactory, counties=[county], state=county.state)
    published_provision(state=county.state, claims=[{}])
    return county


class Links(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.addresses.append(dict(attributes)["href"])


def files(client, query="") -> list[str]:
    page = client.get(ADDRESS + query)
    assert page.status_code == 200
    return [a for a in Links(page.content.decode()).addresses if a.startswith("/api/")]


def rows(client, query="") -> dict[str, int]:
    return {one.name: one.rows for one in client.get(ADDRESS + query).context["page"].lists}


# --- The catalogue --------------------------------------------------------------------------------


def test_every_list_of_the_api_is_in_the_catalogue():
    lists = {n for n, v in LISTS.items() if isinstance(v, type) and issubclass(v, ListView)}
    assert {one.name for one in ALL} == lists


@pytest.mark.parametrize("download", ALL, ids=lambda one: one.name)
def test_the_codebook_has_the_columns_of_the_csv_each_with_its_meaning(download):
    described = list(columns(download.view.serializer_class()))
    assert [c.name for c in described] == list(
        responses.columns_of(download.view.serializer_class())
    )
    assert [c.name for c in described if not c.meaning] == []


@pytest.mark.parametrize("download", ALL, ids=lambda one: one.name)
def test_every_meaning_is_written_in_spanish(download):
    described = list(columns(download.view.serializer_class()))
    english = [column.meaning for column in described]
    with translation.override("es"):
        assert [c.meaning for c in described if c.meaning in english] == []


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "?as_of=2020-06-01", "?as_of=2020-06-01&known_on=2020-06-01"]
)
def test_every_address_on_it_answers(client, record, query):
    found = files(client, query)
    assert len(found) >= 2 * len(ALL)
    for address in found:
        assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_files_have_the_dates_of_the_page_where_they_take_them(client, record):
    query = "as_of=2020-06-01&known_on=2020-07-01"
    by_list = {a.split("/")[3]: a for a in files(client, f"?{query}") if "csv" in a}
    assert query in by_list["counties"]
    assert "as_of" not in by_list["documents"]
    assert "known_on=2020-07-01" in by_list["documents"]
    assert by_list["factors"] == "/api/v1/factors/?format=csv"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?as_of=2019-12-01", "?known_on=2019-06-01"])
def test_it_says_as_many_rows_as_there_are(client, record, query):
    for one in client.get(ADDRESS + query).context["page"].lists:
        assert client.get(one.json_url).json()["count"] == one.rows, one.name


@pytest.mark.django_db
def test_rows_are_those_known_then(client, record):
    for win in record.wins.all():
        withdraw(win, on="2021-01-01")
    assert rows(client)["wins"] == 0
    assert rows(client, "?known_on=2020-06-01")["wins"] == 1


@pytest.mark.django_db
def test_it_cites_two_dates(client, record):
    page = client.get(ADDRESS, {"as_of": "2020-06-01", "known_on": "2020-07-01"}).context["page"]
    assert page.cite_url.endswith("/data/?as_of=2020-06-01&known_on=2020-07-01")
    assert "June 1, 2020" in page.cite
    assert "July 1, 2020" in page.cite


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["as_of=x", "known_on=2020-02-30", "colour=red"])
def test_what_means_nothing_is_refused(client, query):
    assert client.get(f"{ADDRESS}?{query}").status_code == 400


@pytest.mark.django_db
def test_every_page_leads_to_it(client, record):
    assert 'href="/data/"' in client.get("/glossary/").content.decode()


@pytest.mark.django_db
def test_it_is_in_spanish(client, record):
    page = client.get("/es/data/").content.decode()
    assert "Libro de códigos" in page
    assert "Codebook" not in page


@pytest.mark.django_db
def test_as_many_queries_for_many_records_as_for_few(client, record, django_assert_num_queries):
    client.get(ADDRESS)  # reads the texts of this revision
    with django_assert_num_queries(11):
        client.get(ADDRESS)
    for _ in range(5):
        published(WinFactory, counties=[record], state=record.state)
    client.get(ADDRESS)
    with django_assert_num_queries(11):
        client.get(ADDRESS)


# --- The change log as a list ---------------------------------------------------------------------


@pytest.mark.django_db
def test_the_change_log_is_a_list_newest_first(client, record):
    told = client.get("/api/v1/change-log/").json()["results"]
    assert [one["revision"] for one in told] == list(
        ChangeEvent.objects.order_by("-pk").values_list("pk", flat=True)
    )
    assert told[-1]["counties"] == ["06001"]


@pytest.mark.django_db
def test_the_change_log_by_kind_state_county_and_day(client, record):
    other = CountyFactory(usps="AL")
    published(LocalPolicyFactory, county=other, at=noon("2021-01-01"))

    def count(**query):
        return client.get("/api/v1/change-log/", query).json()["count"]

    assert (count(), count(known_on="2020-12-31")) == (5, 4)
    assert (count(state="AL"), count(county="06001"), count(kind="undo")) == (1, 4, 0)
    assert client.get("/api/v1/change-log/", {"as_of": "2020-01-01"}).status_code == 400

"""The public pages: what they answer, refuse and hide, and how many queries they need."""

from __future__ import annotations

import json
import re
from datetime import date

import brotli
import pytest
from django.db import connection

from counties import shapes
from policies.models import ScorePeriod, WinKind
from policies.rubric import FACTORS
from policies.views import map as map_view
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    OptionFactory,
    StateFactory,
    WinFactory,
    noon,
    published,
    published_provision,
)
from tests.policies.drawn import counties_drawn

pytestmark = pytest.mark.django_db

PAGES = (
    *("/", "/counties/", "/states/", "/wins/", "/agreements/", "/documents/", "/options/"),
    *("/options/holds/", "/methodology/", "/reports/", "/reports/published/"),
    *("/counties/ca/marin/", "/states/ca/", "/patterns/", "/map-index.json"),
)


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Rolled-back tests would otherwise share revisions."""
    map_view._pages.clear()


@pytest.fixture
def marin():
    """A county with three policies in force and four that were looked for; and a local option."""
    OptionFactory(key="holds")
    county = CountyFactory(fips="06041", short_name="Marin", slug="marin")
    for number, factor in enumerate(FACTORS):
        published(
            LocalPolicyFactory,
            county=county,
            factor=factor.value,
            answer="yes" if number < 3 else "none_found",
            title=f"Policy {number}",
        )
    return county


def text_of(response) -> str:
    return response.content.decode()


# --- Every page --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_in_both_languages(client, marin, path):
    assert client.get(path).status_code == 200
    assert client.get(f"/es{path}").status_code == 200
    if not path.endswith(".json"):
        assert '<html lang="es"' in text_of(client.get(f"/es{path}"))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=2017-13-45", "2017-13-45"),
        ("as_of=yesterday", "YYYY-MM-DD"),
        ("known_on=2199-01-01", "in the future"),
        ("known_on=20170101", "known_on"),
    ],
)
def test_a_bad_date_is_a_400_page_that_says_why(client, marin, path, query, said):
    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    assert said in text_of(response)


@pytest.mark.parametrize("path", PAGES)
def test_pages_take_both_dates_and_their_links_keep_them(client, marin, path):
    response = client.get(f"{path}?as_of=2018-06-01&known_on=2020-06-01")

    assert response.status_code == 200
    if not path.endswith(".json"):
        links = re.findall(r'href="(/[^"]*)"', text_of(response))
        inside = [
            link
            for link in links
            if not link.startswith(("/static/", "/api/")) and "/wins/feed/" not in link
        ]
        undated = {link for link in inside if "as_of=2018-06-01" not in link}
        # Only "show today" leaves the dates behind.
        assert undated <= {path}


def test_no_page_writes_or_sets_a_cookie(client, marin):
    for path in PAGES:
        assert client.post(path).status_code == 405
        assert not client.get(path).cookies


def test_pages_hold_no_inline_script_or_style(client, marin):
    for path in PAGES:
        html = text_of(client.get(path))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html), path


def test_pages_are_revalidated_and_compressed(client, marin):
    for path in ("/", "/counties/", "/counties/ca/marin/"):
        first = client.get(path, headers={"accept-encoding": "gzip, br"})
        again = client.get(
            path, headers={"accept-encoding": "gzip, br", "if-none-match": first["ETag"]}
        )

        assert first["Content-Encoding"] == "br"
        assert brotli.decompress(first.content).startswith(b"<!doctype html>")
        assert "Accept-Encoding" in first["Vary"]
        assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_page_is_a_404_page_in_our_look(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing at this address" in text_of(response)


def test_demo_records_are_announced_on_every_page(client, marin, settings):
    assert "Invented records" not in text_of(client.get("/"))
    settings.DEMO = True
    map_view._pages.clear()
    for path in PAGES[:-1]:
        assert "Invented records" in text_of(client.get(path)), path


# --- The map -----------------------------------------------------------------------------------


def test_the_map_draws_every_county_once_and_colours_what_is_known(client, marin):
    html = text_of(client.get("/"))
    drawn = counties_drawn(html)

    assert {fips: d for fips, (_css, d) in drawn.items()} == shapes.county_paths()
    assert {fips: css for fips, (css, _d) in drawn.items() if css} == {"06041": "d"}


def test_the_map_draws_tiny_counties_on_their_neighbours(client, marin):
    html = text_of(client.get("/"))
    members = re.findall("..", re.search(r'data-members="(\w+)"', html)[1])
    tiny = shapes.tiny_counties()
    paths = {True: set(), False: set()}
    for fips, path in zip(shapes.county_paths(), members, strict=True):
        paths[fips in tiny].add(path)

    assert {"51610", "51683", "06075"} < tiny
    assert max(paths[False]) < min(paths[True])
    assert len(paths[False] | paths[True]) < 20


def test_legend_counts_link_to_exactly_those_counties(client, marin):
    CountyFactory(fips="06001", short_name="Alameda", slug="alameda")
    html = text_of(client.get("/"))
    listed = text_of(client.get("/counties/?score=3"))

    assert '<a href="/counties/?score=3"' in html
    assert "Marin County" in listed
    assert "Alameda" not in listed


def test_the_map_follows_a_new_record(client, marin):
    before = text_of(client.get("/"))
    published(LocalPolicyFactory, county=CountyFactory(fips="06001"), factor="no_287g")
    after = text_of(client.get("/"))

    assert counties_drawn(before)["06001"][0] == ""
    assert counties_drawn(after)["06001"][0] == "p"


def test_the_map_of_one_factor(client, marin):
    html = text_of(client.get("/?factor=limits_holds"))

    assert {fips: css for fips, (css, _d) in counties_drawn(html).items() if css} == {"06041": "g"}
    assert "/counties/?factor=limits_holds&amp;answer=none_found" in html
    assert "<h1>Will the jail hold someone longer for ICE?</h1>" in html
    assert "The county limits or refuses such holds." in html
    assert client.get("/?factor=nonsense").status_code == 400


def test_the_map_tells_old_evidence_and_the_days_that_matter(client, marin):
    html = text_of(client.get("/"))
    since = ScorePeriod.objects.get().effective_from

    assert "For 1 of the 1 county with a record" in html
    assert f'href="/?as_of={since}"' in html
    assert "1 of the 1 fully known counties, and 0 of the partly known ones" in html


def test_what_means_nothing_does_not_get_into_the_kept_page(client, marin):
    assert "evil" not in text_of(client.get("/?utm_source=evil"))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/map/table/",
        "/map/map.csv",
        "/embed/",
        "/embed/map/",
        "/embed/state/ca/",
        "/embed/county/ca/marin/",
        "/counties/ca/marin/",
        "/counties/ca/marin/receipt/",
        "/documents/",
    ],
)
@pytest.mark.parametrize("query", ["score=7", "as_of=2019-01-01&as_of=2020-01-01"])
def test_what_would_be_ignored_is_refused(client, marin, path, query):
    refusal = client.get(f"{path}?{query}")

    assert refusal.status_code == 400
    assert query.split("=")[0] in refusal.content.decode()


@pytest.mark.parametrize("path", ["/", "/states/ca/", "/counties/ca/marin/"])
def test_what_a_network_adds_to_a_link_is_forgotten(client, marin, path):
    page = client.get(f"{path}?fbclid=Followed&utm_source=x&as_of=2019-12-01")

    assert page.status_code == 200
    assert "Followed" not in page.content.decode()


def test_the_index_tells_the_same_as_the_api(client, marin):
    rows = json.loads(text_of(client.get("/map-index.json")))["counties"]

    assert ["Marin County", "CA", "marin", "yyyffff", 1] in rows


# --- The directory -----------------------------------------------------------------------------


def test_the_directory_filters_and_refuses(client, marin):
    assert "Marin County" in text_of(client.get("/counties/?score_min=3"))
    assert "No county fits" in text_of(client.get("/counties/?score_min=4"))
    assert "Marin County" in text_of(client.get("/counties/?factor=no_287g&answer=yes&q=mar"))
    for query in ("score=9", "answer=yes", "color=red", "page=x", "page=0", "state=ZZ"):
        response = client.get(f"/counties/?{query}")
        assert response.status_code == 400, query
        assert query.partition("=")[0] in text_of(response)


def test_the_directory_pages_keep_the_filters(client):
    for number in range(60):
        CountyFactory(fips=f"06{2 * number + 1:03d}", short_name=f"Place {number:02d}")

    first = text_of(client.get("/counties/?status=unknown&ordering=name"))

    assert 'href="?status=unknown&amp;ordering=name&amp;page=2"' in first
    second = client.get("/counties/?status=unknown&ordering=name&page=2")
    assert text_of(second).count('<th scope="row">') == 10


# --- One county --------------------------------------------------------------------------------


def test_a_profile_shows_score_reasons_words_and_source(client, marin):
    html = text_of(client.get("/counties/ca/marin/"))

    assert '<span id="score">3</span>' in html
    assert "Will the jail hold someone longer for ICE?" in html
    assert "shall not hold any person" in html
    assert "Marin County has its own policy, since Feb. 1, 2017: Policy 2." in html


def test_profile_and_api_tell_the_same(client, marin):
    html = text_of(client.get("/counties/ca/marin/?as_of=2019-01-01"))
    data = client.get("/api/v1/counties/06041/?as_of=2019-01-01").json()

    assert f'<span id="score">{data["score"]}</span>' in html
    for factor in data["factors"]:
        row = html[html.index(f'id="{factor["code"]}"') :]
        row = row[: row.index("</li>\n")] if "</li>\n" in row else row
        word = {"yes": "In force", "none_found": "None found"}[factor["answer"]]
        assert f"<b>{word}</b>" in row
        assert factor["explanation"] in html


@pytest.mark.parametrize(
    "path", ["/counties/ca/nowhere/", "/counties/zz/marin/", "/counties/99999/", "/counties/zz/"]
)
def test_an_unknown_county_is_a_404(client, marin, path):
    assert client.get(path).status_code == 404


def test_a_code_leads_to_its_county(client, marin):
    response = client.get("/counties/06041/?as_of=2018-06-01")

    assert response.status_code == 302
    assert response["Location"] == "/counties/ca/marin/?as_of=2018-06-01"
    assert "territories are outside this map" in text_of(client.get("/counties/72001/"))


def test_capital_letters_lead_to_the_one_address(client, marin):
    assert client.get("/counties/CA/marin/")["Location"] == "/counties/ca/marin/"
    assert client.get("/states/CA/")["Location"] == "/states/ca/"


@pytest.mark.parametrize("slug", ["Marin", "marin-county", "Marin-County", "marin-parish"])
def test_other_spellings_lead_to_the_one_address_and_keep_the_query(client, marin, slug):
    response = client.get(f"/counties/CA/{slug}/?as_of=2018-06-01&x=1")

    assert response.status_code == 301
    assert response["Location"] == "/counties/ca/marin/?as_of=2018-06-01&x=1"


def test_a_city_is_not_guessed_from_a_county(client):
    CountyFactory(fips="06003", slug="carson", kind="independent_city")

    assert client.get("/counties/ca/carson-county/").status_code == 404


def test_before_it_was_published_nothing_was_known(client, marin):
    html = text_of(client.get("/counties/ca/marin/?as_of=2018-06-01&known_on=2019-06-01"))

    assert '<span id="score">Not scored</span>' in html
    assert "That is not a zero" in html


def test_a_countys_page_is_shared_in_spanish(client, marin):
    assert "Compartir</summary>" in client.get("/es/counties/ca/marin/").content.decode()


# --- Drafts and private documents --------------------------------------------------------------


def test_drafts_are_not_shown(client, marin):
    LocalPolicyFactory(
        county=CountyFactory(fips="06001", short_name="Alameda", slug="alameda"),
        factor="no_287g",
        title="Secret draft",
    )
    WinFactory(title="Secret win")
    AgreementFactory(agency_name="Secret sheriff", counties=[marin])

    for path in (*PAGES, "/counties/ca/alameda/", "/wins/feed/"):
        assert "Secret" not in text_of(client.get(path)), path


def test_private_documents_are_not_shown(client, marin):
    private = DocumentFactory(title="Secret paper", is_public=False)
    public = DocumentFactory(title="Open paper")

    assert client.get(f"/documents/{private.pk}/").status_code == 404
    listed = text_of(client.get("/documents/"))
    assert "Open paper" in listed
    assert "Secret paper" not in listed
    assert client.get(f"/documents/{public.pk}/").status_code == 200


def test_a_document_lists_what_cites_it(client, marin):
    citation = marin.local_policies.get(factor="no_287g").citations.get()

    html = text_of(client.get(f"/documents/{citation.document_id}/"))

    assert "Marin County, CA: No 287(g) agreement" in html


# --- Wins and agreements -----------------------------------------------------------------------


def test_wins_are_filtered_by_kind_and_state_and_dated(client, marin):
    published(WinFactory, title="Holds end", counties=[marin])
    published(WinFactory, title="A law", kind=WinKind.STATE_LAW, state=StateFactory(usps="TX"))
    published(WinFactory, title="No date", date_earliest=None)

    def titles(query=""):
        html = text_of(client.get(f"/wins/{query}"))
        return {title for title in ("Holds end", "A law", "No date") if title in html}

    assert titles() == {"Holds end", "A law", "No date"}
    assert titles("?kind=state_law") == {"A law"}
    assert titles("?state=CA") == {"Holds end", "No date"}
    assert titles("?as_of=2019-01-01") == {"No date"}
    assert client.get("/wins/?kind=x").status_code == 400
    feed = client.get("/wins/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Holds end" in text_of(feed)


def test_a_future_day_says_that_it_shows_enacted_law_only(client, marin):
    html = text_of(client.get("/counties/ca/marin/?as_of=2190-01-01"))

    assert "only what is already enacted is shown" in html


# --- A state -----------------------------------------------------------------------------------


def test_a_state_page_shows_its_law_and_its_words(client, marin):
    published_provision(
        state=marin.state,
        title="Values Act",
        enacted_on=date(2017, 10, 5),
        claims=[{"factor": "limits_holds", "effective_from": date(2018, 1, 1)}],
    )

    now = text_of(client.get("/states/ca/"))
    enacted = text_of(client.get("/states/ca/?as_of=2017-12-31"))
    before = text_of(client.get("/states/ca/?as_of=2017-06-01"))
    row = text_of(client.get("/counties/ca/marin/?as_of=2017-12-31"))

    assert "limits local help" in now
    assert "California law limits cooperation with ICE on holds." in now
    assert "shall not hold any person" in now
    assert "none in force on this day" in enacted
    assert "Values Act: enacted, decides from Jan. 1, 2018." in enacted
    assert "none in force on this day" in before
    assert "Values Act" not in before
    assert "State law decides this from Jan. 1, 2018." in row


# --- Health and queries ------------------------------------------------------------------------


def test_healthz_answers_only_if_the_database_does(client, monkeypatch):
    assert client.get("/healthz").json()["status"] == "ok"

    def refuse(*args, **kwargs):
        raise OSError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/json"


def many_counties() -> None:
    for number in range(20):
        county = CountyFactory(fips=f"06{2 * number + 43:03d}", short_name=f"Place {number:02d}")
        published(LocalPolicyFactory, county=county, factor="no_287g")
        published(WinFactory, counties=[county])


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 12),
        ("/map-index.json", 5),
        ("/counties/", 4),
        ("/counties/?score_min=2&state=CA", 4),
        # Of each page one is for the revision, after which texts of the site are kept.
        # All counties on that day are kept for the revision; test_profile.py counts from nothing.
        ("/counties/ca/marin/", 23),
        ("/states/", 6),
        ("/states/ca/", 14),
        ("/wins/", 7),
        ("/agreements/", 8),
        ("/agreements/?state=CA&kind=detention", 9),
        ("/counties/?known_on=2021-01-01", 10),
    ],
)
def test_the_number_of_queries_does_not_grow(
    client, marin, django_assert_num_queries, path, queries
):
    published(WinFactory, counties=[marin], at=noon("2020-01-02"))
    client.get(path)
    map_view._pages.clear()
    with django_assert_num_queries(queries):
        client.get(path)

    many_counties()
    client.get(path)  # reads the texts of the new revision
    map_view._pages.clear()
    with django_assert_num_queries(queries):
        client.get(path)


def test_a_kept_map_costs_one_query(client, marin, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")

"""`known_on` shows every public page and API path as it was on a past day: what was read then is
what is read now, whatever was corrected, withdrawn and added since. A new address has to say here
whether it does."""

from __future__ import annotations

import re
from datetime import date

import pytest

from policies import actions, api_urls, urls
from policies.models import LocalPolicy, PublishedFigure, SourceDocument
from policies.rubric import FACTORS
from tests.factories import (
    PUBLISHED_AT,
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    OptionFactory,
    UserFactory,
    WinFactory,
    change,
    correct,
    noon,
    published,
    published_provision,
    withdraw,
)

pytestmark = pytest.mark.django_db

#: Every public page by the name of its address: where it is.
PAGES = {
    "map": "/",
    "map-index": "/map-index.json",
    "map-history": "/map-history.json",
    "map-table": "/map/table/",
    "map-csv": "/map/map.csv",
    "map-svg": "/map/map.svg",
    "embed-map": "/embed/map/",
    "embed-state": "/embed/state/ca/",
    "embed-county": "/embed/county/ca/place/",
    "share-state": "/share/ca.png",
    "share-county": "/share/ca/place.png",
    "directory": "/counties/",
    "county": "/counties/ca/place/",
    "receipt": "/counties/ca/place/receipt/",
    "compare": "/compare/?place=06001",
    "patterns": "/patterns/?county=06001",
    "states": "/states/",
    "state": "/states/ca/",
    "wins": "/wins/",
    "agreements": "/agreements/",
    "reports": "/reports/",
    "report-changes": "/reports/changes/?from=2016-01-01",
    "report-published": "/reports/published/",
    "documents": "/documents/",
    "document": "/documents/{document}/",
    "data": "/data/",
    "change-log": "/data/changes/",
    "options": "/options/",
    "option": "/options/holds/",
    "api-agreements": "/api/v1/agreements/",
    "api-change-log": "/api/v1/change-log/",
    "api-counties": "/api/v1/counties/",
    "api-documents": "/api/v1/documents/",
    "api-map": "/api/v1/map/",
    "api-reports/changes": "/api/v1/reports/changes/?from=2016-01-01",
    "api-reports/summary": "/api/v1/reports/summary/",
    "api-reports/published": "/api/v1/reports/published/",
    "api-state-provisions": "/api/v1/state-provisions/",
    "api-states": "/api/v1/states/",
    "api-wins": "/api/v1/wins/",
    "api-county": "/api/v1/counties/06001/",
    "api-county-history": "/api/v1/counties/06001/history/",
}
#: Addresses that show no records, and why.
WITHOUT_RECORDS = {
    "embed": "writes a line of HTML",
    "find": "a form; what it finds is on the counties' pages",
    "map-png": "made from map-svg, letter for letter",
    "county-by-fips": "sends to the county's page",
    "counties-of-state": "sends to the directory",
    "wins-feed": "news of today",
    "document-file": "a file is never changed",
    "document-picture": "a file is never changed",
    "methodology": "how we count now",
    "report-an-error": "a form",
    "about": "about us now",
    "glossary": "words as they are now",
    "outside-review": "a letter's own page",
    "county-reply": "a letter's own page",
    "api": "names the paths",
    "api-factors": "the rubric",
    "api-codebook": "describes the lists",
    "api-options": "a catalogue without versions",
    "api-schema": "describes the API",
}
#: The API says of which revision its answer is, whatever day is asked for.
REVISION = re.compile(rb'("revision":|[?&;]v=)\d+|("last_updated":)"[^"]*"')


@pytest.fixture
def world():
    """Records as they were published on New Year's Day of 2020."""
    county = CountyFactory(fips="001", short_name="Place", slug="place")
    state = county.state
    document = DocumentFactory(title="The ordinance", text="no detainers")
    draft = LocalPolicyFactory(county=county, qualification="OLD", cited=None)
    CitationFactory(local_policy=draft, document=document, quote="no detainers")
    whole = CountyFactory(fips="003", short_name="Whole", slug="whole")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=whole, factor=factor.value)
    records = {
        "policy": actions.publish(record=draft, by=UserFactory(), at=PUBLISHED_AT),
        "agreement": published(AgreementFactory, state=state, counties=[county]),
        "win": published(WinFactory, state=state, counties=[county], title="Old win"),
        "provision": published_provision(
            state=state, title="Old law", claims=[{"factor": "no_status_inquiry"}]
        ),
    }
    PublishedFigure.objects.create(
        document=document,
        as_of="2020-03-01",
        table="by_factor",
        code="limits_holds",
        label="Limits holds",
        counties=715,
    )
    OptionFactory(key="holds")
    SourceDocument.objects.update(created_at=PUBLISHED_AT)
    return {"county": county, "document": document, **records}


def much_happens(world):
    """In 2021: corrections, a change, a withdrawal, and something new of each kind."""
    county, on = world["county"], "2021-01-01"
    correct(world["policy"], on=on, answer="no", qualification="NEW")
    change(world["agreement"], on=on, effective_from=date(2020, 7, 1), model="Other model")
    withdraw(world["win"], on=on)
    withdraw(world["provision"], on=on)
    for one in LocalPolicy.objects.filter(county="06003", factor="limits_holds"):
        withdraw(one, on=on)
    draft = LocalPolicyFactory(county=county, factor="limits_interrogations", cited=None)
    CitationFactory(local_policy=draft, document=world["document"], quote="consent")
    actions.publish(record=draft, by=UserFactory(), at=noon(on))
    published(WinFactory, at=noon(on), state=county.state, counties=[county], title="New win")
    published(IceListFactory, at=noon(on), list_date=date(2020, 12, 1))
    published_provision(
        at=noon(on),
        state=county.state,
        title="New law",
        claims=[{"factor": "limits_notifications"}],
    )


def read(client, world, name, query=""):
    address = PAGES[name].format(document=world["document"].pk)
    joint = "&" if "?" in address else "?"
    response = client.get(f"{address}{joint}{query}")
    assert response.status_code == 200, (address, query, response.content[:500])
    body = getattr(response, "streaming_content", None)
    return REVISION.sub(rb"\1", b"".join(body) if body else response.content)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_was_on_a_past_day(client, world, name):
    then, now = read(client, world, name, "known_on=2020-06-01"), read(client, world, name)
    much_happens(world)
    assert read(client, world, name) != now
    assert read(client, world, name, "known_on=2020-06-01") == then


@pytest.mark.parametrize("name", PAGES)
def test_before_anything_was_known_a_page_tells_nothing(client, world, name):
    found = read(client, world, name, "known_on=2019-06-01")
    for words in (b"The ordinance", b"Old win", b"Old law", b"Sheriff&#x27;s", b"no detainers"):
        assert words not in found or name == "document"


def test_a_search_in_documents_finds_what_was_on_record_then(client, world):
    SourceDocument.objects.filter(pk=world["document"].pk).update(created_at=noon("2020-07-01"))
    for day, found in (("2020-06-30", False), ("2020-07-01", True)):
        page = client.get("/documents/", {"q": "detainers", "known_on": day}).content.decode()
        assert ("The ordinance" in page) == found


def test_every_public_address_is_either_here_or_shows_no_records():
    patterns = [*urls.urlpatterns, *api_urls.urlpatterns]
    names = {pattern.name for pattern in patterns if pattern.name}
    assert names == PAGES.keys() | WITHOUT_RECORDS.keys()

"""The number of queries does not grow with counties or records."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    WinFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db

#: The most queries that a path may take.
BUDGET = {
    "counties/": 5,
    "counties/?page_size=5000": 5,
    "counties/?score_min=5": 4,
    "counties/?factor=limits_holds&answer=yes&ordering=-population": 4,
    "counties/?changed_since=2017-01-01": 6,
    "counties/?modified_since=2017-01-01": 5,
    "counties/?q=place&state=CA": 5,
    "counties/?known_on=2020-01-02": 12,
    "counties/?format=csv": 4,
    "counties/06001/": 18,
    "counties/06001/?known_on=2020-01-02": 18,
    "counties/06001/history/": 22,
    "map/": 3,
    "map/?factor=limits_holds": 3,
    "map/?known_on=2020-01-02": 10,
    "reports/summary/": 4,
    "reports/summary/?table=by_score&format=csv&state=CA": 4,
    "reports/published/": 2,
    "reports/changes/?from=2016-01-01&known_from=2020-01-02": 21,
    "reports/changes/?from=2016-01-01": 7,
    "reports/changes/?from=2016-01-01&known_on=2020-01-02": 20,
    "factors/": 0,
    "states/": 4,
    "wins/": 5,
    "wins/?county=06001&format=csv": 5,
    "documents/": 2,
    "state-provisions/": 8,
    "agreements/": 4,
    "options/": 4,  # the revision, and the texts of the site if it is another, besides
    "change-log/": 3,
    "codebook/": 0,
    "schema/": 0,
    "": 0,
}


def fill(numbers) -> None:
    for number in numbers:
        county = CountyFactory(fips=f"{number:03d}")
        published(LocalPolicyFactory, county=county)
        published(LocalPolicyFactory, county=county, factor="no_status_inquiry")
        published(AgreementFactory, counties=[county], state=county.state)
        published(WinFactory, counties=[county], state=county.state)
        published_provision(
            state=county.state, claims=[{"factor": "limits_holds"}], exceptions=[{"county": county}]
        )
        DocumentFactory()


def counted(client) -> dict[str, int]:
    numbers = {}
    for address in BUDGET:
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        numbers[address] = len(queries)
    return numbers


def test_queries(client):
    published(IceListFactory)
    fill([1, 2])
    few = counted(client)
    assert {a: n for a, n in few.items() if n > BUDGET[a]} == {}
    fill(range(3, 9))
    many = counted(client)
    assert few == many


def read(client, address: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) if response.streaming else response.content

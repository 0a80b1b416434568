"""The description of the API is valid, and true."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from policies.api_urls import LISTS
from policies.filters import CountyFilter
from policies.models import LocalOption, PublishedFigure
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


@pytest.fixture
def schema(ask):
    return ask("schema/")


@pytest.fixture
def everything():
    """One record of every kind."""
    county = CountyFactory(fips="001")
    published(LocalPolicyFactory, county=county)
    published(AgreementFactory, counties=[county], state=county.state)
    published(WinFactory, counties=[county], state=county.state)
    published(IceListFactory)
    other = CountyFactory(fips="003")
    for effect in ("requires", "mandates"):
        published_provision(
            state=county.state, claims=[{"effect": effect}], exceptions=[{"county": other}]
        )
    document = DocumentFactory()
    LocalOption.objects.create(
        key="o", place="city", order=1, title="t", explanation="e", document=document
    )
    PublishedFigure.objects.create(
        document=document, as_of="2019-09-01", table="by_score", code="7", label="l", counties=1
    )


def test_it_is_valid_without_a_warning():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_it_describes_every_path(schema):
    assert schema["openapi"].startswith("3.")
    described = set(schema["paths"])
    assert described == {
        *(f"/api/v1/{name}/" for name in LISTS if name != "schema"),
        "/api/v1/counties/{fips}/",
        "/api/v1/counties/{fips}/history/",
    }
    assert all(set(methods) == {"get"} for methods in schema["paths"].values())


def test_it_describes_every_parameter_of_the_filter(schema):
    described = {p["name"]: p for p in schema["paths"]["/api/v1/counties/"]["get"]["parameters"]}

    assert set(described) == {
        *CountyFilter.base_filters,
        *("as_of", "known_on", "page", "page_size", "format"),
    }
    assert described["score_min"]["schema"] == {"type": "integer", "minimum": 0, "maximum": 7}
    assert described["status"]["schema"]["enum"] == ["complete", "partial", "unknown"]
    assert described["state"]["schema"]["type"] == "array"
    assert described["changed_since"]["schema"]["format"] == "date"
    assert all(p["description"] for p in described.values())


@pytest.mark.usefixtures("everything")
def test_answers_have_exactly_the_described_keys_in_order(client, schema):
    for path, methods in schema["paths"].items():
        address = path.replace("{fips}", "06001")
        query = {"from": "2016-01-01"} if path.endswith("changes/") else {}
        content = client.get(address, query).json()
        described = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        compare(content, described, schema, path)


def compare(content, described, schema, where) -> None:
    """Fails where an answer has other keys, or null where none may be."""
    if "$ref" in described:
        name = described["$ref"].rsplit("/", 1)[-1]
        described = schema["components"]["schemas"][name]
    if content is None:
        assert described.get("nullable"), f"{where} is null"
    elif described.get("type") == "object" and "properties" in described:
        assert list(content) == list(described["properties"]), where
        for key, value in content.items():
            compare(value, described["properties"][key], schema, f"{where} {key}")
    elif described.get("type") == "array":
        for item in content:
            compare(item, described["items"], schema, where)
    elif "enum" in described:
        assert content in described["enum"], where


#: Paths with a CSV that are no lists in pages: what to ask, and where its rows are in the JSON.
NOT_LISTS = {
    "reports/summary": ({"table": "partial_by_factor"}, "partial_by_factor"),
    "reports/changes": ({"from": "2010-01-01"}, "results"),
}


@pytest.mark.usefixtures("everything")
def test_csv_has_the_described_keys(client, ask_csv, schema):
    for name in LISTS:
        operation = schema["paths"].get(f"/api/v1/{name}/", {}).get("get", {})
        if "text/csv" not in operation.get("responses", {}).get("200", {}).get("content", {}):
            continue
        query, key = NOT_LISTS.get(name, ({"page_size": "5000"}, "results"))
        rows = ask_csv(f"{name}/", **query)
        listed = client.get(f"/api/v1/{name}/", query).json()[key]
        tops = list(dict.fromkeys(key.split(".")[0] for key in rows[0]))
        assert tops == list(listed[0]), name
        assert len(rows) == len(listed)

"""Every filter of `counties/`, over a few counties of which everything is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from policies import actions
from policies.models import ChangeKind
from policies.rubric import FACTORS
from tests.factories import CountyFactory, LocalPolicyFactory, UserFactory, published

pytestmark = pytest.mark.django_db


def answer(county, answers: str, **values):
    """`answers`: a letter a factor: y, n (no), 0 (none found), - (no record)."""
    words = {"y": "yes", "n": "no", "0": "none_found"}
    for factor, letter in zip(FACTORS, answers, strict=True):
        if letter in words:
            published(
                LocalPolicyFactory,
                county=county,
                factor=factor.value,
                answer=words[letter],
                **values,
            )


@pytest.fixture
def counties():
    """One with 7, one with 2, one partial with 5 of 6, one of which nothing is known."""
    seven = CountyFactory(fips="001", short_name="Alpha", population=10)
    two = CountyFactory(fips="002", usps="TX", short_name="Beta", population=2000)
    partial = CountyFactory(fips="003", short_name="Gamma", population=300)
    unknown = CountyFactory(
        fips="004", usps="TX", short_name="Delta", population=None, population_year=None
    )
    answer(seven, "yyyyyyy")
    answer(two, "yyn0000")
    answer(partial, "yyyyy0-")
    return {"seven": seven, "two": two, "partial": partial, "unknown": unknown}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "001 003 002 004"),
        ({"state": "TX"}, "002 004"),
        ({"state": "tx"}, "002 004"),
        ({"state": ["CA", "TX"]}, "001 003 002 004"),
        ({"score": "7"}, "001"),
        ({"score": ["7", "2"]}, "001 002"),
        ({"score": "5"}, ""),  # the partial one has at least 5, but no score
        ({"score": "0"}, ""),  # unknown is never zero
        ({"score_min": "0"}, "001 002"),
        ({"score_min": "3"}, "001"),
        ({"score_max": "3"}, "002"),
        ({"score_max": "7"}, "001 002"),
        ({"score_min": "3", "score_max": "2"}, ""),
        ({"factor": "limits_holds"}, "001 003"),
        ({"factor": "limits_holds", "answer": "yes"}, "001 003"),
        ({"factor": "limits_holds", "answer": "no"}, "002"),
        ({"factor": "no_status_inquiry", "answer": "none_found"}, "003 002"),
        ({"factor": "no_general_assistance", "answer": "unknown"}, "003 004"),
        ({"status": "complete"}, "001 002"),
        ({"status": "partial"}, "003"),
        ({"status": "unknown"}, "004"),
        ({"q": "alph"}, "001"),
        ({"q": "06001"}, "001"),
        ({"q": "nowhere"}, ""),
        ({"population_min": "300"}, "003 002"),
        ({"population_max": "300"}, "001 003"),
        ({"population_min": "300", "state": "CA"}, "003"),
        ({"ordering": "population"}, "001 003 002 004"),
        ({"ordering": "-population"}, "002 003 001 004"),
        ({"ordering": "fips"}, "001 003 002 004"),
        ({"ordering": "score"}, "002 001 003 004"),
        ({"ordering": "-score"}, "001 002 003 004"),
        ({"ordering": "name"}, "001 002 004 003"),
        ({"ordering": "-state"}, "004 002 003 001"),
        ({"as_of": "2017-01-31", "status": "unknown"}, "001 003 002 004"),
        ({"changed_since": "2017-01-31"}, "001 003 002"),
        ({"changed_since": "2017-02-01"}, ""),
        ({"known_on": "2019-12-31", "status": "unknown"}, "001 003 002 004"),
        ({"known_on": "2020-01-01", "score": "7"}, "001"),
    ],
)
@pytest.mark.usefixtures("counties")
def test_filter(ask, ask_csv, query, expected):
    found = ask("counties/", **query)

    assert " ".join(county["fips"][2:] for county in found["results"]) == expected
    assert found["count"] == len(expected.split())
    assert [row["fips"] for row in ask_csv("counties/", **query)] == [
        county["fips"] for county in found["results"]
    ]


@pytest.mark.usefixtures("counties")
def test_unknown_is_never_zero(ask, ask_csv):
    unknown = ask("counties/", status="unknown")["results"][0]
    partial = ask("counties/", status="partial")["results"][0]

    assert unknown["score"] is unknown["band"] is None
    assert unknown["factors_known"] == 0
    assert (partial["score"], partial["at_least"], partial["factors_known"]) == (None, 5, 6)
    assert partial["band"] == 5
    row = ask_csv("counties/", status="unknown")[0]
    assert row["score"] == row["band"] == row["population"] == ""
    assert row["no_287g"] == "unknown"
    detail = ask(f"counties/{unknown['fips']}/")
    assert detail["score"] is None
    assert {f["points"] for f in detail["factors"]} == {None}
    assert {f["decided_by"] for f in detail["factors"]} == {"none"}
    assert unknown["fips"] not in ask("map/")["scores"] | ask("map/")["partial"]


def test_modified_since_is_when_we_changed_the_record(ask, counties):
    assert ask("counties/", modified_since="2020-01-01")["count"] == 3
    assert ask("counties/", modified_since="2020-01-02")["count"] == 0

    record = counties["two"].local_policies.get(factor="limits_holds")
    draft = actions.draft_successor(record=record, kind=ChangeKind.CORRECTION, by=UserFactory())
    draft.answer = "yes"
    draft.change_note = "Misread."
    draft.save()
    # Late in the evening of 4 May in New York
    at = datetime(2021, 5, 5, 3, tzinfo=UTC)
    actions.publish(record=draft, by=UserFactory(), at=at)

    for day, expected in (("2021-05-04", 1), ("2021-05-05", 0)):
        assert ask("counties/", modified_since=day)["count"] == expected
    assert ask("counties/", score="3")["count"] == 1
    assert ask("counties/", score="2", known_on="2021-05-03")["count"] == 1
    assert ask("counties/48002/", known_on="2021-05-03")["factors"][2]["answer"] == "no"
    assert ask("counties/48002/")["factors"][2]["answer"] == "yes"
    log = ask("counties/48002/history/")["log"]
    assert log[0]["kind"] == "correction"
    assert "Misread." in log[0]["summary"]


def test_metadata_of_the_list(ask, counties):
    found = ask("counties/", state="CA")

    assert found["as_of"]
    assert found["known_on"] is None
    assert found["revision"] > 0
    assert found["last_updated"].startswith("2020-01-01")


def test_a_future_day_is_answered_with_what_is_enacted(ask, counties):
    published(
        LocalPolicyFactory,
        county=counties["unknown"],
        factor="limits_holds",
        effective_from=date(2099, 1, 1),
    )
    assert ask("map/", as_of="2099-01-01")["partial"]["48004"] == 1
    assert "48004" not in ask("map/", as_of="2098-12-31")["partial"]

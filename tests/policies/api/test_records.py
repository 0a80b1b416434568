"""The lists of records: what they hold, their filters, and their CSV."""

from __future__ import annotations

from datetime import date

import pytest

from policies import actions
from policies.models import Citation, LocalOption, WinFactor
from tests.factories import (
    PUBLISHED_AT,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    StateFactory,
    UserFactory,
    WinFactory,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def win():
    county = CountyFactory(fips="001")
    win = WinFactory(counties=[county], title="Jail stops holding", place="Springfield")
    WinFactor.objects.create(win=win, factor="limits_holds")
    return actions.publish(record=win, by=UserFactory(), at=PUBLISHED_AT)


def test_a_win(ask, win):
    row = ask("wins/")["results"][0]

    assert row["id"] == win.pk
    assert row["kind"] == "local_policy"
    assert row["counties"] == ["06001"]
    assert row["factors"] == ["limits_holds"]
    assert row["date_earliest"] == "2019-07-01"
    assert row["citations"][0]["quote"] == "shall not hold any person"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "CA"}, 1),
        ({"state": "TX"}, 0),
        ({"county": "06001"}, 1),
        ({"kind": "state_law"}, 0),
        ({"factor": "limits_holds"}, 1),
        ({"factor": "no_287g"}, 0),
        ({"since": "2019-07-01"}, 1),
        ({"since": "2019-07-02"}, 0),
        ({"as_of": "2019-06-30"}, 0),
        ({"as_of": "2019-07-01"}, 1),
        ({"known_on": "2019-12-31"}, 0),
        ({"known_on": "2020-01-01"}, 1),
        ({"q": "springfield"}, 1),
        ({"q": "nothing"}, 0),
    ],
)
@pytest.mark.usefixtures("win")
def test_filters_of_wins(ask, query, count):
    assert ask("wins/", **query)["count"] == count


def test_a_provision(ask, ask_csv):
    county = CountyFactory(fips="001")
    published_provision(
        state=county.state,
        title="Trust Act",
        claims=[
            {"factor": "limits_holds", "effective_until": date(2019, 1, 1)},
            {"factor": "limits_notifications", "effect": "forbids"},
        ],
        exceptions=[{"county": county, "factor": "limits_holds"}],
    )

    row = ask("state-provisions/")["results"][0]
    assert [claim["factor"] for claim in row["claims"]] == ["limits_holds", "limits_notifications"]
    assert row["claims"][0]["citations"][0]["quote"]
    assert row["exceptions"][0]["fips"] == "06001"
    for query, count in (
        ({"factor": "limits_holds"}, 1),
        ({"factor": "limits_holds", "effect": "requires"}, 1),
        ({"factor": "limits_holds", "effect": "forbids"}, 0),
        ({"effect": "mandates"}, 0),
        ({"level": "statute"}, 1),
        ({"binds_county_agencies": "true"}, 1),
        ({"binds_county_agencies": "false"}, 0),
        ({"as_of": "2017-12-31"}, 0),
        ({"as_of": "2018-01-01"}, 1),
        ({"q": "trust"}, 1),
    ):
        assert ask("state-provisions/", **query)["count"] == count, query
    cells = ask_csv("state-provisions/")[0]
    assert cells["claims.factor"] == "limits_holds; limits_notifications"
    assert cells["exceptions.fips"] == "06001"
    assert cells["citations.quote"] == "shall not hold any person"


def test_factors_and_states(ask, ask_csv):
    StateFactory()
    CountyFactory(fips="001")

    factors = ask("factors/")["results"]
    assert [factor["number"] for factor in factors] == list(range(1, 8))
    assert factors[0]["code"] == ask_csv("factors/")[0]["code"] == "no_287g"
    state = ask("states/", q="cal")["results"][0]
    assert (state["state"], state["fips"], state["counties"]) == ("CA", "06", 1)
    assert (state["complete"], state["partial"]) == (0, 0)
    assert state["url"] == "http://testserver/states/ca/"


def test_documents(ask):
    DocumentFactory(title="Ordinance 12", summary="On the jail")

    assert ask("documents/", q="jail")["count"] == 1
    assert ask("documents/", kind="news")["count"] == 0
    assert ask("documents/", published_since="2017-01-01")["count"] == 1
    assert ask("documents/", published_since="2017-01-02")["count"] == 0


def test_options(ask):
    LocalOption.objects.create(
        key="holds",
        place="county_jail",
        order=1,
        factor="limits_holds",
        title="Refuse holds",
        explanation="Why.",
        document=DocumentFactory(is_public=False),
    )

    row = ask("options/", factor="limits_holds")["results"][0]
    assert row["key"] == "holds"
    assert row["document"] is None
    assert ask("options/", place="city")["count"] == 0


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(ask, ask_csv, start):
    win = WinFactory(title=f"{start} title", summary="Harmless, -1 inside.")
    document = DocumentFactory(title=f"{start} document")
    Citation.objects.all().delete()
    CitationFactory(win=win, document=document, quote=f"{start} quote")
    CitationFactory(win=win, document=document, quote="second")
    actions.publish(record=win, by=UserFactory(), at=PUBLISHED_AT)

    row = ask_csv("wins/")[0]
    assert row["title"] == f"'{start} title"
    assert row["citations.title"].startswith("'")
    assert row["citations.quote"] == f"'{start} quote; second"
    assert row["summary"] == "Harmless, -1 inside."
    assert ask("wins/")["results"][0]["title"] == f"{start} title"


def test_text_that_a_csv_must_quote(ask_csv):
    title = 'Ñandú, "quoted"; with\nlines'
    published(WinFactory, title=title)

    assert ask_csv("wins/")[0]["title"] == title

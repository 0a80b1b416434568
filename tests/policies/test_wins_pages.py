"""The pages of wins: filters, timeline, map, the page of one and its versions, the feed."""

from __future__ import annotations

from datetime import date

import pytest

from policies import actions
from policies.assessments import When
from policies.models import PolicyWin, Precision, WinFactor, WinKind
from policies.presenters.choice import Choice
from policies.presenters.win_page import days_around
from policies.presenters.win_timeline import win_timeline
from policies.presenters.wins import win_slug
from policies.rubric import FACTORS
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    StateFactory,
    UserFactory,
    WinFactory,
    correct,
    noon,
    published,
    withdraw,
)

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 1)
CHOICE = Choice(When(TODAY), TODAY)


@pytest.fixture
def marin():
    return CountyFactory(
        fips="06041", short_name="Marin", slug="marin", population=1000, population_year=2023
    )


def won(factors=("limits_holds",), **values) -> PolicyWin:
    draft = WinFactory(**values)
    for factor in factors:
        WinFactor.objects.create(win=draft, factor=factor)
    return actions.publish(record=draft, by=UserFactory(), at=noon("2020-01-01"))


def page_of(client, win, query=""):
    return client.get(f"/wins/{win.pk}-{win_slug(win)}/{query}")


def words(response) -> str:
    return response.content.decode()


# --- The list -----------------------------------------------------------------------------------


def test_wins_are_filtered_by_factor_and_by_every_year_they_may_be_of(client, marin):
    won(title="Holds end", counties=[marin], date_earliest=date(2019, 7, 1))
    won(title="A span", factors=(), date_earliest=date(2017, 1, 1), date_latest=date(2018, 3, 1))

    def titles(query):
        html = words(client.get("/wins/", query))
        return {title for title in ("Holds end", "A span") if title in html}

    assert titles({"factor": "limits_holds"}) == {"Holds end"}
    assert titles({"year": "2016"}) == titles({"year": "2020"}) == set()
    assert titles({"year": "2017"}) == titles({"year": "2018"}) == {"A span"}
    assert titles({"year": "2019"}) == {"Holds end"}


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "state=ZZ",
        "factor=x",
        "year=20x",
        "year=99999",
        "page=x",
        "colour=red",
        "kind=state_law&kind=state_law",
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_by_name(client, query):
    response = client.get(f"/wins/?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in words(response)


def test_people_of_a_city_are_not_counted_as_reached(client, marin):
    state = marin.state
    bay = CountyFactory(fips="06075", state=state, slug="bay", population=50, population_year=2023)
    won(counties=[marin], state=state)
    won(counties=[bay], state=state, place="Bay City")
    html = words(client.get("/wins/"))
    assert "1 county won something itself; 1,000 people live there." in html
    assert "In 1 county more, only a city did." in html
    assert "1 July 2023" in html


def test_a_list_of_many_wins_is_paged(client, marin):
    for number in range(52):
        published(WinFactory, title=f"Win {number:02}", state=marin.state)
    first, second = (client.get("/wins/", {"page": page}).context["wins"] for page in (1, 2))
    assert (len(first), [win.title for win in second]) == (50, ["Win 50", "Win 51"])


# --- The timeline -------------------------------------------------------------------------------


def test_a_mark_is_as_wide_as_the_date_is_uncertain():
    wins = [
        won(date_earliest=date(2018, 1, 1), date_precision=Precision.YEAR),
        won(date_earliest=date(2018, 7, 2)),
        won(date_earliest=None),
    ]
    timeline = win_timeline(wins, CHOICE)
    (lane,) = timeline.lanes
    assert [(mark.css, mark.x, mark.width) for mark in lane.marks] == [
        ("span", "0.00%", "100.00%"),
        ("day", "49.86%", "1.10%"),
    ]
    assert lane.marks[0].y != lane.marks[1].y
    assert timeline.undated == 1
    assert [(row.label, row.total) for row in timeline.rows] == [
        ("2018", 2),
        ("date not known", 1),
    ]


def test_without_a_date_there_is_no_timeline():
    assert win_timeline([won(date_earliest=None)], CHOICE) is None


# --- One win ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "latest", "as_of", "expected"),
    [
        ("day", None, date(2020, 1, 1), (date(2019, 6, 30), date(2019, 7, 1))),
        ("month", None, date(2020, 1, 1), (date(2019, 6, 30), date(2019, 7, 31))),
        ("year", None, date(2020, 1, 1), (date(2019, 6, 30), date(2019, 12, 31))),
        ("day", date(2019, 9, 9), date(2020, 1, 1), (date(2019, 6, 30), date(2019, 9, 9))),
        ("month", None, date(2019, 7, 15), (date(2019, 6, 30), date(2019, 7, 15))),
        ("day", None, date(2019, 7, 1), (date(2019, 6, 30), date(2019, 7, 1))),
        ("day", None, date(2019, 6, 30), None),
    ],
)
def test_it_compares_the_day_before_with_the_last_day_it_can_have_happened(
    precision, latest, as_of, expected
):
    win = PolicyWin(date_earliest=date(2019, 7, 1), date_latest=latest, date_precision=precision)
    assert days_around(win, as_of) == expected


def test_a_point_gained_is_told_from_what_only_became_known(client, marin):
    published(
        LocalPolicyFactory,
        county=marin,
        factor="limits_holds",
        answer="none_found",
        effective_from=date(2018, 1, 1),
        effective_until=date(2019, 7, 1),
    )
    for factor in ("limits_holds", "no_status_inquiry"):
        published(LocalPolicyFactory, county=marin, factor=factor, effective_from=date(2019, 7, 1))
    win = won(("limits_holds", "no_status_inquiry"), counties=[marin], state=marin.state)
    html = words(page_of(client, win))
    assert "1 point gained; 1 in force, with nothing known before" in html
    assert "known to be in force since; before, nothing was known" in html
    assert "1,000 people live in this county." in html
    assert "<blockquote" in html


def test_a_law_of_a_state_counts_its_counties(client):
    state = StateFactory(usps="CA")
    for number in range(13):
        CountyFactory(fips=f"06{number:03}"[:5], state=state, slug=f"c{number}", population=10)
    win = won(kind=WinKind.STATE_LAW, state=state, title="A law")
    html = words(page_of(client, win))
    assert "Of 13 counties, 0 have more points on record afterwards" in html
    assert "in force in 0 of 13" in html
    assert "130 people live in the state." in html


def test_a_citys_win_says_that_no_city_is_scored(client, marin):
    html = words(page_of(client, won(counties=[marin], state=marin.state, place="Sausalito")))
    assert "A city is not scored" in html
    assert "in the county that Sausalito lies in" in html


def test_what_stays_open_in_its_county_is_named(client, marin):
    for factor in FACTORS[2:4]:
        published(
            LocalPolicyFactory,
            county=marin,
            factor=factor.value,
            answer="none_found",
            effective_from=date(2018, 1, 1),
        )
    html = words(page_of(client, won(counties=[marin], state=marin.state)))
    assert "limits on notice of releases." in html


def test_before_its_day_a_win_is_still_to_come(client, marin):
    win = won(counties=[marin], state=marin.state)
    assert "this was still to come" in words(page_of(client, win, "?as_of=2019-06-30"))
    assert "this was still to come" not in words(page_of(client, win, "?as_of=2019-07-01"))


def test_an_address_with_other_words_leads_to_the_right_one(client, marin):
    win = won(title="Holds end", counties=[marin], state=marin.state)
    response = client.get(f"/wins/{win.pk}-other/?as_of=2020-02-02")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/wins/{win.pk}-holds-end/?as_of=2020-02-02",
    )


def test_a_corrected_win_is_read_at_each_of_its_addresses_as_it_was_known(client, marin):
    old = won(title="Old", counties=[marin], state=marin.state)
    new = correct(old, on="2021-01-01", title="New")
    assert page_of(client, old)["Location"] == f"/wins/{new.pk}-new/"
    then = "?known_on=2020-06-01"
    assert "Old" in words(page_of(client, old, then))
    assert page_of(client, new, then)["Location"] == f"/wins/{old.pk}-old/{then}"
    assert page_of(client, old, "?known_on=2019-12-31").status_code == 404


def test_a_draft_of_a_published_win_stays_hidden(client, marin):
    win = won(title="Old", counties=[marin], state=marin.state)
    draft = actions.draft_successor(record=win, kind="correction", by=UserFactory())
    assert page_of(client, draft).status_code == 404
    assert page_of(client, win).status_code == 200


def test_a_withdrawn_win_is_gone_but_for_the_days_it_was_known(client, marin):
    win = won(counties=[marin], state=marin.state)
    withdraw(win, on="2021-01-01")
    assert page_of(client, win).status_code == 404
    assert page_of(client, win, "?known_on=2020-06-01").status_code == 200


def test_the_number_of_queries_of_a_win_does_not_grow(client, marin, django_assert_num_queries):
    win = won(counties=[marin], state=marin.state)
    page_of(client, win)
    with django_assert_num_queries(9):
        page_of(client, win)
    more = [
        CountyFactory(fips=f"060{n:02}", state=marin.state, slug=f"c{n}") for n in range(50, 60)
    ]
    win = won(counties=[marin, *more], state=marin.state)
    page_of(client, win)
    with django_assert_num_queries(9):
        page_of(client, win)


# --- The feed -----------------------------------------------------------------------------------


def test_the_feed_is_narrowed_and_leads_to_the_pages(client, marin):
    win = won(title="Holds end", counties=[marin], state=marin.state)
    won(title="A law", kind=WinKind.STATE_LAW, state=StateFactory(usps="TX"))
    feed = client.get("/wins/feed/?state=CA&kind=local_policy")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert f"/wins/{win.pk}-holds-end/" in words(feed)
    assert "A law" not in words(feed)
    assert "<updated>2020-01-01" in words(feed)


@pytest.mark.parametrize("query", ["state=ZZ", "kind=x", "as_of=2019-01-01", "x=1"])
def test_the_feed_refuses_what_it_does_not_know(client, query):
    assert client.get(f"/wins/feed/?{query}").status_code == 400

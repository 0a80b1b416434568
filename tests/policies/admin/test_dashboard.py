"""The admin's first page: each reader sees what waits for them, and no more than they may."""

from datetime import date

import pytest
from django.urls import reverse

from counties.state_codes import STATES
from policies.admin import tiles
from tests.factories import (
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    SubmissionFactory,
    UserFactory,
    WinFactory,
    noon,
    published,
)
from tests.factories_queue import QualityItemFactory

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


def index(client):
    page = client.get(reverse(INDEX))
    assert page.status_code == 200
    return page


def waiting(page) -> list[tuple[int, str]]:
    return [(one.count, str(one.words)) for one in page.context["waiting"]]


def test_it_says_what_waits_for_the_reader(staff, boss):
    LocalPolicyFactory(created_by=boss)
    WinFactory(created_by=UserFactory())
    QualityItemFactory(owner=boss)
    QualityItemFactory(owner=UserFactory())
    SubmissionFactory(status="planned")
    assert waiting(index(staff)) == [
        (1, "files to review"),
        (1, "findings that you own"),
        (1, "your drafts: local policies"),
        (1, "all drafts: policy wins"),
    ]


def test_nothing_waits(staff):
    assert "Nothing: no drafts, no files, no findings of yours." in index(staff).content.decode()


def test_links_of_what_waits_lead_to_it(staff, boss):
    LocalPolicyFactory(created_by=boss), LocalPolicyFactory(created_by=UserFactory())
    QualityItemFactory(owner=boss), QualityItemFactory()
    for one in index(staff).context["waiting"]:
        assert staff.get(one.url).context["cl"].result_count == one.count


def test_it_counts_what_each_check_found(staff, boss):
    QualityItemFactory(check_name="to-verify", owner=boss)
    QualityItemFactory(check_name="to-verify")
    QualityItemFactory(check_name="agency-without-county")
    rows = index(staff).context["checks"]
    assert [(row.is_error, row.count, row.mine) for row in rows] == [
        (True, 1, 0),
        (False, 2, 1),
    ]
    assert staff.get(rows[1].url).context["cl"].result_count == 2


def test_it_says_when_the_checks_found_something_and_that_they_may_never_have_looked(staff):
    assert "perhaps they never looked yet" in index(staff).content.decode()
    QualityItemFactory(last_seen=noon("2020-03-04"), gone_at=noon("2020-03-05"))
    html = index(staff).content.decode()
    assert "found something last on 2020-03-04" in html
    assert "All of it is decided or mended." in html


@pytest.mark.parametrize(
    ("typed", "found"), [("napa ca", "06055"), ("6055", "06055"), ("county", ""), ("", "")]
)
def test_it_leads_to_a_county_at_once(staff, typed, found):
    CountyFactory(fips="06055", short_name="Napa")
    CountyFactory(fips="06097", short_name="Sonoma")
    address = index(staff).context["county_search"]
    response = staff.get(address, {"go": typed})
    county = reverse("admin:counties_county_change", args=["06055"])
    assert response.headers["Location"] == (county if found else f"{address}?q={typed}")


def test_it_says_what_changed_this_week_and_nothing_older(staff, monkeypatch):
    published(LocalPolicyFactory)  # on 1 January 2020
    monkeypatch.setattr("policies.clock.today", lambda: date(2020, 1, 7))
    assert [event.touched for event, _url in index(staff).context["changes"]] == [1]
    monkeypatch.setattr("policies.clock.today", lambda: date(2020, 1, 8))
    assert not index(staff).context["changes"]


def test_it_says_how_old_the_newest_lists_are(staff, monkeypatch):
    monkeypatch.setattr("policies.clock.today", lambda: date(2020, 6, 1))
    for day in (date(2019, 1, 1), date(2020, 1, 1)):
        published(IceListFactory, list_date=day)
    published(IceListFactory, kind="detention", list_date=date(2018, 6, 1))
    rows = {row.kind: (row.days, row.is_old) for row in index(staff).context["ice_lists"]}
    assert rows == {"287(g) agreement": (152, True), "detention contract": (731, False)}


def test_it_maps_what_is_known_by_state(staff, monkeypatch):
    monkeypatch.setattr("policies.clock.today", lambda: date(2020, 6, 1))
    published(LocalPolicyFactory, county=CountyFactory(fips="06075"))
    page = index(staff)
    coverage = page.context["coverage"]
    of_california = next(tile for tile in coverage.tiles if tile.usps == "CA")
    assert (of_california.counties, of_california.partial, of_california.stale) == (58, 1, 1)
    assert of_california.known == pytest.approx(100 / (7 * 58), abs=0.05)
    assert [tile.usps for tile in coverage.as_read[:4]] == ["AK", "ME", "VT", "NH"]
    html = page.content.decode()
    assert html.count("<rect") == 51
    assert "California: 0% of the answers known, 0 of 58 counties complete" in html


def test_every_state_has_one_tile_and_no_two_share_a_place():
    drawn = tiles.tiles({})
    assert {tile.usps for tile in drawn} == {usps for usps, _name in STATES.values()}
    assert len({(tile.x, tile.y) for tile in drawn}) == 51
    assert sum(tile.unknown for tile in drawn) == 3143


def test_partners_see_their_own_files_and_nothing_else(partner):
    SubmissionFactory(filename="ours.csv", received_from=partner.user)
    SubmissionFactory(filename="theirs.csv")
    QualityItemFactory()
    published(LocalPolicyFactory)
    page = index(partner)
    html = page.content.decode()
    assert "ours.csv" in html
    assert "theirs.csv" not in html
    assert not page.context["waiting"]
    assert not {"coverage", "changes", "ice_lists"} & page.context.keys()
    assert not page.context["checks"]


def test_reviewers_see_files_to_review_and_the_queue(reviewer):
    SubmissionFactory(status="planned")
    QualityItemFactory(check_name="to-verify")
    page = index(reviewer)
    assert (1, "files to review") in waiting(page)
    assert len(page.context["checks"]) == 1
    assert page.context["own_files"] is None


def test_it_asks_as_much_for_much_as_for_little(
    reviewer, django_assert_max_num_queries, django_assert_num_queries
):
    def some():
        LocalPolicyFactory(created_by=reviewer.user)
        published(LocalPolicyFactory)
        QualityItemFactory(owner=reviewer.user)
        SubmissionFactory(status="planned")

    some()
    published(IceListFactory)
    index(reviewer)
    with django_assert_max_num_queries(19) as few:
        index(reviewer)
    for _ in range(4):
        some()
    with django_assert_num_queries(len(few)):
        index(reviewer)

"""In a real browser: from the wins' timeline to one win; the map of agreements, a state, a list."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from counties.models import County, State
from tests.factories import AgreementFactory, IceListFactory, WinFactory, published

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def record():
    """Two wins; and in Texas an agreement in force and one that is no longer listed."""
    call_command("load_reference", verbosity=0)
    marin, bexar = (County.objects.get(pk=code) for code in ("06041", "48029"))
    published(WinFactory, title="Holds end", state=marin.state, counties=[marin])
    published(
        WinFactory,
        title="A law",
        kind="state_law",
        state=State.objects.get(pk="CO"),
        date_earliest=date(2018, 5, 1),
    )
    published(IceListFactory, list_date=date(2020, 1, 1), listed_counties=[bexar])
    values = {"state": bexar.state, "counties": [bexar], "last_listed_on": date(2019, 7, 1)}
    published(AgreementFactory, agency_name="Bexar County Sheriff", **values)
    ended = {"effective_until": date(2020, 1, 1), "ended_as": "not_listed"}
    published(AgreementFactory, agency_name="Old Sheriff", **values, **ended)


@pytest.fixture
def without_scripts(new_context):
    return new_context(java_script_enabled=False).new_page()


def test_wins_are_found_by_filter_and_by_timeline_without_scripts(without_scripts, live_server):
    page = without_scripts
    page.goto(f"{live_server.url}/wins/")
    expect(page.locator(".win-lane rect")).to_have_count(2)
    page.get_by_label("Kind", exact=True).select_option("state_law")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("1 win")
    page.get_by_role("link", name="Show all").click()
    page.locator(".win-lane a", has_text="Holds end").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Holds end")
    expect(page.get_by_text("What does it not do?")).to_be_visible()
    page.get_by_role("link", name="Marin County").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marin County")


def test_agreements_from_the_map_of_a_state_to_what_is_no_longer_listed(
    without_scripts, live_server
):
    page = without_scripts
    page.goto(f"{live_server.url}/agreements/")
    expect(page.locator(".lede")).to_contain_text("In 1 county of the United States")
    expect(page.locator(".agreement-map .lands path.jail")).to_have_count(1)
    page.locator(".links a[href*='state=TX']").click()
    expect(page.locator(".lede")).to_contain_text("In 1 county of Texas")
    expect(page.locator(".agreement-list")).not_to_contain_text("Old Sheriff")
    page.get_by_label("Standing").select_option("ended")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".agreement-list tbody tr")).to_have_count(1)
    expect(page.locator(".gone")).to_contain_text("first missing from that of Jan. 1, 2020")
    page.get_by_role("link", name="Detention contracts").click()
    expect(page.locator(".lede")).to_contain_text("In 0 counties of Texas")


@pytest.mark.parametrize("address", ["/wins/", "/agreements/", "/es/agreements/?state=TX"])
def test_nothing_is_wider_than_a_small_phone(page, live_server, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320

"""In a real browser: from the map of state law to a state, its counties, and a county's twins."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from counties.models import County, State
from policies.rubric import FACTORS
from tests.factories import LocalPolicyFactory, published, published_provision

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def record():
    """California's law, two twins and a county of the same score, and one known in part."""
    call_command("load_reference", verbosity=0)
    published_provision(
        state=State.objects.get(pk="CA"),
        title="Values Act",
        enacted_on=date(2017, 10, 5),
        claims=[{"factor": "limits_holds", "effective_from": date(2018, 1, 1)}],
    )
    for fips, yes in (("06041", (0, 1)), ("06055", (0, 1)), ("06001", (0, 6))):
        for number, factor in enumerate(FACTORS):
            published(
                LocalPolicyFactory,
                county=County.objects.get(pk=fips),
                factor=factor.value,
                answer="yes" if number in yes else "none_found",
            )


@pytest.fixture
def without_scripts(new_context):
    return new_context(java_script_enabled=False).new_page()


def test_from_the_map_of_law_to_a_state_and_its_county_without_scripts(
    without_scripts, live_server
):
    page = without_scripts
    page.goto(f"{live_server.url}/states/")
    page.locator(".lands a[href='/states/ca/']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("California")
    expect(page.locator(".posture-line")).to_contain_text("limits local help")
    expect(page.locator(".lanes")).to_contain_text("Values Act")
    expect(page.locator(".lanes rect.requires")).to_have_count(1)

    table = page.locator("table.counties")
    table.get_by_role("link", name="Population").click()
    page.wait_for_url("**ordering=-population**")
    expect(table.locator("tbody tr").first).to_contain_text("Los Angeles County")
    page.locator(".state-map a[href='/counties/ca/marin/']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marin County")


def test_the_keyboard_does_not_walk_through_a_map(page):
    for address, within in (("/states/ca/", ".state-map"), ("/states/", ".posture-map")):
        page.goto(address)
        stops = page.locator(f"{within} a:not([tabindex='-1'])")
        assert stops.count() == 0, address


@pytest.mark.parametrize(
    "address", ["/states/", "/states/ca/", "/patterns/?score=3", "/states/dc/"]
)
@pytest.mark.parametrize("width", [320, 768])
def test_no_page_is_wider_than_its_screen(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_pattern_leads_to_exactly_its_counties_and_a_county_to_its_twins(
    without_scripts, live_server
):
    page = without_scripts
    page.goto(f"{live_server.url}/patterns/")
    page.locator(".steps-table").first.get_by_role("link", name="3", exact=True).click()
    first = page.locator(".patterns > li").first
    expect(first).to_contain_text("2 counties")
    first.locator(".how-many").click()
    expect(page.locator("table.counties tbody tr")).to_have_count(2)
    expect(page.locator(".pattern-asked i")).to_have_count(7)

    page.go_back()
    page.get_by_label("A county, to see its policy twins").fill("Marin, California")
    page.get_by_role("button", name="Show").click()
    twins = page.locator(".twin-table tbody tr")
    expect(twins).to_have_count(1)
    expect(twins.first).to_contain_text("Napa County")
    twins.first.get_by_role("link", name="Compare").click()
    expect(page.get_by_text("They have the same seven answers.")).to_be_visible()

"""The reports in a real browser: from a number to its rows, to another day, on a phone, printed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from counties.models import State
from policies.rubric import FACTORS
from tests.factories import LocalPolicyFactory, published, published_provision

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def record():
    """Two counties with all seven answers, one of Texas, where a law came in September 2017."""
    call_command("load_reference", verbosity=0)
    for fips, yes in (("06075", 7), ("48453", 3)):
        for number, factor in enumerate(FACTORS):
            published(
                LocalPolicyFactory,
                county_id=fips,
                county=None,
                factor=factor.value,
                answer="yes" if number < yes else "none_found",
                effective_from=date(2015, 1, 1),
            )
    published_provision(
        state=State.objects.get(pk="TX"),
        title="Texas SB 4",
        enacted_on=date(2017, 5, 7),
        claims=[
            {"factor": "limits_holds", "effect": "mandates", "effective_from": date(2017, 9, 1)}
        ],
    )


def test_a_number_leads_to_its_counties(page):
    page.goto("/reports/?as_of=2017-06-01")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "1 of 2 fully known counties have five or more of the seven policies"
    )
    expect(page.get_by_text("7 × 1 + 6 × 0 + 5 × 0 + 4 × 0 + 3 × 1")).to_be_visible()
    table = page.get_by_role("region", name="Counties by policy", exact=True)
    row = table.get_by_role("row", name=re.compile("Limits notifications"))
    row.get_by_role("link", name="1").first.click()

    expect(page.locator(".count b")).to_have_text("1")
    expect(page.get_by_role("link", name="San Francisco County")).to_be_visible()
    assert "as_of=2017-06-01" in page.url


def test_two_days_are_compared_and_a_cause_is_followed(page):
    page.goto("/reports/changes/?from=2017-08-31&to=2017-09-01")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "1 county lowered its score, and none raised it"
    )
    assert page.locator(".change-map path.down").count() == 1
    law = page.get_by_role("row", name=re.compile("State law"))
    law.get_by_role("link", name="1", exact=True).click()

    assert {"cause=state_law", "direction=lowered"} <= set(re.split("[?&#]", page.url))
    rows = page.locator(".moved tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Limits holds: In force → Not in force (state law)")
    page.get_by_role("link", name="Travis County").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Travis County")


def test_days_are_chosen_in_the_form_and_kept_by_its_filters(page):
    page.goto("/reports/changes/")
    page.get_by_label("From").fill("2017-01-01")
    page.get_by_label("To", exact=True).fill("2018-01-01")
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Score", exact=True).select_option("unchanged")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("link", name="San Francisco County")).to_be_visible()
    assert {"from=2017-01-01", "to=2018-01-01"} <= set(re.split("[?&#]", page.url))


@pytest.mark.parametrize("path", ["", "changes/?from=2017-08-31&to=2017-09-01", "published/"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_nothing_is_wider_than_a_small_phone(page, path, language):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{language}/reports/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_report_prints(page):
    page.goto("/reports/?as_of=2017-06-01")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.locator("#cite")).to_be_visible()
    expect(page.locator("#cite")).to_contain_text("as known on")
    assert page.pdf().startswith(b"%PDF")

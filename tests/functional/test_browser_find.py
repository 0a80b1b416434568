"""Finding one's county in a real browser, the network watched: nothing that is typed leaves."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from policies.rubric import FACTORS
from policies.views import map as map_view
from tests.factories import LocalPolicyFactory, published

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]

#: What the page may ask for whoever looks for whatever: files that are the same for everybody.
SAME_FOR_ALL = re.compile(r"/(static/.+|map-index\.json\?[\w=&%-]*|map-history\.json\?[\w=&%-]*)?$")


@pytest.fixture(autouse=True)
def record():
    map_view._pages.clear()
    call_command("load_reference", verbosity=0)
    for factor in FACTORS:
        published(LocalPolicyFactory, county_id="06001", county=None, factor=factor.value)
    yield
    map_view._pages.clear()


@pytest.fixture
def asked(page):
    """Method, path and body of all that the page asks for."""
    found: list[tuple[str, str, str | None]] = []
    page.on(
        "request", lambda r: found.append((r.method, "/" + r.url.split("/", 3)[3], r.post_data))
    )
    return found


def nothing_left(asked) -> bool:
    return all(m == "GET" and body is None and SAME_FOR_ALL.match(path) for m, path, body in asked)


def look_for(page, text: str):
    box = page.get_by_label("Find my county")
    box.fill(text)
    expect(page.locator("#found li").first).to_be_visible()
    return box


def test_a_zip_is_looked_up_on_the_device(page, asked):
    page.goto("/")
    box = look_for(page, "94608")
    expect(page.locator("#found [aria-selected=true]")).to_have_text(
        "Alameda County, California (ZIP 94608)7"
    )
    box.press("Enter")

    card = page.locator("#card")
    expect(card.get_by_role("heading")).to_have_text("Alameda County")
    expect(card).to_contain_text("nothing was sent")
    # One county is known for this ZIP, and ZIPs cross lines: its neighbours are offered.
    card.get_by_role("button", name="Contra Costa County, California").click()
    expect(card.get_by_role("heading")).to_have_text("Contra Costa County")
    assert nothing_left(asked), asked
    assert page.url.endswith("/")
    assert page.context.cookies() == []


def test_a_zip_that_crosses_lines_offers_each_county(page, asked):
    page.goto("/")
    look_for(page, "01002").press("Enter")
    options = page.locator("#found").get_by_role("option")

    expect(options).to_have_text(
        [
            re.compile("Hampshire County, Massachusetts"),
            re.compile("Franklin County, Massachusetts"),
        ]
    )
    options.nth(1).click()
    card = page.locator("#card")
    expect(card).to_contain_text("lies in several counties")
    expect(card.get_by_role("button", name="Hampshire County, Massachusetts")).to_be_visible()
    assert nothing_left(asked), asked


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("manhattan, ny", "New York County"),
        ("Cook, Illinois", "Cook County"),
        ("Dona Ana, New Mexico", "Doña Ana County"),
        ("la salle, il", "LaSalle County"),
        ("Saint Louis city", "St. Louis city"),
        ("Emeryville, CA", "Alameda County"),
    ],
)
def test_enter_shows_the_one_county_that_is_meant(page, asked, typed, heading):
    page.goto("/")
    look_for(page, typed)
    expect(page.locator("#found [aria-selected=true]")).to_have_count(1)
    page.get_by_label("Find my county").press("Enter")

    expect(page.locator("#card").get_by_role("heading")).to_have_text(heading)
    assert nothing_left(asked), asked


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("De Kalb", "DeKalb County, Alabama"),
        ("Saint Louis, MO", "St. Louis city, Missouri"),
        ("Iowa", "Iowa County, Iowa"),
        ("California", "Inyo County, California"),
        ("nowhere at all", "No county, town or ZIP of that name"),
    ],
)
def test_enter_never_guesses(page, asked, typed, first):
    page.goto("/")
    box = look_for(page, typed)
    expect(page.locator("#found li").first).to_contain_text(first)
    box.press("Enter")

    expect(page.locator("#found [aria-selected=true]")).to_have_count(0)
    expect(page.locator("#card [data-county]")).to_be_hidden()
    assert nothing_left(asked), asked


def test_a_long_list_is_shown_whole_on_the_spot(page, asked):
    page.goto("/")
    look_for(page, "washington")
    items = page.locator("#found").get_by_role("option")
    expect(items).to_have_count(9)
    expect(items.last).to_contain_text(re.compile(r"Show all \d+"))
    items.last.click()

    expect(items.nth(20)).to_be_attached()
    assert nothing_left(asked), asked


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        ((37.7793, -122.4193), "San Francisco County"),
        ((61.2, -149.9), "Anchorage Municipality"),
        ((21.3, -157.85), "Honolulu County"),
        ((25.77, -80.19), "Miami-Dade County"),
    ],
)
def test_the_device_says_where_it_is_and_nobody_is_told(new_context, place, heading):
    latitude, longitude = place
    context = new_context(
        geolocation={"latitude": latitude, "longitude": longitude}, permissions=["geolocation"]
    )
    page = context.new_page()
    asked: list[tuple[str, str, str | None]] = []
    page.on(
        "request", lambda r: asked.append((r.method, "/" + r.url.split("/", 3)[3], r.post_data))
    )
    page.goto("/")
    page.get_by_role("button", name="Use my location").click()

    expect(page.locator("#card").get_by_role("heading")).to_have_text(heading)
    assert nothing_left(asked), asked


def test_without_scripts_a_form_is_posted_and_leaves_no_trace(new_context):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/es/")
    page.locator("#find").fill("94608")
    page.locator("[data-find] button").first.click()

    expect(page).to_have_url(re.compile(r"/es/find/$"))
    expect(page.get_by_role("link", name="Alameda County")).to_be_visible()
    assert context.cookies() == []

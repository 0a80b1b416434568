"""In a real browser: find a county, open its profile, check its score and its sources.

That no page asks another host for anything, and that no script fails, is checked by the fixtures
of every browser test.
"""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from counties.models import County
from counties.shapes import county_paths, path_points
from policies.rubric import FACTORS
from policies.views import map as map_view
from tests.factories import LocalPolicyFactory, published
from tests.policies.drawn import counties_drawn

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def record():
    """The real counties, one of which has all seven policies, and one of which has two."""
    map_view._pages.clear()
    call_command("load_reference", verbosity=0)
    san_francisco = County.objects.get(pk="06075")
    for factor in FACTORS:
        published(LocalPolicyFactory, county=san_francisco, factor=factor.value)
    for factor in FACTORS[:2]:
        published(LocalPolicyFactory, county_id="35013", county=None, factor=factor.value)
    yield
    map_view._pages.clear()


def test_find_a_county_and_check_its_score_and_sources(page):
    page.goto("/")
    box = page.get_by_role("combobox", name="Find my county")
    box.fill("san fran")
    expect(page.locator("#found").get_by_role("option").first).to_have_text(
        "San Francisco County, California7"
    )
    expect(page.locator("#found [aria-selected=true]")).to_have_count(1)
    box.press("Enter")
    card = page.locator("#card")
    expect(card).to_contain_text("Limits every one of the seven ways")
    expect(card.get_by_role("link", name="Read why")).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/counties/ca/san-francisco/")
    expect(page.get_by_role("heading", level=1)).to_have_text("San Francisco County")
    expect(page.locator("#score")).to_have_text("7")
    holds = page.locator("#limits_holds")
    expect(holds).to_contain_text("In force")
    expect(holds).to_contain_text("“shall not hold any person”")
    holds.get_by_role("link", name=re.compile("Ordinance")).click()
    expect(page.get_by_text("San Francisco County, CA: Limits holds")).to_be_visible()


def test_every_county_is_reached_with_the_keyboard_and_a_failed_index_is_asked_again(page):
    failing = True

    def answer(route):
        route.abort() if failing else route.continue_()

    page.route("**/map-index.json*", answer)
    page.goto("/")
    page.locator("#map").focus()
    with page.expect_event("requestfailed"):
        page.keyboard.press("n")
    # The outline goes when the page has seen the failure: only then is a second try a second one.
    expect(page.locator("#map .chosen")).to_have_count(0)
    card = page.locator("#card")
    expect(card).to_contain_text("Seven policies, one point each")
    failing = False
    page.keyboard.press("n")
    expect(card.get_by_role("heading")).to_have_text("Autauga County")
    page.keyboard.press("PageDown")
    expect(card.get_by_role("heading")).to_have_text("Baldwin County")
    page.keyboard.press("p")
    expect(card.get_by_role("heading")).to_have_text("Autauga County")
    card.get_by_role("link", name="Read why").focus()
    page.keyboard.press("Escape")
    expect(card).to_contain_text("Seven policies, one point each")
    expect(page.locator("#map")).to_be_focused()


def test_the_map_of_one_factor_answers_its_question(page):
    page.goto("/?factor=no_287g")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Do local officers act as immigration agents?"
    )
    dona_ana = list(County.objects.order_by("pk").values_list("pk", flat=True)).index("35013")
    page.locator("#counties path").nth(dona_ana).hover()

    expect(page.locator("#card")).to_contain_text("No. The county has no 287(g) agreement.")


def test_on_a_phone_the_map_comes_right_after_the_search(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    tops = [
        page.locator(each).bounding_box()["y"]
        for each in (".find", "#map", ".legend", ".ask", "#card")
    ]

    assert tops == sorted(tops)


def test_the_map_is_one_stop_for_the_keyboard(page):
    page.goto("/")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    card = page.locator("#card")
    expect(card.get_by_role("link", name="Read why")).to_be_visible()
    first = card.get_by_role("heading").inner_text()
    page.keyboard.press("ArrowRight")
    expect(card.get_by_role("heading")).not_to_have_text(first)
    page.keyboard.press("Escape")
    expect(card).to_contain_text("Seven policies, one point each")
    page.keyboard.press("ArrowLeft")
    expect(card.get_by_role("link", name="Read why")).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_url("**/counties/**")


def test_pointing_at_a_county_shows_its_card_and_a_click_opens_it(page):
    page.goto("/")
    dona_ana = list(County.objects.order_by("pk").values_list("pk", flat=True)).index("35013")
    shape = page.locator("#counties path").nth(dona_ana)
    shape.hover()

    card = page.locator("#card")
    expect(card).to_contain_text("Doña Ana County")
    expect(card).to_contain_text("at least 2, five factors unknown")
    shape.click()
    page.wait_for_url("**/counties/nm/dona-ana/")


#: A browser that is never idle: what is done then is left to the first touch.
NEVER_IDLE = "window.requestIdleCallback = () => 0"
PATHS = """() => Array.from(document.querySelectorAll("#counties path"), (path) =>
  [path.getAttribute("class") ?? "", path.getAttribute("d")])"""


def spot(page, fips):
    """The middle of a county, on the screen."""
    x, y = zip(*path_points(county_paths()[fips]), strict=True)
    return page.evaluate(
        """([x, y]) => {
          const point = new DOMPoint(x, y).matrixTransform(
            document.querySelector("svg.map").getScreenCTM());
          return [point.x, point.y];
        }""",
        [(min(x) + max(x)) / 2, (min(y) + max(y)) / 2],
    )


def test_each_county_has_a_path_of_its_own_after_the_first_touch(page):
    page.add_init_script(NEVER_IDLE)
    page.goto("/")
    sent = counties_drawn(page.request.get("/").text())
    assert page.locator("#counties path").count() < 30
    page.mouse.move(*spot(page, "35013"))

    expect(page.locator("#card")).to_contain_text("Doña Ana County")
    paths = page.evaluate(PATHS)
    assert [css for css, _d in paths] == [css for css, _d in sent.values()]
    assert [path_points(d) for _css, d in paths] == [path_points(d) for _css, d in sent.values()]
    assert {css for css, _d in paths} == {"", "h", "p"}
    page.mouse.click(*spot(page, "35013"))
    page.wait_for_url("**/counties/nm/dona-ana/")


def test_each_county_has_a_path_of_its_own_once_nothing_else_is_to_be_done(page):
    page.goto("/")

    expect(page.locator("#counties path")).to_have_count(3143)
    assert [path_points(d) for _css, d in page.evaluate(PATHS)] == [
        path_points(d) for d in county_paths().values()
    ]


def test_the_first_tap_of_a_finger_shows_a_card(new_context):
    page = new_context(has_touch=True).new_page()
    page.add_init_script(NEVER_IDLE)
    page.goto("/")
    page.touchscreen.tap(*spot(page, "35013"))

    expect(page.locator("#card")).to_contain_text("Doña Ana County")
    expect(page.locator("#counties path")).to_have_count(3143)


def test_the_map_and_the_search_work_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    drawn = counties_drawn(page.request.get("/").text())
    assert {fips: d for fips, (_css, d) in drawn.items()} == county_paths()
    # Two classes and those without, in eight strips, and again for the tiny ones.
    assert 3 <= page.locator("#counties path").count() < 30
    # A driven browser may parse <noscript> as text, so what is looked at is the page as sent.
    assert "Without JavaScript this map is a picture." in page.request.get("/").text()
    page.get_by_label("Find my county").fill("san francisco")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="San Francisco County").click()

    expect(page.locator("#score")).to_have_text("7")


@pytest.mark.parametrize("language", ["", "/es"])
def test_nothing_overflows_a_small_phone(page, language):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (
        *("/", "/counties/", "/counties/ca/san-francisco/", "/states/", "/states/ca/"),
        *("/wins/", "/methodology/", "/options/", "/documents/", "/agreements/", "/nowhere/"),
    ):
        page.goto(language + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_it_prints_as_one_sheet_that_explains_itself(page):
    page.goto("/?as_of=2019-12-01")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    for paper in ({"format": "Letter"}, {"prefer_css_page_size": True}):
        printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(**paper)))
        (sheet,) = printed
        words = " ".join(sheet.get_textpage().get_text_range().split())

        for said in (
            "How far do local governments help ICE?",  # title
            "no record 3,141",  # legend
            "Seven policies, one point each",
            "In force on Dec. 1, 2019, as known on",
            "Source: National Map of Local Entanglement with ICE, free to use with credit.",
            "/?as_of=2019-12-01&known_on=",
        ):
            assert said in words
        for control in ("Find my county", "Play", "Combine and filter", "CSV", "Show today"):
            assert control not in words

"""The map as an instrument, in a real browser: what is chosen is painted at once, the address says
it, and what the script paints is what the server draws for the same address."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from policies.rubric import FACTORS
from policies.views import map as map_view
from tests.factories import AgreementFactory, LocalPolicyFactory, published
from tests.policies.drawn import counties_drawn

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]

SAN_FRANCISCO, DONA_ANA, TRAVIS = "06075", "35013", "48453"
CLASSES = """() => Array.from(document.querySelectorAll("#counties path"),
  (path) => path.getAttribute("class") ?? "")"""


@pytest.fixture(autouse=True)
def record():
    """San Francisco has all seven from 2017; Doña Ana gains two in 2019; Travis loses one."""
    map_view._pages.clear()
    call_command("load_reference", verbosity=0)
    for factor in FACTORS:
        _policy(SAN_FRANCISCO, factor, "yes", 2017)
        _policy(DONA_ANA, factor, "no", 2017, 2019)
        _policy(DONA_ANA, factor, "yes" if factor in FACTORS[2:4] else "no", 2019)
    _policy(TRAVIS, FACTORS[2], "yes", 2017, 2018)
    _policy(TRAVIS, FACTORS[2], "no", 2018)
    yield
    map_view._pages.clear()


def _policy(fips: str, factor: str, answer: str, start: int, until: int | None = None):
    published(
        LocalPolicyFactory,
        county_id=fips,
        county=None,
        factor=factor,
        answer=answer,
        effective_from=date(start, 1, 1),
        effective_until=date(until, 1, 1) if until else None,
    )


def settled(page):
    """The classes on the screen, once they are those of the page of the same address."""
    sent = counties_drawn(page.request.get(page.url).text())
    wanted = [css for css, _d in sent.values()]
    page.wait_for_function(
        f"(wanted) => JSON.stringify(({CLASSES})()) === wanted", arg=_json(wanted)
    )
    return wanted


def _json(classes: list[str]) -> str:
    return "[" + ",".join(f'"{css}"' for css in classes) + "]"


def slide_to(page, month: int) -> None:
    page.locator("#months").focus()
    page.evaluate(
        """(month) => { const slider = document.getElementById("months");
          slider.value = month;
          slider.dispatchEvent(new Event("input", { bubbles: true })); }""",
        month,
    )


def test_the_slider_paints_each_day_as_the_server_draws_it(page):
    page.goto("/")
    for month in (0, 11, 12, 13, 23, 24):
        slide_to(page, month)
        day = f"{2017 + month // 12}-{month % 12 + 1:02d}-01"
        sent = counties_drawn(page.request.get(f"/?as_of={day}").text())
        page.wait_for_function(
            f"(wanted) => JSON.stringify(({CLASSES})()) === wanted",
            arg=_json([css for css, _d in sent.values()]),
        )


def test_the_words_follow_when_the_slider_rests(page):
    page.goto("/")
    slider = page.locator("#months")
    slider.focus()
    page.keyboard.press("Home")

    page.wait_for_url("**/?as_of=2017-01-01")
    expect(page.locator(".intro")).to_contain_text("on Jan. 1, 2017")
    expect(slider).to_have_attribute("aria-valuetext", "January 1, 2017")
    expect(page.locator(".legend [data-step='7'] [data-count]")).to_have_text("1")
    settled(page)


def test_play_goes_through_the_months_and_stops(page):
    page.goto("/")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("#month")).to_contain_text("2017")
    page.get_by_role("button", name="Stop").click()

    page.wait_for_url(re.compile(r"as_of=2017-\d\d-01"))
    settled(page)


def test_another_question_is_answered_on_the_spot(page):
    page.goto("/?as_of=2019-06-01")
    page.locator("#factor").select_option("limits_holds")

    page.wait_for_url("**/?factor=limits_holds&as_of=2019-06-01")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Will the jail hold someone longer for ICE?"
    )
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How far")
    expect(page.locator("#factor")).to_have_value("")
    settled(page)


def test_what_changed_between_two_days(page):
    page.goto("/?as_of=2019-06-01")
    page.get_by_label("Changed since").fill("2017-06-01")
    page.get_by_label("Changed since").blur()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What changed between June 1, 2017 and June 1, 2019?"
    )
    classes = settled(page)
    assert {"g", "c", "n", ""} == set(classes)
    page.locator("#counties path").nth(classes.index("g")).hover()
    card = page.locator("#card")
    expect(card).to_contain_text("Doña Ana County")
    expect(card).to_contain_text("+2")
    expect(card).to_contain_text("Before")
    # The day moves on; the other stays.
    slide_to(page, 13)
    expect(page.locator(".legend [data-step='raised2'] [data-count]")).to_have_text("0")
    expect(card).to_contain_text("no change")


def test_policies_are_combined(page):
    page.goto("/?as_of=2019-06-01")
    page.get_by_text("Combine and filter").click()
    page.get_by_role("group", name="Limits holds").get_by_label("in force").check()
    page.get_by_role("group", name="No status inquiry").get_by_label("not").check()

    page.wait_for_url("**/?as_of=2019-06-01&in_force=limits_holds&not_in_force=no_status_inquiry")
    expect(page.locator(".intro")).to_contain_text("No status inquiry: not in force")
    expect(page.locator(".legend [data-step='yes'] [data-count]")).to_have_text("1")
    classes = settled(page)
    assert (classes.count("g"), classes.count("n")) == (1, 2)


def test_a_contradiction_is_explained_by_the_page_it_leads_to(page):
    page.goto("/?factor=no_287g")
    page.get_by_text("Combine and filter").click()
    # Not `check`, which waits for a box that is checked: the page that has it is left.
    page.get_by_role("group", name="Limits holds").get_by_label("in force").click()

    expect(page.locator("body")).to_contain_text("Choose one policy or several together, not both.")


def test_a_step_of_the_legend_shows_its_counties_alone(page):
    page.goto("/?as_of=2019-06-01")
    step = page.locator(".legend [data-step='7']")
    step.hover()
    expect(step).to_have_role("button")
    step.focus()
    page.keyboard.press("Space")

    page.wait_for_url("**/?as_of=2019-06-01&only=7")
    expect(page.locator("#card")).to_contain_text("1 county, as a list")
    classes = settled(page)
    assert (classes.count("h"), classes.count("r")) == (1, 3142)
    expect(step).to_have_attribute("aria-pressed", "true")
    step.click()
    page.wait_for_url("**/?as_of=2019-06-01")


def test_a_state_is_seen_alone_and_large_with_fine_outlines(page):
    page.goto("/?as_of=2019-06-01")
    page.get_by_text("Combine and filter").click()
    with page.expect_response("**/counties/shapes/06*.json"):
        page.get_by_label("State", exact=True).select_option("CA")

    expect(page.locator(".intro")).to_contain_text("58 counties of California")
    assert float(page.locator("svg.map").get_attribute("viewBox").split()[2]) < 450
    assert set(settled(page)) == {"o", "h", ""}


def test_zoom_by_button_key_and_drag_is_in_the_address(page):
    page.goto("/")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile(r"view=[\d.]+,[\d.]+,650$"))
    page.locator("#map").focus()
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"view=[\d.]+,[\d.]+,433.3$"))
    before = page.locator("svg.map").get_attribute("viewBox")
    box = page.locator("svg.map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y, steps=4)
    page.mouse.up()
    expect(page.locator("svg.map")).not_to_have_attribute("viewBox", before)
    assert "/counties/" not in page.url  # the end of a drag is no click
    moved = page.locator("svg.map").get_attribute("viewBox")
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator("svg.map")).to_have_attribute("viewBox", moved)
    page.locator("#map").focus()
    page.keyboard.press("n")  # wakes the instrument for a map that is zoomed already
    page.keyboard.press("0")
    expect(page.locator("svg.map")).to_have_attribute("viewBox", "0 0 975 610")


def test_the_layer_of_agreements_moves_with_the_day(page):
    published(AgreementFactory, state_id="TX", counties=[TRAVIS], effective_from=date(2018, 6, 15))
    page.goto("/?layer=agreements&as_of=2019-06-01")
    dots = page.locator("svg.map path[data-layer='0']")
    expect(dots).to_have_attribute("d", re.compile(r"^M[\d.]+ [\d.]+h0$"))
    slide_to(page, 17)

    expect(dots).to_have_attribute("d", "")


def test_the_downloads_are_of_what_is_on_the_screen(page):
    page.goto("/?as_of=2019-06-01&factor=limits_holds&only=yes")
    drawn = page.request.get(page.get_by_role("link", name="SVG").get_attribute("href")).text()
    listed = page.request.get(page.get_by_role("link", name="CSV").get_attribute("href")).text()

    greens = re.search(r'<path class="g" d="([^"]+)"', drawn)[1].count("Z")
    more = re.findall(r'<path class="g" d="([^"]+)"', drawn)[1:]
    greens += sum(path.count("Z") for path in more)
    assert greens == settled(page).count("g") == len(listed.splitlines()) - 1 == 2
    page.get_by_role("link", name="Table").click()
    expect(page.locator(".map-table tbody tr")).to_have_count(2)


def test_without_scripts_the_form_asks_the_server(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_label("Changed since").fill("2017-06-01")
    page.locator("#as_of").fill("2019-06-01")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("What changed")
    expect(page.locator("#months")).to_be_hidden()


def test_reading_spanish_the_instrument_speaks_it(page):
    page.goto("/es/")
    page.locator("#months").focus()
    page.keyboard.press("Home")

    page.wait_for_url("**/es/?as_of=2017-01-01")
    expect(page.locator("#month")).to_have_text("1 de enero de 2017")
    expect(page.get_by_role("heading", level=1)).to_contain_text("¿")

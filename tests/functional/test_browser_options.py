"""An advocate finds an option, copies its wording and sees who has it, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    OptionFactory,
    PowerFactory,
    published,
)

# What scripts do with a page: the pages are the same on either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_only]


@pytest.fixture
def catalogue(transactional_db):
    OptionFactory(key="holds")
    OptionFactory(key="card", place="other", factor="", title="A municipal card")
    PowerFactory(key="county-sheriff")
    county = CountyFactory(fips="041", short_name="Marin", slug="marin")
    published(LocalPolicyFactory, county=county)


def test_from_the_catalogue_to_the_words_and_the_county(page, catalogue):
    page.goto("/options/?as_of=2020-06-01")
    page.get_by_label("Which of the seven policies").select_option("limits_holds")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("A municipal card")).to_have_count(0)
    page.get_by_role("link", name="No holds").click()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Nobody shall be held."

    page.get_by_text("Cities that are counties").click()
    expect(page.get_by_role("rowheader", name="Boroughs of Alaska")).to_be_visible()
    page.get_by_role("link", name="Marin County").click()
    expect(page).to_have_url(re.compile(r"/counties/ca/marin/\?as_of=2020-06-01#limits_holds$"))


def test_all_of_it_works_without_javascript(browser, live_server, catalogue):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/options/")
    page.get_by_label("Whose power").select_option("other")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="A municipal card")).to_be_visible()
    expect(page.get_by_role("link", name="No holds")).to_have_count(0)
    page.goto("/options/holds/")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("path", ["/options/", "/es/options/", "/options/holds/"])
def test_nothing_is_cut_off_at_any_width(page, catalogue, width, path):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for cell in page.locator(".authorities :is(th, td)").all():
        assert cell.evaluate("one => one.scrollWidth <= one.clientWidth + 1"), cell.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["/options/", "/es/options/holds/"])
def test_axe_finds_nothing(page, catalogue, path, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    for summary in page.locator("main summary").all():
        summary.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

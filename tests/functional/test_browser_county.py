"""The county's screen by keyboard alone: from the upload of an order to three drafts in review."""

import time

import pytest
from playwright.sync_api import expect

from policies.models import ChangeSet, LocalPolicy
from tests.factories import (
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
    published,
)
from tests.functional.test_browser_admin import tab_to

FIPS = "24031"
FACTORS = ("limits_holds", "limits_interrogations", "no_general_assistance")
#: A person needs longer; a machine that shares its two processors should not.
SECONDS = 60


@pytest.fixture
def at_county(page, transactional_db):
    """At Montgomery County's screen, signed in as a superuser."""
    county = CountyFactory(usps="MD", fips=FIPS, short_name="Montgomery")
    published(LocalPolicyFactory, county=county, factor="limits_holds", answer="none_found")
    user = UserFactory(username="rosa", is_superuser=True)
    user.set_password("a long enough password")
    user.save()
    page.goto(f"/admin/counties/county/{FIPS}/change/")
    page.fill("#id_username", "rosa")
    page.fill("#id_password", "a long enough password")
    page.keyboard.press("Enter")
    page.wait_for_selector("#entry_form")
    return page


def write(page, number: int, quote: str, verb: bool = False) -> None:
    """Answer one factor with yes and its words."""
    page.keyboard.press(str(number))
    page.keyboard.press("Enter")
    expect(page.locator(f".factor:nth-child({number}) input[type=radio]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    if verb:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(quote)
    page.keyboard.press("Escape")


def test_an_order_is_recorded_by_keyboard_alone(at_county, tmp_path):
    page = at_county
    order = tmp_path / "order.txt"
    order.write_text("No holds. No questions. No help.")
    started = time.monotonic()

    tab_to(page, ".editor > summary")
    write(page, 3, "No holds.", verb=True)
    write(page, 5, "No questions.")
    write(page, 7, "No help.")
    expect(page.locator("#entry-count")).to_have_text("3 factors answered: 3, 5, 7")
    page.keyboard.press("s")
    tab_to(page, "#id_source-starts")
    page.keyboard.type("July 2019")
    tab_to(page, ".new-document > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#id_new-title")
    page.keyboard.type("Order 147-19")
    tab_to(page, "#id_new-kind")
    page.keyboard.type("executive")
    tab_to(page, "#id_new-file")
    page.set_input_files("#id_new-file", order)  # the system's own window, out of a test's reach
    tab_to(page, "input[name=_send]")
    page.keyboard.press("Enter")

    page.wait_for_selector(".messagelist .success")
    assert time.monotonic() - started < SECONDS
    assert "3 answers sent to review" in page.inner_text(".messagelist")
    made = ChangeSet.objects.get()
    rows = [item.local_policy for item in made.items.order_by("pk")]
    assert tuple(row.factor for row in rows) == FACTORS
    assert [row.change_kind for row in rows] == ["policy_change", "new", "new"]
    assert {row.citations.get().document.title for row in rows} == {"Order 147-19"}
    assert LocalPolicy.objects.published().count() == 1


def test_an_error_has_the_focus_and_nothing_is_lost(at_county):
    page = at_county
    DocumentFactory(title="Ordinance 12H")
    tab_to(page, ".editor > summary")
    write(page, 6, "shall not ask")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.type("12H")
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.keyboard.press("Enter")
    tab_to(page, "#id_source-starts")
    page.keyboard.type("13/05/2019")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#id_source-starts")).to_be_focused()
    assert "2019-05-13" in page.inner_text("#id_source-starts_error")
    assert page.input_value("#id_no_status_inquiry-quote") == "shall not ask"
    assert "12H" in page.inner_text("#select2-id_source-document-container")
    page.keyboard.press("Control+A")
    page.keyboard.type("2019-05-13")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".messagelist .success")
    assert LocalPolicy.objects.get(status="draft").citations.get().quote == "shall not ask"


def test_letters_and_digits_do_nothing_elsewhere(at_county):
    page = at_county
    tab_to(page, ".editor > summary")
    write(page, 6, "s 3 7")
    page.wait_for_selector("#factor-no_status_inquiry .editor[open]")
    assert page.input_value("#id_no_status_inquiry-quote") == "s 3 7"
    assert page.locator(".editor[open]").count() == 1


def test_a_document_that_is_too_large_is_refused_where_it_is_chosen(at_county, settings, tmp_path):
    settings.LARGEST_DOCUMENT = 100
    page = at_county
    page.reload()
    order = tmp_path / "order.txt"
    order.write_text("No holds. " * 20)
    page.click(".new-document > summary")
    page.set_input_files("#id_new-file", order)
    expect(page.get_by_role("alert")).to_contain_text("“order.txt” is too large")
    assert page.evaluate("document.querySelector('#id_new-file').files.length") == 0
    order.write_text("No holds.")
    page.set_input_files("#id_new-file", order)
    expect(page.get_by_role("alert")).to_have_count(0)

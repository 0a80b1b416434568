"""The admin's stock forms, for somebody who types fast or along a long page."""

import pytest
from playwright.sync_api import expect

from tests.factories import CountyFactory, DocumentFactory, UserFactory
from tests.functional.axe.conftest import sign_in

CHOOSER = "[aria-labelledby~='select2-id_source-document-container']"
FOUND = ".select2-results__option--highlighted:not(.loading-results)"


@pytest.fixture
def at_desk(page, live_server, transactional_db):
    sign_in(page, live_server, UserFactory(username="ana", is_superuser=True, is_staff=True))
    return page


def test_enter_takes_no_document_found_before_these_words(at_desk):
    county = CountyFactory()
    DocumentFactory(title="A list of ICE")
    DocumentFactory(title="Order 12")
    at_desk.goto(f"/admin/counties/county/{county.pk}/change/")
    at_desk.click(CHOOSER)
    at_desk.wait_for_selector(FOUND)

    at_desk.keyboard.type("Order 12")
    at_desk.keyboard.press("Enter")
    expect(at_desk.locator(FOUND)).to_have_text("Order 12")
    assert at_desk.locator("#id_source-document").input_value() == ""

    at_desk.keyboard.press("Enter")
    expect(at_desk.locator("#select2-id_source-document-container")).to_contain_text("Order 12")


def test_a_form_that_came_back_opens_at_its_first_error(at_desk):
    at_desk.goto("/admin/policies/localpolicy/add/")
    at_desk.fill("#id_effective_from", "yesterday")
    at_desk.click("input[name=_save]")
    at_desk.wait_for_selector(".errornote")
    expect(at_desk.locator("[aria-labelledby~='select2-id_county-container']")).to_be_focused()

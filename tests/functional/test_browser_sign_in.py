"""By keyboard alone: set a second factor up, sign out, and sign in with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.policies.signing_in import PASSWORD, code_of, person

pytestmark = pytest.mark.django_db(transaction=True)


def log_in(page):
    page.goto("/admin/")
    page.locator("#id_username").focus()
    page.keyboard.type("rosa")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def key_shown(page) -> str:
    """The key in words, as hexadecimal."""
    from base64 import b32decode

    return b32decode(page.locator(".key").inner_text().replace(" ", "")).hex()


def test_set_up_sign_out_and_sign_in_with_the_code(page, settings):
    settings.STAFF_SECOND_FACTOR = "required"
    person(is_superuser=True)
    log_in(page)

    page.wait_for_url("**/admin/second-factor/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    picture = page.get_by_role("img", name=re.compile("QR code"))
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 100
    key = key_shown(page)
    page.get_by_label("Code").focus()
    page.keyboard.type(code_of(key))
    page.keyboard.press("Enter")

    codes = page.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    page.get_by_role("link", name="Save as a file").focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "recovery-codes.txt"
    assert recovery in saved.value.path().read_text()
    page.get_by_role("link", name="go on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()

    page.get_by_role("button", name="Log out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/logout/")
    log_in(page)
    page.wait_for_url("**/admin/login/code/**")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type(code_of(key, steps=1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()


def test_the_page_of_who_is_locked_out(page):
    person()
    page.goto("/admin/")
    for _number in range(5):
        page.get_by_label("Username").fill("rosa")
        page.get_by_label("Password").fill("wrong")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many tries")
    expect(page.get_by_text("Try again at")).to_be_visible()

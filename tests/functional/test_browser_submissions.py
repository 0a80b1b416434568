"""A file's whole way: sent, mended, applied, on the public page, undone. By keyboard, no mouse."""

import pytest

from policies.models import LocalPolicy, Submission
from tests.factories import CountyFactory, UserFactory
from tests.functional.test_browser_admin import tab_to

SHEET = (
    b"fips,state,county,factor,answer,effective_from,source_title,quote\n"
    b"06001,,,limits_holds,yes,2018-01-01,Resolution 12,shall not hold any person\n"
    b",CA,San Fransico,limits_holds,yes,2018-01-01,Ordinance 12H,shall not detain an individual\n"
)


@pytest.fixture
def counties(transactional_db):
    CountyFactory(fips="06001", short_name="Alameda")
    return CountyFactory(fips="06075", short_name="San Francisco")


@pytest.fixture
def logged_in(page, counties):
    sender = UserFactory(username="reviewer", is_superuser=True)
    sender.set_password("a long enough one")
    sender.save()
    page.goto("/admin/login/?next=/admin/policies/submission/add/")
    page.fill("#id_username", "reviewer")
    page.fill("#id_password", "a long enough one")
    page.keyboard.press("Enter")
    page.wait_for_selector("#submission_form")
    return page


def fill_in(page, data: bytes = SHEET, name: str = "partner.csv") -> None:
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": data})
    tab_to(page, "#id_as_of")
    page.keyboard.type("2019-09-01")
    tab_to(page, "#id_source_title")
    page.keyboard.type("A partner's sheet")
    tab_to(page, "input[name=_send]")


def press(page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def public_page(page, counties) -> str:
    address = page.url
    page.goto(counties.get_absolute_url())
    html = page.content()
    page.goto(address)
    return html


def test_a_file_is_sent_mended_applied_and_undone(logged_in, counties):
    page = logged_in
    fill_in(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".figures")
    assert "Received" in page.inner_text(".messagelist")
    assert "San Fransico" in page.inner_text(".problems")

    press(page, ".problems button[value='06075']")
    page.wait_for_selector(".messagelist .success")
    assert "“San Fransico” is San Francisco County, CA" in page.inner_text(".messagelist")
    assert "shall not detain" not in public_page(page, counties)

    press(page, "a.plain-button[href$='/apply/']")
    page.wait_for_selector("#apply_form")
    tab_to(page, "#id_reason")
    page.keyboard.type("Nobody else is in this week")
    press(page, "#apply_form button")
    page.wait_for_selector(".submission-applied")
    assert "Applied: 2 new" in page.inner_text(".messagelist")
    assert "shall not detain an individual" in public_page(page, counties)

    press(page, "a.danger[href$='/undo/']")
    page.wait_for_selector(".one-question")
    press(page, ".one-question button.danger")
    page.wait_for_selector(".submission-undone")
    assert "shall not detain" not in public_page(page, counties)
    assert not LocalPolicy.objects.published().exists()


def test_errors_stay_beside_what_was_typed_and_the_file_stays_chosen(logged_in):
    page = logged_in
    fill_in(page)
    page.fill("#id_as_of", "2099-01-01")
    press(page, "input[name=_send]")
    page.wait_for_selector("#id_as_of_error")
    assert page.input_value("#id_source_title") == "A partner's sheet"
    assert page.evaluate("document.activeElement.id") == "id_as_of"
    assert page.evaluate("document.querySelector('#id_file').files.length") == 1
    page.fill("#id_as_of", "2019-09-01")
    press(page, "input[name=_send]")
    page.wait_for_selector(".figures")
    assert Submission.objects.count() == 1


def test_a_file_that_is_too_large_is_not_sent(logged_in, settings):
    settings.LARGEST_UPLOAD = 100
    page = logged_in
    page.reload()
    fill_in(page)
    page.keyboard.press("Enter")
    page.wait_for_selector("#upload-progress:not([hidden])")
    assert "too large" in page.inner_text("#upload-progress")
    assert not Submission.objects.exists()


def test_another_county_is_found_by_typing(logged_in, counties):
    page = logged_in
    CountyFactory(fips="06003", short_name="Alpine")
    fill_in(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".figures")
    press(page, ".problems a[href*='/choose/']")
    page.wait_for_selector("#choose_form")
    tab_to(page, "[aria-labelledby~='select2-id_counties-container']")
    page.keyboard.press("Enter")
    page.keyboard.type("alpi")
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.keyboard.press("Enter")
    press(page, "#choose_form button.default")
    page.wait_for_selector(".messagelist .success")
    assert "is Alpine County, CA" in page.inner_text(".messagelist")


def test_the_form_works_without_scripts(new_context, counties):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/admin/login/?next=/admin/policies/submission/add/")
    user = UserFactory(username="reviewer", is_superuser=True)
    user.set_password("a long enough one")
    user.save()
    page.fill("#id_username", "reviewer")
    page.fill("#id_password", "a long enough one")
    page.click("input[type=submit]")
    page.set_input_files(
        "#id_file", {"name": "partner.csv", "mimeType": "text/csv", "buffer": SHEET}
    )
    page.fill("#id_as_of", "2019-09-01")
    page.fill("#id_source_title", "A partner's sheet")
    page.click("input[name=_send]")
    page.wait_for_selector(".figures")
    assert "San Fransico" in page.inner_text(".problems")


@pytest.mark.parametrize("width", [360, 768])
def test_a_file_with_errors_fits_a_narrow_screen(logged_in, width):
    page = logged_in
    fill_in(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".problems")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = "[...document.querySelectorAll('.results')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{cut}.length") == 0

"""A reader follows a quote to the page of the archived order, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.factories import CountyFactory, LocalPolicyFactory, published
from tests.policies.documents import files
from tests.policies.documents.conftest import own_folders

__all__ = ["own_folders"]


@pytest.mark.django_db(transaction=True)
def test_from_the_quote_to_its_place_on_the_page(page):
    order = files.archived(files.pdf("Cover", "The jail shall not hold\nany person"), title="Order")
    published(
        LocalPolicyFactory,
        county=CountyFactory(fips="001"),
        cited__document=order,
        cited__page="2",
        cited__quote="shall not hold any person",
    )

    page.goto("/counties/06001/")
    page.get_by_role("link", name="Order").first.click()

    expect(page.get_by_role("heading", name="Page 2 of 2")).to_be_visible()
    picture = page.get_by_role("img", name="Page 2 as a picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 1000
    assert page.locator(".page-picture rect").count() == 2
    # The marks lie over the picture, whatever its size on the screen.
    mark, whole = page.locator(".page-picture rect").first.bounding_box(), picture.bounding_box()
    assert whole["x"] < mark["x"] < whole["x"] + whole["width"]
    page.get_by_text("The words of this page as text").click()
    expect(page.locator("mark")).to_have_text("shall not hold\nany person")

"""The guide's own page, on narrow and wide screens."""

import pytest

from policies import roles
from policies.admin.guide import TASKS


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_fits_the_screen_and_shows_its_pictures(page, log_in, width):
    log_in("ana", roles.VIEWERS)
    page.click("#user-tools a:has-text('Guide')")
    page.wait_for_url("**/admin/guide/")
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for task in TASKS:
        page.click(f".guide nav a[href='#{task.slug}']")
        assert page.locator(f"#{task.slug} h2").is_visible()
    for picture in page.locator(".guide img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1280
        assert picture.get_attribute("alt")

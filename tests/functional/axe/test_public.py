"""axe finds no violation on any public page: in both languages, light and dark, wide and narrow."""

import pytest
from django.utils import translation

from tests.addresses import difference, public
from tests.functional.axe.checking import Found, check
from tests.functional.axe.public_pages import NO_PAGES, PAGES, addresses

WIDTHS = (1440, 360)


def test_all_are_looked_at():
    pages = {key for key, address in public().items() if not address.route.startswith("api/")}
    problem = difference(pages, {*PAGES, *NO_PAGES}, "PAGES or NO_PAGES in public_pages.py")
    assert not problem, f"\n{problem}"


# The pages are the same on either database.
@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_violation(page, world, language):
    found = Found()
    with translation.override(language):
        asked = list(addresses(world))
    for address in asked:
        assert page.goto(address).status < 500, address
        assert page.get_attribute("html", "lang") == language, address
        check(page, address, WIDTHS, found)
    found.must_be_nothing()

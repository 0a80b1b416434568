"""axe finds no violation on any public page: in both languages, light and dark, wide and narrow."""

import pytest
from django.utils import translation

from tests.addresses import difference, public
from tests.functional.axe.checking import Found, check
from tests.functional.axe.public_pages import NO_PAGES, PAGES, addresses, sent

WIDTHS = (1440, 360)
#: Sends a button's form whatever the browser holds of it, so that the server's answer is seen.
SEND = """button => {
  const {name, value} = button;
  button.form.append(Object.assign(document.createElement('input'), {name, value, type: 'hidden'}));
  HTMLFormElement.prototype.submit.call(button.form);
}"""


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
        asked, forms = list(addresses(world)), list(sent(world))
    for address in asked:
        assert page.goto(address).status < 500, address
        assert page.get_attribute("html", "lang") == language, address
        check(page, address, WIDTHS, found)
    for address, field, text, button in forms:
        page.goto(address)
        page.fill(field, text)
        with page.expect_navigation():
            page.eval_on_selector(button, SEND)
        check(page, f"{address} (sent with {text!r})", WIDTHS, found)
    page.goto(asked[0])
    page.fill("#find", "94110")
    page.wait_for_selector("#found li")
    check(page, "the map, with what was found", WIDTHS, found)
    found.must_be_nothing()

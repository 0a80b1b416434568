"""axe finds no violation on any screen of the admin: light and dark, on a desktop and a tablet."""

import pytest
from django.urls import reverse

from tests.addresses import difference, of_the_admin
from tests.functional.axe.admin_screens import addresses, expected, posted
from tests.functional.axe.checking import Found, check
from tests.policies.signing_in import PASSWORD, code_of

WIDTHS = (1440, 768)
#: The menu, which every screen shows beside its own: looked at on the first page.
FRAME = "#nav-sidebar"
PARTS = 4
#: Fills a form of the page's own with other values and sends it.
SEND = """([path, values]) => {
  const form = document.createElement('form');
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  for (const [name, value] of Object.entries({...values, csrfmiddlewaretoken: token})) {
    form.append(Object.assign(document.createElement('input'), {name, value, type: 'hidden'}));
  }
  Object.assign(form, {method: 'post', action: path});
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);  // whatever a field is called
}"""


def test_all_are_looked_at():
    screens = {key for key, address in of_the_admin().items() if address.name}
    problem = difference(screens, expected(), "SCREENS or NO_SCREENS in admin_screens.py")
    assert not problem, f"\n{problem}"


# The screens are the same on either database.
@pytest.mark.sqlite_only
@pytest.mark.parametrize("part", range(PARTS))
def test_no_violation(as_boss, world, part):
    found = Found()
    for address in list(addresses(world))[part::PARTS]:
        if as_boss.goto(address).status == 403:
            continue
        check(as_boss, address, WIDTHS, found, "" if address == reverse("admin:index") else FRAME)
    found.must_be_nothing()


@pytest.mark.sqlite_only
def test_nor_where_a_form_was_refused_or_shows_what_it_would_do(as_boss, world):
    found = Found()
    for shown, path, values in posted(world):
        as_boss.goto(shown)
        with as_boss.expect_navigation():
            as_boss.evaluate(SEND, [path, values])
        check(as_boss, f"{path} (sent)", WIDTHS, found, FRAME)
    found.must_be_nothing()


@pytest.mark.sqlite_only
def test_nor_on_the_way_in(page, world):
    found = Found()

    def see(name: str) -> None:
        check(page, name, WIDTHS, found, FRAME)

    def sign_in(password: str = PASSWORD) -> None:
        page.goto("/admin/login/")
        page.fill("#id_username", "boss")
        page.fill("#id_password", password)
        page.click("input[type=submit]")

    page.goto("/admin/login/")
    see("sign-in")
    sign_in("wrong")
    see("sign-in, refused")
    sign_in()
    page.goto("/admin/second-factor/")
    see("second factor, to set up")
    key = page.locator(".key").inner_text().replace(" ", "")
    page.fill("#id_otp_token", code_of(hexadecimal(key)))
    page.click("main form [type=submit], #content form [type=submit]")
    see("recovery codes")
    for path in ("", "codes/", "remove/"):
        page.goto(f"/admin/second-factor/{path}")
        see(f"second factor {path}")
    page.click("#logout-form button")
    see("signed out")
    sign_in()
    see("second step")
    page.context.clear_cookies()
    for _number in range(5):
        sign_in("wrong")
    see("locked out")
    found.must_be_nothing()


def hexadecimal(key: str) -> str:
    from base64 import b32decode

    return b32decode(key).hex()

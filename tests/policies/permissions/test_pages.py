"""Every address of the admin, for every role: who sees it, and who can act by it."""

import pytest
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from tests.addresses import difference, of_the_admin
from tests.policies.admin.form_fields import fields_of
from tests.policies.permissions.pages import SIGN_IN, WITHOUT_NAME, Page, every_page
from tests.policies.permissions.people import EVERYBODY, LOGIN, STAFF, SUPERUSER, answer, writes

pytestmark = pytest.mark.django_db
PAGES = every_page()
REFUSALS = (LOGIN, 403, 404, 405)
NOBODYS = 999_999_999


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Who may see a page is decided before it is drawn, and drawing 1500 of them takes minutes."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture(scope="module")
def forms(world, django_db_blocker):
    """What the form of each page posts, as a superuser has it before them."""
    boss = world.people.client(SUPERUSER)
    with django_db_blocker.unblock():
        return {
            name: fields_of(boss.get(address(name, page, world)))
            for name, page in PAGES.items()
            if page.form
        }


def address(name: str, page: Page, world, **others) -> str:
    values = page.values(world) | others
    stock = name.endswith(("_change", "_delete", "_history")) and "sitetext" not in name
    if stock and "pk" in values:
        values = {"object_id": values["pk"]}
    return reverse(f"admin:{name}", kwargs=values)


def test_every_address_of_the_code_has_a_row():
    problem = difference(
        of_the_admin(), {*PAGES, *SIGN_IN, *WITHOUT_NAME}, "tests/policies/permissions/pages.py"
    )
    assert not problem, f"\n{problem}"


def expected(page: Page, who: str):
    """The answer to a GET."""
    if who not in STAFF:
        return LOGIN
    if page.only_post:
        return 405
    return page.got if who in page.see else refusal(page, who)


def refusal(page: Page, who: str) -> int:
    return 404 if who in page.nowhere else page.refused


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", PAGES)
def test_seen(world, name, who):
    page = PAGES[name]
    response = world.people.client(who).get(address(name, page, world))
    assert answer(response) == expected(page, who)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", PAGES)
def test_acted_upon(world, forms, name, who):
    page = PAGES[name]
    url, data = address(name, page, world), page.post(world)
    if page.form:
        data = {**forms[name], **data, "_save": "1"}
    with writes() as written:
        response = world.people.client(who).post(url, data)
    if who in page.act:
        assert answer(response) not in REFUSALS
        assert written
        return
    if who not in STAFF:
        assert answer(response) == LOGIN
    elif page.act:
        assert answer(response) == refusal(page, who)
    assert (page.tries and who in page.see) or not written


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.at])
def test_a_refusal_does_not_tell_whether_there_is_such_a_row(world, name):
    page = PAGES[name]
    for who in set(STAFF) - page.see - page.act:
        client = world.people.client(who)
        for ask in (client.get, client.post):
            nobodys = answer(ask(address(name, page, world, pk=NOBODYS)))
            assert nobodys == answer(ask(address(name, page, world))), who

"""Every address of the admin, for every role: who sees it, and who can act by it."""

import pytest
from django.urls import reverse

from tests.addresses import difference, of_the_admin
from tests.factories import rolled_back
from tests.policies.admin.form_fields import fields_of
from tests.policies.permissions.own_pages import SIGN_IN, WITHOUT_NAME, every_page
from tests.policies.permissions.pages import MODELS, Page
from tests.policies.permissions.people import (
    ANONYMOUS,
    EVERYBODY,
    LOGIN,
    PARTNER,
    READERS,
    STAFF,
    SUPERUSER,
    answer,
    undrawn,
    writes,
)
from tests.policies.permissions.world import RECORDS

pytestmark = pytest.mark.django_db
PAGES = every_page()
NOBODYS = 999_999_999


def address(name: str, page: Page, world, **others) -> str:
    values = page.values(world) | others
    stock = name.endswith(("_change", "_delete", "_history")) and "sitetext" not in name
    if stock and "pk" in values:
        values = {"object_id": values["pk"]}
    return reverse(f"admin:{name}", kwargs=values)


def test_every_address_of_the_code_has_a_row():
    problem = difference(
        of_the_admin(),
        {*PAGES, *SIGN_IN, *WITHOUT_NAME},
        "tests/policies/permissions/pages.py or own_pages.py",
    )
    assert not problem, f"\n{problem}"


def refusal(page: Page, who: str) -> int:
    return 404 if who in page.nowhere else page.refused


def seen(page: Page, who: str) -> int | str:
    """What a GET answers."""
    if who not in STAFF:
        return LOGIN
    if page.only_post:
        return 405
    return page.got if who in page.see else refusal(page, who)


@pytest.mark.parametrize("name", PAGES)
def test_who_sees_it(world, name):
    page = PAGES[name]
    url = address(name, page, world)
    with undrawn():
        found = {who: answer(world.people.client(who).get(url)) for who in EVERYBODY}
    assert found == {who: seen(page, who) for who in EVERYBODY}


WROTE = "wrote"


def outcome(client, url: str, data: dict) -> int | str:
    """What a POST answers, or that something was written. Then it is as before."""
    with rolled_back(), undrawn(), writes() as written:
        response = client.post(url, data)
    return WROTE if written else answer(response)


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.act])
def test_who_acts_by_it(world, name):
    page = PAGES[name]
    url, data = address(name, page, world), page.post(world)
    if page.form:
        shown = fields_of(world.people.client(SUPERUSER).get(url))
        data = {**shown, **data, "_save": "1"}
    found = {who: outcome(world.people.client(who), url, data) for who in EVERYBODY}
    refused = {who: refusal(page, who) if who in STAFF else LOGIN for who in EVERYBODY}
    assert found == {**refused, **dict.fromkeys(page.act, WROTE)}


@pytest.mark.parametrize("name", [n for n, page in PAGES.items() if not (page.act or page.tries)])
def test_nobody_acts_by_it(world, name):
    page = PAGES[name]
    for who in (ANONYMOUS, PARTNER, SUPERUSER):
        url, data = address(name, page, world), page.post(world)
        assert outcome(world.people.client(who), url, data) != WROTE, who


def unseeing(name: str, page: Page) -> set[str]:
    """Staff who see no row of this kind, and so are not to learn whether there is one."""
    seen = {**{row: model.see for row, model in MODELS.items()}, "policies_sitetext": READERS}
    return set(STAFF) - page.see - next(seen[row] for row in seen if name.startswith(f"{row}_"))


#: Django's own page of a history first looks whether there is such a row. A number is all it tells.
STOCK_HISTORY = {f"{name}_history" for name in MODELS} - {
    *(f"policies_{name}_history" for name in (*RECORDS, "sourcedocument", "submission"))
}
#: That there is such a county is no secret.
KNOWN_TO_ALL = ("county", "state")
TELLING = [
    name
    for name, page in PAGES.items()
    if page.at and page.at not in KNOWN_TO_ALL and name not in STOCK_HISTORY
]


@pytest.mark.parametrize("name", TELLING)
def test_a_refusal_does_not_tell_whether_there_is_such_a_row(world, name):
    page = PAGES[name]
    for who in unseeing(name, page):
        client = world.people.client(who)
        for ask in (client.get, client.post):
            there, nowhere = address(name, page, world), address(name, page, world, pk=NOBODYS)
            assert answer(ask(there)) == answer(ask(nowhere)), who

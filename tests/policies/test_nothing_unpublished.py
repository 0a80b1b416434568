"""Nothing unpublished reaches a public page, the API, an export or a feed: by no road there is."""

from __future__ import annotations

import contextlib
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation

from policies.api.base import ApiView
from policies.parameters import BadParameter
from tests.addresses import difference, in_each_language, public
from tests.factories import UserFactory, rolled_back
from tests.policies import hidden
from tests.policies.hidden import BEFORE, FORMER, SECRET, SHOWN, THEN
from tests.policies.roads import BOTH, ROADS

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: A number that no row has.
NOBODYS = 999_999_999


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker):
    """The record of `hidden`, once for all tests of this module."""
    with django_db_blocker.unblock(), rolled_back():
        yield hidden.fill()


def everything(response) -> str:
    """Body and headers, in small letters. The address that was asked for is not looked at."""
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed else response.content
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{heads}\n\n{body.decode('utf-8', 'replace')}".lower()


def answers(client, name, held, language):
    """(address, status, text) of all that a road answers."""
    with translation.override(language):
        addresses = list(ROADS[name].addresses(name, held))
    for address in addresses:
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code < 500, address
        yield address, response.status_code, everything(response)


# --- The table is complete ----------------------------------------------------------------------


def test_every_address_of_the_code_has_a_road():
    problem = difference(public(), ROADS, "ROADS in tests/policies/roads.py")
    assert not problem, f"\n{problem}"


def test_every_page_is_there_in_each_language():
    """So that asking by name in each language asks for all of them."""
    routes = in_each_language()
    plain = routes[settings.LANGUAGE_CODE.split("-")[0]]
    for code, found in routes.items():
        assert {route.removeprefix(f"{code}/") for route in found} == plain


def test_every_format_of_the_api_is_asked_for():
    said = []
    for form in ("json", "csv", "geojson", "xlsx", "xml", "kml", "atom", "zip", "yaml", "html"):
        view = ApiView()
        view.request = RequestFactory().get("/", {"format": form})
        with contextlib.suppress(BadParameter):
            view.wants_csv()
            said.append(form)
    assert tuple(said) == BOTH


def test_every_model_has_rows_that_the_public_must_not_see(held):
    made = {type(row).__name__ for row in held.hidden_rows}
    made |= {"Citation", "DocumentPage"}  # marked with the records and documents they belong to
    models = {
        m.__name__
        for app in ("policies", "counties")
        for m in apps.get_app_config(app).get_models()
    }
    problem = difference(
        models, (made - {"User"}) | hidden.WITHOUT_SECRETS, "hidden.fill or WITHOUT_SECRETS"
    )
    assert not problem, f"\n{problem}"


# --- The roads ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROADS)
def test_no_word_of_it_comes_out(client, held, name, language):
    road, statuses, texts = ROADS[name], set(), []
    for address, status, text in answers(client, name, held, language):
        statuses.add(status)
        texts.append(text)
        assert SECRET not in text, f"{address}: …{around(SECRET, text)}…"
        was_known = road.tells_history and f"known_on={BEFORE}" not in address
        if not was_known and f"known_on={THEN}" not in address:
            assert FORMER not in text, f"{address}: …{around(FORMER, text)}…"
    assert statuses & {200, 301, 302} or not road.at(held) or road.path, statuses
    if road.shows:
        assert any(SHOWN in text for text in texts), "it shows nothing that is published either"


def around(word: str, text: str) -> str:
    place = text.index(word)
    return re.sub(r"\s+", " ", text[max(0, place - 150) : place + 100])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, road in ROADS.items() if road.shows])
def test_what_is_hidden_is_answered_like_what_never_was(client, held, name, language):
    road = ROADS[name]
    with translation.override(language):
        hidden_addresses = list(road.hidden_addresses(name, held))
    for address in hidden_addresses:
        got = client.get(address)
        never = client.get(re.sub(r"/\d+/", f"/{NOBODYS}/", address, count=1))
        assert got.status_code == never.status_code == 404, address


@pytest.mark.parametrize("name", ["document", "map", "documents", "county"])
def test_nothing_that_staff_saw_is_kept_for_others(client, held, name):
    """Not in a page kept by the server; and what only staff may see is kept by no cache."""
    staff = Client()
    staff.force_login(UserFactory(is_superuser=True))
    for address, _status, text in answers(staff, name, held, "en"):
        if SECRET in text:
            assert "cache-control: private, no-store" in text, address
    for address, _status, text in answers(client, name, held, "en"):
        assert SECRET not in text, address

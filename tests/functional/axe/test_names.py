"""Names of the stock admin's widgets as a screen reader says them: names.js."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import CountyFactory
from tests.functional.axe.conftest import sign_in
from tests.policies.signing_in import person

ADD = "/admin/policies/localpolicy/add/?county=06075"

#: With the sign of the button that empties it, which is the widget's own.
CHOSEN = re.compile("^County .*San Francisco County, CA$")

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def at_form(page, live_server, transactional_db):
    CountyFactory(fips="06075", short_name="San Francisco")
    sign_in(page, live_server, person(is_superuser=True))
    page.goto(ADD)
    return page


def test_a_chooser_says_what_it_is_for_and_what_is_chosen(at_form):
    county = at_form.get_by_role("combobox", name=CHOSEN)
    expect(county).to_be_visible()
    county.press("Enter")
    expect(at_form.get_by_role("searchbox", name="County", exact=True)).to_be_focused()


def test_so_does_that_of_a_citation_added_later(at_form):
    documents = at_form.get_by_role("combobox", name="Document")
    before = documents.count()
    at_form.get_by_role("button", name="Add another Citation").click()
    expect(documents).to_have_count(before + 1)

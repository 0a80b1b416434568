"""A newcomer's path: log in, change a county's policy with a citation, see the map follow.

By keyboard alone: whoever codes seven factors a county does not reach for the mouse.
"""

import pytest

from counties.models import County
from policies import clock
from policies.assessments import When, assess
from policies.models import LocalPolicy
from tests.factories import (
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
    published,
)

FIPS = "06075"


@pytest.fixture
def county(transactional_db) -> County:
    return CountyFactory(fips=FIPS, short_name="San Francisco")


@pytest.fixture
def at_county(page, county):
    """Logged in by keyboard, at the county's page in the admin."""
    user = UserFactory(username="newcomer", is_superuser=True)
    user.set_password("a long enough one")
    user.save()
    page.goto(f"/admin/counties/county/{FIPS}/change/")
    page.locator("#id_username").focus()  # a busy browser may not have done so yet
    page.keyboard.type("newcomer")
    page.locator("#id_password").focus()
    page.keyboard.type("a long enough one")
    page.keyboard.press("Enter")
    page.wait_for_selector(".county-today", timeout=90_000)
    return page


def tab_to(page, selector: str, *, back: bool = False) -> None:
    """Press Tab until `selector` has the focus; fail if it cannot be reached."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"The Tab key does not reach {selector}.")


def choose(page, name: str, text: str) -> None:
    """Pick the first match of an autocomplete field."""
    tab_to(page, f"[aria-labelledby~='select2-id_{name}-container']")
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.keyboard.press("Enter")


def publish_alone(page) -> None:
    """As a superuser may, who says why nobody else read it."""
    tab_to(page, "details.alone summary")
    page.keyboard.press("Enter")
    tab_to(page, "#id__reason")
    page.keyboard.type("Nobody else is there.")
    tab_to(page, "input[name=_publish]")
    page.keyboard.press("Enter")


def test_a_newcomer_changes_a_policy_and_the_map_follows(at_county, county):
    page = at_county
    DocumentFactory(title="Ordinance 12H")

    tab_to(page, "#factor-limits_holds summary")
    page.keyboard.press("Enter")
    tab_to(page, "a[href*='factor=limits_holds']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#localpolicy_form")
    assert "San Francisco County" in page.inner_text("#select2-id_county-container")

    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    tab_to(page, "#id_effective_from")
    page.keyboard.type("2017-02-01")
    choose(page, "citations-0-document", "12H")
    tab_to(page, "#id_citations-0-quote")
    page.keyboard.type("shall not detain an individual on the basis of a hold")
    publish_alone(page)

    page.wait_for_selector(".messagelist .success")
    assert "San Francisco County, CA: score unknown → at least 1" in page.inner_text(".messagelist")
    assert LocalPolicy.objects.get().status == "published"
    assert assess(When(clock.today()))[FIPS].score.at_least == 1

    tab_to(page, ".messagelist a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{county.get_absolute_url()}")
    assert "shall not detain an individual" in page.content()


def test_the_policy_changed_and_the_old_one_keeps_its_time(at_county, county):
    page = at_county
    old = published(LocalPolicyFactory, county=county)
    DocumentFactory(title="Ordinance of repeal")
    page.reload()
    tab_to(page, f".factor-local a[href='/admin/policies/localpolicy/{old.pk}/change/']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".record-state.status-published")

    tab_to(page, f"form[action='/admin/policies/localpolicy/{old.pk}/succeed/change/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#localpolicy_form")
    assert "because the policy changed" in page.inner_text(".record-state")

    tab_to(page, "input[name=answer]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#id_effective_from")
    page.keyboard.press("Control+A")
    page.keyboard.type("2020-07-01")
    choose(page, "citations-0-document", "repeal")
    publish_alone(page)

    page.wait_for_selector(".messagelist .success")
    rows = LocalPolicy.objects.published().order_by("effective_from")
    assert [(row.answer, str(row.effective_until)) for row in rows] == [
        ("yes", "2020-07-01"),
        ("no", "None"),
    ]


def test_what_stands_in_the_way_is_said_and_nothing_is_lost(at_county, county):
    page = at_county
    other = published(LocalPolicyFactory, county=county)
    DocumentFactory(title="Ordinance 12H")
    page.goto(f"/admin/policies/localpolicy/add/?county={FIPS}&factor=limits_holds")
    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    tab_to(page, "#id_effective_from")
    page.keyboard.type("2019-01-01")
    tab_to(page, "#id_title")
    page.keyboard.type("Kept")
    choose(page, "citations-0-document", "12H")
    publish_alone(page)

    page.wait_for_selector(".messagelist .error")
    assert f"overlaps with published record {other.pk}" in page.inner_text(".messagelist")
    assert page.input_value("#id_title") == "Kept"
    tab_to(page, ".messagelist a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".record-state.status-published")

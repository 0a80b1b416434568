"""Task: a finding in the queue: taken and mended, or left for a reason."""

import pytest

from policies import roles
from policies.models import QualityItem
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published

CHECK = "/admin/policies/qualityitem/?check=no-archived-copy"


@pytest.fixture
def documents(transactional_db):
    """Two documents that carry answers and were archived nowhere."""
    for number, title in ((1, "Ordinance 12"), (2, "A letter of the sheriff")):
        document = DocumentFactory(title=title, url=f"https://example.org/{number}")
        county = CountyFactory(fips=f"0600{2 * number - 1}")
        published(LocalPolicyFactory, county=county, cited__document=document)


def act(page, title: str, what: str) -> None:
    page.locator("#result_list tbody tr", has_text=title).locator(".action-select").check()
    page.select_option("select[name=action]", label=what)


def test_one_is_taken_and_mended_the_other_left_for_a_reason(page, log_in, picture, documents):
    log_in("ana", roles.EDITORS)
    page.goto("/admin/policies/qualityitem/")
    page.click("button:has-text('Look again now')")
    page.wait_for_selector(".messagelist li")
    page.goto("/admin/")
    page.click(".desk-main a[href*='no-archived-copy']")
    act(page, "Ordinance 12", "Take: I see to it")
    picture("finding-queue", "#content h1", "#result_list")
    page.click("button[name=index]")
    page.wait_for_selector(".messagelist li")
    assert QualityItem.objects.get(owner__username="ana", check_name="no-archived-copy")

    page.click("#result_list a:has-text('Ordinance 12')")
    page.fill("#id_archived_url", "https://web.archive.org/web/2019/https://example.org/1")
    picture("finding-mend", ".field-url", ".field-archived_url")
    page.click("input[name=_save]")
    page.goto(CHECK)
    page.click("button:has-text('Look again now')")
    assert "1 found no longer" in page.inner_text(".messagelist")
    page.goto(CHECK)
    assert "Ordinance 12" not in page.inner_text("#result_list")

    act(page, "A letter of the sheriff", "Won’t fix, because …")
    page.fill("input[name=because]", "The sheriff’s office asked that no copy be kept.")
    picture("finding-left", "#changelist-form .actions")
    page.click("button[name=index]")
    page.wait_for_selector(".messagelist li")
    left = QualityItem.objects.get(status="wont_fix", check_name="no-archived-copy")
    assert (left.reason, left.decided_by.username) == (
        "The sheriff’s office asked that no copy be kept.",
        "ana",
    )

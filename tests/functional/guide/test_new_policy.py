"""Task: a county adopts a policy. Montgomery County, Maryland, in July 2019."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from counties.models import County
from policies import roles
from policies.models import LocalPolicy, SourceDocument
from tests.factories import CountyFactory, LocalPolicyFactory, published
from tests.functional.guide.words import YES
from tests.policies.documents import files

#: Factor, page of the order and the words that carry it.
CODED = (
    ("limits_holds", "2", "shall not hold any person on the request of ICE"),
    ("limits_interrogations", "2", "shall not let ICE question a person in custody"),
    ("no_general_assistance", "3", "shall not spend county money on immigration enforcement"),
)
ORDER = files.pdf(
    "Executive Order 12\nMontgomery County, Maryland\nEffective July 22, 2019",
    "1. The jail shall not hold any person on the request of ICE\nwithout a warrant of a judge.\n"
    "2. The jail shall not let ICE question a person in custody\nunless the person agrees.",
    "3. Employees shall not spend county money on immigration\nenforcement.",
)


@pytest.fixture
def montgomery(transactional_db) -> County:
    county = CountyFactory(fips="24031", usps="MD", short_name="Montgomery")
    asked = {"county": county, "factor": "no_status_inquiry", "effective_from": date(2017, 1, 1)}
    published(LocalPolicyFactory, **asked)
    return county


def upload(page, picture) -> None:
    page.goto("/admin/policies/sourcedocument/add/")
    page.set_input_files(
        "#id_file", {"name": "order.pdf", "mimeType": "application/pdf", "buffer": ORDER}
    )
    page.select_option("#id_kind", "executive_order")
    page.fill("#id_title", "Executive Order 12")
    page.fill("#id_publisher", "Montgomery County")
    page.fill("#id_published_on", "2019-07-22")
    picture("new-policy-document", "#content", ".field-published_on")
    page.click("input[name=_save]")
    page.wait_for_selector(".messagelist .success")


def code(page, choose, picture, county, number: int) -> None:
    """One factor, put with the others into one change-set."""
    factor, on_page, words = CODED[number]
    page.goto(f"/admin/counties/county/{county.pk}/change/")
    page.click(f"a.addlink[href*='factor={factor}']")
    page.check("input[name=answer][value=yes]")
    page.fill("#id_effective_from", "2019-07-22")
    choose("citations-0-document", "Order 12")
    page.fill("#id_citations-0-page", on_page)
    page.fill("#id_citations-0-quote", words)
    if number == 0:
        picture("new-policy-quote", ".citations")
        page.select_option("#id__change_set", "new")
    else:
        page.select_option("#id__change_set", index=2)
    page.click("input[name=_send]")
    page.wait_for_selector(".messagelist .success")


def points(page, county) -> int:
    """How many of the seven squares on the public profile say yes."""
    page.goto(county.get_absolute_url())
    return page.locator(".squares .hidden", has_text=re.compile(f": {YES}$", re.I)).count()


def test_from_the_order_to_three_points_more(page, log_in, choose, approve, picture, montgomery):
    log_in("ana", roles.EDITORS)
    upload(page, picture)
    for number in range(len(CODED)):
        code(page, choose, picture, montgomery, number)
    page.fill("#id_sendform_title", "Montgomery County’s Executive Order 12")
    page.fill("#id_sendform_summary", "The order of July 22, 2019, limits holds and questioning.")
    picture("new-policy-send", "#send-heading", "#id_sendform_due_on")
    page.click("button:has-text('Send to review')")
    page.wait_for_selector(".record-state.status-in_review")
    assert points(page, montgomery) == 1, "nothing is public before it is approved"

    approve("ben", lambda: picture("new-policy-review", "#effect-heading", "#items-heading"))

    assert points(page, montgomery) == 4
    assert LocalPolicy.objects.published().filter(published_by__username="ben").count() == 3
    for factor, on_page, words in CODED:
        page.goto(montgomery.get_absolute_url())
        evidence = page.locator(f"#{factor} .evidence")
        expect(evidence).to_contain_text(words)
        evidence.get_by_role("link", name="Executive Order 12").first.click()
        expect(page.get_by_role("heading", name=f"Page {on_page} of 3")).to_be_visible()
        marks = page.locator(".page-picture rect")
        assert marks.count()
        page.locator(".page-text summary").click()
        assert words in " ".join(page.locator(".page-words mark").inner_text().split())
        if factor == "no_general_assistance":
            page.locator(".page-text summary").click()
            picture("new-policy-reader", "#page-head", ".page-picture")
    assert SourceDocument.objects.filter(title="Executive Order 12").count() == 1

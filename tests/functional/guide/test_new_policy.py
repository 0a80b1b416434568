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


def code(page, county, picture) -> None:
    """Three factors on one screen, and their source once, which is uploaded there."""
    page.goto(f"/admin/counties/county/{county.pk}/change/")
    for factor, on_page, words in CODED:
        page.click(f"#factor-{factor} summary")
        page.check(f"input[name={factor}-answer][value=yes]")
        page.fill(f"#id_{factor}-quote", words)
        page.fill(f"#id_{factor}-page", on_page)
    picture("new_policy_answers", "#factor-limits_holds", "#factor-limits_interrogations")
    page.fill("#id_source-starts", "2019-07-22")
    page.click(".new-document summary")
    page.fill("#id_new-title", "Executive Order 12")
    page.select_option("#id_new-kind", "executive_order")
    page.fill("#id_new-dated", "2019-07-22")
    page.fill("#id_new-publisher", "Montgomery County")
    order = {"name": "order.pdf", "mimeType": "application/pdf", "buffer": ORDER}
    page.set_input_files("#id_new-file", order)
    picture("new_policy_source", "#source", ".entry-acts")
    page.click("input[name=_send]")
    page.wait_for_selector(".messagelist .success")


def points(page, county) -> int:
    """How many of the seven squares on the public profile say yes."""
    page.goto(county.get_absolute_url())
    said = page.locator(".county-head .squares .hidden")
    return said.filter(has_text=re.compile(f": {YES}$", re.I)).count()


def test_from_the_order_to_three_points_more(page, log_in, approve, picture, montgomery):
    log_in("ana", roles.EDITORS)
    code(page, montgomery, picture)
    assert points(page, montgomery) == 1, "nothing is public before it is approved"

    approve("ben", lambda: picture("new_policy_review", "#effect-heading", "#items-heading"))

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
            picture("new_policy_reader", "#page-head", ".page-picture")
    assert SourceDocument.objects.filter(title="Executive Order 12").count() == 1

"""Task: we were wrong. Alpine County, since 2017."""

from datetime import date

from policies import roles
from policies.models import LocalPolicy
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, noon, published
from tests.functional.guide.words import NO, YES


def test_from_what_we_had_wrong_to_the_change_log(
    page, log_in, choose, approve, picture, answer, transactional_db
):
    alpine = CountyFactory(fips="06003", short_name="Alpine")
    wrong = {"county": alpine, "answer": "yes", "effective_from": date(2017, 2, 1)}
    DocumentFactory(title="Alpine jail manual")
    published(LocalPolicyFactory, at=noon("2020-01-01"), **wrong)

    log_in("ana", roles.EDITORS)
    page.goto("/admin/counties/county/06003/change/")
    page.click("#factor-limits_holds summary")
    page.check("input[name=limits_holds-answer][value=no]")
    page.get_by_label("We were wrong").check()
    choose("source-document", "Alpine jail manual")
    page.fill("#id_source-page", "4")
    page.fill("#id_source-quote", "The jail holds persons on the request of ICE")
    page.click("input[name=_send]")
    page.wait_for_selector("#entry-errors")
    assert not LocalPolicy.objects.exclude(status="published").exists(), "a correction says why"
    page.fill("#id_source-why", "The order that we read is another county’s.")
    picture("correction-county", "#factor-limits_holds")
    page.click("input[name=_send]")
    page.wait_for_selector(".messagelist .success")
    assert answer(alpine, "limits_holds", "2017-06-01") == YES

    approve("ben", lambda: picture("correction-review", ".change-item"))

    assert answer(alpine, "limits_holds", "2017-06-01") == NO
    assert answer(alpine, "limits_holds", "2020-06-01", known_on="2020-06-01") == YES
    page.goto("/data/changes/?county=06003")
    newest = page.locator(".change-log > li").first
    assert newest.locator(".change-kind").get_attribute("class").endswith("kind-correction")
    assert "another county’s" in newest.inner_text()
    picture("correction-log", ".change-log > li")

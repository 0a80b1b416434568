"""Task: we were wrong. Alpine County, since 2017."""

from datetime import date

from policies import roles
from tests.factories import CountyFactory, LocalPolicyFactory, noon, published
from tests.functional.guide.words import NO, YES


def test_from_what_we_had_wrong_to_the_change_log(
    page, log_in, approve, picture, answer, transactional_db
):
    alpine = CountyFactory(fips="06003", short_name="Alpine")
    wrong = {"county": alpine, "answer": "yes", "effective_from": date(2017, 2, 1)}
    published(LocalPolicyFactory, at=noon("2020-01-01"), **wrong)

    log_in("ana", roles.EDITORS)
    page.goto("/admin/counties/county/06003/change/")
    picture("correction-county", "#county-today-heading", ".county-today .results")
    page.click("button:has-text('We were wrong')")
    page.wait_for_selector(".record-state.status-draft")
    page.check("input[name=answer][value=no]")
    page.click("input[name=_send]")
    assert "Say what was wrong." in page.inner_text(".field-change_note .errorlist")
    page.fill("#id_change_note", "The order that we read is another county’s.")
    picture("correction-note", ".record-state", ".field-answer")
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

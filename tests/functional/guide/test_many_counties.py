"""Task: the same provision for many counties, with a preview, read and published together."""

from datetime import date

from policies import roles
from policies.models import LocalPolicy
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published
from tests.functional.guide.words import NO


def test_from_the_list_of_counties_to_one_change_set(
    page, log_in, choose, approve, picture, answer, transactional_db
):
    names = ("Alameda", "Alpine", "Amador", "Butte", "Calaveras")
    alameda, *others = [
        CountyFactory(fips=f"0600{2 * number + 1}", short_name=name)
        for number, name in enumerate(names)
    ]
    published(LocalPolicyFactory, county=alameda, answer="no", effective_from=date(2015, 1, 1))
    DocumentFactory(title="Agreement of the sheriffs of the valley")

    log_in("ana", roles.EDITORS)
    page.goto("/admin/counties/county/")
    page.check("#action-toggle")
    page.select_option("select[name=action]", label="Record the same provision …")
    picture("many-counties-list", "#content h1", "#result_list")
    page.click("button[name=index]")
    page.get_by_label("3 Limits holds").check()
    page.check("input[name=answer][value=no]")
    page.check("input[name=kind][value=policy_change]")
    page.fill("#id_starts", "2019-07-01")
    choose("document", "sheriffs of the valley")
    page.fill("#id_page", "1")
    page.fill("#id_quote", "Each sheriff holds persons on the request of ICE")
    page.fill("#id_title", "The valley’s agreement on holds")
    page.fill("#id_why", "Five sheriffs signed one agreement.")
    page.click("input[name=_preview]")
    page.wait_for_selector("#plan-heading")
    assert page.inner_text("#plan-heading") == "4 drafts, 4 counties"
    assert "1 already so" in page.inner_text(".together-plan")
    assert not LocalPolicy.objects.exclude(status="published").exists()
    picture("many-counties-preview", "#plan-heading", ".together-plan .results")
    page.click("input[name=_make]")
    page.wait_for_selector(".messagelist .success")
    page.click("button:has-text('Send to review')")
    page.wait_for_selector(".record-state.status-in_review")

    approve("ben")

    assert LocalPolicy.objects.published().count() == 5
    assert [answer(county, "limits_holds") for county in others] == [NO] * 4
    assert answer(alameda, "limits_holds", "2016-01-01") == NO

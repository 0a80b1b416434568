"""Task: a state's law is enjoined as of a date. Texas, whose law bars what counties adopted."""

from datetime import date

import pytest

from policies import roles
from tests.factories import CountyFactory, LocalPolicyFactory, published, published_provision
from tests.functional.guide.words import NO, YES

ENJOINED = "2019-08-01"


@pytest.fixture
def law(transactional_db):
    """Two counties that adopted a limit on holds, and the law that bars it."""
    for fips, name in (("48453", "Travis"), ("48141", "El Paso"), ("48113", "Dallas")):
        county = CountyFactory(fips=fips, usps="TX", short_name=name)
        answer = "no" if name == "Dallas" else "yes"
        published(LocalPolicyFactory, county=county, answer=answer)
    claim = {"factor": "limits_holds", "effect": "mandates", "effective_from": date(2017, 9, 1)}
    return published_provision(state=county.state, title="Senate Bill 4", claims=[claim])


def test_from_an_end_date_to_the_counties_own_answers(page, log_in, approve, picture, answer, law):
    travis = law.state.counties.get(short_name="Travis")
    assert answer(travis, "limits_holds", ENJOINED) == NO

    log_in("ana", roles.EDITORS)
    page.goto(f"/admin/policies/stateprovision/{law.pk}/change/")
    page.click("button:has-text('The policy changed')")
    page.wait_for_selector(".record-state.status-draft")
    page.fill("#id_claims-0-effective_until", ENJOINED)
    page.fill("#id_change_note", "Enjoined by the district court from August 1, 2019.")
    picture("law-enjoined-claim", "#claims-group", "#claims-0 .field-effective_until")
    page.click("input[name=_save]")
    page.wait_for_selector(".messagelist .success")
    page.click("text=Which counties publishing it would move")
    page.click(f".effect-days a:has-text('{ENJOINED}')")
    assert "2 raised, 0 lowered" in page.inner_text(".effect-sum")
    moved = page.locator(".results tbody th").all_inner_texts()
    assert {"El Paso County", "Travis County"} <= set(moved)
    picture("law-enjoined-effect", "#content h1", ".results")
    page.click("text=Back to the record")
    page.click("input[name=_send]")
    page.wait_for_selector(".messagelist .success")
    assert answer(travis, "limits_holds", ENJOINED) == NO

    approve("ben", lambda: picture("law-enjoined-review", "#effect-heading", ".differences"))

    for name, before, after in (("Travis", NO, YES), ("Dallas", NO, NO)):
        county = law.state.counties.get(short_name=name)
        assert answer(county, "limits_holds", "2019-07-31") == before
        assert answer(county, "limits_holds", ENJOINED) == after

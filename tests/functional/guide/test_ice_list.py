"""Task: ICE published a new list of 287(g) agreements."""

from datetime import date

import pytest
from playwright.sync_api import expect

from policies import clock, roles, submissions
from policies.import_plans import Received
from tests.factories import CountyFactory, UserFactory, noon
from tests.functional.guide.words import NO, YES

HEADER = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n"
ROW = "CALIFORNIA,{name} County Sheriff{more},County,{county} County,Task Force Model,{day},x\n"
ALAMEDA = ROW.format(name="Alameda", county="Alameda", day="1/1/2019", more="")
ALPINE = ROW.format(name="Alpine", county="Alpine", day="2/1/2019", more="")
RENAMED = ROW.format(name="Alpne", county="Alpine", day="2/1/2019", more="")
AMADOR = ROW.format(name="Amador", county="Amador", day="3/1/2019", more="")


@pytest.fixture
def amador(transactional_db):
    """Three counties on the list before."""
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine"), ("06005", "Amador")):
        county = CountyFactory(fips=fips, short_name=name)
    by, text = UserFactory(username="carla"), HEADER + ALAMEDA + ALPINE + AMADOR
    received = Received(text.encode(), "list.csv", "ice-287g", date(2019, 9, 1))
    about = {"by": by, "at": noon("2020-01-01")}
    file = submissions.receive(received=received, source_title="List of September", **about)
    submissions.compare(submission=file, today=clock.today())
    submissions.apply(submission=file, today=clock.today(), **about)
    return county


def test_from_the_list_to_no_longer_listed(page, log_in, picture, answer, amador):
    assert answer(amador, "no_287g") == NO
    log_in("ana", roles.EDITORS)
    page.goto("/admin/policies/submission/add/")
    data = (HEADER + ALAMEDA + RENAMED).encode()
    sheet = {"name": "october.csv", "mimeType": "text/csv", "buffer": data}
    page.set_input_files("#id_file", sheet)
    page.select_option("#id_kind", "ice-287g")
    page.fill("#id_as_of", "2019-10-01")
    page.fill("#id_source_title", "ICE’s list of participating agencies, October 1, 2019")
    page.click("input[name=_send]")
    page.wait_for_selector(".figures")

    log_in("ben", roles.REVIEWERS)
    page.goto("/admin/")
    page.click("a.needs-person:has-text('to review')")
    page.click("#result_list tbody th a")
    assert "1 question is open." in page.inner_text(".record-state")
    picture("ice-list-question", ".figures", ".problems")
    page.click(".problems button:has-text('the same agency')")
    page.wait_for_selector(".messagelist .success")
    assert "question is open" not in page.inner_text(".record-state")
    picture("ice-list-lines", ".lines")
    page.click("text=Apply all …")
    page.click("#apply_form button")
    page.wait_for_selector(".submission-applied")

    assert answer(amador, "no_287g", "2019-09-30") == NO
    assert answer(amador, "no_287g") == YES
    expect(page.locator("section[aria-labelledby=agreements]")).to_contain_text("no longer listed")
    picture("ice-list-county", "#agreements", "section[aria-labelledby=agreements] table")
    assert answer(amador.state.counties.get(pk="06003"), "no_287g") == NO

"""Tasks: approve a partner's file of 300 rows; undo it."""

from datetime import date

import pytest

from policies import clock, roles, submissions
from policies.models import LocalPolicy
from tests.factories import CountyFactory, LocalPolicyFactory, UserFactory, noon, published
from tests.functional.guide.words import NO, UNKNOWN, YES
from tests.policies.admin.sending import HEADER, sent

FACTORS = ("limits_holds", "limits_notifications", "limits_interrogations")


@pytest.fixture
def counties(transactional_db):
    return CountyFactory.create_batch(100)


def test_a_file_of_300_rows_is_sent_previewed_and_applied(page, log_in, picture, answer, counties):
    rows = [f"{county.pk},,,{factor},yes,2019-07-01\n" for county in counties for factor in FACTORS]
    log_in("partner", roles.PARTNERS)
    page.goto("/admin/policies/submission/add/")
    data = (HEADER + "".join(rows)).encode()
    sheet = {"name": "partner.csv", "mimeType": "text/csv", "buffer": data}
    page.set_input_files("#id_file", sheet)
    page.fill("#id_as_of", "2019-09-01")
    page.fill("#id_source_title", "A partner’s survey of 100 counties")
    picture("partner-file-send", "#content h1", ".field-source_title")
    page.click("input[name=_send]")
    page.wait_for_selector(".figures")
    assert not page.locator("text=Apply all").count(), "a partner publishes nothing"

    log_in("ben", roles.REVIEWERS)
    page.goto("/admin/")
    picture("partner-file-waits", "#content h1", ".desk-main section >> nth=0")
    page.click("a.needs-person:has-text('to review')")
    page.click("#result_list tbody th a")
    figures = page.locator(".figures li").all_inner_texts()
    assert figures[0].split() == ["300", "rows"]
    assert ["300", "new"] in [figure.split() for figure in figures]
    picture("partner-file-preview", ".record-state", "#moved-heading")
    page.click("text=Apply all …")
    page.click("#apply_form button")
    page.wait_for_selector(".submission-applied")

    assert LocalPolicy.objects.published().count() == 300
    for factor in FACTORS:
        assert answer(counties[99], factor) == YES


def test_what_held_before_the_file_holds_again(page, log_in, picture, answer, counties):
    here, there = counties[:2]
    published(LocalPolicyFactory, county=here, answer="no", effective_from=date(2018, 1, 1))
    rows = f"{here.pk},,,limits_holds,yes,2019-07-01\n{there.pk},,,limits_holds,yes,2019-07-01\n"
    file = sent(UserFactory(username="partner"), HEADER + rows, "partner.csv")
    other = UserFactory(username="carla")
    submissions.apply(submission=file, by=other, at=noon("2020-01-02"), today=clock.today())
    assert (answer(here, "limits_holds"), answer(there, "limits_holds")) == (YES, YES)

    log_in("ben", roles.REVIEWERS)
    page.goto(f"/admin/policies/submission/{file.pk}/change/")
    picture("undo-applied", ".record-state")
    page.click("a.danger:has-text('Undo …')")
    assert "Taken back: 3. Holding again: 1." in page.inner_text(".one-question")
    picture("undo-question", "#content h1", ".one-question")
    page.click(".one-question button.danger")
    page.wait_for_selector(".submission-undone")

    assert (answer(here, "limits_holds"), answer(there, "limits_holds")) == (NO, UNKNOWN)
    page.goto(f"/data/changes/?county={here.pk}")
    log = " ".join(page.locator(".change-log > li").all_inner_texts())
    assert "Undone: Submission" in log
    assert "new record" in log, "the log tells both"
    picture("undo-log", ".change-log")

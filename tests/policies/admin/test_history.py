"""The history of records and of counties in the admin, and restoring a past version."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policies import roles
from policies.documents import archive
from policies.models import LocalPolicy, RecordStatus
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    WinFactory,
    correct,
    noon,
    published,
    withdraw,
)
from tests.policies.admin.posting import said
from tests.policies.reviewing import draft_of

pytestmark = pytest.mark.django_db
FACTORIES = [LocalPolicyFactory, ProvisionFactory, AgreementFactory, WinFactory, IceListFactory]


def history(record) -> str:
    return reverse(f"admin:policies_{record._meta.model_name}_history", args=[record.pk])


def restore(record) -> str:
    return reverse(f"admin:policies_{record._meta.model_name}_restore", args=[record.pk])


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_kind_of_record_shows_its_versions(staff, factory):
    old = published(factory)
    new = correct(old, on="2020-06-01")
    for record in (old, new):
        page = staff.get(history(record))
        assert page.status_code == 200
        text = page.content.decode()
        assert f"Record {old.pk}" in text
        assert f"Record {new.pk}" in text
        assert text.count("Restore as a new correction") == 1


def test_it_says_who_when_why_and_what_differs(staff):
    old = published(LocalPolicyFactory, title="The old words")
    new = correct(old, title="The new words", change_note="Misread page 3.")
    text = staff.get(history(old)).content.decode()
    assert "<del>The old words</del>" in text
    assert "<ins>The new words</ins>" in text
    assert "Misread page 3." in text
    assert str(new.published_by) in text
    assert "2020-06-01" in text


def test_a_published_alone_record_says_why_without_a_second_reader(staff, boss, fields_of):
    draft = LocalPolicyFactory(created_by=boss)
    url = reverse("admin:policies_localpolicy_change", args=[draft.pk])
    data = {**fields_of(staff.get(url)), "_publish": "1", "_reason": "The only one on duty."}
    staff.post(url, data)
    text = staff.get(history(draft)).content.decode()
    assert "Without a second reader" in text
    assert "The only one on duty." in text
    assert "What people did" in text
    assert "Published." in text


def test_long_histories_take_as_many_queries_as_short_ones(staff):
    short = correct(published(LocalPolicyFactory))
    long = correct(published(LocalPolicyFactory))
    for number in range(4):
        long = correct(long, title=f"Version {number}", on=f"2020-07-0{number + 1}")
    staff.get(history(short))
    with CaptureQueriesContext(connection) as few:
        staff.get(history(short))
    with CaptureQueriesContext(connection) as many:
        staff.get(history(long))
    assert len(many) == len(few) < 20


def test_one_click_makes_the_draft_of_a_correction(editor):
    old = published(LocalPolicyFactory, title="Right")
    new = correct(old, title="Wrong")
    response = editor.post(restore(old), follow=True)
    draft = LocalPolicy.objects.get(succeeds=new)
    assert (draft.title, draft.status) == ("Right", RecordStatus.DRAFT)
    assert "Nothing is published yet" in said(response)
    assert editor.post(restore(old)).url == response.redirect_chain[-1][0]


def test_of_a_withdrawn_record_it_says_that_it_is_a_new_draft(editor):
    old = withdraw(published(LocalPolicyFactory))
    assert "withdrawn, so this is a new draft" in said(editor.post(restore(old), follow=True))


def test_that_sealed_words_do_not_come_back_is_said(editor, boss):
    old = published(LocalPolicyFactory)
    correct(old)
    document = old.citations.get().document
    archive.seal(document=document, by=boss, at=noon("2020-07-01"), reason="Order of a court")
    assert "A court sealed" in said(editor.post(restore(old), follow=True))


def test_what_cannot_be_restored_is_refused_in_words(editor):
    live = published(LocalPolicyFactory)
    assert "nothing to restore" in said(editor.post(restore(live), follow=True))
    assert not live.successors.exists()


@pytest.mark.parametrize(
    ("role", "sees", "restores"),
    [
        (roles.VIEWERS, 200, 403),
        (roles.PARTNERS, 403, 403),
        (roles.EDITORS, 200, 302),
        (roles.REVIEWERS, 200, 302),
        (roles.ADMINISTRATORS, 200, 302),
    ],
)
def test_who_may(as_role, role, sees, restores):
    old = published(LocalPolicyFactory)
    correct(old)
    client = as_role(role, "somebody")
    assert client.get(history(old)).status_code == sees
    assert client.post(restore(old)).status_code == restores
    county = reverse("admin:counties_county_history", args=[old.county_id])
    assert client.get(county).status_code == sees
    if sees == 200:
        offered = "Restore as a new correction" in client.get(history(old)).content.decode()
        assert offered == (restores == 302)


def test_restoring_takes_a_post(editor):
    old = published(LocalPolicyFactory)
    correct(old)
    assert editor.get(restore(old)).status_code == 405


def test_a_county_has_the_history_of_all_its_records_on_one_page(staff):
    county = CountyFactory()
    old = published(LocalPolicyFactory, county=county, title="A policy")
    correct(old, title="A better policy")
    agreement = published(AgreementFactory, counties=[county])
    win = published(WinFactory, counties=[county], title="Something won")
    published(LocalPolicyFactory, title="Of another county")
    url = reverse("admin:counties_county_history", args=[county.pk])
    text = staff.get(url).content.decode()
    for words in ("A policy", "A better policy", agreement.agency_name, win.title):
        assert words.replace("'", "&#x27;") in text
    assert "Of another county" not in text
    assert text.index("1 No 287(g) agreement") < text.index("3 Limits holds")
    page = staff.get(reverse("admin:counties_county_change", args=[county.pk]))
    assert url in page.content.decode()


def test_a_county_with_much_takes_as_many_queries_as_one_with_little(staff):
    url = "admin:counties_county_history"
    counties = CountyFactory(), CountyFactory()
    for county, times in zip(counties, (1, 4), strict=True):
        for number in range(times):
            start = f"201{number}-01-01"
            policy = published(LocalPolicyFactory, county=county, effective_from=start)
            policy.refresh_from_db()
            withdraw(correct(policy, on="2020-06-01"), on="2020-07-01")
            published(AgreementFactory, counties=[county], model=f"Model {number}")
            published(WinFactory, counties=[county])
    staff.get(reverse(url, args=[counties[0].pk]))
    seen = []
    for county in counties:
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(reverse(url, args=[county.pk])).status_code == 200
        seen.append(len(captured))
    assert seen[0] == seen[1] < 45


# --- Two drafts of one record ------------------------------------------------------------------


@pytest.fixture
def overtaken(editor):
    old = published(LocalPolicyFactory, title="Old")
    mine = draft_of(old, editor.user, title="Mine")
    return correct(old, title="Theirs"), mine


def decide(draft) -> str:
    return reverse("admin:policies_localpolicy_overtaken", args=[draft.pk])


def test_the_second_of_two_drafts_is_told_and_shown_the_difference(editor, overtaken):
    _theirs, mine = overtaken
    page = editor.get(reverse("admin:policies_localpolicy_change", args=[mine.pk]))
    assert decide(mine) in page.content.decode()
    text = editor.get(decide(mine)).content.decode()
    assert "both of you changed it" in text
    for words in ("Old", "Theirs", "Mine"):
        assert f"<td>{words}</td>" in text


def test_and_keeps_theirs_knowingly(editor, overtaken):
    theirs, mine = overtaken
    response = editor.post(decide(mine), {"live": theirs.pk}, follow=True)
    assert "Nothing is published yet" in said(response)
    mine.refresh_from_db()
    assert (mine.succeeds, mine.title) == (theirs, "Mine")
    assert "Nothing stands in the way" in said(editor.get(decide(mine), follow=True))


def test_not_over_what_was_never_shown(editor, overtaken):
    theirs, mine = overtaken
    again = correct(theirs, on="2020-07-01")
    assert "once more" in said(editor.post(decide(mine), {"live": theirs.pk}, follow=True))
    mine.refresh_from_db()
    assert mine.succeeds not in (theirs, again)


def test_a_draft_of_what_was_withdrawn_can_stand_for_itself(editor):
    old = published(LocalPolicyFactory)
    mine = draft_of(old, editor.user)
    withdraw(old)
    assert "nothing stands in its place" in editor.get(decide(mine)).content.decode()
    editor.post(decide(mine), {"live": ""})
    mine.refresh_from_db()
    assert mine.succeeds is None


def test_who_may_not_change_drafts_does_not_decide(as_role, overtaken):
    theirs, mine = overtaken
    viewer = as_role(roles.VIEWERS, "viewer")
    assert viewer.get(decide(mine)).status_code == 403
    assert viewer.post(decide(mine), {"live": theirs.pk}).status_code == 403

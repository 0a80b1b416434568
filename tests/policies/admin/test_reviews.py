"""From the form of a draft to its reviewer, and what the page of a change-set shows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from policies import clock, review_items, reviews, roles
from policies.models import ChangeEvent, ChangeSet, LocalPolicy
from tests.factories import (
    AgreementFactory,
    CitationFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    WinFactory,
    change,
    published,
)
from tests.factories_review import ChangeSetFactory
from tests.policies.admin.posting import ADD, CHANGE, filled, said
from tests.policies.admin.reviewing import LIST, approval, in_review, now, url

pytestmark = pytest.mark.django_db


# --- From the form of a draft ------------------------------------------------------------------


def test_a_draft_is_sent_on_its_own_with_one_button(editor, fields_of):
    county, document = CountyFactory(), DocumentFactory()
    page = editor.get(reverse(ADD), {"county": county.pk})
    assert "Save and send to review" in page.content.decode()
    assert "Save and publish" not in page.content.decode()
    data = {**filled(fields_of(page), document), "_send": "1"}
    response = editor.post(reverse(ADD), data, follow=True)
    record = LocalPolicy.objects.get()
    assert (record.status, record.created_by) == ("in_review", editor.user)
    assert "Sent to review." in said(response)
    assert response.request["PATH_INFO"] == reverse(
        "admin:counties_county_change", args=[county.pk]
    )
    assert not ChangeEvent.objects.exists()


def test_what_is_not_fit_stays_a_draft_and_says_why(editor, fields_of):
    county = CountyFactory()
    data = filled(fields_of(editor.get(reverse(ADD))), county=county.pk)
    response = editor.post(reverse(ADD), {**data, "_send": "1"}, follow=True)
    assert LocalPolicy.objects.get().status == "draft"
    assert "not sent to review" in said(response)
    assert "Nothing is published without a citation" in said(response)
    assert not ChangeSet.objects.exists()


def test_drafts_are_gathered_in_an_open_set_of_ones_own(editor, fields_of):
    one, other = LocalPolicyFactory(), LocalPolicyFactory()
    address = reverse(CHANGE, args=[one.pk])
    fields = fields_of(editor.get(address))
    editor.post(address, {**fields, "_send": "1", "_change_set": "new"})
    change_set = ChangeSet.objects.get()
    address = reverse(CHANGE, args=[other.pk])
    page = editor.get(address)
    assert list(page.context["open_sets"]) == [change_set]
    editor.post(address, {**fields_of(page), "_send": "1", "_change_set": str(change_set.pk)})
    assert review_items.records_of(change_set) == [one, other]
    assert {now(one).status, now(other).status} == {"draft"}


@pytest.mark.parametrize("choice", ["0", "x", "theirs"])
def test_a_set_that_is_not_ones_own_is_not_joined(editor, fields_of, choice):
    theirs, draft = ChangeSetFactory(), LocalPolicyFactory()
    address = reverse(CHANGE, args=[draft.pk])
    number = str(theirs.pk) if choice == "theirs" else choice
    data = {**fields_of(editor.get(address)), "_send": "1", "_change_set": number}
    assert "Choose one of your open" in said(editor.post(address, data, follow=True))
    assert not theirs.items.exists()


def test_only_a_superuser_publishes_alone_and_only_for_a_reason(editor, reviewer, staff, fields_of):
    draft = LocalPolicyFactory()
    address = reverse(CHANGE, args=[draft.pk])
    fields = fields_of(editor.get(address))
    alone = {**fields, "_publish": "1", "_reason": "In a hurry."}
    assert editor.post(address, alone).status_code == 403
    assert reviewer.post(address, alone).status_code == 403
    response = staff.post(address, {**alone, "_reason": " "}, follow=True)
    assert "Say why it is published without a second reader" in said(response)
    assert now(draft).status == "draft"
    staff.post(address, {**fields_of(response), **{"_publish": "1", "_reason": "In a hurry."}})
    assert now(draft).status == "published"
    assert "In a hurry." in ChangeEvent.objects.get().summary


@pytest.mark.parametrize("button", ["_save", "_send", "_publish"])
def test_what_is_in_review_is_not_edited_and_what_was_typed_is_shown(staff, editor, button):
    draft = LocalPolicyFactory()
    change_set = in_review(editor, draft)
    address = reverse(CHANGE, args=[draft.pk])
    page = editor.get(address)
    assert not page.context["has_change_permission"]
    assert url(change_set) in page.content.decode()
    response = staff.post(address, {"title": "Typed for an hour", button: "1"})
    assert response.status_code == 409
    assert "is in review by now" in response.content.decode()
    assert "Typed for an hour" in response.content.decode()
    delete = reverse("admin:policies_localpolicy_delete", args=[draft.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    assert now(draft).title == ""


@pytest.mark.parametrize(
    "factory", [LocalPolicyFactory, ProvisionFactory, AgreementFactory, WinFactory]
)
def test_many_are_sent_together_from_a_list(editor, factory):
    drafts = [factory(), factory()]
    address = reverse(f"admin:policies_{drafts[0]._meta.model_name}_changelist")
    chosen = {"action": "send_together", "_selected_action": [row.pk for row in drafts]}
    response = editor.post(address, chosen)
    change_set = ChangeSet.objects.get()
    assert response.headers["Location"] == url(change_set)
    assert review_items.records_of(change_set) == drafts
    # Posted twice, the second is told and makes nothing.
    assert "is in “" in said(editor.post(address, chosen, follow=True))
    assert ChangeSet.objects.count() == 1


def test_the_list_action_needs_leave(as_role):
    viewer, draft = as_role(roles.VIEWERS, "viewer"), LocalPolicyFactory()
    address = reverse("admin:policies_localpolicy_changelist")
    assert "send_together" not in viewer.get(address).content.decode()
    viewer.post(address, {"action": "send_together", "_selected_action": [draft.pk]})
    assert not ChangeSet.objects.exists()


# --- The page of one ---------------------------------------------------------------------------


def test_the_page_shows_before_and_after_and_the_effect(editor, reviewer):
    old = published(LocalPolicyFactory)
    draft = LocalPolicyFactory(
        county=old.county,
        succeeds=old,
        change_kind="correction",
        change_note="We misread it.",
        answer="no",
    )
    change_set = in_review(editor, draft)
    page = reviewer.get(url(change_set))
    html = page.content.decode()
    assert "<del>yes, a protective policy</del>" in html
    assert "<ins>no, it does the opposite</ins>" in html
    assert "We misread it." in html
    (county,) = page.context["moved"]
    assert "at least 1" in county.before
    assert "at least 0" in county.after
    assert (page.context["may_approve"], page.context["may_send_back"]) == (True, True)
    assert ' style="' not in html


def cited_words(reviewer, editor, text, quote):
    draft = LocalPolicyFactory(cited=None)
    CitationFactory(local_policy=draft, document=DocumentFactory(text=text), quote=quote)
    page = reviewer.get(url(in_review(editor, draft)))
    (cited,) = page.context["items"][0].citations
    return cited, page.content.decode()


def test_a_reviewer_comes_to_the_cited_page_by_one_click(editor, reviewer):
    cited, html = cited_words(reviewer, editor, "No person shall be held.", "shall be held")
    assert cited.url in html
    assert reviewer.get(cited.url.partition("#")[0]).status_code == 200
    assert (cited.warning, cited.unchecked) == ("", False)


def test_a_reviewer_is_warned_of_words_that_do_not_stand_there(editor, reviewer):
    cited, html = cited_words(reviewer, editor, "No person shall be held.", "shall be hold")
    assert "was not found on page 1" in cited.warning
    assert "was not found on page 1" in html


def test_a_reviewer_is_told_of_words_that_nothing_could_check(editor, reviewer):
    cited, html = cited_words(reviewer, editor, "", "shall be held")
    assert (cited.warning, cited.unchecked) == ("", True)
    assert "only a person can tell" in html


def test_what_would_change_is_said_in_words_and_counted(editor, reviewer):
    change_set = in_review(editor, *(LocalPolicyFactory() for _ in range(2)))
    page = reviewer.get(url(change_set))
    words = "3 Limits holds: unknown → yes"
    assert page.context["counted_changes"] == [(words, 2)]
    assert [one.changes for one in page.context["moved"]] == [(words,), (words,)]


def test_an_author_is_told_that_another_has_to_approve(reviewer):
    page = reviewer.get(url(in_review(reviewer, LocalPolicyFactory())))
    assert "somebody else has to approve it" in page.content.decode()
    assert not page.context["may_approve"]


@pytest.mark.parametrize("where", ["on its own form", "on the county's screen"])
def test_who_edited_anothers_draft_is_an_author_of_it(editor, reviewer, fields_of, where):
    draft = LocalPolicyFactory(created_by=editor.user)
    if where == "on its own form":
        address = reverse(CHANGE, args=[draft.pk])
        fields = fields_of(reviewer.get(address))
        reviewer.post(address, {**fields, "title": "By the reviewer"})
        assert now(draft).title == "By the reviewer"
    else:
        address = reverse("admin:counties_county_change", args=[draft.county_id])
        fields = fields_of(reviewer.get(address))
        written = {"limits_holds-answer": "none_found", "source-document": DocumentFactory().pk}
        record = address.replace("change", "record")
        reviewer.post(record, {**fields, **written, "_save": "1"})
        assert now(draft).answer == "none_found"
    assert now(draft).created_by == editor.user
    change_set = in_review(editor, now(draft))
    page = reviewer.get(url(change_set))
    assert not page.context["may_approve"]
    reviewer.post(url(change_set, "approve"), approval(change_set))
    assert now(draft).status == "in_review"


def test_what_was_changed_meanwhile_is_said_on_the_page_and_refuses(editor, reviewer):
    old = published(LocalPolicyFactory)
    draft = LocalPolicyFactory(
        county=old.county, succeeds=old, change_kind="correction", change_note="Misread."
    )
    change_set = in_review(editor, draft)
    change(old, effective_from=date(2019, 1, 1), answer="no")
    assert "was changed meanwhile" in reviewer.get(url(change_set)).content.decode()
    response = reviewer.post(url(change_set, "approve"), approval(change_set, reason="Kept"))
    assert response.status_code == 409
    assert f"Record {old.pk}" in said(response)
    assert "Kept" in response.content.decode()
    assert now(draft).status == "in_review"


def test_pages_ask_as_much_for_many_records_as_for_few(
    editor, reviewer, django_assert_num_queries, django_assert_max_num_queries
):
    few = in_review(editor, *(LocalPolicyFactory() for _ in range(2)))
    many = in_review(editor, *(LocalPolicyFactory() for _ in range(12)))
    reviewer.get(url(few))
    with django_assert_max_num_queries(60) as asked:
        reviewer.get(url(few))
    with django_assert_num_queries(len(asked)):
        reviewer.get(url(many))


@pytest.mark.parametrize("queue", ["mine", "unclaimed", "claimed", "overdue"])
def test_the_queue_is_constant_and_right(editor, reviewer, queue, django_assert_num_queries):
    waiting = in_review(editor, LocalPolicyFactory())
    claimed = in_review(editor, LocalPolicyFactory())
    reviews.claim(change_set=claimed, by=reviewer.user, at=clock.now())
    late = in_review(editor, LocalPolicyFactory())
    ChangeSet.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))
    own = reviews.open_set(title="Mine", by=reviewer.user, at=clock.now())
    expected = {
        "mine": {own},
        "unclaimed": {waiting, late},
        "claimed": {claimed},
        "overdue": {late},
    }
    reviewer.get(reverse(LIST), {"queue": queue})
    with django_assert_num_queries(len(asked_of(reviewer, queue))) as asked:
        page = reviewer.get(reverse(LIST), {"queue": queue})
    assert len(asked) < 20
    assert set(page.context["cl"].result_list) == expected[queue]


def asked_of(client, queue):
    """The queries of the list before there are five sets more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(reverse(LIST), {"queue": queue})
    for number in range(5):
        ChangeSetFactory(title=f"More {number}")
    return found


def test_the_front_page_says_what_waits_for_a_reader(editor, reviewer):
    in_review(editor, LocalPolicyFactory())

    def waiting(client):
        return [one.words for one in client.get(reverse("admin:index")).context["waiting"]]

    assert "change-sets to review" in waiting(reviewer)
    assert "change-sets to review" not in waiting(editor)


def test_an_author_is_told_of_what_was_returned_until_it_is_sent_again(editor, reviewer):
    change_set = in_review(editor, LocalPolicyFactory(created_by=editor.user))
    reviews.send_back(change_set=change_set, by=reviewer.user, at=clock.now(), reason="Page 2?")

    def returned(client):
        waiting = client.get(reverse("admin:index")).context["waiting"]
        return [one for one in waiting if str(one.words) == "change-sets returned to you"]

    page = editor.get(url(change_set))
    assert page.context["returned"].text == "Page 2?"
    (one,) = returned(editor)
    assert one.count == editor.get(one.url).context["cl"].result_count == 1
    assert returned(reviewer) == []
    reviews.submit(change_set=now(change_set), by=editor.user, at=clock.now())
    assert returned(editor) == []
    assert not editor.get(url(change_set)).context["returned"]

"""Change-sets in the admin: from the form of a draft to what is published, and who may do what."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from policies import clock, review_items, reviews, roles
from policies.admin.reviews import ChangeSetAdmin
from policies.models import ChangeEvent, ChangeSet, LocalPolicy
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    WinFactory,
    change,
    published,
)
from tests.factories_review import ChangeSetFactory
from tests.policies.admin.posting import ADD, CHANGE, filled, said

pytestmark = pytest.mark.django_db
LIST = reverse("admin:policies_changeset_changelist")


def url(change_set, act="change") -> str:
    return reverse(f"admin:policies_changeset_{act}", args=[change_set.pk])


def now(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def editor(as_role):
    return as_role(roles.EDITORS, "editor")


def in_review(client, *records, **values):
    made = reviews.open_set(title="Order 3", by=client.user, at=clock.now(), records=records)
    return reviews.submit(change_set=made, by=client.user, at=clock.now(), **values)


def approval(change_set, **values):
    return {"read": str(now(change_set).submitted_at), "reason": "", **values}


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


def test_an_author_is_told_that_another_has_to_approve(reviewer):
    page = reviewer.get(url(in_review(reviewer, LocalPolicyFactory())))
    assert "somebody else has to approve it" in page.content.decode()
    assert not page.context["may_approve"]


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
    reviewer.get(LIST, {"queue": queue})
    with django_assert_num_queries(len(asked_of(reviewer, queue))) as asked:
        page = reviewer.get(LIST, {"queue": queue})
    assert len(asked) < 20
    assert set(page.context["cl"].result_list) == expected[queue]


def asked_of(client, queue):
    """The queries of the list before there are five sets more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(LIST, {"queue": queue})
    for number in range(5):
        ChangeSetFactory(title=f"More {number}")
    return found


def test_the_front_page_says_what_waits_for_a_reader(editor, reviewer):
    in_review(editor, LocalPolicyFactory())
    assert "1 to review" in reviewer.get(reverse("admin:index")).content.decode()
    assert "1 to review" not in editor.get(reverse("admin:index")).content.decode()


# --- Acts --------------------------------------------------------------------------------------


def test_a_set_is_begun_described_and_sent(editor):
    response = editor.post(
        reverse("admin:policies_changeset_add"), {"title": "Order", "summary": ""}
    )
    change_set = ChangeSet.objects.get()
    assert response.headers["Location"] == url(change_set)
    reviews.add(change_set=change_set, records=[LocalPolicyFactory()], by=editor.user)
    words = {"title": "Order 3", "summary": "The board voted.", "due_on": ""}
    editor.post(url(change_set, "submit"), {**words, "keep": "1"})
    assert (now(change_set).title, now(change_set).status) == ("Order 3", "open")
    day = clock.today() + timedelta(days=7)
    editor.post(url(change_set, "submit"), {**words, "due_on": day.isoformat()})
    assert (now(change_set).status, now(change_set).due_on) == ("in_review", day)


@pytest.mark.parametrize("day", ["5025-01-01", "1999-01-01", "soon"])
def test_a_due_day_that_cannot_be_is_refused_and_nothing_is_lost(editor, day):
    change_set = reviews.open_set(
        title="Order", by=editor.user, at=clock.now(), records=[LocalPolicyFactory()]
    )
    data = {"title": "Typed for an hour", "summary": "", "due_on": day}
    response = editor.post(url(change_set, "submit"), data)
    assert response.status_code in (400, 409)
    assert "Typed for an hour" in response.content.decode()
    assert now(change_set).title == "Order"


def test_a_reviewer_approves_and_a_second_post_is_harmless(editor, reviewer):
    draft = LocalPolicyFactory()
    change_set = in_review(editor, draft)
    data = approval(change_set)
    assert "Approved" in said(reviewer.post(url(change_set, "approve"), data, follow=True))
    assert now(draft).status == "published"
    again = reviewer.post(url(change_set, "approve"), data, follow=True)
    assert "is approved by now; nothing was done" in said(again)
    assert ChangeEvent.objects.count() == 1


def test_what_was_sent_anew_is_to_be_read_anew(editor, reviewer):
    change_set = in_review(editor, LocalPolicyFactory())
    read = approval(change_set)
    reviews.take_back(change_set=change_set, by=editor.user, at=clock.now())
    reviews.submit(change_set=change_set, by=editor.user, at=clock.now())
    response = reviewer.post(url(change_set, "approve"), read)
    assert "since you read it" in said(response)
    assert now(change_set).status == "in_review"


def test_an_override_asks_for_its_reason(staff, boss):
    staff.user = boss
    change_set = in_review(staff, LocalPolicyFactory())
    assert "Publish without a second reader" in staff.get(url(change_set)).content.decode()
    assert staff.post(url(change_set, "approve"), approval(change_set)).status_code == 409
    staff.post(url(change_set, "approve"), approval(change_set, reason="A court decides."))
    assert now(change_set).override_reason == "A court decides."


def test_comments_and_returns_are_kept_once(editor, reviewer):
    draft = LocalPolicyFactory()
    change_set = in_review(editor, draft)
    item = change_set.items.get()
    for _ in range(2):
        reviewer.post(url(change_set, "comment"), {"text": "Which page?", "item": item.pk})
    assert [note.item for note in change_set.notes.all()] == [item]
    assert reviewer.post(url(change_set, "send_back"), {"reason": " "}).status_code == 400
    for _ in range(2):
        reviewer.post(url(change_set, "send_back"), {"reason": "See my comment."})
    assert change_set.notes.count() == 2
    assert (now(change_set).status, now(draft).status) == ("open", "draft")
    html = editor.get(url(change_set)).content.decode()
    assert "Which page?" in html
    assert "See my comment." in html


def test_another_sets_item_is_not_reached(editor):
    mine = reviews.open_set(title="Mine", by=editor.user, at=clock.now())
    theirs = ChangeSetFactory()
    reviews.add(change_set=theirs, records=[LocalPolicyFactory()], by=theirs.created_by)
    item = theirs.items.get()
    editor.post(url(mine, "remove"), {"item": item.pk})
    editor.post(url(mine, "remove"), {"item": "x"})
    assert theirs.items.get() == item


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x" * 10_001])
def test_hostile_words_are_shown_as_words_or_refused(editor, reviewer, text):
    change_set = in_review(editor, LocalPolicyFactory())
    response = reviewer.post(url(change_set, "comment"), {"text": text}, follow=True)
    assert "<script>alert" not in response.content.decode()
    assert change_set.notes.count() == (len(text) < 10_000)


# --- Who may do what, cell by cell -------------------------------------------------------------

PEOPLE = ("anonymous", "outsider", "partner", "viewer", "editor", "owner", "reviewer", "admin")
LOGIN, NO, SEEN, DONE = "login", 403, 200, 302
BAD, REFUSED = 400, 409
VIEWS = {
    ("get", "change"): (LOGIN, NO, NO, SEEN, SEEN, SEEN, SEEN, SEEN),
    ("get", "history"): (LOGIN, NO, NO, SEEN, SEEN, SEEN, SEEN, SEEN),
    ("post", "change"): (LOGIN, 405, 405, 405, 405, 405, 405, 405),
    ("post", "delete"): (LOGIN, NO, NO, NO, NO, NO, NO, NO),
    ("get", "approve"): (LOGIN, 405, 405, 405, 405, 405, 405, 405),
    ("post", "submit"): (LOGIN, NO, NO, NO, NO, BAD, NO, NO),
    ("post", "take_back"): (LOGIN, NO, NO, NO, NO, DONE, NO, NO),
    ("post", "abandon"): (LOGIN, NO, NO, NO, NO, DONE, NO, NO),
    ("post", "remove"): (LOGIN, NO, NO, NO, NO, DONE, NO, NO),
    ("post", "comment"): (LOGIN, NO, NO, NO, BAD, BAD, BAD, BAD),
    ("post", "claim"): (LOGIN, NO, NO, NO, NO, NO, DONE, DONE),
    ("post", "send_back"): (LOGIN, NO, NO, NO, NO, NO, BAD, BAD),
    ("post", "approve"): (LOGIN, NO, NO, NO, NO, NO, BAD, BAD),
}
LISTS = {
    "policies_changeset_changelist": (LOGIN, NO, NO, SEEN, SEEN, SEEN, SEEN, SEEN),
    "policies_changeset_add": (LOGIN, NO, NO, NO, SEEN, SEEN, SEEN, SEEN),
    "policies_localpolicy_add": (LOGIN, NO, NO, NO, SEEN, SEEN, SEEN, SEEN),
    "policies_localpolicy_changelist": (LOGIN, NO, NO, SEEN, SEEN, SEEN, SEEN, SEEN),
    "auth_user_changelist": (LOGIN, NO, NO, NO, NO, NO, NO, SEEN),
}


@pytest.fixture
def people(as_role):
    outsider = Client()
    outsider.force_login(UserFactory(username="outsider"))
    return {
        "anonymous": Client(),
        "outsider": outsider,
        "partner": as_role(roles.PARTNERS, "partner"),
        "viewer": as_role(roles.VIEWERS, "viewer"),
        "editor": as_role(roles.EDITORS, "another"),
        "owner": as_role(roles.EDITORS, "owner"),
        "reviewer": as_role(roles.REVIEWERS, "reviewer"),
        "admin": as_role(roles.ADMINISTRATORS, "admin"),
    }


def answer(response):
    if response.status_code == 302 and response.headers["Location"].startswith("/admin/login/"):
        return LOGIN
    return response.status_code


def test_every_act_has_its_cells():
    assert {act for method, act in VIEWS if method == "post"} >= set(ChangeSetAdmin.ACTS)


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_a_set_in_review(people, view):
    method, act = view
    found = {}
    for who, client in people.items():
        change_set = in_review(people["owner"], LocalPolicyFactory())
        found[who] = answer(getattr(client, method)(url(change_set, act), {}))
    assert found == dict(zip(PEOPLE, VIEWS[view], strict=True))


@pytest.mark.parametrize("name", LISTS)
def test_a_list(people, name):
    found = {who: answer(c.get(reverse(f"admin:{name}"))) for who, c in people.items()}
    assert found == dict(zip(PEOPLE, LISTS[name], strict=True))


def test_withdrawing_takes_leave_to_review(people):
    record = published(LocalPolicyFactory)
    address = reverse("admin:policies_localpolicy_withdraw", args=[record.pk])
    found = {who: answer(client.get(address)) for who, client in people.items()}
    assert found == dict(zip(PEOPLE, (LOGIN, NO, NO, NO, NO, NO, SEEN, SEEN), strict=True))
    people["reviewer"].post(address, {"reason": "It never existed."})
    assert now(record).status == "withdrawn"


def test_leave_to_review_alone_opens_no_record(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="review_changeset"))
    client.force_login(user)
    record = published(LocalPolicyFactory)
    address = reverse("admin:policies_localpolicy_withdraw", args=[record.pk])
    assert client.post(address, {"reason": "Why not."}).status_code == 403
    assert now(record).status == "published"


def test_an_administrator_makes_no_superusers(people, boss):
    admin = people["admin"]
    address = reverse("admin:auth_user_change", args=[admin.user.pk])
    form = admin.get(address).context["adminform"].form
    assert "is_superuser" not in form.fields
    boss_address = reverse("admin:auth_user_change", args=[boss.pk])
    assert admin.post(boss_address, {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert admin.get(password).status_code == 403

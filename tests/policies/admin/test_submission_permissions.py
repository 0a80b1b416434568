"""Who may do what with a received file, cell by cell."""

import pytest
from django.test import Client
from django.urls import reverse

from policies import roles
from policies.models import ImportChoice, Submission
from tests.factories import ImportChoiceFactory, UserFactory
from tests.policies.admin import sending
from tests.policies.admin.sending import now, sent, url

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "outsider", "other", "owner", "reviewer", "superuser")
LOGIN, FORBIDDEN, NOWHERE, SEEN, DONE = "login", 403, 404, 200, 302
#: Not logged in; staff without a role; another partner; who sent it; a reviewer; a superuser.
VIEWS = {
    ("get", "change"): (LOGIN, NOWHERE, NOWHERE, SEEN, SEEN, SEEN),
    ("get", "file"): (LOGIN, NOWHERE, NOWHERE, SEEN, SEEN, SEEN),
    ("get", "history"): (LOGIN, NOWHERE, NOWHERE, SEEN, SEEN, SEEN),
    ("get", "apply"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, SEEN, SEEN),
    ("post", "apply"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, SEEN, SEEN),
    ("get", "reject"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, SEEN, SEEN),
    ("post", "reject"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, SEEN, SEEN),
    ("get", "undo"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, DONE, DONE),
    ("post", "undo"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, DONE, DONE),
    ("get", "compare"): (LOGIN, 405, 405, 405, 405, 405),
    ("post", "compare"): (LOGIN, NOWHERE, NOWHERE, DONE, DONE, DONE),
    ("post", "sheet"): (LOGIN, NOWHERE, NOWHERE, DONE, DONE, DONE),
    ("get", "choose"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, DONE, DONE),
    ("post", "choose"): (LOGIN, NOWHERE, NOWHERE, FORBIDDEN, DONE, DONE),
    ("post", "change"): (LOGIN, NOWHERE, NOWHERE, SEEN, SEEN, SEEN),
    ("post", "delete"): (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
}
LISTS = {
    "policies_submission_changelist": (LOGIN, FORBIDDEN, SEEN, SEEN, SEEN, SEEN),
    "policies_submission_add": (LOGIN, FORBIDDEN, SEEN, SEEN, SEEN, SEEN),
    "policies_importchoice_changelist": (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, SEEN, SEEN),
    "policies_importchoice_add": (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    "policies_localpolicy_changelist": (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, SEEN, SEEN),
    "auth_user_changelist": (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, SEEN),
}


@pytest.fixture
def people(as_role):
    """A client for each of PEOPLE."""
    outsider, boss = Client(), Client()
    outsider.force_login(UserFactory(username="outsider"))
    boss.force_login(UserFactory(username="superuser", is_superuser=True))
    return {
        "anonymous": Client(),
        "outsider": outsider,
        "other": as_role(roles.PARTNERS, "other"),
        "owner": as_role(roles.PARTNERS, "owner"),
        "reviewer": as_role(roles.REVIEWERS, "reviewer"),
        "superuser": boss,
    }


def answer(response):
    if response.status_code == 302 and response.headers["Location"].startswith("/admin/login/"):
        return LOGIN
    return response.status_code


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_a_file(people, who, view):
    sending.places()
    submission = sent(people["owner"].user)
    method, act = view
    response = getattr(people[who], method)(url(submission, act), {})
    assert answer(response) == VIEWS[view][PEOPLE.index(who)]
    assert now(submission).status == "planned"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", LISTS)
def test_a_list(people, who, name):
    response = people[who].get(reverse(f"admin:{name}"))
    assert answer(response) == LISTS[name][PEOPLE.index(who)]


def test_a_number_that_was_never_given_looks_like_another_partners(people):
    sending.places()
    theirs = url(sent(people["owner"].user))
    nobodys = theirs.replace("/1/", "/99999/") if "/1/" in theirs else theirs + "9/change/"
    other = people["other"]
    assert other.get(theirs).status_code == other.get(nobodys).status_code == 404


def test_a_partner_lists_only_their_own(people):
    sending.places()
    mine, theirs = sent(people["owner"].user), sent(people["other"].user, name="other.csv")
    page = people["owner"].get(reverse("admin:policies_submission_changelist"))
    assert [row.pk for row in page.context["cl"].result_list] == [mine.pk]
    page = people["reviewer"].get(reverse("admin:policies_submission_changelist"))
    assert {row.pk for row in page.context["cl"].result_list} == {mine.pk, theirs.pk}


def test_a_partner_is_not_told_that_others_sent_the_same_file(people):
    sending.places()
    sent(people["other"].user)
    mine = sent(people["owner"].user)
    assert people["owner"].get(url(mine)).context["same_file"] == []
    assert len(people["reviewer"].get(url(mine)).context["same_file"]) == 1


def test_a_partner_has_no_buttons_that_decide(people):
    sending.places()
    html = people["owner"].get(url(sent(people["owner"].user))).content.decode()
    assert not [word for word in ("Apply", "Reject …", "Undo …") if word in html]


def test_a_partner_cannot_change_the_status_by_a_crafted_form(people):
    sending.places()
    submission = sent(people["owner"].user)
    for data in ({"status": "applied"}, {"seen": "x"}, {"received_from": 1}):
        people["owner"].post(url(submission), data)
    assert now(submission).status == "planned"
    assert now(submission).received_from == people["owner"].user


def test_what_is_remembered_can_be_forgotten_by_reviewers_only(people):
    choice = ImportChoiceFactory()
    address = reverse("admin:policies_importchoice_delete", args=[choice.pk])
    assert people["owner"].post(address, {"post": "yes"}).status_code == 403
    assert ImportChoice.objects.exists()
    assert people["reviewer"].post(address, {"post": "yes"}).status_code == 302
    assert not ImportChoice.objects.exists()


def test_several_are_forgotten_at_once(people):
    rows = [ImportChoiceFactory(), ImportChoiceFactory()]
    data = {"action": "forget", "_selected_action": [row.pk for row in rows]}
    people["reviewer"].post(reverse("admin:policies_importchoice_changelist"), data)
    assert not ImportChoice.objects.exists()


def test_an_account_without_staff_status_gets_nowhere(as_role):
    sending.places()
    client = as_role(roles.REVIEWERS, "gone")
    client.user.is_staff = False
    client.user.save()
    submission = sent(UserFactory())
    assert answer(client.get(url(submission))) == LOGIN
    assert answer(client.post(url(submission, "apply"))) == LOGIN
    assert Submission.objects.get().status == "planned"

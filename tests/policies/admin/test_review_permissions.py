"""Who may do what with a change-set, cell by cell."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from policies import roles
from policies.admin.reviews import ChangeSetAdmin
from tests.factories import (
    LocalPolicyFactory,
    UserFactory,
    published,
)
from tests.policies.admin.reviewing import in_review, now, url

pytestmark = pytest.mark.django_db


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
    ("post", "invite"): (LOGIN, NO, NO, NO, NO, NO, BAD, BAD),
    ("post", "revoke_link"): (LOGIN, NO, NO, NO, NO, NO, DONE, DONE),
    ("post", "ask_county"): (LOGIN, NO, NO, NO, NO, NO, BAD, BAD),
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

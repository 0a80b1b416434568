"""The account log: what is written down of accounts and groups, and who reads it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from policies import clock, roles
from policies.account_log import record
from policies.models import AccountEvent
from tests.factories import UserFactory
from tests.policies.signing_in import PASSWORD, person

LIST = "/admin/policies/accountevent/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return UserFactory(username="office")


def change_user(staff, fields_of, user, **values):
    address = reverse("admin:auth_user_change", args=[user.pk])
    fields = fields_of(staff.get(address))
    fields = {**fields, **values}
    return staff.post(address, {name: value for name, value in fields.items() if value is not None})


def latest() -> AccountEvent:
    return AccountEvent.objects.first()


def test_a_change_of_rights_is_kept_before_and_after(staff, boss, fields_of, office):
    group = Group.objects.create(name="Interns")
    assert (
        change_user(staff, fields_of, office, is_superuser="on", groups=str(group.pk)).status_code
        == 302
    )
    event = latest()
    assert (event.kind, event.account, event.actor) == ("rights_changed", office, boss)
    assert event.before == {"is_superuser": False, "groups": []}
    assert event.after == {"is_superuser": True, "groups": ["Interns"]}
    page = staff.get(LIST).content.decode()
    assert "superuser: no → yes" in page
    assert "groups: – → Interns" in page


def test_other_changes_are_no_change_of_rights(staff, fields_of, office):
    count = AccountEvent.objects.count()
    assert change_user(staff, fields_of, office, first_name="Ana").status_code == 302
    assert AccountEvent.objects.count() == count


def test_a_new_account_is_written_down(staff):
    fields = {"username": "ana", "usable_password": "true"}
    staff.post("/admin/auth/user/add/", {**fields, "password1": PASSWORD, "password2": PASSWORD})
    assert (latest().kind, latest().name) == ("account_made", "ana")
    assert latest().after["is_superuser"] is False


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least 12 characters"),
        ("iloveyou1234567890iloveyou", None),
        ("password1234", "too common"),
        ("837465920174", "entirely numeric"),
        ("newcomer-ana", "too similar"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(staff, password, words):
    page = staff.post(
        "/admin/auth/user/add/",
        {
            "username": "newcomer-ana",
            "usable_password": "true",
            "password1": password,
            "password2": password,
        },
    )
    assert page.status_code == (200 if words else 302)
    assert not words or words in page.content.decode()


def test_the_forms_say_what_a_password_must_be(staff):
    for address in ("/admin/password_change/", "/admin/auth/user/add/"):
        assert "at least 12 characters" in staff.get(address).content.decode()


def test_ones_own_new_password_is_written_down_and_a_refused_one_is_not(client):
    user = person()
    client.force_login(user)
    new = {"new_password1": "eleven loud lakes", "new_password2": "eleven loud lakes"}
    client.post("/admin/password_change/", {"old_password": "wrong", **new})
    assert latest().kind == "signed_in"
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    assert (latest().kind, latest().account, latest().actor) == ("password_changed", user, user)


def test_a_password_that_was_set_for_somebody_is_written_down(staff, boss, office):
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    staff.post(f"/admin/auth/user/{office.pk}/password/", {**new, "set-password": "1"})
    assert (latest().kind, latest().account, latest().actor) == ("password_changed", office, boss)


def test_groups_are_kept_before_and_after_until_they_are_deleted(staff):
    permission = Permission.objects.get(codename="view_localpolicy")
    staff.post("/admin/auth/group/add/", {"name": "Interns"})
    group = Group.objects.get(name="Interns")
    assert latest().after == {"name": "Interns", "permissions": []}
    address = reverse("admin:auth_group_change", args=[group.pk])
    staff.post(address, {"name": "Interns", "permissions": [permission.pk]})
    assert (latest().before, latest().after) == (
        {"permissions": []},
        {"permissions": ["policies.view_localpolicy"]},
    )
    staff.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
    assert latest().name == "Interns"
    assert latest().before["permissions"] == ["policies.view_localpolicy"]
    assert latest().after == {"name": None, "permissions": None}
    assert "permissions: policies.view_localpolicy → –" in staff.get(LIST).content.decode()


def test_the_log_is_for_administrators(as_role):
    for role in roles.ROLES:
        allowed = role == roles.ADMINISTRATORS
        assert as_role(role, f"a-{role}").get(LIST).status_code == (200 if allowed else 403)


def test_nobody_changes_or_deletes_it(staff, office):
    event = record("failed", at=clock.now(), about=office)
    for what in ("change", "delete"):
        staff.post(f"{LIST}{event.pk}/{what}/", {"post": "yes", "name": "other"})
    staff.post(LIST, {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"})
    event.refresh_from_db()
    assert event.name == "office"
    assert staff.get(f"{LIST}{event.pk}/change/").status_code == 200
    assert staff.get(f"{LIST}add/").status_code == 403


def test_the_list_takes_as_few_queries_for_many_events_as_for_few(
    staff, office, boss, django_assert_max_num_queries, django_assert_num_queries
):
    record("failed", at=clock.now(), about=office, by=boss)
    with django_assert_max_num_queries(19) as few:
        staff.get(LIST)
    for number in range(30):
        record(
            "failed", at=clock.now(), about=UserFactory(), by=UserFactory(), ip=f"10.0.0.{number}"
        )
    with django_assert_num_queries(len(few)):
        page = staff.get(LIST)
    assert "10.0.0.29" in page.content.decode()

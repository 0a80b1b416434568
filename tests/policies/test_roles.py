"""The table of roles, applied."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from policies import roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def permissions_of(name: str) -> set[str]:
    rows = Permission.objects.filter(group__name=name)
    return {f"{one.content_type.app_label}.{one.codename}" for one in rows}


def all_permissions() -> set[str]:
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_role_is_a_group_with_its_permissions():
    assert set(roles.make_groups()) == set(roles.ROLES)
    for name in (roles.VIEWERS, roles.PARTNERS, roles.EDITORS, roles.REVIEWERS):
        assert permissions_of(name) == roles.ROLES[name]
    assert permissions_of(roles.ADMINISTRATORS) == {
        label
        for label in all_permissions()
        if label.split(".")[0] in ("policies", "counties") or label.endswith(("_user", "_group"))
    }


def test_only_reviewers_and_administrators_may_approve_or_withdraw():
    roles.make_groups()
    able = [n for n in roles.ROLES if "policies.review_changeset" in permissions_of(n)]
    assert able == [roles.REVIEWERS, roles.ADMINISTRATORS]


def test_viewers_change_nothing():
    roles.make_groups()
    assert {label.split(".")[1].split("_")[0] for label in permissions_of(roles.VIEWERS)} == {
        "view"
    }


def test_a_permission_that_is_not_there_is_an_error():
    with pytest.raises(LookupError, match="view_changeset"):
        roles.permissions_of(roles.VIEWERS, all_permissions() - {"policies.view_changeset"})


def test_applying_it_again_changes_nothing():
    roles.make_groups()
    assert roles.make_groups() == []


def test_what_was_changed_by_hand_is_put_right():
    roles.make_groups()
    group = Group.objects.get(name=roles.PARTNERS)
    group.permissions.add(Permission.objects.get(codename="review_submission"))
    assert roles.make_groups() == [roles.PARTNERS]
    assert permissions_of(roles.PARTNERS) == roles.ROLES[roles.PARTNERS]


def test_groups_made_by_hand_are_left_alone():
    group = Group.objects.create(name="Interns")
    group.permissions.add(Permission.objects.get(codename="view_county"))
    roles.make_groups()
    assert permissions_of("Interns") == {"counties.view_county"}


def test_the_admin_shows_them_and_changes_them_not(client):
    roles.make_groups()
    client.force_login(UserFactory(is_superuser=True))
    group = Group.objects.get(name=roles.PARTNERS)
    address = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "X", "permissions": []}).status_code == 403
    own = Group.objects.create(name="Interns")
    assert (
        client.post(reverse("admin:auth_group_change", args=[own.pk]), {"name": "Y"}).status_code
        == 302
    )

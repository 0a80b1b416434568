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


def test_every_role_is_a_group_with_its_permissions():
    assert set(roles.make_groups()) == set(roles.ROLES)
    assert {name: permissions_of(name) for name in roles.ROLES} == roles.ROLES


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

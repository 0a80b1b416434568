"""Reference data in the admin: read-only, but for how far law is coded and other names."""

from datetime import date

import pytest
from django.urls import reverse

from counties.models import County, CountyAlias, State
from counties.names import name_key
from tests.factories import CountyFactory, StateFactory, UserFactory


@pytest.fixture
def staff(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_of_a_state_only_the_coding_date_can_be_changed(staff):
    state = StateFactory()
    url = reverse("admin:counties_state_change", args=[state.pk])
    staff.post(url, {"law_coded_through": "2019-12-17", "name": "Changed", "_save": "1"})
    state = State.objects.get()
    assert (state.law_coded_through, state.name) == (date(2019, 12, 17), "California")


@pytest.mark.parametrize("model", ["state", "county", "fipschange"])
def test_reference_rows_are_neither_added_nor_deleted(staff, model):
    county = CountyFactory()
    assert staff.get(reverse(f"admin:counties_{model}_add")).status_code == 403
    if model == "county":
        url = reverse("admin:counties_county_delete", args=[county.pk])
        assert staff.post(url, {"post": "yes"}).status_code == 403
        assert County.objects.exists()


def test_a_new_name_is_looked_up_without_case_and_accents(staff):
    county = CountyFactory()
    url = reverse("admin:counties_countyalias_add")
    staff.post(url, {"county": county.pk, "name": "Doña Ána", "_save": "1"})
    assert CountyAlias.objects.get().key == name_key("Dona Ana")
    response = staff.post(url, {"county": county.pk, "name": "dona ana", "_save": "1"})
    assert "already has this name" in response.content.decode()
    response = staff.post(url, {"county": county.pk, "name": "…", "_save": "1"})
    assert "A name needs letters" in response.content.decode()


def test_a_name_is_added_on_the_countys_own_page(staff):
    county = CountyFactory()
    url = reverse("admin:counties_county_change", args=[county.pk])
    data = {
        "aliases-TOTAL_FORMS": "1",
        "aliases-INITIAL_FORMS": "0",
        "aliases-0-county": county.pk,
        "aliases-0-name": "The Place",
        "_save": "1",
    }
    assert staff.post(url, data).status_code == 302
    assert CountyAlias.objects.get().key == name_key("the place")

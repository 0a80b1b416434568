"""The button that exports what a list shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from policies.models import Agreement, LocalPolicy, PolicyWin, StateProvision
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    LocalPolicyFactory,
    WinFactory,
    published,
)

pytestmark = pytest.mark.django_db


def address(model, page="changelist") -> str:
    return reverse(f"admin:policies_{model._meta.model_name}_{page}")


@pytest.mark.parametrize("model", [LocalPolicy, Agreement, PolicyWin, StateProvision])
@pytest.mark.parametrize("kind", ["0", "1", "2"])
def test_each_kind_of_record_is_exported(admin_client, model, kind):
    county = CountyFactory(fips="06001", short_name="Alameda")
    published(LocalPolicyFactory, county=county)
    published(AgreementFactory, counties=[county])
    published(WinFactory, counties=[county])
    ClaimFactory()
    assert address(model, "export") in admin_client.get(address(model)).content.decode()
    assert admin_client.get(address(model, "export")).status_code == 200
    answer = admin_client.post(address(model, "export"), {"format": kind, "resource": "0"})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert len(answer.content) > 50


def test_what_the_list_shows_is_what_is_exported(admin_client):
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine")):
        published(LocalPolicyFactory, county=CountyFactory(fips=fips, short_name=name))
    query = "?q=Alpine"
    answer = admin_client.post(f"{address(LocalPolicy, 'export')}{query}", {"format": "0"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["fips", "06003"]


def test_who_may_not_see_records_may_not_export_them(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("partner", is_staff=True))
    assert client.get(address(LocalPolicy, "export")).status_code == 403

"""One writes, another reads and approves: in a real browser."""

import pytest
from django.contrib.auth.models import Group

from policies import actions, roles
from policies.models import ChangeKind, LocalPolicy
from tests.factories import CountyFactory, LocalPolicyFactory, UserFactory, published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log_in(page):
    roles.make_groups()

    def log_in_as(username: str, role: str):
        user = UserFactory(username=username)
        user.set_password("a long enough password")
        user.save()
        user.groups.add(Group.objects.get(name=role))
        page.context.clear_cookies()
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", "a long enough password")
        page.click("input[type=submit]")
        page.wait_for_selector("#user-tools")
        return user

    return log_in_as


def test_one_writes_and_another_approves(page, log_in):
    old = published(LocalPolicyFactory, county=CountyFactory(fips="06075"))
    writer = log_in("writer", roles.EDITORS)
    draft = actions.draft_successor(record=old, kind=ChangeKind.CORRECTION, by=writer)
    page.goto(f"/admin/policies/localpolicy/{draft.pk}/change/")
    page.check("input[name=answer][value=no]")
    page.fill("#id_change_note", "We read another county’s order.")
    page.click("input[name=_send]")
    page.wait_for_selector(".messagelist .success")
    assert LocalPolicy.objects.get(pk=draft.pk).status == "in_review"

    log_in("second", roles.REVIEWERS)
    page.goto("/admin/")
    page.click("a.needs-person:has-text('to review')")
    page.click("#result_list tbody th a")
    page.click("text=I am reading this")
    page.wait_for_selector(".messagelist .success")
    assert "yes, a protective policy" in page.inner_text(".differences del >> nth=0")
    page.click(".plain-button:has-text('Approve and publish')")
    page.wait_for_selector(".record-state.status-approved")
    assert LocalPolicy.objects.published().get().answer == "no"

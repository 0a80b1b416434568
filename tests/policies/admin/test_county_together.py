"""The same provision for many counties, from the list of counties to a change-set."""

import pytest
from django.urls import reverse

from policies import roles
from policies.models import ChangeSet, LocalPolicy
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published
from tests.policies.admin.county import said

pytestmark = pytest.mark.django_db

TOGETHER = reverse("admin:counties_county_together")
LIST = reverse("admin:counties_county_changelist")


@pytest.fixture
def texas():
    return [CountyFactory(usps="TX") for _ in range(3)]


def filled(places, **values) -> dict[str, str]:
    return {
        "counties": " ".join(county.pk for county in places),
        "factors": ["limits_holds"],
        "answer": "no",
        "kind": "policy_change",
        "starts": "2018-05",
        "document": DocumentFactory().pk,
        "quote": "shall comply with each request",
        "title": "SB 4",
        "why": "State law.",
        **values,
    }


def test_it_begins_with_the_counties_chosen_in_the_list(editor, texas):
    data = {"action": "record_together", "_selected_action": [texas[0].pk, texas[2].pk]}
    page = editor.post(LIST, data)
    assert page.context["chosen"] == 2
    assert page.context["form"]["counties"].value() == f"{texas[0].pk} {texas[2].pk}"


def test_or_with_all_of_a_state(editor, texas):
    CountyFactory()
    assert editor.get(TOGETHER, {"state": "tx"}).context["chosen"] == 3


def test_preview_then_drafts_in_a_set_with_its_name(editor, texas):
    published(LocalPolicyFactory, county=texas[0], answer="no")
    published(LocalPolicyFactory, county=texas[1], answer="yes")
    data = filled(texas)
    page = editor.post(TOGETHER, {**data, "_preview": "1"})
    html = page.content.decode()
    assert page.context["figures"]["drafts"] == 2
    assert "already so" in html
    assert "3 Limits holds: yes → no, the policy changed" in html
    assert LocalPolicy.objects.filter(status="draft").count() == 0
    seen = page.context["plan"].key
    response = editor.post(TOGETHER, {**data, "_make": "1", "seen": seen}, follow=True)
    assert "The drafts are made" in said(response)
    made = ChangeSet.objects.get()
    assert (made.title, made.status, made.items.count()) == ("SB 4", "open", 2)
    again = editor.post(TOGETHER, {**data, "_make": "1", "seen": seen}, follow=True)
    assert "made already" in said(again)
    assert ChangeSet.objects.count() == 1


def test_what_was_not_previewed_is_not_made(editor, texas):
    data = filled(texas)
    seen = editor.post(TOGETHER, {**data, "_preview": "1"}).context["plan"].key
    response = editor.post(TOGETHER, {**data, "answer": "yes", "_make": "1", "seen": seen})
    assert "changed since this list was made" in said(response)
    assert not LocalPolicy.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts": ""}, "starts"),
        ({"ends": "2017"}, "ends"),
        ({"starts": "5025"}, "starts"),
        ({"factors": []}, "factors"),
        ({"document": ""}, "document"),
        ({"title": ""}, "title"),
        ({"kind": "correction", "why": ""}, "why"),
        ({"counties": "nonsense"}, "counties"),
    ],
)
def test_errors_stand_beside_their_fields(editor, texas, values, field):
    page = editor.post(TOGETHER, filled(texas, qualification="Kept", **values))
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert "Kept" in page.content.decode()


def test_who_may_not_write_does_not(as_role, partner, login_with, texas):
    viewer = as_role(roles.VIEWERS, "viewer")
    assert "record_together" not in viewer.get(LIST).content.decode()
    for client in (viewer, partner, login_with("add_localpolicy", "change_localpolicy")):
        assert client.get(TOGETHER).status_code == 403
        assert client.post(TOGETHER, {}).status_code == 403

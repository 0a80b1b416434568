"""Editing texts of the site in the admin: by whom, with what said, and nothing lost."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from policies import roles
from policies.models import SiteText
from tests.factories import UserFactory
from tests.policies.admin.posting import said

KEY = "factor.limits_holds.question"
URL = f"/admin/policies/sitetext/text/{KEY}/"
WORDS = {"english": "Will they?", "spanish": "¿Lo harán?", "note": "Shorter."}


@pytest.fixture
def as_role(client, db):
    roles.make_groups()

    def log_in(role):
        user = UserFactory(username=f"a-{role}")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return log_in


def test_an_editor_writes_and_a_reviewer_publishes(as_role):
    editor = as_role(roles.EDITORS)
    response = editor.post(URL, WORDS, follow=True)
    assert "Saved as a draft" in said(response)
    version = SiteText.objects.get()
    publish = reverse("admin:policies_sitetext_publish", args=[version.pk])
    assert editor.post(publish).status_code == 403
    reviewer = as_role(roles.REVIEWERS)
    assert publish in reviewer.get(URL).content.decode()
    reviewer.post(publish)
    version.refresh_from_db()
    assert version.published_by.username == "a-Reviewers"


def test_a_viewer_reads_and_writes_nothing(as_role):
    viewer = as_role(roles.VIEWERS)
    assert viewer.get(URL).status_code == 200
    assert viewer.post(URL, WORDS).status_code == 403
    assert not SiteText.objects.exists()


def test_a_partner_sees_none_of_it(as_role):
    partner = as_role(roles.PARTNERS)
    assert partner.get(URL).status_code == 403
    assert partner.get("/admin/policies/sitetext/").status_code == 403


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(staff):
    response = staff.post(URL, {**WORDS, "spanish": ""})
    html = response.content.decode()
    assert "Spanish is empty" in html
    assert "Will they?" in html
    assert not SiteText.objects.exists()


def test_the_second_of_two_is_told_and_may_save_knowingly(staff):
    staff.post(URL, WORDS)
    late = {**WORDS, "english": "Mine?", "seen": ""}
    response = staff.post(URL, late)
    html = response.content.decode()
    assert "Somebody wrote another version meanwhile" in html
    assert "Mine?" in html
    newest = SiteText.objects.get()
    assert [version.row for version in response.context["versions"]] == [newest]
    assert f'name="seen" value="{newest.pk}"' in html
    staff.post(URL, {**late, "seen": newest.pk})
    assert SiteText.objects.count() == 2


def test_a_preview_saves_nothing_and_is_clean(staff):
    about = "/admin/policies/sitetext/text/about/"
    hostile = {"english": "<script>alert(1)</script> *x*", "spanish": "y", "_preview": "1"}
    html = staff.post(about, hostile).content.decode()
    assert "<em>x</em>" in html
    assert "<script>alert" not in html
    shown = staff.post("/admin/policies/sitetext/preview/", {"key": "about", **hostile}).json()
    assert "<script" not in shown["english"]
    assert not SiteText.objects.exists()


def test_going_back_makes_a_new_version(staff):
    staff.post(URL, WORDS)
    first = SiteText.objects.get()
    staff.post(URL, {**WORDS, "english": "Other?", "seen": first.pk})
    staff.post(reverse("admin:policies_sitetext_restore", args=[first.pk]))
    newest = SiteText.objects.order_by("-pk").first()
    assert (SiteText.objects.count(), newest.english) == (3, "Will they?")


def test_the_list_finds_words_in_either_language(staff, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = staff.get("/admin/policies/sitetext/", {"q": "retendrá"})
    assert page.status_code == 200
    assert len(staff.get("/admin/policies/sitetext/").context["pages"]) >= 11


def test_an_unknown_text_is_not_found(staff):
    assert staff.get("/admin/policies/sitetext/text/password/").status_code == 404

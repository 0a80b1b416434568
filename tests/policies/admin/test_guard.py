"""What is published stays as it is, whatever is posted and whoever posts it."""

import pytest
from django.urls import reverse

from policies.models import Citation, LocalPolicy, RecordStatus
from tests.factories import (
    AgreementFactory,
    ClaimFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    WinFactory,
    published,
    published_provision,
)
from tests.policies.admin.posting import ALONE

ADD = "admin:policies_localpolicy_add"
CHANGE = "admin:policies_localpolicy_change"
DELETE = "admin:policies_localpolicy_delete"
EDITOR = ("view_localpolicy", "add_localpolicy", "add_citation", "view_citation")


def test_anonymous_is_sent_to_the_login(client, db):
    record = published(LocalPolicyFactory)
    for address in (
        reverse(CHANGE, args=[record.pk]),
        reverse("admin:policies_localpolicy_succeed", args=[record.pk, "change"]),
        reverse("admin:policies_localpolicy_withdraw", args=[record.pk]),
    ):
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/")
    assert LocalPolicy.objects.get().status == RecordStatus.PUBLISHED


def test_a_published_record_is_shown_read_only(staff, fields_of):
    record = published(LocalPolicyFactory)
    page = staff.get(reverse(CHANGE, args=[record.pk]))
    assert not page.context["has_change_permission"]
    assert not page.context["has_delete_permission"]
    assert not {"county", "answer", "effective_from", "citations-0-quote"} & set(fields_of(page))
    for words in ("The policy changed", "We were wrong", "Withdraw"):
        assert words in page.content.decode()


@pytest.mark.parametrize("button", ["_save", "_publish", "_continue"])
def test_a_form_posted_after_somebody_published_is_refused_readably(staff, fields_of, button):
    record = LocalPolicyFactory()
    url = reverse(CHANGE, args=[record.pk])
    fields = fields_of(staff.get(url))
    staff.post(url, {**fields, **ALONE})
    response = staff.post(
        url, {**fields, "answer": "no", "title": "Typed for an hour", button: "1"}
    )
    assert response.status_code == 409
    assert "Nothing of your form was saved" in response.content.decode()
    assert "Typed for an hour" in response.content.decode()
    record.refresh_from_db()
    assert (record.answer, record.title, record.status) == ("yes", "", "published")


def test_a_crafted_post_does_not_touch_a_published_records_citations(staff):
    record = published(LocalPolicyFactory)
    citation = record.citations.get()
    data = {
        "citations-TOTAL_FORMS": "1",
        "citations-INITIAL_FORMS": "1",
        "citations-0-id": str(citation.pk),
        "citations-0-local_policy": str(record.pk),
        "citations-0-DELETE": "on",
        "_save": "1",
    }
    assert staff.post(reverse(CHANGE, args=[record.pk]), data).status_code == 409
    assert Citation.objects.filter(pk=citation.pk).exists()


def test_the_parts_of_a_published_provision_are_kept_too(staff, fields_of):
    provision = published_provision(claims=[{}], state=CountyFactory().state)
    claim = provision.claims.get()
    url = reverse("admin:policies_provisionclaim_change", args=[claim.pk])
    assert not staff.get(url).context["has_change_permission"]
    assert staff.post(url, {"effect": "mandates", "_save": "1"}).status_code == 409
    delete = reverse("admin:policies_provisionclaim_delete", args=[claim.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    claim.refresh_from_db()
    assert claim.effect == "requires"


def test_a_published_record_is_not_deleted_a_draft_is(staff):
    record, draft = published(LocalPolicyFactory), LocalPolicyFactory()
    assert staff.post(reverse(DELETE, args=[record.pk]), {"post": "yes"}).status_code == 403
    assert staff.post(reverse(DELETE, args=[draft.pk]), {"post": "yes"}).status_code == 302
    assert LocalPolicy.objects.get() == record


@pytest.mark.parametrize("model", ["localpolicy", "agreement", "policywin", "sourcedocument"])
def test_nothing_is_deleted_in_bulk(staff, model):
    record = published(LocalPolicyFactory)
    url = reverse(f"admin:policies_{model}_changelist")
    staff.post(
        url,
        {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes", "index": "0"},
    )
    assert "delete_selected" not in staff.get(url).content.decode()
    assert LocalPolicy.objects.filter(pk=record.pk).exists()


def test_a_cited_document_is_kept_and_stays_public(staff, fields_of):
    record = published(LocalPolicyFactory)
    document = record.citations.get().document
    delete = reverse("admin:policies_sourcedocument_delete", args=[document.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    url = reverse("admin:policies_sourcedocument_change", args=[document.pk])
    fields = fields_of(staff.get(url))
    fields.pop("is_public")
    response = staff.post(url, {**fields, "_save": "1"})
    assert "Published records cite this document" in str(response.context["errors"])
    unused = DocumentFactory()
    delete = reverse("admin:policies_sourcedocument_delete", args=[unused.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 302


def test_who_may_only_write_drafts_cannot_publish(login_with, fields_of):
    client = login_with(*EDITOR)
    county, document = CountyFactory(), DocumentFactory()
    page = client.get(reverse(ADD))
    assert "Save and publish" not in page.content.decode()
    assert "send to review" not in page.content.decode()
    data = {
        **fields_of(page),
        "county": county.pk,
        "factor": "limits_holds",
        "answer": "yes",
        "effective_from": "2020-01-01",
        "citations-0-document": document.pk,
    }
    assert client.post(reverse(ADD), {**data, **ALONE}).status_code == 403
    assert client.post(reverse(ADD), {**data, "_send": "1"}).status_code == 403
    assert not LocalPolicy.objects.exists()
    assert client.post(reverse(ADD), {**data, "_save": "1"}).status_code == 302
    assert LocalPolicy.objects.get().status == RecordStatus.DRAFT


@pytest.mark.parametrize("how", ["succeed", "withdraw"])
@pytest.mark.parametrize("factory", [LocalPolicyFactory, AgreementFactory, WinFactory])
def test_who_may_only_read_has_no_buttons(login_with, factory, how):
    record = published(factory)
    name = record._meta.model_name
    client = login_with(f"view_{name}")
    page = client.get(reverse(f"admin:policies_{name}_change", args=[record.pk]))
    assert "We were wrong" not in page.content.decode()
    arguments = [record.pk, "correction"] if how == "succeed" else [record.pk]
    url = reverse(f"admin:policies_{name}_{how}", args=arguments)
    assert client.post(url, {"reason": "None."}).status_code == 403
    record.refresh_from_db()
    assert record.status == RecordStatus.PUBLISHED
    assert not record.successors.exists()


def test_the_buttons_need_a_post_and_the_right_page(staff):
    record = published(LocalPolicyFactory)
    succeed = "admin:policies_localpolicy_succeed"
    assert staff.get(reverse(succeed, args=[record.pk, "change"])).status_code == 405
    assert staff.post(reverse(succeed, args=[record.pk, "undo"])).status_code == 405
    assert staff.post(reverse(succeed, args=[999999, "change"])).status_code == 302
    draft = LocalPolicyFactory()
    staff.post(reverse(succeed, args=[draft.pk, "change"]))
    assert not draft.successors.exists()


def test_a_draft_saved_by_somebody_else_meanwhile_is_not_silently_replaced(staff, fields_of):
    record = LocalPolicyFactory()
    url = reverse(CHANGE, args=[record.pk])
    mine = fields_of(staff.get(url))
    staff.post(url, {**mine, "title": "Theirs", "_save": "1"})
    response = staff.post(url, {**mine, "title": "Mine", "_save": "1"})
    assert "Somebody else saved this" in response.content.decode()
    assert LocalPolicy.objects.get().title == "Theirs"
    # Having been told, one may go on.
    staff.post(url, {**fields_of(response), "_save": "1"})
    assert LocalPolicy.objects.get().title == "Mine"


def test_a_claim_of_a_draft_can_be_changed(staff, fields_of):
    claim = ClaimFactory()
    url = reverse("admin:policies_provisionclaim_change", args=[claim.pk])
    data = {**fields_of(staff.get(url)), "effective_until": "2017-01-01", "_save": "1"}
    response = staff.post(url, data)
    assert "The end must be later than the start" in str(response.context["errors"])

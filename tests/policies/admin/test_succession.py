"""What staff do to a published record: change, correct and withdraw it."""

from datetime import date

from django.urls import reverse

from policies.models import ChangeEvent, ChangeKind, LocalPolicy, RecordStatus
from tests.factories import DocumentFactory, LocalPolicyFactory, change, published
from tests.policies.admin.posting import ALONE, CHANGE, filled, said


def test_the_policy_changed(staff, fields_of):
    old = published(
        LocalPolicyFactory, effective_from=date(2017, 2, 1), last_verified=date(2019, 1, 1)
    )
    succeed = reverse("admin:policies_localpolicy_succeed", args=[old.pk, "change"])
    page = staff.post(succeed, follow=True)
    draft = old.successors.get()
    assert (draft.status, draft.change_kind) == ("draft", ChangeKind.POLICY_CHANGE)
    assert not draft.citations.exists()
    assert draft.last_verified is None
    assert "because the policy changed" in page.content.decode()

    # Pressed again, the same draft opens.
    staff.post(succeed)
    assert old.successors.count() == 1

    # Nothing was said about when it changed.
    data = filled(fields_of(page), DocumentFactory(), answer="no", effective_from="2017-02-01")
    url = reverse(CHANGE, args=[draft.pk])
    response = staff.post(url, {**data, **ALONE})
    assert "Say when the policy changed" in str(response.context["errors"])

    staff.post(url, {**data, "effective_from": "2019-05-01", **ALONE})
    rows = LocalPolicy.objects.published().order_by("effective_from")
    assert [(row.answer, row.effective_from, row.effective_until) for row in rows] == [
        ("yes", date(2017, 2, 1), date(2019, 5, 1)),
        ("no", date(2019, 5, 1), None),
    ]
    old.refresh_from_db()
    assert old.status == RecordStatus.SUPERSEDED


def test_the_policy_only_ended(staff, fields_of):
    old = published(LocalPolicyFactory, effective_from=date(2017, 2, 1))
    page = staff.post(
        reverse("admin:policies_localpolicy_succeed", args=[old.pk, "change"]), follow=True
    )
    draft = old.successors.get()
    data = filled(
        fields_of(page),
        DocumentFactory(),
        effective_from="2017-02-01",
        effective_until="2019-05-01",
    )
    staff.post(reverse(CHANGE, args=[draft.pk]), {**data, **ALONE})
    assert LocalPolicy.objects.published().get().effective_until == date(2019, 5, 1)


def test_the_policy_changed_for_a_time(staff, fields_of):
    old = published(LocalPolicyFactory, effective_from=date(2017, 2, 1))
    page = staff.post(
        reverse("admin:policies_localpolicy_succeed", args=[old.pk, "change"]), follow=True
    )
    assert "what held before holds again" in page.content.decode()
    draft = old.successors.get()
    data = filled(
        fields_of(page),
        DocumentFactory(),
        answer="no",
        effective_from="2019-01-01",
        effective_until="2019-06-01",
    )
    url = reverse(CHANGE, args=[draft.pk])
    response = staff.post(url, {**data, **ALONE}, follow=True)
    again = LocalPolicy.objects.published().get(effective_from=date(2019, 6, 1))
    assert "from 2019-06-01 on, what held before holds again" in said(response)
    assert "verify it" in said(response)
    assert reverse(CHANGE, args=[again.pk]) in said(response)


def test_before_an_ending_is_withdrawn_the_page_says_what_goes_on(staff):
    old = published(LocalPolicyFactory)
    ended = change(old, effective_until=date(2019, 5, 1))
    page = staff.get(reverse("admin:policies_localpolicy_withdraw", args=[ended.pk]))
    assert f"what held before it (record {old.pk}) goes on" in page.content.decode()


def test_we_were_wrong(staff, fields_of):
    old = published(LocalPolicyFactory, effective_from=date(2017, 2, 1))
    page = staff.post(
        reverse("admin:policies_localpolicy_succeed", args=[old.pk, "correction"]), follow=True
    )
    draft = old.successors.get()
    assert draft.citations.count() == 1
    url = reverse(CHANGE, args=[draft.pk])
    data = {**fields_of(page), "answer": "none_found", **ALONE}
    response = staff.post(url, data)
    assert list(response.context["adminform"].form.errors) == ["change_note"]
    staff.post(url, {**data, "change_note": "We read the wrong county's policy."})
    assert LocalPolicy.objects.published().get().answer == "none_found"
    assert ChangeEvent.objects.first().kind == ChangeKind.CORRECTION


def test_two_drafts_for_one_record_and_the_second_names_what_happened(staff, fields_of):
    old = published(LocalPolicyFactory)
    for how in ("change", "correction"):
        staff.post(reverse("admin:policies_localpolicy_succeed", args=[old.pk, how]))
    change, correction = old.successors.order_by("pk")
    page = staff.get(reverse(CHANGE, args=[correction.pk]))
    data = {**fields_of(page), "change_note": "Wrong.", **ALONE}
    staff.post(reverse(CHANGE, args=[correction.pk]), data)
    page = staff.get(reverse(CHANGE, args=[change.pk]))
    data = filled(fields_of(page), DocumentFactory(), effective_from="2021-01-01")
    response = staff.post(reverse(CHANGE, args=[change.pk]), {**data, **ALONE}, follow=True)
    assert f"Record {old.pk}, which this succeeds, was changed meanwhile" in said(response)


def test_withdrawing_asks_for_a_reason(staff):
    record = published(LocalPolicyFactory)
    url = reverse("admin:policies_localpolicy_withdraw", args=[record.pk])
    assert "Why is it withdrawn?" in staff.get(url).content.decode()
    assert "Say why the record is withdrawn" in staff.post(url, {"reason": " "}).content.decode()
    response = staff.post(url, {"reason": "It never existed."}, follow=True)
    record.refresh_from_db()
    assert record.status == RecordStatus.WITHDRAWN
    assert "score at least 1 → unknown" in said(response)
    assert "It never existed." in ChangeEvent.objects.first().summary

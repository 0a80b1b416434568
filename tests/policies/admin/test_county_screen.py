"""The screen on which staff write: several factors, one source, nothing lost, nothing published."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from policies import roles
from policies.models import ChangeSet, LocalPolicy, SourceDocument
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    IceListFactory,
    LocalPolicyFactory,
    change,
    published,
    published_provision,
)
from tests.policies.admin.county import address, answered, form_of, said, screen
from tests.policies.admin.reviewing import in_review

pytestmark = pytest.mark.django_db

#: Of the whole page, whatever is on it.
MOST_QUERIES = 14


@pytest.fixture
def county():
    return CountyFactory()


def drafts(county):
    return {row.factor: row for row in LocalPolicy.objects.filter(county=county, status="draft")}


def full_county(county, editor):
    """Records, state law, drafts and something in review."""
    for factor in ("limits_holds", "no_status_inquiry", "limits_notifications"):
        published(LocalPolicyFactory, county=county, factor=factor)
    published_provision(claims=[{"factor": "limits_holds"}], state=county.state)
    published(AgreementFactory, counties=[county], state=county.state)
    published(IceListFactory, kind="detention")
    for factor in ("limits_holds", "no_287g"):
        LocalPolicyFactory(county=county, factor=factor, created_by=editor.user)
    draft = LocalPolicyFactory(county=county, factor="limits_interrogations")
    in_review(editor, draft)


# --- What it shows -----------------------------------------------------------------------------


def test_few_queries_however_much_is_on_it(editor, county, django_assert_max_num_queries):
    editor.get(screen(county))
    full_county(county, editor)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert editor.get(screen(county)).status_code == 200


def test_the_local_answer_stands_beside_the_resolved_one(editor, county):
    record = published(LocalPolicyFactory, county=county, answer="none_found")
    published_provision(claims=[{}], state=county.state)
    row = editor.get(screen(county)).context["factors"][2]
    assert (row.answer_word, row.rule) == ("yes", "state law")
    assert (row.local_word, row.local, row.live) == ("none found", record, record)
    assert row.citation.quote == "shall not hold any person"


def test_its_history_tells_when_the_answer_changed(editor, county):
    record = published(LocalPolicyFactory, county=county)
    change(record, effective_from=date(2019, 7, 1), answer="no")
    row = editor.get(screen(county)).context["factors"][2]
    assert [(one.since, one.word) for one in row.history] == [
        (date(2017, 2, 1), "yes"),
        (date(2019, 7, 1), "no"),
    ]


def test_drafts_and_what_is_in_review_are_named(editor, county):
    full_county(county, editor)
    html = editor.get(screen(county)).content.decode()
    assert "Order 3" in html
    assert "In review: take it back to write." in html
    assert "Carry on: 3 Limits holds" in html


# --- Who may write -----------------------------------------------------------------------------


def test_who_only_reads_sees_no_form(as_role, county):
    viewer = as_role(roles.VIEWERS, "viewer")
    page = viewer.get(screen(county))
    assert page.status_code == 200
    assert "entry_form" not in page.content.decode()
    assert viewer.post(address(county), {}).status_code == 403


def test_a_partner_reaches_neither(partner, county):
    assert partner.get(screen(county)).status_code == 403
    assert partner.post(address(county), {}).status_code == 403


def test_it_is_only_posted_to(editor, county):
    assert editor.get(address(county)).status_code == 405


def test_who_may_not_send_does_not(login_with, county):
    client = login_with("add_localpolicy", "change_localpolicy")
    assert client.post(address(county), {"_send": "1"}).status_code == 403


# --- Writing -----------------------------------------------------------------------------------


def test_three_factors_from_one_document_each_with_its_words(editor, county):
    document = DocumentFactory()
    data = answered(
        editor,
        county,
        *("limits_holds", "limits_interrogations", "no_general_assistance"),
        source__document=document.pk,
        source__starts="July 2019",
        source__page="2",
        limits_holds__quote="shall not hold",
        limits_interrogations__quote="shall not question",
        limits_interrogations__page="3",
        no_general_assistance__quote="shall not assist",
    )
    response = editor.post(address(county), data, follow=True)
    assert "3 answers saved as drafts" in said(response)
    made = drafts(county)
    assert {f: row.citations.get().quote for f, row in made.items()} == {
        "limits_holds": "shall not hold",
        "limits_interrogations": "shall not question",
        "no_general_assistance": "shall not assist",
    }
    assert made["limits_interrogations"].citations.get().page == "3"
    row = made["limits_holds"]
    assert (row.effective_from, row.effective_from_precision) == (date(2019, 7, 1), "month")
    assert (row.created_by, row.change_kind) == (editor.user, "new")


def test_sent_to_review_they_are_in_one_set(editor, county):
    data = answered(
        editor,
        county,
        *("limits_holds", "no_status_inquiry"),
        source__document=DocumentFactory().pk,
        source__starts="2019-07-22",
        _send="1",
    )
    response = editor.post(address(county), data, follow=True)
    assert "2 answers sent to review" in said(response)
    made = ChangeSet.objects.get()
    assert (made.status, made.items.count()) == ("in_review", 2)
    assert set(LocalPolicy.objects.values_list("status", flat=True)) == {"in_review"}


def test_they_join_a_set_that_is_being_written(editor, county):
    data = answered(
        editor, county, "limits_holds", source__document=DocumentFactory().pk,
        source__starts="2019", _send="1", _change_set="new",
    )  # fmt: skip
    editor.post(address(county), data)
    made = ChangeSet.objects.get()
    data = answered(
        editor, county, "no_287g", source__document=DocumentFactory().pk,
        source__starts="2019", _send="1", _change_set=made.pk,
    )  # fmt: skip
    editor.post(address(county), data)
    assert (made.items.count(), ChangeSet.objects.get().status) == (2, "open")


def test_the_policy_changed(editor, county):
    old = published(LocalPolicyFactory, county=county)
    data = answered(
        editor, county, "limits_holds", answer="no", limits_holds__kind="policy_change",
        source__document=DocumentFactory().pk, source__starts="2020-07-01",
    )  # fmt: skip
    editor.post(address(county), data)
    draft = LocalPolicy.objects.get(status="draft")
    assert (draft.succeeds, draft.change_kind, draft.answer) == (old, "policy_change", "no")
    assert draft.citations.count() == 1


def test_we_were_wrong_keeps_dates_and_evidence_unless_others_are_given(editor, county):
    old = published(LocalPolicyFactory, county=county, in_force_by=True)
    data = answered(
        editor, county, "limits_holds", answer="none_found", limits_holds__kind="correction",
        source__why="Read too fast.",
    )  # fmt: skip
    editor.post(address(county), data)
    draft = LocalPolicy.objects.get(status="draft")
    assert (draft.succeeds, draft.change_kind) == (old, "correction")
    assert (draft.effective_from, draft.in_force_by) == (old.effective_from, True)
    assert draft.citations.get().quote == old.citations.get().quote
    assert draft.change_note == "Read too fast."


@pytest.mark.parametrize(
    ("field", "typed"), [("quote", "shall not hold"), ("starts", "2018-06"), ("page", "7")]
)
def test_a_draft_of_which_only_words_or_days_change_keeps_its_answer(editor, county, field, typed):
    LocalPolicyFactory(county=county, answer="none_found", created_by=editor.user)
    data = form_of(editor, county) | {f"limits_holds-{field}": typed}
    response = editor.post(address(county), data, follow=True)
    assert "1 answer saved as a draft" in said(response)
    draft = LocalPolicy.objects.get()
    citation = draft.citations.get()
    assert draft.answer == "none_found"
    assert typed in (citation.quote, citation.page, draft.effective_from.isoformat()[:7])


def test_only_what_was_typed_is_shown_open_again(editor, county):
    LocalPolicyFactory(county=county, created_by=editor.user)
    LocalPolicyFactory(county=county, factor="no_287g", created_by=editor.user)
    data = form_of(editor, county) | {"limits_holds-quote": "shall", "source-starts": "soon"}
    form = editor.post(address(county), data).context["entry_form"]
    assert [factor for factor, part in form.factors.items() if part.opened] == ["limits_holds"]


def test_a_day_without_an_answer_is_not_left_unsaid(editor, county):
    data = form_of(editor, county) | {"limits_holds-starts": "2018-06"}
    response = editor.post(address(county), data)
    assert "Choose an answer, or this factor is left alone." in response.content.decode()


def test_a_draft_is_carried_on_with_not_doubled(editor, county):
    LocalPolicyFactory(county=county, created_by=editor.user)
    data = answered(
        editor, county, "limits_holds", answer="none_found", limits_holds__quote="nothing"
    )
    assert data["limits_holds-starts"] == "2017-02-01"
    editor.post(address(county), data)
    draft = LocalPolicy.objects.get()
    assert (draft.answer, draft.citations.get().quote) == ("none_found", "nothing")


def test_a_document_is_made_on_the_way(editor, county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = answered(
        editor, county, "limits_holds", source__starts="2019-07-22", limits_holds__quote="no holds",
        new__title="Order 3", new__kind="executive_order", new__dated="2019-07",
    )  # fmt: skip
    file = SimpleUploadedFile("order.txt", b"There are no holds here.")
    response = editor.post(address(county), {**data, "new-file": file}, follow=True)
    assert "saved as a draft" in said(response)
    document = SourceDocument.objects.get()
    assert (document.title, document.published_on_precision) == ("Order 3", "month")
    assert document.pages.get().text == "There are no holds here."
    assert drafts(county)["limits_holds"].citations.get().document == document


def test_words_that_are_not_in_the_document_are_named(editor, county):
    document = DocumentFactory(text="Something else.")
    data = answered(
        editor, county, "limits_holds", source__document=document.pk, source__starts="2019",
        limits_holds__quote="no holds whatever",
    )  # fmt: skip
    response = editor.post(address(county), data, follow=True)
    assert "was not found" in said(response)


# --- Refused, and nothing lost -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "where", "error"),
    [
        ({"source__starts": "13/05/2019"}, "source-starts", "Did you mean 2019-05-13"),
        ({"source__starts": "5025"}, "source-starts", "is no date"),
        ({}, "limits_holds-starts", "From when?"),
        ({"source__starts": "2019", "source__ends": "2018"}, "limits_holds-ends", "later"),
        ({"source__starts": "2019", "source__document": ""}, "source-document", "Which document"),
        ({"source__starts": "2019", "limits_holds__answer": "maybe"}, "limits_holds-answer", ""),
        ({"source__starts": "2019", "limits_holds__quote": "x" * 10_001}, "limits_holds-quote", ""),
        ({"source__starts": "2019", "new__title": "Another"}, "new-kind", "required"),
    ],
)
def test_errors_stand_beside_their_fields_and_everything_is_kept(
    editor, county, more, where, error
):
    given = {
        "source__document": DocumentFactory(title="Ordinance 12H").pk,
        "limits_holds__quote": "no holds",
        "limits_holds__qualification": "Kept as typed",
        **more,
    }
    data = answered(editor, county, "limits_holds", **given)
    response = editor.post(address(county), data)
    assert response.status_code == 400
    html = response.content.decode()
    assert f'id="id_{where}_error"' in html
    assert error in html
    assert "Kept as typed" in html
    assert not LocalPolicy.objects.exists()
    assert 'id="factor-limits_holds"' in html


def test_a_file_that_was_chosen_is_named_because_browsers_forget_it(editor, county):
    data = answered(editor, county, "limits_holds", new__title="Order", new__kind="other")
    file = SimpleUploadedFile("order-3.txt", b"no holds")
    response = editor.post(address(county), {**data, "new-file": file})
    assert "Choose the file “order-3.txt” again" in response.content.decode()
    assert not SourceDocument.objects.exists()


def test_a_change_that_begins_before_what_it_changes(editor, county):
    published(LocalPolicyFactory, county=county)
    data = answered(
        editor, county, "limits_holds", limits_holds__kind="policy_change",
        source__document=DocumentFactory().pk, source__starts="2016",
    )  # fmt: skip
    response = editor.post(address(county), data)
    assert "a change comes later" in response.content.decode()


def test_a_verb_has_to_be_chosen_where_there_is_a_record(editor, county):
    published(LocalPolicyFactory, county=county)
    data = answered(
        editor, county, "limits_holds", answer="no",
        source__document=DocumentFactory().pk, source__starts="2020",
    )  # fmt: skip
    response = editor.post(address(county), data)
    assert "Did the policy change, or were we wrong?" in response.content.decode()


def test_a_correction_is_sent_with_a_reason_only(editor, county):
    published(LocalPolicyFactory, county=county)
    data = answered(
        editor, county, "limits_holds", answer="no", limits_holds__kind="correction", _send="1"
    )
    response = editor.post(address(county), data)
    assert "Say what was wrong" in response.content.decode()
    assert not LocalPolicy.objects.filter(status="draft").exists()


def test_what_is_not_public_is_kept_as_a_draft_but_not_sent(editor, county):
    document = DocumentFactory(is_public=False)
    data = answered(
        editor, county, "limits_holds", source__document=document.pk, source__starts="2019",
        _send="1",
    )  # fmt: skip
    response = editor.post(address(county), data, follow=True)
    assert "not sent to review" in said(response)
    assert "is not public" in said(response)
    assert (LocalPolicy.objects.get().status, ChangeSet.objects.count()) == ("draft", 0)


def test_words_without_an_answer_are_asked_about(editor, county):
    response = editor.post(
        address(county), form_of(editor, county) | {"limits_holds-quote": "no holds"}
    )
    assert "Choose an answer" in response.content.decode()


def test_nothing_answered_is_nothing_saved(editor, county):
    response = editor.post(address(county), form_of(editor, county))
    assert "Nothing was answered" in response.content.decode()


# --- Twice, and two at once --------------------------------------------------------------------


@pytest.mark.parametrize("button", ["_save", "_send"])
def test_posted_twice_it_is_done_once(editor, county, button):
    data = answered(
        editor, county, "limits_holds", source__document=DocumentFactory().pk,
        source__starts="2019-07-22", limits_holds__quote="no holds", **{button: "1"},
    )  # fmt: skip
    editor.post(address(county), data)
    response = editor.post(address(county), data, follow=True)
    assert "saved already" in said(response)
    assert LocalPolicy.objects.count() == 1


def test_with_a_new_document_too(editor, county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = answered(
        editor, county, "limits_holds", source__starts="2019-07-22",
        new__title="Order 3", new__kind="executive_order",
    )  # fmt: skip
    for _ in range(2):
        file = SimpleUploadedFile("order.txt", b"no holds")
        response = editor.post(address(county), {**data, "new-file": file}, follow=True)
    assert "saved already" in said(response)
    assert (SourceDocument.objects.count(), LocalPolicy.objects.count()) == (1, 1)


def test_the_second_of_two_people_is_shown_the_difference_and_loses_nothing(
    editor, reviewer, county
):
    document = DocumentFactory()
    shared = {"source__document": document.pk, "source__starts": "2019-07-22"}
    mine = answered(editor, county, "limits_holds", limits_holds__quote="no holds", **shared)
    theirs = answered(reviewer, county, "limits_holds", limits_holds__quote="other words", **shared)
    reviewer.post(address(county), theirs)
    response = editor.post(address(county), mine)
    assert response.status_code == 409
    html = response.content.decode()
    assert "reviewer wrote this meanwhile (draft)" in html
    assert "<del>other words</del> → <ins>no holds</ins>" in html
    assert ">\nno holds</textarea>" in html
    again = mine | {
        "limits_holds-seen": response.context["entry_form"].factors["limits_holds"].seen_now
    }
    editor.post(address(county), again)
    assert LocalPolicy.objects.get().citations.get().quote == "no holds"


def test_a_record_that_was_changed_meanwhile_is_told(editor, county):
    old = published(LocalPolicyFactory, county=county)
    mine = answered(
        editor, county, "limits_holds", answer="none_found", limits_holds__kind="policy_change",
        source__document=DocumentFactory().pk, source__starts="2021",
    )  # fmt: skip
    change(old, effective_from=date(2020, 1, 1), answer="no")
    response = editor.post(address(county), mine)
    assert response.status_code == 409
    assert "(published)" in response.content.decode()
    assert not LocalPolicy.objects.filter(status="draft").exists()


def test_nothing_of_it_is_published(editor, county):
    data = answered(
        editor, county, "limits_holds", source__document=DocumentFactory().pk,
        source__starts="2019", _publish="1", _reason="because",
    )  # fmt: skip
    editor.post(address(county), data)
    assert LocalPolicy.objects.get().status == "draft"

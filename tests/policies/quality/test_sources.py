"""Documents without a copy, and quotes that their document does not have."""

import pytest

from policies.models import DocumentPage
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    DocumentFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    correct,
    noon,
    published,
)
from tests.policies.quality.found import findings, said

pytestmark = pytest.mark.django_db


def cited(document, quote="shall not hold any person"):
    """A published record that rests on this document alone."""
    return published(LocalPolicyFactory, cited__document=document, cited__quote=quote)


def test_a_cited_document_without_a_copy_is_found_once_with_its_citations():
    document = DocumentFactory(title="Ordinance 12")
    cited(document), cited(document)
    assert said("no-archived-copy") == [
        "“Ordinance 12” has neither an archived file nor an archived address. Citations that rest "
        "on it: 2."
    ]


@pytest.mark.parametrize(
    "copy",
    [
        {"archived_url": "https://archive.example/1"},
        {"file": "documents/a.pdf", "sha256": "0" * 64},
        {"kind": "search_note"},
    ],
)
def test_a_document_with_a_copy_or_that_can_have_none_is_not(copy):
    cited(DocumentFactory(**copy))
    assert not findings("no-archived-copy")


def test_a_sealed_document_needs_no_copy():
    sealed = {"sealed_at": noon("2020-01-01"), "sealed_by": UserFactory(), "sealed_reason": "Court"}
    cited(DocumentFactory(**sealed))
    assert not findings("no-archived-copy")


def test_a_document_that_only_a_draft_cites_is_not_found():
    LocalPolicyFactory()
    assert not findings("no-archived-copy")


def test_a_quote_that_the_document_does_not_have_is_found_once():
    document = DocumentFactory(title="Ordinance 12", text="The sheriff may hold anybody.")
    record = cited(document)
    cited(document)
    (found,) = findings("quote-not-found")
    assert found.about == ("policies.localpolicy", str(record.pk))
    assert said("quote-not-found") == [
        "“shall not hold any person” does not occur in “Ordinance 12”."
    ]


@pytest.mark.parametrize(
    "text",
    ["", "He\nshall  not hold any\nperson.", "shall not hold any person"],
)
def test_a_quote_in_other_spacing_or_of_a_document_without_text_is_not(text):
    cited(DocumentFactory(text=text))
    assert not findings("quote-not-found")


def test_a_quote_on_another_page_than_the_one_cited_is_found():
    document = DocumentFactory(title="Ordinance 12", text="Nothing here.")
    DocumentPage.objects.create(document=document, number=2, text="It shall not hold any person.")
    cited(document)
    assert said("quote-not-found") == [
        "“shall not hold any person” is not on page 1 of “Ordinance 12”, but on page 2."
    ]


def test_a_quote_that_was_corrected_is_found_no_longer():
    document = DocumentFactory(text="shall hold no person")
    record = cited(document)
    assert findings("quote-not-found")
    from policies import actions
    from policies.models import ChangeKind

    draft = actions.draft_successor(record=record, kind=ChangeKind.CORRECTION, by=UserFactory())
    draft.citations.update(quote="shall hold no person")
    draft.change_note = "Misquoted."
    actions.publish(record=draft, by=UserFactory(), at=noon("2020-02-01"))
    assert not findings("quote-not-found")


def test_the_quote_of_a_claim_leads_to_its_provision():
    from policies import actions

    provision = ProvisionFactory()
    claim = ClaimFactory(provision=provision)
    actions.publish(record=provision, by=UserFactory(), at=noon("2020-01-01"))
    document = DocumentFactory(text="nothing of the kind")
    CitationFactory(document=document, claim=claim)
    assert findings("quote-not-found")[0].about == ("policies.stateprovision", str(provision.pk))


def test_the_key_outlives_a_correction_of_the_record():
    record = cited(DocumentFactory(text="nothing of the kind"))
    before = findings("quote-not-found")[0].key
    correct(record, answer="no", change_note="It is the opposite.")
    assert [one.key for one in findings("quote-not-found")] == [before]

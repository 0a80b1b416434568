"""Documents in the admin: sent once, examined, found again, and sealed."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from policies.models import Citation, LocalPolicy, SourceDocument
from tests.factories import CountyFactory, LocalPolicyFactory, published
from tests.policies.admin.posting import ADD as ADD_POLICY
from tests.policies.admin.posting import filled, said
from tests.policies.documents import files
from tests.policies.documents.conftest import own_folders

__all__ = ["own_folders"]
pytestmark = pytest.mark.django_db

ADD = reverse("admin:policies_sourcedocument_add")


def change(document):
    return reverse("admin:policies_sourcedocument_change", args=[document.pk])


def send(client, fields_of, data, name, address=ADD, **values):
    fields = fields_of(client.get(address))
    fields |= {"kind": "directive", "title": "Order", "file": files.upload(data, name), **values}
    return client.post(address, fields, follow=True)


def test_a_file_is_kept_with_its_text(staff, fields_of):
    send(staff, fields_of, files.pdf("No holds", ""), "order.pdf")

    document = SourceDocument.objects.get()
    assert default_storage.exists(document.file.name)
    assert document.file.name == f"documents/{document.sha256[:2]}/{document.sha256}.pdf"
    page = staff.get(change(document)).content.decode()
    assert "2 pages: read" in page
    assert document.get_absolute_url() in page


def test_a_scan_is_kept_and_said_to_have_no_text(staff, fields_of):
    assert "no text layer" in said(send(staff, fields_of, files.pdf(""), "scan.pdf"))


def test_an_address_alone_is_a_note(staff, fields_of):
    fields = fields_of(staff.get(ADD))
    staff.post(ADD, {**fields, "kind": "news", "title": "Note", "url": "https://example.org/"})
    assert SourceDocument.objects.get().file.name == ""


def test_a_hostile_file_is_refused_and_what_was_typed_is_kept(staff, fields_of):
    response = send(staff, fields_of, b"<html><script>", "scan.png", publisher="The Sheriff")
    assert response.status_code == 200
    assert "an HTML page" in response.content.decode()
    assert "The Sheriff" in response.content.decode()
    assert not SourceDocument.objects.exists()
    assert not default_storage.exists("documents")


def test_the_same_file_again_is_noticed(staff, fields_of):
    first = files.archived(files.pdf("No holds"), title="First copy")

    response = send(staff, fields_of, files.pdf("No holds"), "again.pdf")

    assert f'<a href="{change(first)}">First copy</a>' in response.content.decode()
    assert SourceDocument.objects.count() == 1
    send(staff, fields_of, files.pdf("No holds"), "again.pdf", second_document="on")
    assert SourceDocument.objects.values("file").distinct().count() == 1
    assert SourceDocument.objects.count() == 2


def test_a_cited_file_is_not_replaced(staff, fields_of):
    document = files.archived(files.pdf("No holds"))
    published(LocalPolicyFactory, cited__document=document)
    response = send(staff, fields_of, files.pdf("All holds"), "b.pdf", change(document))
    assert "a document of its own" in response.content.decode()
    document.refresh_from_db()
    assert document.pages.get().text == "No holds"


def test_too_large_a_request_is_refused_unread(staff):
    address = reverse("admin:policies_sourcedocument_add")
    response = staff.post(address, b"", content_type="x/y", CONTENT_LENGTH=str(300_000_000))
    assert response.status_code == 413
    assert "A document may have at most 50 MB" in response.content.decode()


def test_so_is_a_document_that_is_sent_from_a_countys_screen(staff):
    address = reverse("admin:counties_county_record", args=[CountyFactory().pk])
    response = staff.post(address, b"", content_type="x/y", CONTENT_LENGTH=str(300_000_000))
    assert response.status_code == 413
    html = response.content.decode()
    assert "A document may have at most 50 MB" in html
    assert address.replace("record", "change") in html


def test_the_list_finds_words_and_shows_their_passage(staff):
    document = files.archived(files.pdf("Title", "Detainers are declined"), title="Order")
    files.archived(files.pdf("Other"), title="Another", is_public=False)

    page = staff.get(reverse("admin:policies_sourcedocument_changelist") + "?q=detainer")

    text = page.content.decode()
    assert "<mark>Detainers</mark>" in text
    assert f"/documents/{document.pk}/?page=2" in text
    assert "Another" not in text
    for odd in ('"', "*", "NEAR("):
        address = reverse("admin:policies_sourcedocument_changelist")
        assert staff.get(address, {"q": odd}).status_code == 200


def test_the_list_has_few_queries(staff, django_assert_max_num_queries):
    for number in range(12):
        files.archived(files.pdf(f"Detainers {number}"), title=f"Order {number}")
    with django_assert_max_num_queries(19):
        staff.get(reverse("admin:policies_sourcedocument_changelist") + "?q=detainer")


# --- Quotes ------------------------------------------------------------------------------------


def test_a_quote_that_is_not_on_its_page_is_a_warning(staff, fields_of):
    document = files.archived(files.pdf("Title", "no holds"), title="Order")
    fields = fields_of(staff.get(reverse(ADD_POLICY)))
    county = {"county": CountyFactory().pk, "citations-0-page": "1", "_save": "1"}

    response = staff.post(reverse(ADD_POLICY), filled(fields, document, **county), follow=True)

    assert "“no holds” is not on page 1 of Order, but on page 2." in said(response)
    assert LocalPolicy.objects.exists()


def test_a_quote_where_it_should_be_is_none(staff, fields_of):
    document = files.archived(files.pdf("no holds"), title="Order")
    fields = fields_of(staff.get(reverse(ADD_POLICY)))
    county = {"county": CountyFactory().pk, "citations-0-page": "1", "_save": "1"}
    response = staff.post(reverse(ADD_POLICY), filled(fields, document, **county), follow=True)
    assert "no holds" not in said(response)
    citation = Citation.objects.get()
    assert f"/documents/{document.pk}/?cite={citation.pk}#page" in response.content.decode()


def test_a_quote_of_100_kb_is_refused_with_a_reason(staff, fields_of):
    document = files.DocumentFactory()
    fields = fields_of(staff.get(reverse(ADD_POLICY)))
    values = {"county": CountyFactory().pk, "citations-0-quote": "x" * 100_000, "_save": "1"}
    response = staff.post(reverse(ADD_POLICY), filled(fields, document, **values))
    assert "This quote has 100000 characters" in response.content.decode()
    assert not LocalPolicy.objects.exists()


# --- Sealing -----------------------------------------------------------------------------------


def seal_url(document):
    return reverse("admin:policies_sourcedocument_seal", args=[document.pk])


def test_sealing_asks_for_the_order_and_leaves_a_tombstone(
    staff, django_capture_on_commit_callbacks
):
    document = files.archived(files.pdf("Secret"), title="Settlement")
    assert seal_url(document) in staff.get(change(document)).content.decode()
    assert staff.post(seal_url(document), {"reason": " "}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(seal_url(document), {"reason": "Superior Court, No. 12"})

    document.refresh_from_db()
    assert (document.sealed_by.username, document.sealed_reason) == (
        "boss",
        "Superior Court, No. 12",
    )
    page = staff.get(change(document)).content.decode()
    assert seal_url(document) not in page
    assert 'name="title"' not in page, "it can no longer be changed"


def test_only_those_with_the_permission_may_seal(login_with):
    client = login_with("view_sourcedocument", "change_sourcedocument")
    document = files.archived(files.pdf("Secret"))
    assert seal_url(document) not in client.get(change(document)).content.decode()
    assert client.post(seal_url(document), {"reason": "x"}).status_code == 403
    document.refresh_from_db()
    assert document.sealed_at is None

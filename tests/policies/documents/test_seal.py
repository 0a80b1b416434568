"""A court seals a document: its words are gone everywhere, and what they proved stays."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection

from policies import document_search, score_periods
from policies.documents import archive, page_images
from policies.models import Citation, ScorePeriod, SourceDocument
from tests.factories import (
    CountyFactory,
    LocalPolicyFactory,
    UserFactory,
    correct,
    noon,
    published,
)
from tests.policies.documents import files

pytestmark = pytest.mark.django_db

WORDS = "The settlement names Jane Secret"


@pytest.fixture
def policy():
    document = files.archived(files.pdf("Title", WORDS), title="Settlement")
    values = {"cited__document": document, "cited__quote": WORDS, "cited__page": "2"}
    return published(
        LocalPolicyFactory,
        county=CountyFactory(fips="001"),
        cited__note="Secret note",
        **values,
    )


def seal(document, callbacks, reason="Order of the Superior Court, No. 12"):
    by = UserFactory(first_name="Clerk")
    with callbacks(execute=True):
        return archive.seal(document=document, by=by, at=noon("2021-03-04"), reason=reason)


def test_file_text_pictures_and_search_rows_are_removed(
    policy, settings, django_capture_on_commit_callbacks
):
    document = policy.citations.get().document
    name = document.file.name
    assert page_images.page_image(document, 2)

    seal(document, django_capture_on_commit_callbacks)

    document.refresh_from_db()
    assert (document.file.name, document.text_state, document.pages.count()) == ("", "", 0)
    assert not default_storage.exists(name)
    assert not any(path.is_file() for path in settings.PAGE_IMAGES.rglob("*"))
    assert document_search.search("settlement", public_only=False, limit=5) == []
    assert len(document.sha256) == 64
    assert document.sealed_by.first_name == "Clerk"
    assert document.sealed_reason == "Order of the Superior Court, No. 12"


def test_no_table_has_the_words_any_more(policy, django_capture_on_commit_callbacks):
    """Not in the citations of superseded rows either, nor in what SQLite's index keeps."""
    correct(policy, answer="none_found", change_note="Misread.")
    assert Citation.objects.filter(quote=WORDS).count() == 2

    seal(policy.citations.get().document, django_capture_on_commit_callbacks)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                assert "secret" not in repr(row).lower(), table


def test_the_answer_and_its_score_stay(policy, client, django_capture_on_commit_callbacks):
    periods = list(ScorePeriod.objects.order_by("pk").values())
    assert periods

    seal(policy.citations.get().document, django_capture_on_commit_callbacks)

    assert list(ScorePeriod.objects.order_by("pk").values()) == periods
    assert score_periods.differences() == []
    county = client.get("/counties/ca/" + policy.county.slug + "/").content.decode()
    assert "Sealed by court order on March 4, 2021" in county
    assert "Secret" not in county
    page = client.get(f"/documents/{policy.citations.get().document_id}/").content.decode()
    assert "Sealed by court order on March 4, 2021" in page
    assert "Superior Court, No. 12" in page
    assert "Secret" not in page


def test_every_document_with_the_same_file_is_sealed(policy, django_capture_on_commit_callbacks):
    document = policy.citations.get().document
    twin = files.archived(files.pdf("Title", WORDS), title="The same again")
    sealed = seal(document, django_capture_on_commit_callbacks)
    assert {one.pk for one in sealed} == {document.pk, twin.pk}
    assert not SourceDocument.objects.filter(sealed_at__isnull=True, sha256=document.sha256)


def test_without_a_reason_or_twice_it_is_refused(policy, django_capture_on_commit_callbacks):
    document = policy.citations.get().document
    with pytest.raises(ValidationError, match="which court"):
        seal(document, django_capture_on_commit_callbacks, reason="  ")
    assert default_storage.exists(document.file.name)
    seal(document, django_capture_on_commit_callbacks)
    with pytest.raises(ValidationError, match="sealed already"):
        seal(document, django_capture_on_commit_callbacks)


def test_without_a_file_only_the_quotes_go(django_capture_on_commit_callbacks):
    policy = published(LocalPolicyFactory)
    citation = policy.citations.get()
    seal(citation.document, django_capture_on_commit_callbacks)
    citation.refresh_from_db()
    assert citation.quote == archive.SEALED_QUOTE

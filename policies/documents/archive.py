"""The acts on documents' files: archived under their SHA-256, and sealed by order of a court.

A file is kept as `documents/ab/abcd….pdf`, one copy however often it is sent, and never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from policies.documents import page_images
from policies.documents.intake import Examined, Page
from policies.models import Citation, DocumentPage, SourceDocument, Submission

#: Stands where the words of a sealed document were quoted. Pages show a sentence in its place.
SEALED_QUOTE = "[sealed]"


@transaction.atomic
def archive(*, document: SourceDocument, upload: File, examined: Examined) -> SourceDocument:
    """Keep an examined file as the document's, with its text. Saves the document."""
    document.file = _stored(upload, examined)
    document.sha256 = examined.sha256
    document.text_state = examined.state
    document.save()
    write_pages(document, examined.pages)
    return document


def write_pages(document: SourceDocument, pages: Sequence[Page]) -> None:
    """Put these pages in the place of those that the document had."""
    document.pages.all().delete()
    DocumentPage.objects.bulk_create(
        [
            DocumentPage(document=document, number=number, label=page.label, text=page.text)
            for number, page in enumerate(pages, 1)
        ],
        batch_size=500,
    )


def _stored(upload: File, examined: Examined) -> str:
    name = f"documents/{examined.sha256[:2]}/{examined.sha256}.{examined.kind}"
    if default_storage.exists(name):
        return name
    upload.seek(0)
    return default_storage.save(name, upload)


@transaction.atomic
def seal(*, document: SourceDocument, by, at: datetime, reason: str) -> tuple[SourceDocument, ...]:
    """Remove a document's file, text and quoted words, because a court ordered it.

    Title, hash, reason, who and when stay, and so do the records that cite it, their answers and
    scores. Every document with the very same file is sealed with it. Returns all that were sealed;
    raises ValidationError if it was sealed before, or no reason is given.

    This is the one act that changes words of published rows: an order of a court leaves no other
    way, and a successor would keep the words in the row that it succeeds.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say which court ordered it, and when."))
    document = SourceDocument.objects.select_for_update().get(pk=document.pk)
    if document.sealed_at is not None:
        raise ValidationError(_("This document is sealed already."))
    sealed = [document, *_twins(document)]
    names = {one.file.name for one in sealed if one.file} | _received_as(document)
    for one in sealed:
        one.sealed_at, one.sealed_by, one.sealed_reason = at, by, reason
        one.file, one.text_state = "", ""
        one.save(update_fields=["sealed_at", "sealed_by", "sealed_reason", "file", "text_state"])
    cited = Citation.objects.filter(document__in=sealed)
    cited.exclude(quote="").update(quote=SEALED_QUOTE)
    cited.exclude(note="").update(note="")
    DocumentPage.objects.filter(document__in=sealed).delete()
    _forget_words()
    # A file cannot be brought back by a rollback, so it goes last, when all else is certain.
    transaction.on_commit(lambda: _remove(names, document.sha256))
    return tuple(sealed)


def _twins(document: SourceDocument) -> list[SourceDocument]:
    if not document.sha256:
        return []
    same = SourceDocument.objects.filter(sha256=document.sha256, sealed_at__isnull=True)
    return list(same.exclude(pk=document.pk).select_for_update())


def _received_as(document: SourceDocument) -> set[str]:
    """Names of the files in which the same bytes were sent for import."""
    if not document.sha256:
        return set()
    same = Submission.objects.filter(sha256=document.sha256)
    return set(same.values_list("file", flat=True))


def _forget_words() -> None:
    """SQLite keeps words of deleted rows in its index until its parts are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO policies_documentpage_words(policies_documentpage_words) "
                "VALUES ('optimize')"
            )


def _remove(names: set[str], sha256: str) -> None:
    for name in names:
        default_storage.delete(name)
    page_images.forget(sha256)

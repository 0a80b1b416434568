"""Looks at an upload before any of it is kept: its kind, hash and words, or why it is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.documents import sandbox
from policies.documents.kinds import HEAD, NAMES, KindError, kind_of
from policies.models import SourceDocument, TextState

REFUSALS = {
    "broken": gettext_lazy("It begins like %(kind)s, but cannot be opened: it is broken or cut."),
    "bomb": gettext_lazy(
        "Opened, this file would take more memory than any document needs. It is refused; print "
        "it to a PDF, or save it anew, and send that."
    ),
    "not_docx": gettext_lazy(
        "It is an archive, but no Word document (DOCX). Unpack it and send the documents in it."
    ),
    "busy": gettext_lazy("Other files are being read just now. Try again in a minute."),
}


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that can be kept. `note`: what was corrected, for whoever sent it."""

    kind: str
    sha256: str
    pages: tuple[Page, ...]
    state: TextState
    note: str = ""


def examine(upload) -> Examined:
    """What an uploaded file (django `File`) is and says. Raises ValidationError, for people."""
    _check_size(upload)
    upload.seek(0)
    try:
        kind = kind_of(upload.read(HEAD), upload.name)
    except KindError as error:
        raise ValidationError(str(error), "kind") from None
    sha256 = hash_of(upload)
    _refuse_sealed(sha256)
    try:
        with sandbox.on_disk(upload) as path:
            read = sandbox.read(kind.code, path)
    except sandbox.SandboxError as error:
        if error.code != "too_slow":
            raise ValidationError(
                REFUSALS[error.code], error.code, {"kind": NAMES[kind.code]}
            ) from None
        # Evidence that takes us too long to read can still be read by a person.
        return Examined(kind.code, sha256, (), TextState.UNREADABLE, kind.note)
    finally:
        upload.seek(0)
    pages = tuple(Page(page["text"], page["label"]) for page in read["pages"])
    state = TextState(read["state"])
    if read["cut"] and state == TextState.READ:
        state = TextState.PARTIAL
    return Examined(kind.code, sha256, pages, state, kind.note)


def hash_of(upload) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def same_file(sha256: str, *, besides: int | None = None) -> SourceDocument | None:
    """Another document with the very same file, or None."""
    same = SourceDocument.objects.filter(sha256=sha256).exclude(file="").order_by("pk")
    return same.exclude(pk=besides).first()


def _check_size(upload) -> None:
    if not upload.size:
        raise ValidationError(_("The file is empty."), "empty")
    if upload.size > settings.LARGEST_DOCUMENT:
        raise ValidationError(
            _("The file has %(size).0f MB; a document may have at most %(most).0f MB."),
            "too_large",
            {"size": upload.size / 1e6, "most": settings.LARGEST_DOCUMENT / 1e6},
        )


def _refuse_sealed(sha256: str) -> None:
    sealed = SourceDocument.objects.filter(sha256=sha256, sealed_at__isnull=False).first()
    if sealed:
        raise ValidationError(
            _("A court sealed this very file (“%(title)s”). It cannot be kept here again."),
            "sealed",
            {"title": sealed.title},
        )

"""What kind of file something is, by its content; its name and the browser count for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: How much of a file tells its kind.
HEAD = 8192
PICTURES = frozenset({"png", "jpg", "tif", "gif", "webp"})
NAMES = {
    "pdf": gettext_lazy("a PDF"),
    "png": gettext_lazy("a PNG picture"),
    "jpg": gettext_lazy("a JPEG picture"),
    "tif": gettext_lazy("a TIFF picture"),
    "gif": gettext_lazy("a GIF picture"),
    "webp": gettext_lazy("a WebP picture"),
    "docx": gettext_lazy("a Word document (DOCX)"),
    "html": gettext_lazy("an HTML page"),
    "txt": gettext_lazy("plain text"),
}
#: Other endings of the same kinds.
ALIASES = {
    "jpeg": "jpg",
    "jpe": "jpg",
    "tiff": "tif",
    "htm": "html",
    "xhtml": "html",
    "text": "txt",
}
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"PK\x03\x04", "docx"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|title|meta|table|div|p|br|h1|a\s)\b", re.I
)
_XML = re.compile(rb"^\s*(?:<\?xml|<svg)", re.I)


class KindError(ValueError):
    """The file is of no kind that we take, or its name says something else. Written for people."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`code`: an ending, such as "pdf". `note`: what was corrected, for people; mostly empty."""

    code: str
    note: str = ""


def kind_of(head: bytes, filename: str) -> Kind:
    """The kind of a file by its first bytes, held against its name. Raises KindError."""
    found = _by_content(head)
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    claimed = ALIASES.get(ending, ending)
    if found is None:
        raise KindError(
            _(
                "This is no kind of file that is kept here. Send a PDF, a picture (PNG, JPEG, "
                "TIFF, GIF or WebP), a Word document (DOCX), an HTML page or plain text."
            )
            + _what_it_seems(head)
        )
    if found == claimed:
        return Kind(found)
    values = {"name": filename[-80:], "kind": NAMES[found], "ending": f".{found}"}
    both_pictures = found in PICTURES and claimed in PICTURES
    if both_pictures or not claimed:
        note = _("“%(name)s” is %(kind)s, so it is kept with the ending %(ending)s.")
        return Kind(found, note % values)
    raise KindError(
        _(
            "“%(name)s” is %(kind)s, whatever its name says. If it is the right file, rename it "
            "so that it ends in %(ending)s."
        )
        % values
    )


def _by_content(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            return code
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str | None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = head.decode("utf-16", "ignore").encode()
    else:
        plain = head
    if not plain.strip() or b"\x00" in plain:
        return None
    if _MARKUP.search(plain):
        return "html"
    if _XML.match(plain):
        return None
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in plain)
    return None if control > len(plain) / 100 or _guesses(plain) else "txt"


def _guesses(head: bytes) -> list[str]:
    """What a file that begins with these bytes may be, the likeliest first."""
    import puremagic  # loaded for documents alone: its tables take 1 MB

    try:
        return [match.name for match in puremagic.magic_string(head) if match.confidence >= 0.6]
    except (puremagic.PureError, ValueError):
        return []


def _what_it_seems(head: bytes) -> str:
    guesses = _guesses(head)
    return " " + _("It seems to be: %(guess)s.") % {"guess": guesses[0]} if guesses else ""

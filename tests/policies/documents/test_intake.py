"""What is taken in, what is refused, and what is made of it."""

import contextlib
import hashlib
import io
import time
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from policies.documents import intake, sandbox
from tests.factories import PUBLISHED_AT, DocumentFactory, UserFactory
from tests.policies.documents import files

pytestmark = pytest.mark.django_db


def examine(data, name):
    return intake.examine(files.upload(data, name))


def refusal(data, name) -> str:
    with pytest.raises(ValidationError) as caught:
        examine(data, name)
    return " ".join(caught.value.messages)


def texts(examined):
    return [page.text for page in examined.pages]


def test_the_text_of_a_pdf_page_by_page():
    found = examine(files.pdf("Holds\nare refused", "", "Page three", labels=True), "order.pdf")

    assert (found.kind, found.state) == ("pdf", "read")
    assert texts(found) == ["Holds\nare refused", "", "Page three"]
    assert [page.label for page in found.pages] == ["i", "1", "2"]


def test_a_pdf_without_text_says_so():
    found = examine(files.pdf("", ""), "scan.pdf")
    assert (found.state, len(found.pages)) == ("no_text", 2)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("PNG", "a.png", "png"),
        ("JPEG", "a.jpeg", "jpg"),
        ("GIF", "a.gif", "gif"),
        ("WEBP", "a.webp", "webp"),
        ("TIFF", "a.tif", "tif"),
    ],
)
def test_pictures(kind, name, code):
    found = examine(files.picture(kind), name)
    assert (found.kind, found.state, texts(found)) == (code, "no_text", [""])


def test_a_fax_of_three_sheets_has_three_pages():
    assert len(examine(files.picture("TIFF", frames=3), "fax.tiff").pages) == 3


def test_a_word_document_is_split_at_its_page_breaks():
    found = examine(files.word("One", "Two", "\f", "Three"), "order.docx")
    assert (found.kind, texts(found)) == ("docx", ["One\nTwo", "Three"])


def test_an_html_page_is_its_words_and_not_its_scripts():
    page = b"<!doctype html><title>T</title><script>alert(1)</script><p>No <b>holds</b></p><p>B"
    found = examine(page, "page.htm")
    assert (found.kind, texts(found)) == ("html", ["No holds\nB"])


def test_plain_text_in_any_of_its_encodings():
    for encoding in ("utf-8", "cp1252", "utf-16"):
        assert texts(examine("Doña Ana\fTwo".encode(encoding), "a.txt")) == ["Doña Ana", "Two"]


def test_a_long_text_is_kept_in_parts_that_can_be_indexed():
    found = examine(b"one line of words\n" * 20_000, "a.txt")
    assert [len(page.text) <= 100_000 for page in found.pages] == [True] * 4


# --- The kind is told from the content ----------------------------------------------------------


def test_a_png_that_is_html_is_refused():
    said = refusal(b"<html><script>alert(1)</script>", "picture.png")
    assert "an HTML page" in said
    assert ".html" in said


def test_a_png_by_its_first_bytes_alone_is_refused():
    page = b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>"
    assert "cannot be opened" in refusal(page, "picture.png")


def test_a_picture_with_the_ending_of_another_is_kept_under_its_own():
    found = examine(files.picture("JPEG"), "scan.png")
    assert found.kind == "jpg"
    assert ".jpg" in found.note


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, "order.pdf"),
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "a.svg"),
        (b"{\\rtf1 hello}", "a.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.doc"),
        (b"a\x00b", "a.txt"),
        (b"   \n", "a.txt"),
    ],
)
def test_other_kinds_are_refused_with_those_that_are_taken(data, name):
    assert "Send a PDF" in refusal(data, name)


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"", "a.pdf")


def test_a_spreadsheet_is_no_word_document():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "no Word document" in refusal(out.getvalue(), "sheet.docx")


# --- Hostile files ------------------------------------------------------------------------------


def test_too_large_a_file_is_refused_by_its_size(settings):
    settings.LARGEST_DOCUMENT = 100
    assert "at most" in refusal(files.pdf("a"), "a.pdf")


def test_a_zip_bomb_is_refused():
    assert "more memory" in refusal(files.zip_bomb(), "bomb.docx")


def test_a_picture_that_would_fill_the_memory_is_refused():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert "more memory" in refusal(out.getvalue(), "bomb.png")


def test_a_pdf_whose_page_unpacks_to_very_much_does_no_harm():
    packed = zlib.compress(b" " * 1_000_000_000, 9)
    page = files.pdf("x").decode("latin-1")
    head, _stream = page.split("<< /Length", 1)
    body = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    bomb = head.encode("latin-1") + body + packed + b"\nendstream\nendobj\n%%EOF"

    began = time.monotonic()
    outcome = "refused"
    with contextlib.suppress(ValidationError):
        outcome = examine(bomb, "bomb.pdf").state
    assert outcome in ("refused", "no_text", "partial", "unreadable")
    assert time.monotonic() - began < sandbox.READ_SECONDS


def test_a_broken_pdf_is_refused():
    assert "cannot be opened" in refusal(b"%PDF-1.7\n" + b"junk" * 100, "a.pdf")


def test_a_pdf_with_a_password_is_kept_without_its_text():
    found = examine(files.locked_pdf(), "locked.pdf")
    assert (found.state, found.pages) == ("encrypted", ())


def test_a_file_that_takes_too_long_is_kept_without_its_text(monkeypatch):
    monkeypatch.setattr(sandbox, "READ_SECONDS", 0.01)
    found = examine(files.pdf("words"), "slow.pdf")
    assert (found.state, found.pages) == ("unreadable", ())


def test_the_worker_knows_no_secrets_and_stops_at_its_limits(tmp_path, monkeypatch):
    script = tmp_path / "worker.py"
    begin = f"import sys; sys.path.insert(0, {str(sandbox.WORKER)!r})\n"
    begin += "import json, os, opening; opening.limit(1)\n"
    monkeypatch.setattr(sandbox, "WORKER", script)
    monkeypatch.setenv("SECRET_KEY", "hidden")

    script.write_text(begin + "print(json.dumps({'environment': ''.join(os.environ)}))")
    assert "SECRET" not in sandbox.read("pdf", "x")["environment"]
    for harm, code in (
        ("while True: pass", "too_slow"),
        ("bytearray(4_000_000_000)", "broken"),
        ("open(sys.argv[3], 'w').write('x' * 9999)", "broken"),
        ("os.abort()", "broken"),
        ("print('no JSON')", "broken"),
        ("", "broken"),
    ):
        script.write_text(begin + harm)
        with pytest.raises(sandbox.SandboxError) as caught:
            sandbox.read("pdf", str(tmp_path / "x"))
        assert caught.value.code == code, harm


# --- Kept once ----------------------------------------------------------------------------------


def test_a_file_is_kept_once_under_its_hash():
    data = files.pdf("No holds")
    first = files.archived(data, title="First")
    second = files.archived(data, title="Second")

    sha256 = hashlib.sha256(data).hexdigest()
    name = f"documents/{sha256[:2]}/{sha256}.pdf"
    assert (first.file.name, second.file.name) == (name, name)
    assert default_storage.listdir(f"documents/{sha256[:2]}") == ([], [f"{sha256}.pdf"])
    assert first.pages.get().text == "No holds"
    assert intake.same_file(sha256, besides=second.pk) == first
    assert intake.same_file(sha256, besides=None) == first


def test_what_a_court_sealed_is_not_taken_in_again():
    data = files.pdf("Sealed words")
    DocumentFactory(
        title="Settlement",
        sha256=hashlib.sha256(data).hexdigest(),
        sealed_at=PUBLISHED_AT,
        sealed_by=UserFactory(),
        sealed_reason="Order",
    )
    assert "court sealed" in refusal(data, "again.pdf")

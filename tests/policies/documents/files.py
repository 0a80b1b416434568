"""Files for tests, made by hand or by the libraries that read them."""

from __future__ import annotations

import io
import zipfile

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from policies.documents import archive, intake
from tests.factories import DocumentFactory


def pdf(*pages: str, labels: bool = False) -> bytes:
    """A PDF with a text layer: a line of text for every line of each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R%s >>" % (" /PageLabels 4 0 R" if labels else "")]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append("<< /Nums [0 << /S /r >> 1 << /S /D >>] >>")
    for number, text in enumerate(pages):
        lines = "".join(
            f"({line.replace('(', '[').replace(')', ']')}) Tj T*\n" for line in text.split("\n")
        )
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{lines}ET" if text else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _put_together(objects)


def _put_together(objects: list[str], trailer: str = "") -> bytes:
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its keys are of no password that anybody has."""
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'ab' * 32}> /U <{'cd' * 32}> /P -4 >> "
        f"/ID [<{'01' * 16}> <{'01' * 16}>] "
    )
    pages = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"]
    return _put_together(pages, lock)


def picture(kind: str = "PNG", words: str = "SCAN", frames: int = 1) -> bytes:
    image = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(image).text((20, 40), words, fill="black")
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(out, kind, **more)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    """A DOCX; "\\f" as a paragraph is a page break."""
    document = docx.Document()
    for text in paragraphs:
        if text == "\f":
            document.add_page_break()
        else:
            document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A DOCX of some hundred kilobytes that unpacks to 400 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive_file:
        archive_file.writestr("[Content_Types].xml", "<Types/>")
        with archive_file.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def upload(data: bytes, name: str = "order.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def archived(data: bytes, name: str = "order.pdf", **values):
    """A document with this file, taken in as the admin does it."""
    sent = upload(data, name)
    document = DocumentFactory.build(**values)
    return archive.archive(document=document, upload=sent, examined=intake.examine(sent))

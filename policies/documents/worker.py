"""Opens one file that may be hostile, in a process of its own that can do little harm.

Run by `sandbox.py` as a script: `worker.py read KIND PATH` or `worker.py draw KIND PATH NUMBER`.
It limits its own memory, time and files before anything of the file is looked at, knows nothing of
the project (no settings, no secrets, no database), and answers on standard output: a line of JSON,
and after it the bytes of the picture, if one was asked for.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import resource
import sys
import warnings
import zipfile
from html.parser import HTMLParser

MEMORY = 1_500_000_000
SECONDS = {"read": 60, "draw": 20}
#: A record that is longer than this is no document that a person cites by its page.
MOST_PAGES = 3000
#: PostgreSQL indexes at most 1 MB of words at a time.
LONGEST_PAGE = 100_000
LONGEST_TEXT = 20_000_000
#: Pixels: of the longer side of a drawn page, and of a picture that is opened at all.
LONGEST_SIDE = 1600
MOST_PIXELS = 60_000_000
#: A file that unpacks to more than this is a bomb.
LARGEST_UNPACKED = 300_000_000
MOST_PARTS = 10_000
#: Characters of a page whose places are kept, for marking a quote on its picture.
MOST_BOXES = 20_000
UNSTORED = dict.fromkeys((0, 0xE000, 0xE001))

PICTURES = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "gif": "GIF", "webp": "WEBP"}
# fmt: off
BLOCKS = frozenset((
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
))
# fmt: on
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "object"})


class Refused(Exception):
    """The file is not what it claims to be, or more than we take on. The code says which."""


class Pages:
    """Collects the text of pages and stops at the limits."""

    def __init__(self) -> None:
        self.pages: list[dict[str, str]] = []
        self.length = 0
        self.cut = False

    def add(self, text: str, label: str = "") -> bool:
        """False when no more is taken."""
        text = _storable(text).strip()
        left = LONGEST_TEXT - self.length
        if len(self.pages) >= MOST_PAGES or left <= 0:
            self.cut = True
            return False
        kept = text[: min(LONGEST_PAGE, left)]
        self.cut |= len(kept) < len(text)
        self.length += len(kept)
        self.pages.append({"text": kept, "label": label[:20]})
        return True

    def add_long(self, text: str) -> None:
        """A text without pages: in parts that can be indexed, cut between paragraphs."""
        while text:
            end = len(text)
            if end > LONGEST_PAGE:
                cut = text.rfind("\n", LONGEST_PAGE // 2, LONGEST_PAGE)
                end = cut if cut > 0 else LONGEST_PAGE
            if not self.add(text[:end]):
                return
            text = text[end:].lstrip("\n")


def _storable(text: str) -> str:
    """Without NULs, halves of characters, and the marks of the search."""
    text = text.translate(UNSTORED).replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "ignore").decode("utf-8")


# --- Reading -----------------------------------------------------------------------------------


def read(kind: str, path: str) -> dict:
    """The pages of the file and their text. Raises if it is not of that kind."""
    pages = Pages()
    state = READERS.get(kind, read_picture)(path, pages, kind) or ""
    has_text = any(page["text"] for page in pages.pages)
    return {"pages": pages.pages, "cut": pages.cut, "state": state or _state(has_text)}


def _state(has_text: bool) -> str:
    return "read" if has_text else "no_text"


def read_pdf(path: str, pages: Pages, _kind: str) -> str | None:
    import pypdfium2

    document = _open_pdf(path)
    if document is None:
        return "encrypted"
    if len(document) == 0:
        raise Refused("broken")
    for number in range(len(document)):
        label = document.get_page_label(number) or ""
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()
            page.close()
        except pypdfium2.PdfiumError:
            text = ""  # one broken page does not make the others worthless
            pages.cut = True
        if not pages.add(text, label):
            break
    return None


def _open_pdf(path: str):
    """None if it can only be opened with a password."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return None
        raise Refused("broken") from None


def read_picture(path: str, pages: Pages, kind: str) -> None:
    picture = _open_picture(path, kind)
    frames = getattr(picture, "n_frames", 1) if kind == "tif" else 1
    picture.load()
    for _frame in range(frames):
        if not pages.add(""):
            break


def _open_picture(path: str, kind: str):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(path, formats=[PICTURES[kind]])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("bomb") from None
    except (OSError, ValueError, SyntaxError):
        raise Refused("broken") from None


def read_docx(path: str, pages: Pages, _kind: str) -> None:
    import docx
    from docx.table import Table

    _check_unpacked(path)
    document = docx.Document(path)
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            continue
        before, *after = _split_at_page_breaks(block)
        lines.append(before)
        for part in after:
            if any(lines) and not pages.add("\n".join(lines)):
                return
            lines = [part]
    pages.add_long("\n".join(lines))


def _split_at_page_breaks(paragraph) -> list[str]:
    """The text of a paragraph before and after each page break in it, seen or asked for."""
    parts = [""]
    for node in paragraph._p.iter():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name == "t":
            parts[-1] += node.text or ""
        elif name in ("tab", "cr") or (name == "br" and "page" not in node.attrib.values()):
            parts[-1] += "\t" if name == "tab" else "\n"
        elif name in ("br", "lastRenderedPageBreak"):
            parts.append("")
    return parts


def _check_unpacked(path: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Refused("broken") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused("bomb")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise Refused("not_docx")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag):
        if tag in self.unseen:
            while self.unseen and self.unseen.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data):
        if not self.unseen:
            self.words.append(data)


def read_html(path: str, pages: Pages, _kind: str) -> None:
    parser = _Words()
    parser.feed(_decoded(path))
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    pages.add_long("\n".join(line for line in lines if line))


def read_text(path: str, pages: Pages, _kind: str) -> None:
    for part in _decoded(path).split("\f"):
        pages.add_long(part.replace("\r\n", "\n"))


def _decoded(path: str) -> str:
    with open(path, "rb") as file:
        data = file.read()
    for encoding in (
        ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("cp1252", "replace")


READERS = {"pdf": read_pdf, "docx": read_docx, "html": read_html, "txt": read_text}


# --- Drawing -----------------------------------------------------------------------------------


def draw(kind: str, path: str, number: int) -> tuple[dict, bytes]:
    """One page as a PNG, with its text and the place of every character in pixels."""
    return draw_pdf(path, number) if kind == "pdf" else draw_picture(path, kind, number)


def draw_pdf(path: str, number: int) -> tuple[dict, bytes]:
    document = _open_pdf(path)
    if document is None or not 1 <= number <= len(document):
        raise Refused("no_page")
    page = document[number - 1]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refused("broken")
    scale = min(LONGEST_SIDE / max(width, height), 4)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    text, boxes = _characters(page, picture.size)
    about = {"width": picture.width, "height": picture.height, "text": text, "boxes": boxes}
    return about, _png(picture)


def _characters(page, size: tuple[int, int]) -> tuple[str, list]:
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    count = min(textpage.count_chars(), MOST_BOXES)
    characters: list[str] = []
    boxes: list[list[int] | None] = []
    edges = [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_int(), ctypes.c_int()

    def in_pixels(left: float, top: float) -> tuple[int, int]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, left, top, x, y)
        return x.value, y.value

    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        characters.append(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else " ")
        box = None
        if pdfium.FPDFText_GetCharBox(textpage.raw, index, *edges):
            left, right, bottom, top = (edge.value for edge in edges)
            (x0, y0), (x1, y1) = in_pixels(left, top), in_pixels(right, bottom)
            box = [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]
            box = box if box[2] > box[0] else None
        boxes.append(box)
    return "".join(characters), boxes


def draw_picture(path: str, kind: str, number: int) -> tuple[dict, bytes]:
    picture = _open_picture(path, kind)
    try:
        picture.seek(number - 1)
        picture.load()
    except (EOFError, OSError, ValueError, SyntaxError):
        raise Refused("no_page") from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    about = {"width": picture.width, "height": picture.height, "text": "", "boxes": []}
    return about, _png(picture)


def _png(picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")  # drawn anew: nothing but pixels of the file is left
    return out.getvalue()


# --- The process -------------------------------------------------------------------------------


def limit(seconds: int) -> None:
    for name, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS does not limit memory
            resource.setrlimit(name, (most, most))


def main(act: str, kind: str, path: str, number: str = "1") -> None:
    limit(SECONDS[act])
    picture = b""
    try:
        if act == "read":
            answer = read(kind, path)
        else:
            answer, picture = draw(kind, path, int(number))
    except Refused as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception:  # what the libraries raise at a broken file is beyond listing
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

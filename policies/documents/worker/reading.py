"""The words of a file, page by page."""

from __future__ import annotations

import contextlib
import zipfile
from html.parser import HTMLParser

from opening import (
    LARGEST_UNPACKED,
    LONGEST_PAGE,
    LONGEST_TEXT,
    MOST_PAGES,
    MOST_PARTS,
    UNSTORED,
    Refused,
    open_pdf,
    open_picture,
)

# fmt: off
BLOCKS = frozenset((
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
))
# fmt: on
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title", "svg", "object"})


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

    document = open_pdf(path)
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


def read_picture(path: str, pages: Pages, kind: str) -> None:
    picture = open_picture(path, kind)
    frames = getattr(picture, "n_frames", 1) if kind == "tif" else 1
    picture.load()
    for _frame in range(frames):
        if not pages.add(""):
            break


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

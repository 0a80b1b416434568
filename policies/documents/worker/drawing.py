"""One page as pixels, and where its characters are on them."""

from __future__ import annotations

import ctypes
import io

from opening import LONGEST_SIDE, MOST_BOXES, Refused, open_pdf, open_picture


def draw(kind: str, path: str, number: int) -> tuple[dict, bytes]:
    """One page as a PNG, with its text and the place of every character in pixels."""
    return draw_pdf(path, number) if kind == "pdf" else draw_picture(path, kind, number)


def draw_pdf(path: str, number: int) -> tuple[dict, bytes]:
    document = open_pdf(path)
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
    picture = open_picture(path, kind)
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

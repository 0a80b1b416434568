"""The limits of the worker, and how it opens what it is given."""

from __future__ import annotations

import contextlib
import resource
import warnings

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


class Refused(Exception):
    """The file is not what it claims to be, or more than we take on. The code says which."""


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


def open_pdf(path: str):
    """None if it can only be opened with a password."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return None
        raise Refused("broken") from None


def open_picture(path: str, kind: str):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(path, formats=[PICTURES[kind]])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("bomb") from None
    except (OSError, ValueError, SyntaxError):
        raise Refused("broken") from None

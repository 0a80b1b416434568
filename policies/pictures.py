"""From a drawing (SVG) to a picture (PNG), on the server, with fonts that ship with the site."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

import font_source_sans_pro
import font_source_serif_pro
import resvg_py

#: The weights that the drawings use: a serif for titles, a sans for the rest.
_FONTS = [
    font_source_serif_pro.SourceSerifProSemibold,
    font_source_sans_pro.SourceSansPro,
    font_source_sans_pro.SourceSansProSemibold,
]


def png(svg: str, width: int | None = None) -> bytes:
    """A PNG of the drawing. `width`: in pixels; None for the drawing's own. Raises ValueError.

    No font of the machine is used, so that a picture is the same everywhere.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=True,
            font_files=[str(Path(font)) for font in _FONTS],
            serif_family="Source Serif Pro",
            sans_serif_family="Source Sans Pro",
        )
    )


_one_at_a_time = Lock()


def png_of(svg: str, width: int) -> bytes:
    """The same, kept for whoever asks next, and made one at a time: a map of the country takes a
    second of the processor, and nobody may have all of it."""
    with _one_at_a_time:
        return _kept(svg, width)


@lru_cache(maxsize=16)
def _kept(svg: str, width: int) -> bytes:
    return png(svg, width)

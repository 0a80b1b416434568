"""Pictures of pages, drawn once and kept on this machine under the hash of their file.

Kept apart from the files themselves, because they can be drawn again: a folder within `DATA_DIR`
that never grows beyond `settings.LARGEST_PAGE_IMAGES`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from policies.documents import sandbox
from policies.documents.kinds import PICTURES
from policies.models import SourceDocument
from policies.quotes import Text

DRAWN = PICTURES | {"pdf"}
#: Failures that will be the same next time.
LASTING = frozenset({"broken", "bomb", "no_page", "too_slow"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture, in its pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageImage:
    path: Path
    width: int
    height: int
    text: str
    boxes: tuple[tuple[int, int, int, int] | None, ...]

    def marks(self, quote: str) -> tuple[Box, ...]:
        """Where the words of `quote` stand on the picture: one rectangle for each line."""
        lines: list[list[int]] = []
        for span in Text.of(self.text).find(quote):
            broken = True  # each part of a quote begins a rectangle of its own
            for box in filter(None, self.boxes[span.start : span.end]):
                if not broken and _on_one_line(lines[-1], box):
                    lines[-1] = _around(lines[-1], box)
                else:
                    lines.append(list(box))
                broken = False
        return tuple(Box(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in lines)


def kind_of_file(document: SourceDocument) -> str:
    """The ending that its content was given; empty without a file."""
    return document.file.name.rpartition(".")[2].lower() if document.file else ""


def can_be_drawn(document: SourceDocument) -> bool:
    return bool(document.sha256) and kind_of_file(document) in DRAWN


def page_image(document: SourceDocument, number: int) -> PageImage | None:
    """The picture of a page; None if the file has no such page or cannot be drawn."""
    if not can_be_drawn(document):
        return None
    picture = _folder(document.sha256) / f"{number}.png"
    about = _read(picture)
    if about is None:
        about = _draw(document, number, picture)
    if about is None or "refused" in about:
        return None
    boxes = tuple(tuple(box) if box else None for box in about["boxes"])
    return PageImage(picture, about["width"], about["height"], about["text"], boxes)


def forget(sha256: str) -> None:
    """Remove every picture of a file's pages."""
    if sha256:
        shutil.rmtree(_folder(sha256), ignore_errors=True)


def _folder(sha256: str) -> Path:
    return settings.PAGE_IMAGES / sha256[:2] / sha256


def _read(picture: Path) -> dict | None:
    try:
        about = json.loads(picture.with_suffix(".json").read_text())
    except (OSError, ValueError):
        return None
    return about if "refused" in about or picture.exists() else None


def _draw(document: SourceDocument, number: int, picture: Path) -> dict | None:
    try:
        with document.file.open("rb") as file, sandbox.on_disk(file) as path:
            about, png = sandbox.draw(kind_of_file(document), path, number)
    except FileNotFoundError:
        return None
    except sandbox.SandboxError as error:
        about, png = {"refused": error.code}, b""
        if error.code not in LASTING:
            return None
    picture.parent.mkdir(parents=True, exist_ok=True)
    make_room()
    if png:
        _write(picture, png)
    _write(picture.with_suffix(".json"), json.dumps(about).encode())
    return about


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: others may be reading."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)


def make_room() -> None:
    """Remove the oldest pictures until what is kept is within its bound."""
    files = []
    for path in settings.PAGE_IMAGES.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                files.append((path.stat().st_mtime, path.stat().st_size, path))
    total = sum(size for _time, size, _path in files)
    for _time, size, path in sorted(files):
        if total <= settings.LARGEST_PAGE_IMAGES:
            return
        path.unlink(missing_ok=True)
        total -= size


def _on_one_line(line: list[int], box: tuple[int, ...]) -> bool:
    middle = (box[1] + box[3]) / 2
    return line[1] <= middle <= line[3] and box[0] >= line[0]


def _around(line: list[int], box: tuple[int, ...]) -> list[int]:
    return [
        min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3])
    ]  # fmt: skip

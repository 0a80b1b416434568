"""All downloads in one folder, for those who keep or publish the record elsewhere.

Every file is what the API answers, byte by byte; a manifest says of when it is, and has the hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from policies.api import responses
from policies.api.base import LARGEST_PAGE_SIZE, Edition
from policies.api.codebook import ALL
from policies.api.downloads import Download, Unsent
from policies.backups.making import one_moment

MANIFEST = "manifest.json"
CREDIT = (
    "Free to use and pass on with credit to the National Map of Local Entanglement with ICE and "
    "the date for which it was read. Quoted words belong to their documents."
)


class FolderInUse(Exception):
    """There is something where the export should go."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which day is exported. `as_of` None: today, and of law and agreements all days."""

    as_of: date | None
    known_on: date | None
    today: date

    def query(self, download: Download) -> dict[str, str]:
        """The parameters of one list; a day is always named, so that it can be asked for again."""
        as_of = self.as_of or (None if download.every_day else self.today)
        days = {"as_of": as_of, "known_on": self.known_on}
        return download.asked({name: day.isoformat() for name, day in days.items() if day})


def export(folder: Path, asked: Asked, *, at: datetime, base: str) -> dict:
    """Write every list as CSV and JSON, and the manifest, which is returned.

    `base`: scheme and host of the site, for addresses in the lists. The folder appears when all of
    it is written. Raises FolderInUse, OSError.
    """
    refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    writing = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        with one_moment():
            manifest = _about(asked, at)
            for download in ALL:
                manifest["files"] |= _write_list(writing, download, asked.query(download), base)
        _write(writing / MANIFEST, iter([_pretty(manifest)]))
        writing.chmod(0o755)
        refuse_used(folder)
        os.rename(writing, folder)  # which replaces an empty folder
    except BaseException:
        shutil.rmtree(writing, ignore_errors=True)
        raise
    return manifest


def refuse_used(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        what = "is not empty" if folder.is_dir() else "is no folder"
        raise FolderInUse(f"{folder} {what}. Name a folder that is empty or not there yet.")


def _about(asked: Asked, at: datetime) -> dict:
    edition = Edition.current()
    return {
        "made_at": at.isoformat(),
        "as_of": (asked.as_of or asked.today).isoformat(),
        "known_on": asked.known_on.isoformat() if asked.known_on else None,
        "revision": edition.revision,
        "last_updated": edition.last_updated.isoformat() if edition.last_updated else None,
        "licence": CREDIT,
        "files": {},
    }


def _write_list(folder: Path, download: Download, query: dict[str, str], base: str) -> dict:
    """What the manifest says of the two files of one list."""
    results = _all_results(download, query, base)
    about = {
        "list": download.name,
        "rows": len(results),
        **{name: query.get(name) for name in download.clocks},
    }
    whole = responses.json_response({**query, "count": len(results), "results": results})
    table = _answer(download, {**query, "format": "csv"}, base)
    files = {"csv": table.streaming_content, "json": iter([whole.content])}
    return {
        name: {**_write(folder / name, parts), **about}
        for form, parts in files.items()
        for name in [f"{download.file_name}.{form}"]
    }


def _all_results(download: Download, query: Mapping[str, str], base: str) -> list:
    found: list = []
    page = 1
    while True:
        paging = {"page": str(page), "page_size": str(LARGEST_PAGE_SIZE)}
        answer = json.loads(_answer(download, {**query, **paging}, base).content)
        found += answer["results"]
        if answer["next"] is None:
            return found
        page += 1


def _answer(download: Download, query: Mapping[str, str], base: str):
    """As the API answers it. Raises RuntimeError if it does not."""
    response = download.view.as_view()(Unsent(download.name, query, base))
    if response.status_code != 200:
        raise RuntimeError(f"{download.name}: {response.content.decode()[:300]}")
    return response


def _write(path: Path, parts: Iterator[bytes]) -> dict:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as stream:
        for part in parts:
            digest.update(part)
            size += len(part)
            stream.write(part)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _pretty(content: dict) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"

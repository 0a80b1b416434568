"""The map that a competent user would make instead: d3 and us-atlas, drawn in the browser.

`build` makes its folder; `application` serves it with the same server and compression as ours.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

import brotli
from whitenoise import WhiteNoise

from bench.servers import Broken, run

HERE = Path(__file__).resolve().parent
#: From each package (name@version), the file that the page loads.
PACKAGES = {
    "d3@7.9.0": "dist/d3.min.js",
    "topojson-client@3.1.0": "dist/topojson-client.min.js",
    "us-atlas@3.0.1": "counties-albers-10m.json",
}
#: As sanctuary/gunicorn.py serves ours, but that file needs Django.
GUNICORN = ("-k", "gthread", "--threads=4", "--no-control-socket", "bench.peer:application")


def build(folder: Path, scores: bytes) -> None:
    """Everything the page loads, with a brotli version of each file beside it."""
    if not shutil.which("npm"):
        raise Broken("The comparison with d3 needs npm (Debian: apt-get install npm).")
    folder.mkdir()
    for package, wanted in PACKAGES.items():
        # npm prints the name of the archive on its last line.
        *_, archive = run(
            ["npm", "pack", "--silent", f"--pack-destination={folder.parent}", package],
            os.environ,
        ).split()
        with tarfile.open(folder.parent / archive) as packed:
            member = packed.extractfile(f"package/{wanted}")
            if member is None:
                raise Broken(f"{package} has no {wanted}.")
            (folder / Path(wanted).name).write_bytes(member.read())
    for name in ("index.html", "map.js"):
        shutil.copy(HERE / name, folder)
    (folder / "scores.json").write_bytes(scores)
    for path in list(folder.iterdir()):
        compressed = brotli.compress(path.read_bytes())  # quality 11, as WhiteNoise does for us
        path.with_name(f"{path.name}.br").write_bytes(compressed)


def application(environ, start_response):
    return _files(environ, start_response)


def _not_found(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not found"]


_files = WhiteNoise(_not_found, root=os.environ.get("PEER_FOLDER"), index_file=True)

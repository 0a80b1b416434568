"""The map that a competent user would make instead: d3 and us-atlas, drawn in the browser.

The page is index.html with map.js. The same page with hints to load the data early, before the
scripts ask for it, is preload.html.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

import brotli

from bench.servers import ROOT, Broken, run

HERE = Path(__file__).resolve().parent
#: From each package (name@version), the file that the page loads.
PACKAGES = {
    "d3@7.9.0": "dist/d3.min.js",
    "topojson-client@3.1.0": "dist/topojson-client.min.js",
    "us-atlas@3.0.1": "counties-albers-10m.json",
}
NO_HINTS = "<!-- hints -->\n"
HINTS = "".join(
    f'<link rel="preload" href="{name}" as="fetch" crossorigin>\n'
    for name in ("counties-albers-10m.json", "scores.json")
)
#: As sanctuary/gunicorn.py serves ours (that file itself needs Django).
GUNICORN = ("-k", "gthread", "--threads=4", "--no-control-socket", "bench.peer.wsgi")


def environment(folder: Path) -> dict[str, str]:
    """What the server of the page needs to know."""
    return os.environ | {"PEER_FOLDER": str(folder), "PYTHONPATH": str(ROOT / "scripts")}


def build(folder: Path, scores: bytes) -> None:
    """Everything the page loads, with a brotli version of each file beside it."""
    if not shutil.which("npm"):
        raise Broken("The comparison with d3 needs npm (Debian: apt-get install npm).")
    folder.mkdir()
    packages = folder.parent / "packages"
    packages.mkdir()
    run(["npm", "pack", "--silent", f"--pack-destination={packages}", *PACKAGES], os.environ)
    for package, wanted in PACKAGES.items():
        with tarfile.open(packages / f"{package.replace('@', '-')}.tgz") as packed:
            member = packed.extractfile(f"package/{wanted}")
            if member is None:
                raise Broken(f"{package} has no {wanted}.")
            (folder / Path(wanted).name).write_bytes(member.read())
    page = (HERE / "index.html").read_text(encoding="utf-8")
    (folder / "index.html").write_text(page.replace(NO_HINTS, ""), encoding="utf-8")
    (folder / "preload.html").write_text(page.replace(NO_HINTS, HINTS), encoding="utf-8")
    shutil.copy(HERE / "map.js", folder)
    (folder / "scores.json").write_bytes(scores)
    for path in list(folder.iterdir()):
        compressed = brotli.compress(path.read_bytes())  # quality 11, as WhiteNoise does for us
        path.with_name(f"{path.name}.br").write_bytes(compressed)

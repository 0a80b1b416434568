"""Modules import each other by the names that static files have in production."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

from sanctuary import settings
from sanctuary.static_files import ManifestStorage

FOLDER = Path(settings.BASE_DIR) / "policies" / "static" / "policies"
IMPORTED = re.compile(r"""(?:from|import\()\s*["']\./([\w.-]+\.js)["']""")


def test_production_names_what_modules_import():
    assert ManifestStorage.support_js_module_import_aggregation
    # The tests' own settings put plain names in its place, so the file is read.
    written = Path(settings.__file__).read_text(encoding="utf-8")
    assert f'"BACKEND": "{ManifestStorage.__module__}.{ManifestStorage.__qualname__}"' in written


def test_no_module_imports_one_that_imports_it():
    imports = {
        path.name: set(IMPORTED.findall(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.js")
    }
    assert imports["find.js"] >= {"map.js", "places.js"}
    list(TopologicalSorter(imports).static_order())  # raises CycleError

"""Every translation file is whole and compiled as it stands, with no guess left in it (fuzzy)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polib

Texts = dict[tuple[str | None, str, str], tuple[str, ...]]


def texts(entries: polib.POFile | polib.MOFile) -> Texts:
    found: Texts = {}
    for entry in entries:
        plurals = tuple(text for _, text in sorted(entry.msgstr_plural.items()))
        if entry.obsolete or not (entry.msgstr or any(plurals)):
            continue
        key = (entry.msgctxt, entry.msgid, entry.msgid_plural or "")
        found[key] = plurals or (entry.msgstr,)
    return found


def problems_of(path: Path) -> list[str]:
    source = polib.pofile(str(path))
    problems = [
        f"{path}:{entry.linenum}: fuzzy, read it: {entry.msgid!r}"
        for entry in source.fuzzy_entries()
    ]
    problems += [
        f"{path}:{entry.linenum}: not translated: {entry.msgid!r}"
        for entry in source.untranslated_entries()
    ]
    forms = int(re.search(r"nplurals=(\d)", source.metadata["Plural-Forms"])[1])
    problems += [
        f"{path}:{entry.linenum}: a plural form is missing: {entry.msgid!r}"
        for entry in source
        if entry.msgid_plural and len(entry.msgstr_plural) != forms
    ]
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return [*problems, f"{path} is not compiled: run `manage.py compilemessages`"]
    if texts(source) != texts(polib.mofile(str(compiled))):
        problems.append(f"{compiled} is not what {path.name} says: run `manage.py compilemessages`")
    return problems


def main() -> int:
    folders = [Path("locale"), Path("counties/locale"), Path("policies/locale")]
    problems = [
        problem
        for folder in folders
        for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        for problem in problems_of(path)
    ]
    for problem in problems:
        print(problem)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())

"""Texts that staff may put in the place of those that ship: which there are, what they say now.

A text ships with the code (English in `texts.py` and `long_texts.py`, Spanish in `locale/` or
beside it) or with a row of a catalogue (`catalogue.py`). `SiteText` rows are versions of what staff
wrote instead; the newest published one counts. What is in force is kept in this process until the
revision of the record is another, so that a page costs one query at most. Pages of the past
(`known_on`) have today's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

Text = str | Promise
LANGUAGES = ("en", "es")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
#: Characters that change the direction of what follows: they make a text look like another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
SHORT, LONG = 300, 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. `english` and `spanish`: as it ships. `most`: characters at most."""

    key: str
    label: Text
    page: Text
    english: str
    spanish: str
    markdown: bool = False
    most: int = SHORT
    may_be_empty: bool = False

    def default(self, language: str) -> str:
        return self.spanish if language == "es" else self.english


class _InForce:
    """What staff wrote, by key and language, as of one revision. Swapped whole."""

    revision: int | None = None
    texts: Mapping[tuple[str, str], str] = {}


def refresh(revision: int) -> None:
    """Read what is in force, if this process has another revision. One query then, else none."""
    if _InForce.revision == revision:
        return
    from policies.models import SiteText  # this module is imported by models' texts

    texts: dict[tuple[str, str], str] = {}
    for key, english, spanish in SiteText.objects.in_force().values_list(
        "key", "english", "spanish"
    ):
        texts[key, "en"], texts[key, "es"] = english, spanish
    _InForce.texts = texts
    _InForce.revision = revision


def forget() -> None:
    """Read anew at the next page (for tests, whose revisions begin again)."""
    _InForce.revision, _InForce.texts = None, {}


def text(key: str) -> str:
    """The text in force, in the active language. KeyError if none of that name ships with the
    code."""
    entry = _with_the_code()[key]
    return written(key, language()) or entry.default(language())


def written(key: str, language: str) -> str:
    """What staff wrote and somebody published; empty if what ships is in force."""
    return _InForce.texts.get((key, language), "")


def written_keys() -> set[str]:
    """Keys of the texts of which staff's words are in force."""
    return {key for (key, _language), words in _InForce.texts.items() if words}


def _worded(key: str, message: str) -> str:
    return written(key, language()) or gettext(message)


#: `editable(key, message)`: a lazy text of `texts.py` that staff may put into other words.
editable = lazy(_worded, str)


def language() -> str:
    """The active language, as texts have it."""
    return "es" if (get_language() or "en").startswith("es") else "en"


def in_both(message: str) -> tuple[str, str]:
    """A message as it ships, in English and in Spanish."""
    with override("es"):
        return message, gettext(message)


def problems(entry: Entry, english: str, spanish: str) -> list[str]:
    """Why these words cannot be published, as sentences. Both empty: back to what ships."""
    if not english.strip() and not spanish.strip():
        return []
    found = []
    for name, words in ((_("English"), english), (_("Spanish"), spanish)):
        if not words.strip() and not entry.may_be_empty:
            found.append(
                gettext(
                    "%(language)s is empty. Write both, or empty both to go back to the text that "
                    "ships."
                )
                % {"language": name}
            )
        if len(words) > entry.most:
            found.append(
                gettext("%(language)s has %(count)d characters; %(most)d at most.")
                % {"language": name, "count": len(words), "most": entry.most}
            )
        if any(_is_unwanted(character) for character in words):
            found.append(
                gettext(
                    "%(language)s has invisible characters that turn or control the text. Type it "
                    "anew rather than pasting it."
                )
                % {"language": name}
            )
        if not entry.markdown and "\n" in words.strip():
            found.append(gettext("%(language)s must be a single line.") % {"language": name})
    wanted = sorted(_PLACEHOLDER.findall(entry.english))
    if any(sorted(_PLACEHOLDER.findall(words)) != wanted for words in (english, spanish)):
        found.append(
            gettext("Both languages need exactly these placeholders: %(names)s.")
            % {"names": ", ".join(wanted) or "–"}
        )
    return found


def _is_unwanted(character: str) -> bool:
    if character in "\n\r\t":
        return False
    return character in _TURNING or unicodedata.category(character) == "Cc"


_entries: dict[str, Entry] = {}


def _with_the_code() -> Mapping[str, Entry]:
    """Made once."""
    if not _entries:
        from policies import site_text_entries

        _entries.update({entry.key: entry for entry in site_text_entries.entries()})
    return _entries


def registry() -> Mapping[str, Entry]:
    """Every text by its key, in the order in which staff see them. Two queries, since rows of the
    catalogues come and go."""
    from policies import catalogue  # which imports the models

    return {**_with_the_code(), **{entry.key: entry for entry in catalogue.entries()}}

"""The words of the catalogue of local options and of the chart of who holds power.

They are texts of the site (`site_texts.py`): a row of `LocalOption` or `LocalPower` holds what
ships, in both languages, and a `SiteText` what staff wrote instead. There is no other way to
change them, so each is read by a second person before the public does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from policies import site_texts
from policies.models import LocalOption, LocalPower
from policies.models.reference import CatalogueRow
from policies.site_texts import Entry, Text

#: How keys begin, by model. A key is "option.<key of the row>.<column>".
PREFIXES: dict[type[CatalogueRow], str] = {LocalOption: "option", LocalPower: "power"}
#: The column without which a row is not shown: its name.
NAMES: dict[type[CatalogueRow], str] = {LocalOption: "title", LocalPower: "office"}

#: What staff see: label, characters at most, whether it is Markdown.
_COLUMNS: dict[str, tuple[Text, int, bool]] = {
    "title": (_("title"), 200, False),
    "explanation": (_("explanation"), 2000, True),
    "model_wording": (_("model wording"), 6000, True),
    "who_can_adopt": (_("who can adopt it"), 1000, True),
    "office": (_("office"), 100, False),
    "powers": (_("powers"), 1000, True),
    "jurisdiction": (_("jurisdiction"), 600, True),
    "selection": (_("elected or appointed"), 600, True),
}


@dataclass(frozen=True, slots=True)
class Words:
    """`language`: what they are written in, which is English where no Spanish is at hand."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


def words(row: CatalogueRow, column: str) -> Words:
    """What the public reads in the active language: staff's words, or those that ship."""
    language = site_texts.language()
    if written := site_texts.written(key_of(row, column), language):
        return Words(written, language)
    if language == "es" and (spanish := row.spanish.get(column)):
        return Words(spanish, "es")
    english = site_texts.written(key_of(row, column), "en") or getattr(row, column)
    return Words(english, "en")


def in_both(row: CatalogueRow, column: str) -> tuple[str, str]:
    """The words in force in English and in Spanish; an empty string where there are none."""
    key = key_of(row, column)
    english = site_texts.written(key, "en") or getattr(row, column)
    return english, site_texts.written(key, "es") or row.spanish.get(column, "")


def written_with(part: str) -> Q:
    """A condition: options of which staff's words in force, in English, have this part."""
    found = {
        key.split(".")[1]
        for key in site_texts.written_keys()
        if key.startswith("option.") and part.casefold() in site_texts.written(key, "en").casefold()
    }
    return Q(key__in=found)


def readable(rows: QuerySet) -> QuerySet:
    """Those that have a name. One that staff added is shown once its name is published."""
    prefix, name = PREFIXES[rows.model], NAMES[rows.model]
    named = [
        key.removeprefix(f"{prefix}.").removesuffix(f".{name}")
        for key in site_texts.written_keys()
        if key.startswith(f"{prefix}.") and key.endswith(f".{name}")
    ]
    return rows.filter(~Q(**{name: ""}) | Q(key__in=named))


def key_of(row: CatalogueRow, column: str) -> str:
    return f"{PREFIXES[type(row)]}.{row.key}.{column}"


def entries() -> Iterator[Entry]:
    """The texts of every row, as staff find them. Two queries."""
    pages = {LocalOption: _("Local options"), LocalPower: _("Who holds power")}
    for model in PREFIXES:
        for row in model._default_manager.all():
            page = f"{pages[model]}: {row}"
            for column in row.words:
                label, most, is_markdown = _COLUMNS[column]
                shipped = getattr(row, column), row.spanish.get(column, "")
                yield Entry(
                    key_of(row, column), label, page, *shipped, markdown=is_markdown, most=most
                )

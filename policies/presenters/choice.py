"""What a visitor chose (two dates, a palette), and links that keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from policies.assessments import When
from policies.explanations import long_date
from policies.parameters import ALWAYS

SAFE_PALETTE = "safe"


@dataclass(frozen=True, slots=True)
class Choice:
    when: When
    today: date
    kept: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str], when: When, today: date) -> Choice:
        return cls(when, today, tuple((name, query[name]) for name in ALWAYS if query.get(name)))

    def on(self, as_of: date) -> Choice:
        """The same for another day, which its links keep if they kept a day before."""
        kept = tuple((k, as_of.isoformat() if k == "as_of" else v) for k, v in self.kept)
        return Choice(When(as_of, self.when.known_on), self.today, kept)

    @property
    def safe_palette(self) -> bool:
        return ("palette", SAFE_PALETTE) in self.kept

    @property
    def as_of_iso(self) -> str:
        return self.when.as_of.isoformat()

    @property
    def as_of(self) -> str:
        return long_date(self.when.as_of)

    @property
    def known_on(self) -> str:
        return long_date(self.when.known_on or self.today)

    @property
    def is_dated(self) -> bool:
        return any(name != "palette" for name, _ in self.kept)

    @property
    def is_future(self) -> bool:
        return self.when.as_of > self.today

    @property
    def keep(self) -> str:
        """The query string of what was chosen, with its question mark; empty if nothing was."""
        return query_string(self.kept)

    @property
    def undated(self) -> str:
        """The same without dates: as the record stands today."""
        return query_string([item for item in self.kept if item[0] == "palette"])

    def url(self, name: str, *args: object, **query: object) -> str:
        """The address of a page, with what was chosen and more query parameters."""
        return reverse(name, args=args) + self.with_query(**query)

    @property
    def palette_of_the_other(self) -> str:
        """What the parameter says for the palette that is not shown."""
        return "" if self.safe_palette else SAFE_PALETTE

    def with_query(self, **query: object) -> str:
        given = [(key, str(value)) for key, value in query.items() if value not in (None, "")]
        return query_string([*given, *(item for item in self.kept if item[0] not in query)])


def query_string(items: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return f"?{urlencode(items)}" if items else ""

"""The document that a row names as its source. Pure."""

from __future__ import annotations

from datetime import date, datetime

from policies.imports import cells
from policies.imports.cell_errors import CellError
from policies.imports.facts import Source
from policies.imports.kinds.row_reader import PAGE_LIMIT, TITLE_LIMIT, RowReader
from policies.imports.tables import CellValue, Row
from policies.quotes import LONGEST_QUOTE

_FIELDS = ("source_title", "source_url", "source_date", "page", "quote")

_Key = tuple[CellValue, ...]


class SourceReader:
    """Reads the source columns. Rows with equal ones share one `Source`."""

    def __init__(self, reader: RowReader):
        self._reader = reader
        self._seen: dict[_Key, Source | None] = {}
        self._urls: dict[CellValue, str] = {}

    def read(self, row: Row) -> Source | None:
        """The source of a row, None if it names none or (noted) if it cannot be read."""
        get = row.values.get
        title, url, day, page, quote = map(get, _FIELDS)
        key = (title, url, day, page, quote, address_behind(row, "source_url", "source_title"))
        if key in self._seen:
            return self._seen[key]
        source = self._read(row)
        if not self._reader.is_bad(row):
            self._seen[key] = source
        return source

    def _read(self, row: Row) -> Source | None:
        reader = self._reader
        title = reader.text(row, "source_title", TITLE_LIMIT)
        quote = self._quote(row)
        page = self._page(row)
        day = reader.day(row, "source_date", latest=reader.context.today)
        url = self._url(row)
        if not title and not url:
            if (quote or page or day) and not reader.is_bad(row):
                message = (
                    "A quote, page or date is given, but not of which document. Give the "
                    "document's title or address, or empty these cells."
                )
                reader.refuse(row, "source_title", CellError("no_source_title", message))
            return None
        published_on, precision = day or (None, "day")
        return Source(title or cut(url, TITLE_LIMIT), url, published_on, precision, page, quote)

    def _url(self, row: Row) -> str:
        """The address in the cell, or else the one behind its words ("link") or the title's."""
        behind = address_behind(row, "source_url", "source_title")
        try:
            written = self._url_in(row.values.get("source_url"))
        except CellError as error:
            if not behind or error.code != "not_a_url":
                self._reader.refuse(row, "source_url", error)
                return ""
            written = ""
        try:
            return written or self._url_in(behind)
        except CellError as error:
            self._reader.refuse(row, "source_url", error)
            return ""

    def _url_in(self, value: CellValue) -> str:
        found = self._urls.get(value)
        if found is None:
            found = self._urls[value] = cells.url(value)
        return found

    def _quote(self, row: Row) -> str:
        """No longer than a quote may be that is typed into a form."""
        quote = self._reader.text(row, "quote", None)
        if len(quote) <= LONGEST_QUOTE:
            return quote
        message = (
            f"This quote has {len(quote):,} characters; at most {LONGEST_QUOTE:,} are taken. "
            "Quote the sentences that carry the answer."
        )
        self._reader.refuse(row, "quote", CellError("too_long", message))
        return ""

    def _page(self, row: Row) -> str:
        if isinstance(row.values.get("page"), date | datetime):
            message = (
                "The spreadsheet took this page for a date. Format the column as text and write "
                "the page again, such as 3-4."
            )
            self._reader.refuse(row, "page", CellError("not_a_page", message))
            return ""
        return self._reader.text(row, "page", PAGE_LIMIT)


def address_behind(row: Row, *names: str) -> str:
    """The first hyperlink behind the cells of these fields."""
    return next((row.links[name] for name in names if name in row.links), "")


def cut(text: str, limit: int) -> str:
    """Text that fits, with an ellipsis for what was cut off."""
    return text if len(text) <= limit else text[: limit - 1] + "…"

"""The page of the data: what can be had, with how many rows, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from policies.api.codebook import CODEBOOK, columns
from policies.api.downloads import Download
from policies.presenters.choice import Choice


@dataclass(frozen=True, slots=True)
class ListItem:
    """`every_day`: has all days unless a day is asked for."""

    name: str
    title: str
    about: str
    rows: int
    printed: str
    csv_url: str
    json_url: str
    every_day: bool


@dataclass(frozen=True, slots=True)
class ColumnItem:
    name: str
    type: str
    values: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The columns of one list."""

    name: str
    title: str
    columns: tuple[ColumnItem, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    lists: tuple[ListItem, ...]
    codebook: ListItem
    codebooks: tuple[Codebook, ...]
    cite: str
    cite_url: str
    boundaries_url: str


def data_page(downloads: Iterable[Download], choice: Choice, address: str) -> DataPage:
    """`address`: the page's absolute address without a query. At most one query a list."""
    downloads = tuple(downloads)
    known_on = choice.when.known_on or choice.today
    return DataPage(
        lists=tuple(_item(one, choice) for one in downloads),
        codebook=_item(CODEBOOK, choice),
        codebooks=tuple(_codebook(one) for one in downloads),
        cite=_cite(choice),
        cite_url=f"{address}?as_of={choice.as_of_iso}&known_on={known_on.isoformat()}",
        boundaries_url=_boundaries(choice),
    )


def _item(download: Download, choice: Choice) -> ListItem:
    asked = dict(choice.kept)
    rows = download.count(asked)
    return ListItem(
        name=download.name,
        title=str(download.title),
        about=str(download.about),
        rows=rows,
        printed=f"{rows:,}",
        csv_url=download.address(asked, "csv"),
        json_url=download.address(asked, "json"),
        every_day=download.every_day and "as_of" not in asked,
    )


def _codebook(download: Download) -> Codebook:
    return Codebook(
        download.name,
        str(download.title),
        tuple(
            ColumnItem(
                column.name,
                _type(column.type.label, several=column.several, nullable=column.nullable),
                ", ".join(column.values) if len(column.values) <= MOST_VALUES else "",
                column.meaning,
            )
            for column in columns(download.view.serializer_class())
        ),
    )


#: Of longer lists (the states) the values are in the file of the codebook alone.
MOST_VALUES = 20


def _type(label: object, *, several: bool, nullable: bool) -> str:
    words = str(label)
    if several:
        words = _("several: %(type)s") % {"type": words}
    return _("%(type)s, or nothing") % {"type": words} if nullable else words


def _boundaries(choice: Choice) -> str:
    """Where the API gives shapes, if it does."""
    try:
        address = reverse("api-boundaries")
    except NoReverseMatch:
        return ""
    return address + choice.with_query(palette="")


def _cite(choice: Choice) -> str:
    return _(
        "National Map of Local Entanglement with ICE, in force on %(as_of)s, as known on "
        "%(known_on)s."
    ) % {"as_of": choice.as_of, "known_on": choice.known_on}

"""Web addresses behind the cells of an OpenDocument spreadsheet."""

from __future__ import annotations

import pytest

from policies.imports.reading import read_workbook
from tests.policies.imports.containers import ods, ods_link, ods_row


def test_addresses_behind_cells():
    linked = f"see {ods_link('https://a.example/')} or {ods_link('https://b.example/')}"
    [sheet] = read_workbook(ods(ods_row("x", linked)), "a.ods")
    assert sheet.links == {(1, 1): "https://a.example/"}


def test_addresses_stand_at_their_cells_below_blank_and_repeated_rows():
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    rows = ods_row("a", repeated=2) + blank + ods_row("", ods_link("https://a.example/"))
    [sheet] = read_workbook(ods(rows), "a.ods")
    assert sheet.rows[5][1] == "link"
    assert sheet.links == {(6, 1): "https://a.example/"}


def test_a_repeated_cell_has_its_address_every_time():
    row = ods_row(ods_link("https://a.example/"), repeated=2, columns=2)
    [sheet] = read_workbook(ods(row), "a.ods")
    assert list(sheet.links) == [(1, 0), (1, 1), (2, 0), (2, 1)]


def test_address_in_a_formula_of_a_cell():
    formula = "of:=HYPERLINK(&quot;https://a.example/?b=1&amp;c=2&quot;;&quot;link&quot;)"
    cell = (
        f'<table:table-cell table:formula="{formula}" office:value-type="string">'
        "<text:p>link</text:p></table:table-cell>"
    )
    [sheet] = read_workbook(ods(f"<table:table-row>{cell}</table:table-row>"), "a.ods")
    assert sheet.links == {(1, 0): "https://a.example/?b=1&c=2"}


@pytest.mark.parametrize(
    "text",
    [
        ods_link("mailto:someone@example.org"),
        ods_link("#Sheet1.A1"),
        f"</text:p><office:annotation><text:p>{ods_link('https://a.example/')}</text:p>"
        "</office:annotation><text:p>x",
    ],
)
def test_mail_places_within_and_comments_are_no_addresses(text):
    [sheet] = read_workbook(ods(ods_row("x", text)), "a.ods")
    assert sheet.links == {}

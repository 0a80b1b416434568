"""ICE's lists as they are shipped: the files, and the agreements that follow from them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations

import pytest

from policies import baseline_lists
from policies.baseline_files import day, read, read_table
from policies.imports.agencies import COUNTY_LEVEL, Agency
from policies.imports.agreement_plan import derive
from policies.imports.kinds.ice_287g import MODELS
from tests.policies.imports.gazetteer import GAZETTEER

LISTS = {str(one.list_date): one for one in baseline_lists.dated_lists("287g")}
ROWS = read_table("agreements_287g")
CHOICES = read("agency_choices")
RENAMES = {("rename", one["key"]): one["value"] for one in CHOICES["rename"]}
AGREEMENTS = derive(LISTS.values(), RENAMES).agreements


def counties_deciding(rows) -> set[str]:
    """Counties of the rows, or agreements, of agencies that decide for their county."""
    return {fips for row in rows if row.agency_type in COUNTY_LEVEL for fips in row.fips}


@pytest.mark.parametrize(
    ("on", "rows", "outside", "counties"),
    [
        ("2025-02-21", 151, 0, 131),
        ("2025-07-18", 825, 0, 417),
        ("2026-05-18", 1843, 3, 780),
    ],
)
def test_each_list_is_whole(on, rows, outside, counties):
    described = next(one for one in read("ice_lists")["list"] if one["date"] == on)
    assert described["rows"] == rows
    assert len(LISTS[on].entries) == rows - outside
    assert len(counties_deciding(LISTS[on].entries)) == counties


@pytest.mark.parametrize("on", LISTS)
def test_no_row_of_a_list_stands_twice(on):
    assert max(Counter(entry.row for entry in LISTS[on].entries).values()) == 1


def test_rows_say_what_they_are():
    for row in ROWS:
        codes = row["fips"].split()
        assert row["agency_type"] in set(Agency)
        assert set(codes) <= GAZETTEER.known
        assert row["model"] in MODELS
        assert day(row["signed_on"]) is None or day(row["signed_on"]).year >= 2019
        assert row["agency"] == " ".join(row["agency"].split())
        if row["agency_type"] in COUNTY_LEVEL:
            assert codes


def test_addresses_are_those_of_ice():
    addresses = {row[name] for row in ROWS for name in ("url", "addendum_url")} - {""}
    assert {url.split("/")[2] for url in addresses} <= {"www.ice.gov", "ice.gov"}


def test_every_choice_has_a_reason_and_is_needed():
    for one in (*CHOICES["agency"], *CHOICES["rename"]):
        assert one["reason"]
    assert derive(LISTS.values(), RENAMES).renames == ()
    for key in RENAMES:
        rest = {k: v for k, v in RENAMES.items() if k != key}
        found = derive(LISTS.values(), rest)
        assert found.renames or len(found.agreements) > len(AGREEMENTS)


def test_the_lists_give_the_same_agreements_in_every_order():
    for order in permutations(LISTS.values()):
        assert derive(order, RENAMES).agreements == AGREEMENTS


def spells(name, model="Warrant Service Officer", state="TX"):
    return [
        (one.effective_from, one.effective_until)
        for one in AGREEMENTS
        if (one.state, one.agency_name, one.model) == (state, name, model)
    ]


def test_a_corrected_spelling_ends_nothing():
    assert spells("Lampasas County Sheriff's Office") == [(date(2025, 7, 15), None)]
    assert spells("Lampass County Sheriff's Office") == []


def test_a_date_that_could_not_be_read_is_taken_from_the_next_list():
    assert spells("Tooele County Sheriff's Office", state="UT") == [(date(2025, 6, 25), None)]


def test_a_mistyped_year_dates_nothing_back():
    assert spells("Ottawa County Sheriff's Office", "Task Force Model", "OK") == [
        (date(2026, 5, 18), None)
    ]


def test_what_left_the_lists_ended_on_the_day_of_the_first_that_lacks_it():
    assert spells("Frederick County Sheriff's Office", "Jail Enforcement Model", "MD") == [
        (date(2020, 6, 9), date(2026, 5, 18))
    ]
    assert spells("Douglas County Sheriff's Office", "Task Force Model", "NV") == [
        (date(2025, 2, 19), date(2025, 7, 18))
    ]


def test_nothing_is_in_force_in_early_2017_that_decides_a_county():
    early = [one for one in AGREEMENTS if one.effective_from <= date(2017, 2, 20)]
    assert not counties_deciding(early)

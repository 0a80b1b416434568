"""What dated lists together say of agreements: beginnings, endings, and who was where."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from policies.imports.agreement_plan import KIND_DETENTION, derive
from tests.policies.imports.ice_rows import DAYS, entry, ice_list

OTHER = entry("Bexar County Sheriff's Office", "2019-05-06", fips=("48029",))


def spells(**signed):
    """Begin and end of each spell. Each list by the signing date it gives, "" or None (lacking)."""
    lists = [
        ice_list(name, OTHER, *([entry(signed=text or None)] if text is not None else []))
        for name, text in signed.items()
    ]
    own = [one for one in derive(lists).agreements if one.fips == ("48265",)]
    return [
        (str(one.effective_from), one.in_force_by, str(one.effective_until or "")) for one in own
    ]


FEB, JUL, MAY = (str(day) for day in DAYS.values())


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        # It began on its signing date.
        ({"feb": "2020-01-10"}, [("2020-01-10", False, "")]),
        ({"feb": FEB}, [(FEB, False, "")]),
        # The date cannot be read: in force by the first list that has it.
        ({"feb": "", "jul": ""}, [(FEB, True, "")]),
        ({"feb": None, "jul": ""}, [(JUL, True, "")]),
        # Signed later than the list that has it: not when it began.
        ({"feb": "2025-03-01"}, [(FEB, True, "")]),
        # A list that lacks it ends it.
        ({"feb": "2020-01-10", "jul": None}, [("2020-01-10", False, JUL)]),
        ({"feb": "2020-01-10", "jul": None, "may": None}, [("2020-01-10", False, JUL)]),
        # New, though signed before a list that did not have it yet.
        ({"feb": None, "jul": "2025-02-14"}, [("2025-02-14", False, "")]),
        # Back again, with a new signing date, the old one, or none.
        (
            {"feb": "2020-01-10", "jul": None, "may": "2025-10-01"},
            [("2020-01-10", False, JUL), ("2025-10-01", False, "")],
        ),
        (
            {"feb": "2020-01-10", "jul": None, "may": "2020-01-10"},
            [("2020-01-10", False, JUL), (MAY, True, "")],
        ),
        (
            {"feb": "2020-01-10", "jul": None, "may": ""},
            [("2020-01-10", False, JUL), (MAY, True, "")],
        ),
        # Another date on a newer list is a correction ...
        ({"feb": "2020-01-10", "jul": "2020-01-09"}, [("2020-01-09", False, "")]),
        ({"feb": "", "jul": "2020-01-09"}, [("2020-01-09", False, "")]),
        ({"feb": "2020-01-10", "jul": "2020-01-09", "may": ""}, [("2020-01-09", False, "")]),
        # ... unless it was listed before that date: then it was signed anew.
        ({"feb": "2020-01-10", "jul": "2025-03-01"}, [("2020-01-10", False, "")]),
        ({"feb": "", "jul": "2025-03-01"}, [(FEB, True, "")]),
        (
            {"feb": "2020-01-10", "jul": "2025-03-01", "may": "2020-01-09"},
            [("2020-01-09", False, "")],
        ),
    ],
)
def test_when_an_agreement_began_and_ended(signed, expected):
    assert spells(**signed) == expected


def test_an_ending_is_worded_no_longer_listed():
    lists = [ice_list("feb", entry()), ice_list("jul", OTHER)]
    ended = derive(lists).agreements[1]
    assert (ended.ended_as, ended.last_listed_on) == ("not_listed", DAYS["feb"])


@pytest.mark.parametrize(
    ("later", "words"),
    [("2025-03-01", "signed anew"), ("2020-01-09", "Earlier lists gave")],
)
def test_another_date_is_noted(later, words):
    lists = [ice_list("feb", entry()), ice_list("jul", entry(signed=later))]
    assert words in derive(lists).agreements[0].notes


def test_each_model_is_an_agreement_of_its_own():
    officer = entry(model="Warrant Service Officer")
    lists = [ice_list("feb", entry(), officer), ice_list("jul", entry())]
    found = {one.model: one.effective_until for one in derive(lists).agreements}
    assert found == {"Task Force Model": None, "Warrant Service Officer": DAYS["jul"]}


def test_the_newest_list_gives_name_counties_and_address():
    lists = [
        ice_list("feb", entry(fips=("48001",), url="https://ice.gov/old")),
        ice_list("jul", entry("KERR COUNTY SHERIFF", url="https://ice.gov/new", row=7)),
        ice_list("may", entry("Kerr County Sheriffs Dept.", row=9)),
    ]
    (found,) = derive(lists).agreements
    assert found.agency_name == "Kerr County Sheriffs Dept."
    assert (found.fips, found.url) == (("48265",), "https://ice.gov/new")
    assert [(row.list_id, row.entry.row) for row in found.listings] == [
        ("feb", 2),
        ("jul", 7),
        ("may", 9),
    ]


@pytest.mark.parametrize("order", [("feb", "jul"), ("jul", "feb")])
def test_what_one_list_leaves_open_another_may_tell(order):
    rows = {"feb": entry(unresolved=True, fips=("48001", "48265")), "jul": entry()}
    (found,) = derive([ice_list(name, rows[name]) for name in order]).agreements
    assert (found.unresolved, found.fips) == (False, ("48265",))


def test_a_row_that_no_list_tells_is_unresolved_but_not_ended():
    lists = [ice_list("feb", entry()), ice_list("jul", entry(unresolved=True, fips=()))]
    (found,) = derive(lists).agreements
    assert (found.unresolved, found.effective_until, found.fips) == (False, None, ("48265",))
    (unknown,) = derive([ice_list("feb", entry(unresolved=True, fips=()))]).agreements
    assert unknown.unresolved


def test_two_rows_of_one_agreement_count_from_the_older_signing():
    (found,) = derive([ice_list("feb", entry(), entry(signed="2024-01-01", row=3))]).agreements
    assert found.effective_from == date(2020, 1, 10)


@pytest.mark.parametrize(
    "rows",
    [
        {"feb": [entry()], "jul": [OTHER], "may": [entry(signed="2025-10-01")]},
        {"feb": [entry()], "jul": [entry(signed="2025-03-01"), OTHER], "may": []},
        {"feb": [], "jul": [entry(signed="2025-02-14")], "may": [entry(signed="2025-02-15")]},
        {
            "feb": [entry("Lampass County Sheriff")],
            "jul": [entry("Lampasas County Sheriff")],
            "may": [entry("Lampass County Sheriff")],
        },
    ],
)
def test_lists_may_arrive_in_any_order(rows):
    lists = [ice_list(name, *entries) for name, entries in rows.items()]
    assert len({derive(order) for order in permutations(lists)}) == 1


def facility(name="KERR COUNTY JAIL", **more):
    return entry(name, None, **({"model": "IGSA", "code": "KERRCTX"} | more))


def test_a_contract_is_in_force_by_the_list_and_never_from_a_date_of_its_own():
    dated = facility(signed_on=date(2005, 1, 1))
    (found,) = derive([ice_list("feb", dated, kind=KIND_DETENTION)]).agreements
    assert (found.effective_from, found.in_force_by) == (DAYS["feb"], True)
    assert (found.signed_on, found.list_key) == (None, "detention|KERRCTX")


def test_a_contract_that_is_no_longer_in_use_ends():
    lists = [
        ice_list("feb", facility(), kind=KIND_DETENTION),
        ice_list("jul", facility(active=False), kind=KIND_DETENTION),
    ]
    assert derive(lists).agreements[0].effective_until == DAYS["jul"]


def test_a_facility_is_known_by_its_code_whatever_its_name():
    lists = [
        ice_list("feb", facility(), kind=KIND_DETENTION),
        ice_list("jul", facility("KERR CO. DETENTION"), kind=KIND_DETENTION),
    ]
    assert [one.effective_until for one in derive(lists).agreements] == [None]


def test_no_lists_say_nothing():
    assert derive([]).agreements == ()

"""One agency under two names on consecutive lists: asked, and never an ending by itself."""

from __future__ import annotations

import pytest

from policies.imports.agreement_plan import derive, rename_findings, rename_key
from policies.imports.tables import Severity
from tests.policies.imports.ice_rows import DAYS, entry, ice_list

OPEN = {"unresolved": True, "fips": ("48277", "48281")}
LAMPASS = entry("Lampass County Sheriff's Office", row=5, **OPEN)
LAMPASAS = entry("Lampasas County Sheriff's Office", row=8, fips=("48281",))
ANSWER = ("rename", rename_key(LAMPASS, LAMPASAS))


def derived(old, new, choices=None):
    return derive([ice_list("feb", old), ice_list("jul", new)], choices)


def test_until_somebody_answers_the_two_are_one_and_nothing_ends():
    found = derived(LAMPASS, LAMPASAS)
    (one,) = found.agreements
    assert (one.effective_until, one.fips, one.unresolved) == (None, ("48281",), False)
    assert len(one.listings) == len(one.keys) == 2
    assert [rename.key for rename in found.renames] == [
        "TX|Task Force Model|2020-01-10|lampasas county sheriff|lampass county sheriff"
    ]


def test_the_answer_same_joins_them_for_good():
    found = derived(LAMPASS, LAMPASAS, {ANSWER: "same"})
    assert (len(found.agreements), found.renames) == (1, ())


def test_the_answer_different_ends_one_and_begins_the_other():
    found = derived(LAMPASS, LAMPASAS, {ANSWER: "different"})
    ends = {one.agency_name: one.effective_until for one in found.agreements}
    assert ends == {LAMPASS.agency: DAYS["jul"], LAMPASAS.agency: None}
    assert found.renames == ()


def city(name, **more):
    return entry(name, **({"agency_type": "city_police", "fips": ()} | more))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (city("Alachua Police Departent"), city("Alachua Police Department")),
        (city("Green Forks Police Department"), city("Greens Fork Police Department")),
        (
            entry("Department of Corrections", agency_type="state_corrections", fips=()),
            entry("Alaska Department of Corrections", agency_type="state_corrections", fips=()),
        ),
        (
            entry("Gulf County Board of County Commissioners", agency_type="county_jail"),
            entry("Gulf County Board of County Commissioners /Detention Facility"),
        ),
        (
            entry("Franklin County Sheriffs Office"),
            entry("County of Franklin / Franklin County Jail", agency_type="county_jail"),
        ),
    ],
)
def test_similar_names_are_asked(old, new):
    assert len(derived(old, new).renames) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Both are known, and they are not in one county.
        (entry("Clay County Sheriff", fips=("12019",)), entry("Bay County Sheriff")),
        # A county's own agency is no city's.
        (entry("Orange County Sheriff"), city("Orange Police Department")),
        # Numbers tell precincts and districts apart.
        (city("Constable Precinct 2"), city("Constable Precinct 3")),
        (city("Nixon Police Department"), city("Marlin Police Department")),
        # Another date, model or state.
        (LAMPASS, entry("Lampasas County Sheriff's Office", "2020-01-11", fips=("48281",))),
        (LAMPASS, entry("Lampasas County Sheriff's Office", None, fips=("48281",))),
        (LAMPASS, entry("Lampasas County Sheriff", model="Jail Enforcement Model")),
        (LAMPASS, entry("Lampasas County Sheriff", usps="OK")),
    ],
)
def test_what_is_plainly_another_agency_is_not_asked(old, new):
    found = derived(old, new)
    assert (len(found.agreements), found.renames) == (2, ())


def test_a_person_may_join_names_that_are_not_alike():
    old, new = city("Florida Department of Agriculture"), city("Office of Agricultural Police")
    assert len(derived(old, new).agreements) == 2
    assert len(derived(old, new, {("rename", rename_key(old, new)): "same"}).agreements) == 1


def test_the_likeliest_of_several_is_asked_and_each_name_once():
    first, second = city("Big Sandy Police"), city("Big Sandyy Police", row=3)
    found = derive([ice_list("feb", city("Big Sandy Poice")), ice_list("jul", first, second)])
    assert len(found.renames) == 1


def test_two_names_on_one_list_are_two_agencies():
    lists = [
        ice_list("feb", LAMPASS, LAMPASAS),
        ice_list("jul", LAMPASS),
        ice_list("may", LAMPASAS),
    ]
    found = derive(lists)
    assert found.renames == ()
    assert {one.agency_name for one in found.agreements} == {LAMPASS.agency, LAMPASAS.agency}


def test_a_typing_error_that_comes_and_goes_is_one_question():
    lists = [ice_list("feb", LAMPASAS), ice_list("jul", LAMPASS), ice_list("may", LAMPASAS)]
    found = derive(lists)
    assert len({rename.key for rename in found.renames}) == 1
    assert [one.effective_until for one in found.agreements] == [None]


@pytest.mark.parametrize(("arrived", "row"), [("jul", 8), ("feb", 5)])
def test_the_question_stands_at_the_row_of_the_list_that_arrived(arrived, row):
    lists = {"feb": ice_list("feb", LAMPASS), "jul": ice_list("jul", LAMPASAS)}
    (found,) = rename_findings(derive(lists.values()).renames, lists[arrived], "AGENCY")
    assert (found.severity, found.code) == (Severity.QUESTION, "rename")
    assert (found.row, found.column) == (row, "AGENCY")
    assert found.suggestions == ("same", "different")


def test_a_list_that_has_neither_name_asks_nothing():
    renames = derived(LAMPASS, LAMPASAS).renames
    assert rename_findings(renames, ice_list("may")) == []
